import { computed, ref, watch, type ComputedRef, type Ref } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { dayOf } from '../../platform/format.ts'
import { call } from '../../platform/call.ts'
import type { ListKey, Reply, Row } from '../../platform/api.ts'
import { useLoad, type Loaded } from '../../platform/useAsync.ts'
import type { ListSpec } from './spec.ts'

export type Page<R> = { items: readonly R[]; nextCursor: string | null; total: number }
export type ListQuery = Record<string, string> & { limit?: string; cursor?: string; sort?: string; q?: string }

/** Beginning of a Shanghai day as ISO UTC; `plus` days later when given. */
export const startOfDay = (day: string, plus = 0): string => new Date(Date.parse(`${day}T00:00:00+08:00`) + plus * 86_400_000).toISOString()

/** `2026-11-01..2026-11-20` (either side may be empty) → the two ISO bounds the endpoint takes. */
export function daysToBounds(value: string): { from?: string; until?: string } {
  const [from = '', until = ''] = value.split('..')
  return { ...(from ? { from: startOfDay(from) } : {}), ...(until ? { until: startOfDay(until, 1) } : {}) }
}

type Remembered = { hidden?: string[]; shown?: string[]; size?: number }
const shelf = (id: string) => `atrium.console.list.${id}`
const recall = (id: string): Remembered => {
  try { return JSON.parse(localStorage.getItem(shelf(id)) ?? '{}') as Remembered } catch { return {} }
}

/** `fresh`: the rows are those the address asks for, not the ones before them. */
export type ListState<R, P extends Page<R> = Page<R>> = Loaded<P> & {
  query: ComputedRef<ListQuery>
  fresh: ComputedRef<boolean>
  value: (key: string) => string
  set: (changes: Record<string, string | undefined>) => void
  sort: ComputedRef<string>
  sortBy: (key: string) => void
  page: ComputedRef<number>
  size: Ref<number>
  setSize: (size: number) => void
  next: () => void
  previous: () => void
  clear: () => void
  filtered: ComputedRef<boolean>
  isShown: (key: string) => boolean
  toggleColumn: (key: string) => void
  resetColumns: () => void
}

/**
 * The state of one list: filters, sort, search and cursor live in the address (so a list can be sent to a colleague and the
 * browser's Back works), columns and page size in localStorage. `read` gets the query ready for the endpoint.
 */
export function useListOf<R, P extends Page<R> = Page<R>>(spec: ListSpec<R>, read: (query: ListQuery, signal: AbortSignal) => Promise<P>, sizes: readonly number[] = [20, 50, 100]): ListState<R, P> {
  const route = useRoute()
  const router = useRouter()
  const kept = recall(spec.id)
  const hidden = ref(new Set(kept.hidden ?? []))
  const shown = ref(new Set(kept.shown ?? []))
  const size = ref(sizes.includes(kept.size ?? 0) ? kept.size! : sizes[0]!)
  const trail: (string | undefined)[] = []

  const value = (key: string) => { const raw = route.query[key]; return typeof raw === 'string' ? raw : '' }
  const sort = computed(() => value('sort') || spec.defaultSort || '')
  const page = computed(() => Math.max(1, Number(value('page')) || 1))

  const query = computed<ListQuery>(() => {
    const out: ListQuery = { limit: String(size.value) }
    for (const key of ['cursor', 'q']) if (value(key)) out[key] = value(key)
    if (sort.value) out.sort = sort.value
    for (const filter of spec.filters ?? []) {
      const raw = value(filter.key)
      if (!raw) continue
      if (filter.kind !== 'days') { out[filter.key] = raw; continue }
      const bounds = daysToBounds(raw)
      if (bounds.from) out[filter.from] = bounds.from
      if (bounds.until) out[filter.until] = bounds.until
    }
    return out
  })

  const set = (changes: Record<string, string | undefined>) => {
    const next: Record<string, string> = {}
    for (const [key, raw] of Object.entries({ ...route.query, cursor: undefined, page: undefined, ...changes }))
      if (typeof raw === 'string' && raw) next[key] = raw
    void router.replace({ query: next })
  }
  const remember = () => localStorage.setItem(shelf(spec.id), JSON.stringify({ hidden: [...hidden.value], shown: [...shown.value], size: size.value } satisfies Remembered))

  const shownFor = ref('')
  const fresh = computed(() => shownFor.value === JSON.stringify(query.value))
  const list = useLoad(async (signal) => {
    const asked = query.value
    const page = await read(asked, signal)
    shownFor.value = JSON.stringify(asked)
    return page
  })
  const path = route.path
  watch(query, (now, before) => { if (route.path === path && JSON.stringify(now) !== JSON.stringify(before)) void list.load() }, { immediate: true })

  const isShown = (key: string) => {
    const column = spec.columns.find((c) => c.key === key)
    return column?.optional ? shown.value.has(key) : !hidden.value.has(key)
  }

  return {
    ...list, query, fresh, value, set, sort, page, size, isShown,
    sortBy: (key) => set({ sort: sort.value === `-${key}` ? key : `-${key}` }),
    setSize: (next) => { size.value = next; remember(); set({}) },
    next: () => {
      const cursor = list.data.value?.nextCursor
      // The cursor belongs to the rows that are shown: while others are on their way it leads nowhere.
      if (!cursor || !fresh.value) return
      trail[page.value] = value('cursor')
      set({ cursor, page: String(page.value + 1) })
    },
    // A cursor cannot be turned round: without its trail (a link was opened) the way back leads to the first page.
    previous: () => set(page.value > 2 && trail[page.value - 1] !== undefined ? { cursor: trail[page.value - 1], page: String(page.value - 1) } : {}),
    clear: () => set({ q: undefined, ...Object.fromEntries((spec.filters ?? []).map((f) => [f.key, undefined])) }),
    filtered: computed(() => Boolean(value('q')) || (spec.filters ?? []).some((f) => value(f.key))),
    toggleColumn: (key) => {
      const set_ = spec.columns.find((c) => c.key === key)?.optional ? shown.value : hidden.value
      if (!set_.delete(key)) set_.add(key)
      remember()
    },
    resetColumns: () => { hidden.value = new Set(); shown.value = new Set(); remember() },
  }
}

/** The list of one endpoint. What stands in the address is sent as it is: the BFF checks it, since anybody can type there. */
export function useList<K extends ListKey>(spec: ListSpec<Row<K>>, key: K, params: Record<string, string> = {}): ListState<Row<K>, Reply<K> & Page<Row<K>>> {
  const read = call as unknown as (key: K, input: { query: ListQuery; params: Record<string, string>; signal: AbortSignal }) => Promise<Reply<K> & Page<Row<K>>>
  return useListOf<Row<K>, Reply<K> & Page<Row<K>>>(spec, (query, signal) => read(key, { query, params, signal }))
}

/** Today and the six days before, as the value of a `days` filter. */
export const lastDays = (now: number, days: number): string => `${dayOf(now - (days - 1) * 86_400_000)}..${dayOf(now)}`
