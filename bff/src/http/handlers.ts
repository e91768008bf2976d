import type { Context } from 'hono'
import type { z } from 'zod'
import type { Contract, ParsedOf } from '@atrium/shared/contract.ts'
import type { Ctx } from '../context.ts'

type ReplyIn<E> = E extends { kind: 'raw' | 'file' | 'stream' } ? Response : E extends { reply: infer R extends z.ZodType } ? z.input<R> : never

/** Serves one endpoint: gets the parsed input, answers the reply (or a Response for files, streams and vendors). */
export type Handler<C, K extends keyof C & string> = (ctx: Ctx, input: ParsedOf<C, K>, c: Context) => Promise<ReplyIn<C[K]>>

/** A write that calls a vendor between transactions: it opens its own, and recovers by natural keys. */
export type Steps<H> = { steps: H }
export const steps = <H>(handler: H): Steps<H> => ({ steps: handler })

/** Exactly one handler for each endpoint of the contract. */
export type Handlers<C> = { [K in keyof C & string]: Handler<C, K> | Steps<Handler<C, K>> }

/** Binds a feature's handlers to its contract; a missing one, a wrong reply or an unknown path does not compile. */
export const handlers = <const C extends Contract>(_contract: C, table: Handlers<NoInfer<C>>): Handlers<C> => table
