import type { RouteLocationRaw } from 'vue-router'
import type { Tone } from '../Tag.vue'
import type { IconName } from '../icons.ts'

/** How a cell is written. `state` takes its tone from `tone` and its words from copy; everything else formats `value`. */
export type CellKind = 'text' | 'quiet' | 'strong' | 'money' | 'number' | 'time' | 'day' | 'state' | 'plate' | 'mono'

/** One column of a list, as data. `label` is a copy key. `value` defaults to the row's own property of that name. */
export type Column<R> = {
  key: string
  label: string
  kind?: CellKind
  value?: (row: R) => string | number | null
  /** A second, quieter line. */
  sub?: (row: R) => string | null
  tone?: (row: R) => Tone
  /** Sort key of the endpoint; the head becomes a button. */
  sort?: string
  width?: number
  /** Not shown until the operator chooses it. */
  optional?: boolean
  /** Cannot be hidden. */
  fixed?: boolean
}

export type Option = { value: string; label: string }

/** One filter, kept in the address. `days` fills two query values with the bounds of the days chosen (Asia/Shanghai). */
export type Filter =
  | { key: string; label: string; kind: 'choice'; options: readonly Option[] | (() => readonly Option[]) }
  | { key: string; label: string; kind: 'days'; from: string; until: string }
  | { key: string; label: string; kind: 'text' }

/** What can be done to one row; `show` hides what its state or the operator's permissions do not allow. */
export type RowAction<R> = { key: string; label: string; icon?: IconName; danger?: boolean; show?: (row: R) => boolean; run: (row: R) => void }

/** What can be done to the rows selected. */
export type BulkAction<R> = { key: string; label: string; danger?: boolean; usable?: (rows: readonly R[]) => boolean; run: (rows: readonly R[]) => void }

export type ListSpec<R> = {
  /** Name under which column choice and page size are remembered. */
  id: string
  rowKey: (row: R) => string
  columns: readonly Column<R>[]
  filters?: readonly Filter[]
  /** Placeholder copy key of the search field; without it there is none. */
  search?: string
  defaultSort?: string
  rowLink?: (row: R) => RouteLocationRaw
  actions?: readonly RowAction<R>[]
  bulk?: readonly BulkAction<R>[]
  /** Kind of the export this list can be written to. */
  exportKind?: string
  empty: { title: string; detail?: string }
  rowHeight?: number
}
