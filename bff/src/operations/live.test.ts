import { afterEach, describe, expect, test } from 'vitest'
import { inTransaction } from '../db/transaction.ts'
import { type TestMall, testMall } from '../http/test-kit.ts'
import { announce, type EventType } from '../outbox/announce.ts'
import { makeMall } from '../testing/mall.ts'
import { makeStaff, signInAs } from '../testing/staff.ts'
import { authenticateStaff } from '../staff/service.ts'
import { listening, stopStreams } from './live.ts'

afterEach(stopStreams)

type Heard = { events: { type: string; data: Record<string, unknown> }[]; ended: () => boolean; close: () => Promise<void>; next: (count: number) => Promise<string[]> }

const becomes = async (so: () => boolean | Promise<boolean>) => { await expect.poll(so, { timeout: 20_000 }).toBe(true) }

/** Opens a stream and gathers what it says. */
async function listen(t: TestMall, path: '/api/events' | '/admin/events', as: string): Promise<Heard> {
  const aborter = new AbortController()
  const response = await t.app.request(path, { headers: { authorization: `Bearer ${as}`, 'x-atrium-mall': t.mallId }, signal: aborter.signal })
  expect(response.headers.get('content-type')).toContain('text/event-stream')
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
  const events: Heard['events'] = []
  let [rest, ended] = ['', false]
  let ready = () => {}
  const open = new Promise<void>((done) => { ready = done })
  void (async () => {
    for (;;) {
      const { done, value } = await reader.read().catch(() => ({ done: true, value: undefined }))
      if (done) break
      rest += value
      const blocks = rest.split('\n\n')
      rest = blocks.pop()!
      for (const block of blocks) {
        const data = block.split('\n').find((line) => line.startsWith('data: '))
        if (data) events.push(JSON.parse(data.slice(6)) as Heard['events'][number])
        else ready()
      }
    }
    ended = true
    ready()
  })()
  await open
  const next = async (count: number) => {
    await becomes(() => events.length >= count || ended)
    return events.map((e) => e.type)
  }
  return { events, ended: () => ended, close: async () => { aborter.abort(); await reader.cancel().catch(() => {}) }, next }
}
const say = (t: TestMall, type: EventType, data: Record<string, unknown>) => inTransaction(t.ctx(), (tx) => announce(tx, type, data))
const member = (n: number) => `01J0000000000000000000000${n}`

describe('live events', () => {
  test('reach the member they are of, staff within reach, and nobody else', async () => {
    const t = await testMall()
    const [mine, theirs, mall, shop] = await Promise.all([listen(t, '/api/events', t.asMember(member(1))), listen(t, '/api/events', t.asMember(member(2))), listen(t, '/admin/events', t.asStaff('operations')), listen(t, '/admin/events', t.asStaff('salesAssociate', { storeIds: ['s1'], tenantId: 't1' }))])
    await say(t, 'coupon.redeemed', { memberId: member(1), storeId: 's1' })
    await say(t, 'lane.changed', { laneId: 'l1' })
    await say(t, 'coupon.redeemed', { memberId: member(2), storeId: 's2' })
    expect(await mall.next(3)).toEqual(['coupon.redeemed', 'lane.changed', 'coupon.redeemed'])
    expect(await mine.next(1)).toEqual(['coupon.redeemed'])
    expect(await theirs.next(1)).toEqual(['coupon.redeemed'])
    expect(await shop.next(1)).toEqual(['coupon.redeemed'])
    expect([mine.events[0]!.data, shop.events[0]!.data]).toEqual([{ memberId: member(1), storeId: 's1' }, { memberId: member(1), storeId: 's1' }])
  })
  test('are told once each, and not those of another mall or of a transaction that was rolled back', async () => {
    const [t, other] = [await testMall(), await testMall()]
    const staff = await listen(t, '/admin/events', t.asStaff('operations'))
    await say(other, 'lane.changed', { laneId: 'elsewhere' })
    await inTransaction(t.ctx(), async (tx) => { await announce(tx, 'lane.changed', { laneId: 'never' }); throw new Error('no') }).catch(() => {})
    for (let i = 0; i < 5; i += 1) await say(t, 'lane.changed', { laneId: `l${i}` })
    await staff.next(5)
    await say(t, 'lane.changed', { laneId: 'after all' })
    await staff.next(6)
    expect(staff.events.map((e) => e.data.laneId)).toEqual(['l0', 'l1', 'l2', 'l3', 'l4', 'after all'])
  })
  test('need a session of the right kind', async () => {
    const t = await testMall()
    expect([(await t.app.request('/api/events')).status, (await t.app.request('/admin/events', { headers: { authorization: `Bearer ${t.asMember()}` } })).status]).toEqual([401, 401])
  })
  test('a hundred listen to one tail, which ends with the last of them', async () => {
    const t = await testMall()
    const all = await Promise.all(Array.from({ length: 100 }, () => listen(t, '/admin/events', t.asStaff('parking'))))
    expect(listening(t.deps)).toBe(100)
    await say(t, 'reading.waiting', { readingId: 'r' })
    expect((await Promise.all(all.map((l) => l.next(1)))).flat()).toHaveLength(100)
    await Promise.all(all.map((l) => l.close()))
    await becomes(() => listening(t.deps) === 0)
  })
  test('streams end when the process stops, and when the member is signed out', async () => {
    const t = await testMall()
    const token = t.asMember(member(3))
    const { sessionId } = JSON.parse(Buffer.from(token.slice(5), 'base64url').toString()) as { sessionId: string }
    const [signedOut, stays] = [await listen(t, '/api/events', token), await listen(t, '/api/events', t.asMember(member(3)))]
    await say(t, 'session.revoked', { memberId: member(3), sessionId })
    await becomes(signedOut.ended)
    expect(stays.ended()).toBe(false)
    stopStreams()
    await becomes(stays.ended)
  })
  test.each([
    ['signed out', async (t: TestMall, token: string) => { await t.call('POST /admin/sign-out', { as: token }); t.clock.advance(20_000) }],
    ['disabled', async (t: TestMall, _: string, staffId: string) => { await t.call('POST /admin/staff/{staffId}/disable', { params: { staffId }, body: { reason: '离职' }, as: await signInAs(t, await makeStaff(t, 'administrator')) }) }],
  ])('an account that was %s hears nothing more, however much is said', async (_, lose) => {
    const t = await testMall({ auth: { staff: authenticateStaff, member: async () => null } })
    await makeMall(t)
    const person = await makeStaff(t, 'auditor')
    const token = await signInAs(t, person)
    const staff = await listen(t, '/admin/events', token)
    await say(t, 'notice.changed', { noticeId: 'before' })
    await staff.next(1)
    await lose(t, token, person.staffId)
    await becomes(async () => {
      await say(t, 'notice.changed', { noticeId: 'after' })
      return staff.ended()
    })
    expect(staff.events.filter((e) => e.type === 'notice.changed').map((e) => e.data.noticeId)).toEqual(['before'])
  })
  test('a real staff session can listen', async () => {
    const t = await testMall({ auth: { staff: authenticateStaff, member: async () => null } })
    await makeMall(t)
    const staff = await listen(t, '/admin/events', await signInAs(t, await makeStaff(t, 'auditor')))
    await say(t, 'notice.changed', { noticeId: 'n' })
    expect(await staff.next(1)).toEqual(['notice.changed'])
  })
})
