import type { Context, Hono } from 'hono'
import type { Contract, Endpoint } from '@atrium/shared/contract.ts'
import { Refusal, type RefusalCode, generalRefusals } from '@atrium/shared/refusal.ts'
import type { Caller, Ctx, Deps } from '../context.ts'
import { blindIndexOf } from '../db/sealed.ts'
import { inTransaction } from '../db/transaction.ts'
import { authorise, withinReach } from './authorise.ts'
import { type Authenticators, addressOf, callerOf } from './caller.ts'
import type { Handlers } from './handlers.ts'
import { KeyTaken, idempotencyOf, replayOf } from './idempotency.ts'
import { Malformed, problemResponse } from './problem.ts'
import { type rateLimiter, roomOf } from './rate-limit.ts'
import { saveReply } from './store.ts'

/** One line of the audit log as the mount knows it; the feature adds subject and detail by `note`. */
export type AuditEntry = { act: string; outcome: 'done' | 'refused' | 'failed'; refusal: RefusalCode | null }

export type MountOptions = {
  deps: Deps
  auth: Authenticators
  /** Mall of the call: by the `X-Atrium-Mall` code, else the configured one. Null when there is none. */
  resolveMall: (deps: Deps, code: string | undefined) => Promise<string | null>
  audit: (ctx: Ctx, entry: AuditEntry) => Promise<void>
  limiter: ReturnType<typeof rateLimiter>
}

type AnyHandler = (ctx: Ctx, input: { params: unknown; query: unknown; body: unknown }, c: Context) => Promise<unknown>
type Serve = { key: string; endpoint: Endpoint; handler: AnyHandler; ownSteps: boolean; audited: boolean }

/** Puts every endpoint of `contract` on `app`. This is the only way in: what is not in the contract answers 404. */
export function mount<C extends Contract>(app: Hono, contract: C, table: Handlers<C>, options: MountOptions): void {
  for (const [key, endpoint] of Object.entries(contract) as [string, Endpoint][]) {
    const [method, path] = key.split(' ') as [string, string]
    const entry = table[key as keyof C & string] as AnyHandler | { steps: AnyHandler }
    const staffOnly = endpoint.who === 'staff' || typeof endpoint.who === 'object'
    const serve: Serve = {
      key, endpoint, handler: typeof entry === 'function' ? entry : entry.steps, ownSteps: typeof entry !== 'function',
      audited: staffOnly && (method !== 'GET' || endpoint.audit === true),
    }
    app.on(method, path.replace(/\{(\w+)\}/g, ':$1'), (c) => answer(c, serve, options))
  }
}

async function answer(c: Context, serve: Serve, options: MountOptions): Promise<Response> {
  const requestId = c.get('requestId') as string
  const ctx = newCtx(c, options.deps, requestId)
  try {
    return await respond(c, ctx, serve, options)
  } catch (thrown) {
    const error = thrown instanceof Refusal && !declared(serve.endpoint, thrown.code) ? new Error(`${serve.key} refused ${thrown.code}, which its contract does not declare`, { cause: thrown }) : thrown
    if (!(error instanceof Refusal)) ctx.log.error({ err: error, requestId, route: serve.key }, 'fault')
    if (serve.audited && ctx.caller.kind === 'staff' && ctx.mallId) {
      const refusal = error instanceof Refusal ? error.code : null
      await inTransaction({ ...ctx, idempotency: null, inTransaction: false, db: options.deps.db }, (tx) => options.audit(tx, { act: serve.key, outcome: refusal ? 'refused' : 'failed', refusal }))
        .catch((err: unknown) => ctx.log.error({ err, requestId }, 'audit of a refusal failed'))
    }
    return problemResponse(c, error, requestId)
  }
}

const newCtx = (c: Context, deps: Deps, requestId: string): Ctx => ({
  db: deps.db, mallId: '', now: deps.now(), requestId, caller: { kind: 'guest', address: addressOf(c, deps.config.trustProxy) }, deps,
  log: deps.log, inTransaction: false, auditNote: { subject: null, detail: {} }, idempotency: null,
})

const declared = (endpoint: Endpoint, code: RefusalCode) => endpoint.refuses.includes(code) || (generalRefusals as readonly RefusalCode[]).includes(code)

