import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { can, contract } from '@atrium/shared/contract.ts'
import { Refusal } from '@atrium/shared/refusal.ts'
import { inTransaction } from '../db/transaction.ts'
import { handlers, steps } from './handlers.ts'
import { rateLimiter, roomOf } from './rate-limit.ts'
import { type TestMall, testMall } from './test-kit.ts'

const tally = contract({
  'GET /api/kit/{name}': { who: 'guest', summary: 'Read', query: z.object({ times: z.coerce.number().int().max(9).default(1) }), reply: z.object({ text: z.string() }), refuses: ['coupon_unknown'] },
  'POST /api/kit/count': { who: 'member', idempotent: true, summary: 'Count', body: z.object({ by: z.int(), fail: z.enum(['no', 'refuse', 'undeclared', 'fault']).default('no') }), reply: z.object({ total: z.int() }), refuses: ['coupon_sold_out'] },
  'POST /api/kit/steps': { who: 'guest', idempotent: true, summary: 'Count in steps', body: z.object({ dieAfterFirst: z.boolean() }), reply: z.object({ total: z.int() }), refuses: [] },
  'POST /admin/kit/open': { who: can('parking.operate'), within: 'mall', idempotent: true, summary: 'Act', body: z.object({ storeId: z.string().optional() }), reply: z.object({ ok: z.literal(true) }), refuses: ['gate_unreachable'] },
  'GET /admin/kit/store': { who: can('redemption.read'), within: 'store', summary: 'See', query: z.object({ storeId: z.string().optional() }), reply: z.object({ ok: z.literal(true) }), refuses: [] },
  'GET /api/kit-wrong': { who: 'guest', summary: 'Answers nonsense', reply: z.object({ ok: z.literal(true) }), refuses: [] },
  'POST /api/kit/limited': { who: 'guest', limit: { max: 2, windowMs: 60_000 }, summary: 'Twice a minute', body: z.object({}), reply: z.object({ ok: z.literal(true) }), refuses: [] },
})

let t: TestMall
let crashes = 0
const audited: unknown[] = []
beforeAll(async () => {
  const routes = handlers(tally, {
    'GET /api/kit/{name}': async (_, { params, query }) => {
      if (params.name === 'nobody') throw new Refusal('coupon_unknown', { name: 'nobody' })
      return { text: params.name.repeat(query.times), secret: 'not in the contract' } as { text: string }
    },
    'POST /api/kit/count': async (ctx, { body }) => {
      await ctx.db.execute(sql`UPDATE kitTally SET total = total + ${body.by} WHERE name = 'count'`)
      if (body.fail === 'refuse') throw new Refusal('coupon_sold_out')
      if (body.fail === 'undeclared') throw new Refusal('plate_invalid')
      if (body.fail === 'fault') throw new Error('password=hunter2')
      return { total: await total(ctx.db, 'count') }
    },
    'POST /api/kit/steps': steps(async (ctx, { body }) => {
      await inTransaction(ctx, async (tx) => { await tx.db.execute(sql`UPDATE kitTally SET total = 1 WHERE name = 'steps'`) })
      if (body.dieAfterFirst && crashes++ === 0) throw new Error('killed between the steps')
      return { total: await total(ctx.db, 'steps') }
    }),
    'POST /admin/kit/open': async () => ({ ok: true as const }),
    'GET /admin/kit/store': async () => ({ ok: true as const }),
    'GET /api/kit-wrong': async () => ({ ok: false }) as never,
    'POST /api/kit/limited': async () => ({ ok: true as const }),
  })
  t = await testMall({ features: [{ contract: tally, routes }], audit: async (ctx, entry) => { audited.push({ ...entry, inTransaction: ctx.inTransaction }) } })
  await t.deps.pool.query('CREATE TABLE IF NOT EXISTS kitTally (name varchar(20) PRIMARY KEY, total int NOT NULL)')
  await t.deps.pool.query("REPLACE INTO kitTally VALUES ('count', 0), ('steps', 0)")
})

const total = async (db: TestMall['deps']['db'], name: string): Promise<number> => {
  const [rows] = (await db.execute(sql`SELECT total FROM kitTally WHERE name = ${name}`)) as unknown as [{ total: number }[]]
  return rows[0]!.total
}
const send = async (method: string, path: string, { as, key, body, headers }: { as?: string; key?: string; body?: unknown; headers?: Record<string, string> } = {}) => {
  const response = await t.app.request(path, { method, ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }), headers: { 'content-type': 'application/json', ...(as && { authorization: `Bearer ${as}` }), ...(key && { 'idempotency-key': key }), ...headers } })
  return { status: response.status, body: (await response.json()) as Record<string, unknown>, headers: response.headers }
}

