import type { z } from 'zod'
import type { RefusalCode } from './refusal.ts'
import type { Permission } from './staff/permissions.ts'

/**
 * Who may call an endpoint. Nothing else opens one: an endpoint without a matching caller answers 401 or 403.
 * - `guest`: anyone, a signed-in member is recognised when a session is sent;
 * - `member`: a signed-in member, for their own things only;
 * - `staff`: any signed-in staff account;
 * - `{ can }`: staff whose role grants the permission;
 * - `vendor`: an outside system; the handler verifies its signature over the raw body before anything else.
 */
export type Who = 'guest' | 'member' | 'staff' | 'vendor' | { can: Permission }

/** Staff who hold `permission`. */
export const can = (permission: Permission): Who => ({ can: permission })

/**
 * How far a staff permission reaches: the whole mall, the caller's tenant, or the caller's stores. The mount compares it
 * with `storeId`/`tenantId` of params, query and body and hands the handler the reach of the caller in `ctx.scope`.
 */
export type Within = 'mall' | 'tenant' | 'store'

/** At most `max` calls per `windowMs` for each caller (member or staff id, else network address), or for each value of the field `by` of the body. */
export type RateLimit = { max: number; windowMs: number; by?: string }

/** One endpoint as data: the mount, the client, OpenAPI, the permission tree and the generated tests derive from it. */
export type Endpoint = {
  who: Who
  within?: Within
  /** The write takes `Idempotency-Key`: the same key and body replay the first reply, another body answers 422. */
  idempotent?: true
  limit?: RateLimit
  /** Recorded in the audit log although it only reads (all staff writes are recorded without saying so). */
  audit?: true
  summary: string
  params?: z.ZodType
  query?: z.ZodType
  body?: z.ZodType
  reply: z.ZodType
  /** `stream`: server-sent events of `reply`; `file`: bytes; `raw`: the vendor's own wire format. Default JSON. */
  kind?: 'json' | 'stream' | 'file' | 'raw'
  /** Expected refusals of this endpoint, beside those every endpoint has (`generalRefusals`). */
  refuses: readonly RefusalCode[]
}

export type Verb = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
export type Contract = Record<`${Verb} /${string}`, Endpoint>

type In<T> = T extends z.ZodType ? z.input<T> : undefined
type Out<T> = T extends z.ZodType ? z.output<T> : undefined

/** Names inside `{…}` of a path, as strings. */
export type PathParams<K extends string> = K extends `${string}{${infer Name}}${infer Rest}`
  ? { [P in Name | keyof PathParams<Rest>]: string }
  : {}

/** What a caller sends to `C[K]` before parsing: path params, query, body. */
export type InputOf<C, K extends keyof C & string> = {
  params: PathParams<K>
  query: C[K] extends { query: infer Q } ? In<Q> : undefined
  body: C[K] extends { body: infer B } ? In<B> : undefined
}

/** What a handler of `C[K]` receives after parsing. */
export type ParsedOf<C, K extends keyof C & string> = {
  params: C[K] extends { params: infer P } ? Out<P> : PathParams<K>
  query: C[K] extends { query: infer Q } ? Out<Q> : undefined
  body: C[K] extends { body: infer B } ? Out<B> : undefined
}

/** What `C[K]` answers. */
export type ReplyOf<C, K extends keyof C> = C[K] extends { reply: infer R } ? Out<R> : never

/** Checks a contract without widening its keys and schemas. */
export const contract = <const C extends Contract>(table: C): C => table