async function respond(c: Context, ctx: Ctx, serve: Serve, { deps, auth, resolveMall, audit, limiter }: MountOptions): Promise<Response> {
  const { endpoint, key } = serve
  if (endpoint.who === 'vendor') {
    ctx.caller = { kind: 'vendor', address: addressOf(c, deps.config.trustProxy) }
    ctx.mallId = (await resolveMall(deps, undefined)) ?? ''
    return (await serve.handler(ctx, { params: c.req.param(), query: c.req.query(), body: undefined }, c)) as Response
  }
  ctx.caller = await callerOf(c, deps, auth)
  // Counted for each caller, before their rights are looked at: a refused call counts as well.
  const limit = endpoint.limit
  if (limit && !limit.by) limiter(limitKey(ctx.caller), limit, ctx.now.getTime(), roomOf(deps, ctx.caller))
  const mallId = ctx.caller.kind === 'staff' ? ctx.caller.mallId : await resolveMall(deps, c.req.header('x-atrium-mall'))
  if (!mallId) throw new Refusal('not_found', { what: 'mall' })
  ctx.mallId = mallId
  authorise(endpoint, ctx.caller)
  const input = { params: parse('params', endpoint.params, c.req.param()), query: parse('query', endpoint.query, c.req.query()), body: endpoint.body ? parse('body', endpoint.body, await readJson(c)) : undefined }
  if (limit?.by) limiter(blindIndexOf(ctx, 'limit', String((input.body as Record<string, unknown>)[limit.by])).toString('base64'), limit, ctx.now.getTime())
  withinReach(ctx.caller, input.params, input.query, input.body)
  if (endpoint.kind && endpoint.kind !== 'json') {
    const response = (await serve.handler(ctx, input, c)) as Response
    if (serve.audited) await inTransaction(ctx, (tx) => audit(tx, { act: key, outcome: 'done', refusal: null }))
    return response
  }
  if (endpoint.idempotent) ctx.idempotency = idempotencyOf(ctx, c.req.header('idempotency-key'), key, input)
  return c.body(await write(c, ctx, serve, input, audit), 200, { 'content-type': 'application/json; charset=utf-8', 'cache-control': ctx.caller.kind === 'guest' ? 'no-cache' : 'no-store' })
}

/** Runs the handler: reads on the pool, writes in one transaction with key, reply and audit row. Answers the reply as JSON text. */
async function write(c: Context, ctx: Ctx, serve: Serve, input: Parameters<AnyHandler>[1], audit: MountOptions['audit']): Promise<string> {
  const finish = async (tx: Ctx, result: unknown) => {
    const reply = JSON.stringify(checkReply(serve, result))
    if (ctx.idempotency) await saveReply(tx, ctx.idempotency, reply)
    if (serve.audited) await audit(tx, { act: serve.key, outcome: 'done', refusal: null })
    return reply
  }
  const run = async () => {
    if (!ctx.idempotency && !serve.audited) return JSON.stringify(checkReply(serve, await serve.handler(ctx, input, c)))
    if (!serve.ownSteps) return inTransaction(ctx, async (tx) => finish(tx, await serve.handler(tx, input, c)))
    const result = await serve.handler(ctx, input, c)
    return inTransaction(ctx, (tx) => finish(tx, result))
  }
  try {
    return await run()
  } catch (error) {
    if (!(error instanceof KeyTaken)) throw error
    const stored = await replayOf(ctx)
    if (stored !== null) {
      c.header('idempotency-replayed', 'true')
      return stored
    }
    // The first call died between its steps: the same key goes on where natural keys say it stopped.
    ctx.idempotency!.claimed = true
    return run()
  }
}

function checkReply(serve: Serve, result: unknown): unknown {
  const parsed = serve.endpoint.reply.safeParse(result)
  if (!parsed.success) throw new Error(`${serve.key} answered what its contract does not allow: ${parsed.error.issues.slice(0, 3).map((i) => `${i.path.join('.')}: ${i.message}`).join('; ')}`)
  return parsed.data
}

function parse(part: 'params' | 'query' | 'body', schema: Endpoint['body'], value: unknown): unknown {
  if (!schema) {
    // Ids are ASCII; the database refuses to compare them with anything else, so such a path names nothing.
    if (part === 'params' && Object.values(value as Record<string, string>).some((text) => !/^[\x21-\x7e]{1,200}$/.test(text))) throw new Refusal('not_found')
    return part === 'params' ? value : undefined
  }
  const parsed = schema.safeParse(value)
  if (!parsed.success) throw new Malformed(part, parsed.error.issues)
  return parsed.data
}

async function readJson(c: Context): Promise<unknown> {
  if (!/^application\/json\b/.test(c.req.header('content-type') ?? '')) throw new Malformed('body', [{ path: [], message: 'expected application/json' }])
  try {
    return await c.req.json()
  } catch {
    throw new Malformed('body', [{ path: [], message: 'not JSON' }])
  }
}

const limitKey = (caller: Caller) => (caller.kind === 'member' ? caller.memberId : caller.kind === 'staff' ? caller.staffId : caller.kind === 'system' ? 'system' : caller.address)