describe('what comes in and goes out', () => {
  test('parsed input, stripped reply, request id on every answer', async () => {
    const answer = await send('GET', '/api/kit/ab?times=2')
    expect(answer.body).toEqual({ text: 'abab' })
    expect(answer.headers.get('x-request-id')).toMatch(/^[0-9A-Z]{26}$/)
    expect(answer.headers.get('date')).toBe(t.clock.now().toUTCString())
  })
  test('a refusal is problem details with its facts', async () => {
    const { status, body, headers } = await send('GET', '/api/kit/nobody')
    expect([status, body.code, body.type, body.name, headers.get('content-type')]).toEqual([404, 'coupon_unknown', '/problems/coupon_unknown', 'nobody', 'application/problem+json; charset=utf-8'])
  })
  test.each([['?times=10', '#/query/times'], ['?times=x', '#/query/times']])('query %s is refused at %s', async (search, pointer) => {
    const { status, body } = await send('GET', `/api/kit/ab${search}`)
    expect([status, body.code, (body.errors as { pointer: string }[])[0]!.pointer]).toEqual([400, 'validation_failed', pointer])
  })
  test.each(['{', '[]', '"x"', '{"by":1.5}', '{"by":null}'])('body %s is refused', async (body) => {
    expect((await send('POST', '/api/kit/count', { as: t.asMember(), key: randomUUID(), body })).status).toBe(400)
  })
  test('too large a body is refused', async () => expect((await send('POST', '/api/kit/limited', { body: 'x'.repeat(300_000) })).status).toBe(413))
  test('a reply outside the contract is a fault that tells nothing', async () => {
    const { status, body } = await send('GET', '/api/kit-wrong')
    expect([status, body.code, Object.keys(body).sort()]).toEqual([500, 'fault', ['code', 'requestId', 'status', 'title', 'type']])
  })
  test('what is not in the contract is not there', async () => expect((await send('GET', '/api/other')).body.code).toBe('not_found'))
  test('an address that many share has room for many', async () => {
    const deps = { ...t.deps, config: { ...t.deps.config, sharedAddresses: ['local'] } }
    expect([roomOf(deps, { kind: 'guest', address: 'local' }), roomOf(deps, { kind: 'guest', address: 'elsewhere' })]).toEqual([20, 1])
    const take = rateLimiter()
    const limit = { max: 2, windowMs: 60_000 }
    for (let i = 0; i < 40; i += 1) take('k', limit, 0, 20)
    expect(() => take('k', limit, 0, 20)).toThrow('rate_limited')
  })
  test('made-up callers of one limit push nobody out of another', () => {
    const take = rateLimiter(10)
    const [flooded, quiet] = [{ max: 1, windowMs: 60_000 }, { max: 1, windowMs: 60_000 }]
    take('person', quiet, 0)
    for (let i = 0; i < 100; i += 1) take(`made-up ${i}`, flooded, 0)
    expect(() => take('person', quiet, 1)).toThrow('rate_limited')
  })
  test('the limit answers 429 with Retry-After', async () => {
    await send('POST', '/api/kit/limited', { body: {} })
    await send('POST', '/api/kit/limited', { body: {} })
    const third = await send('POST', '/api/kit/limited', { body: {} })
    expect([third.status, third.body.code, Number(third.headers.get('retry-after'))]).toEqual([429, 'rate_limited', 60])
  })
})

describe('who may call', () => {
  test('a member endpoint refuses guests and stale tokens', async () => {
    expect((await send('POST', '/api/kit/count', { key: randomUUID(), body: { by: 1 } })).body.code).toBe('unauthenticated')
    expect((await send('POST', '/api/kit/count', { as: 'm_no-longer-valid', key: randomUUID(), body: { by: 1 } })).body.code).toBe('session_expired')
  })
  test.each([['parking', 200], ['auditor', 403], ['finance', 403], ['salesAssociate', 403]] as const)('parking.operate as %s: %d', async (role, status) => {
    expect((await send('POST', '/admin/kit/open', { as: t.asStaff(role), key: randomUUID(), body: {} })).status).toBe(status)
  })
  test('a member token opens no staff endpoint', async () => expect((await send('POST', '/admin/kit/open', { key: randomUUID(), body: {} })).status).toBe(401))
  test('a store outside the reach is refused', async () => {
    const as = t.asStaff('salesAssociate', { storeIds: ['A'] })
    expect((await send('GET', '/admin/kit/store?storeId=A', { as })).status).toBe(200)
    expect((await send('GET', '/admin/kit/store?storeId=B', { as })).body.code).toBe('forbidden')
  })
  test('done and refused staff writes are audited, a done one in its own transaction', async () => {
    audited.length = 0
    await send('POST', '/admin/kit/open', { as: t.asStaff('parking'), key: randomUUID(), body: {} })
    await send('POST', '/admin/kit/open', { as: t.asStaff('auditor'), key: randomUUID(), body: {} })
    expect(audited).toEqual([
      { act: 'POST /admin/kit/open', outcome: 'done', refusal: null, inTransaction: true },
      { act: 'POST /admin/kit/open', outcome: 'refused', refusal: 'forbidden', inTransaction: true },
    ])
  })
})

