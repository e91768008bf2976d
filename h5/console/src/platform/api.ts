import type { Api, Input, Reply, Route } from '@atrium/shared/contracts.ts'

export type { Input, Reply } from '@atrium/shared/contracts.ts'

/** Endpoints the console may call. */
export type AdminKey = Extract<Route, `${string} /admin/${string}`>

/** Lists: endpoints that answer `{ items, nextCursor, total }`; `Row` is one of the items. */
export type ListKey = { [K in AdminKey]: Reply<K> extends { items: readonly unknown[]; nextCursor: string | null; total: number } ? K : never }[AdminKey]
export type Row<K extends ListKey> = Reply<K> extends { items: readonly (infer R)[] } ? R : never

/** The names of an endpoint's sort keys, without the minus of descending order. */
export type SortOf<K extends ListKey> = Exclude<NonNullable<Input<K>['query']> extends { sort?: infer S } ? S : never, `-${string}` | undefined>

/** Parts of an input that cannot be left out: those the endpoint declares and that have at least one required value. */
type Needed<T> = { [P in keyof T as T[P] extends undefined ? never : {} extends T[P] ? never : P]: T[P] }
type Possible<T> = { [P in keyof T as T[P] extends undefined ? never : P]?: T[P] }

export type Extra = { signal?: AbortSignal }
/** The second argument of `call`: required when the endpoint needs a path, query or body value. */
export type Asked<K extends AdminKey> = Needed<Input<K>> & Possible<Input<K>> & Extra
export type Arguments<K extends AdminKey> = {} extends Needed<Input<K>> ? [input?: Asked<K>] : [input: Asked<K>]

/** What the console knows of the contract as a whole; kept here so that nothing else names it. */
export type { Api }
