import { beforeEach, describe, expect, test, vi } from 'vitest'
import { json, problem } from '../testing/mounting.ts'
import { address, call, connect, Fault, Refused } from './call.ts'

type Sent = { url: string; request: RequestInit }
let sent: Sent[] = []
let signedOut = 0
const answers = (...replies: (() => Response | Promise<Response>)[]) => connect({
  fetch: (async (url: string, request: RequestInit) => { sent.push({ url, request }); return replies[Math.min(sent.length, replies.length) - 1]!() }) as typeof fetch,
  onSignedOut: () => { signedOut += 1 },
})
const headers = (i = 0) => sent[i]!.request.headers as Record<string, string>
const reason = { params: { laneId: '01JD' }, body: { reason: '现场核实' } }

beforeEach(() => { sent = []; signedOut = 0 })

test.each([
  ['GET /admin/members', { query: { q: '林', sort: '', tier: undefined, limit: 20 } }, '/admin/members?q=%E6%9E%97&limit=20'],
  ['GET /admin/members/{memberId}', { params: { memberId: 'a/b' } }, '/admin/members/a%2Fb'],
  ['POST /admin/parking/lanes/{laneId}/open', { params: { laneId: 'L1' } }, '/admin/parking/lanes/L1/open'],
])('%s becomes an address', (key, input, expected) => expect(address(key, input)).toBe(expected))

describe('what is sent', () => {
  test('a read carries no key and no body', async () => {
    answers(() => json({ items: [], nextCursor: null, total: 0 }))
    await call('GET /admin/members', { query: { tier: 'gold' } })
    expect(sent[0]).toMatchObject({ url: '/admin/members?tier=gold', request: { method: 'GET', credentials: 'same-origin' } })
    expect(headers()['idempotency-key']).toBeUndefined()
  })

  test('a write carries a key of its own and JSON', async () => {
    answers(() => json({}), () => json({}))
    await call('POST /admin/parking/lanes/{laneId}/open', reason)
    await call('POST /admin/parking/lanes/{laneId}/open', reason)
    expect(headers()['idempotency-key']).toMatch(/^[0-9a-f-]{36}$/)
    expect(headers()['idempotency-key']).not.toBe(headers(1)['idempotency-key'])
    expect(JSON.parse(String(sent[0]!.request.body))).toEqual({ reason: '现场核实' })
  })

  test('a lost answer is tried once more under the same key', async () => {
    answers(() => Promise.reject(new TypeError('network')), () => json({ ok: 1 }))
    await call('POST /admin/parking/lanes/{laneId}/open', reason)
    expect(sent).toHaveLength(2)
    expect(headers()['idempotency-key']).toBe(headers(1)['idempotency-key'])
  })
})

describe('a write without an answer', () => {
  const lose = () => Promise.reject(new TypeError('network'))
  const opened = { params: { laneId: 'lost' }, body: { reason: '现场核实' } }
  const keys = async (second: typeof opened, ...replies: (() => Response | Promise<Response>)[]) => {
    answers(...replies)
    await call('POST /admin/parking/lanes/{laneId}/open', opened).catch(() => null)
    const first = headers(sent.length - 1)['idempotency-key']
    await call('POST /admin/parking/lanes/{laneId}/open', second).catch(() => null)
    return headers(sent.length - 1)['idempotency-key'] === first
  }
  const other = { ...opened, body: { reason: '系统故障' } }
  test.each([
    ['keeps its key when pressed again', opened, [lose, lose, () => json({})], true],
    ['keeps it after a fault', opened, [() => problem(500, 'fault'), () => json({})], true],
    ['keeps it while the first try runs', opened, [() => problem(409, 'idempotency_in_progress'), () => json({})], true],
    ['is not another write', other, [lose, lose, () => json({})], false],
    ['is done with once it was refused', opened, [() => problem(403, 'forbidden'), () => json({})], false],
  ] as [string, typeof opened, (() => Response | Promise<Response>)[], boolean][])('%s', async (_, second, replies, same) => expect(await keys(second, ...replies)).toBe(same))

  test('the same act long after is meant anew', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: 0 })
    answers(lose, lose, () => json({}))
    await call('POST /admin/parking/lanes/{laneId}/open', reason).catch(() => null)
    vi.setSystemTime(6 * 60_000)
    await call('POST /admin/parking/lanes/{laneId}/open', reason)
    expect(headers(2)['idempotency-key']).not.toBe(headers(0)['idempotency-key'])
    vi.useRealTimers()
  })
})

describe('what comes back', () => {
  test('a refusal has its code, its facts and its field problems', async () => {
    answers(() => problem(422, 'refund_exceeds_paid', { refundableFen: 600, errors: [{ pointer: '#/body/amountFen', detail: 'too big' }] }))
    const refused = await call('GET /admin/dashboard').catch((e: unknown) => e)
    expect(refused).toBeInstanceOf(Refused)
    expect(refused).toMatchObject({ code: 'refund_exceeds_paid', status: 422, facts: { refundableFen: 600 }, errors: [{ pointer: '#/body/amountFen' }] })
  })

  test('a fault has the request id and nothing else', async () => {
    answers(() => problem(500, 'fault'))
    const fault = await call('GET /admin/dashboard').catch((e: unknown) => e)
    expect(fault).toBeInstanceOf(Fault)
    expect(fault).toMatchObject({ status: 500, requestId: '01JDREQ', offline: false })
  })

  test('an answer that is not JSON is a fault', async () => {
    answers(() => new Response('<html>', { status: 502 }))
    await expect(call('GET /admin/dashboard')).rejects.toMatchObject({ status: 502, requestId: null })
  })

  test('no answer at all is being off-line', async () => {
    answers(() => Promise.reject(new TypeError('network')))
    await expect(call('GET /admin/dashboard')).rejects.toMatchObject({ offline: true })
    expect(sent).toHaveLength(2)
  })

  test.each(['unauthenticated', 'session_expired'])('%s tells the shell', async (code) => {
    answers(() => problem(401, code))
    await expect(call('GET /admin/me')).rejects.toMatchObject({ code })
    expect(signedOut).toBe(1)
  })

  test('a wrong password does not look like an ended session', async () => {
    answers(() => problem(401, 'sign_in_failed'))
    await expect(call('POST /admin/sign-in', { body: { account: 'a.b', password: 'x' } })).rejects.toMatchObject({ code: 'sign_in_failed' })
    expect(signedOut).toBe(0)
  })

  test('giving up is not a fault', async () => {
    const given = new AbortController()
    answers(() => { given.abort(); return Promise.reject(new DOMException('gone', 'AbortError')) })
    await expect(call('GET /admin/dashboard', { signal: given.signal })).rejects.toMatchObject({ name: 'AbortError' })
    expect(sent).toHaveLength(1)
    vi.restoreAllMocks()
  })
})