describe('sent twice', () => {
  test('the same key replays the first reply and counts once', async () => {
    const [as, key, before] = [t.asMember(), randomUUID(), await total(t.deps.db, 'count')]
    const first = await send('POST', '/api/kit/count', { as, key, body: { by: 5 } })
    const second = await send('POST', '/api/kit/count', { as, key: `"${key}"`, body: { by: 5 } })
    expect(second.body).toEqual(first.body)
    expect(second.headers.get('idempotency-replayed')).toBe('true')
    expect(await total(t.deps.db, 'count')).toBe(before + 5)
  })
  test('the kept reply is sealed: the table shows nothing of it', async () => {
    const key = randomUUID()
    await send('POST', '/api/kit/count', { as: t.asMember(), key, body: { by: 1 } })
    const [[row]] = (await t.deps.pool.query('SELECT reply FROM idempotency WHERE idempotencyKey = ?', [key])) as unknown as [[{ reply: Buffer }]]
    expect(row.reply.length).toBeGreaterThan(30)
    expect(row.reply.toString('latin1')).not.toContain('total')
  })
  test('another body under the same key is refused, another member has keys of their own', async () => {
    const [as, key] = [t.asMember(), randomUUID()]
    await send('POST', '/api/kit/count', { as, key, body: { by: 1 } })
    expect((await send('POST', '/api/kit/count', { as, key, body: { by: 2 } })).body.code).toBe('idempotency_key_reused')
    expect((await send('POST', '/api/kit/count', { as: t.asMember(), key, body: { by: 1 } })).headers.get('idempotency-replayed')).toBeNull()
  })
  test('twenty at once count once', async () => {
    const [as, key, before] = [t.asMember(), randomUUID(), await total(t.deps.db, 'count')]
    const answers = await Promise.all(Array.from({ length: 20 }, () => send('POST', '/api/kit/count', { as, key, body: { by: 1 } })))
    expect(new Set(answers.map((a) => a.status))).toEqual(new Set([200]))
    expect(await total(t.deps.db, 'count')).toBe(before + 1)
  })
  test('a write without a key is refused', async () => expect((await send('POST', '/api/kit/count', { as: t.asMember(), body: { by: 1 } })).body.code).toBe('idempotency_key_missing'))
  test('a write of several steps that died goes on under the same key', async () => {
    const key = randomUUID()
    expect((await send('POST', '/api/kit/steps', { key, body: { dieAfterFirst: true } })).status).toBe(500)
    expect((await send('POST', '/api/kit/steps', { key, body: { dieAfterFirst: true } })).body.code).toBe('idempotency_in_progress')
    t.clock.advance(31_000)
    expect((await send('POST', '/api/kit/steps', { key, body: { dieAfterFirst: true } })).body).toEqual({ total: 1 })
  })
})

describe('nothing half done', () => {
  test.each([['refuse', 409, 'coupon_sold_out'], ['undeclared', 500, 'fault'], ['fault', 500, 'fault']])('%s rolls back and answers %d %s', async (fail, status, code) => {
    const before = await total(t.deps.db, 'count')
    const answer = await send('POST', '/api/kit/count', { as: t.asMember(), key: randomUUID(), body: { by: 100, fail } })
    expect([answer.status, answer.body.code]).toEqual([status, code])
    expect(JSON.stringify(answer.body)).not.toContain('hunter2')
    expect(await total(t.deps.db, 'count')).toBe(before)
  })
})

test('ready is a process whose database takes writes and which is not stopping', async () => {
  const readyz = async (of: TestMall) => (await of.app.request('/readyz')).status
  const readOnly = await testMall({ deps: { db: { execute: async () => { throw Object.assign(new Error('read only'), { errno: 1290 }) } } as unknown as TestMall['deps']['db'] } })
  expect([await readyz(t), await readyz(readOnly)]).toEqual([200, 503])
  const [rows] = await t.deps.pool.query('SELECT one FROM writeProbe')
  expect(rows).toEqual([{ one: 1 }])
})
