import { expect, test } from 'vitest'
import { memberships } from '@atrium/schema/identity.ts'
import { newId } from '../db/id.ts'
import { inTransaction } from '../db/transaction.ts'
import { announce } from '../outbox/announce.ts'
import { couponMall } from '../testing/coupons.ts'
import { drain } from '../outbox/drain.ts'
import { tierOf } from '../identity/service.ts'
import { balanceOf } from '../ledger/service.ts'
import { identityJobs } from '../identity/jobs.ts'
import { pointsJobs } from './jobs.ts'
import { pointsEarnedFor } from './service.ts'

/** Only these consumers: events of payments that no payment table knows would trouble others. */
async function mall() {
  const t = await couponMall({ jobs: [pointsJobs, identityJobs] })
  const say = (type: 'payment.paid' | 'payment.refunded', data: Record<string, unknown>) => inTransaction(t.ctx(), (tx) => announce(tx, type, data))
  const settle = async () => { while ((await drain(t.deps, [pointsJobs, identityJobs])) > 0); }
  const entries = async (as: string) => (await t.call('GET /api/points/entries', { as })).body.items
  const balance = async (as: string) => (await t.call('GET /api/points', { as })).body.balance
  return { ...t, say, settle, entries, balance, id: () => newId(t.clock.now()) }
}

test('a paid parking earns one point for each yuan, times the tier, and says why', async () => {
  const t = await mall()
  const member = await t.member({ tier: 'gold' })
  const paymentId = t.id()
  await t.say('payment.paid', { paymentId, memberId: member.memberId, amountFen: 800, purpose: 'parking' })
  await t.settle()
  expect(await t.entries(member.as)).toMatchObject([{ kind: 'parking_paid', points: 12, balance: 12, title: '停车缴费', titleEn: 'Parking paid', detail: '支付 ¥8.00，1.5 倍积分', detailEn: 'Paid ¥8.00, ×1.5 points', link: `/payment/${paymentId}` }])
  expect(await pointsEarnedFor(t.ctx(), [paymentId])).toEqual(new Map([[paymentId, 12]]))
  expect((await balanceOf(t.ctx(), 'growth', member.memberId)).balance).toBe(8)
})

test('the same payment told twice earns once', async () => {
  const t = await mall()
  const member = await t.member()
  const data = { paymentId: t.id(), memberId: member.memberId, amountFen: 800, purpose: 'parking' }
  await t.say('payment.paid', data)
  await t.say('payment.paid', data)
  await t.settle()
  expect(await t.balance(member.as)).toBe(8)
})

test('a guest’s payment and less than a yuan earn nothing', async () => {
  const t = await mall()
  const member = await t.member()
  await t.say('payment.paid', { paymentId: t.id(), memberId: null, amountFen: 800, purpose: 'parking' })
  await t.say('payment.paid', { paymentId: t.id(), memberId: member.memberId, amountFen: 99, purpose: 'parking' })
  await t.settle()
  expect(await t.entries(member.as)).toEqual([])
})

test('refunds take back in proportion, together all of it, each once, with growth and tier', async () => {
  const t = await mall()
  const member = await t.member()
  const paymentId = t.id()
  await t.say('payment.paid', { paymentId, memberId: member.memberId, amountFen: 300_100, purpose: 'parking' })
  await t.settle()
  expect((await t.call('GET /api/member/me', { as: member.as })).body).toMatchObject({ tier: 'gold', growth: 3_001 })
  const half = { refundId: t.id(), paymentId, amountFen: 150_050 }
  await t.say('payment.refunded', half)
  await t.say('payment.refunded', half)
  await t.settle()
  expect(await t.balance(member.as)).toBe(1_500)
  expect((await t.call('GET /api/member/me', { as: member.as })).body).toMatchObject({ tier: 'silver', growth: 1_500 })
  await t.say('payment.refunded', { refundId: t.id(), paymentId, amountFen: 150_050 })
  await t.settle()
  expect((await t.entries(member.as)).map((e) => [e.kind, e.points, e.balance])).toEqual([['refund', -1_500, 0], ['refund', -1_501, 1_500], ['parking_paid', 3_001, 3_001]])
  expect(await pointsEarnedFor(t.ctx(), [paymentId])).toEqual(new Map([[paymentId, 0]]))
})

test('a refund that is heard of before its payment counts as well', async () => {
  const t = await mall()
  const member = await t.member()
  const paymentId = t.id()
  await t.say('payment.refunded', { refundId: t.id(), paymentId, amountFen: 800 })
  await t.settle()
  await t.say('payment.paid', { paymentId, memberId: member.memberId, amountFen: 800, purpose: 'parking' })
  await t.settle()
  expect(await t.balance(member.as)).toBe(0)
})

test('points that were spent become a debt which the next payment pays', async () => {
  const t = await mall()
  const member = await t.member()
  const paymentId = t.id()
  await t.say('payment.paid', { paymentId, memberId: member.memberId, amountFen: 10_000, purpose: 'parking' })
  await t.settle()
  await t.claim(await t.publish({ pointsPrice: 90 }), member.as)
  await t.say('payment.refunded', { refundId: t.id(), paymentId, amountFen: 10_000 })
  await t.settle()
  expect(await t.balance(member.as)).toBe(-90)
  await t.say('payment.paid', { paymentId: t.id(), memberId: member.memberId, amountFen: 10_000, purpose: 'parking' })
  await t.settle()
  expect(await t.balance(member.as)).toBe(10)
})

test('joining is welcomed once', async () => {
  const t = await mall()
  const member = await t.member()
  for (let i = 0; i < 2; i += 1) await inTransaction(t.ctx(), (tx) => announce(tx, 'member.joined', { memberId: member.memberId, channel: 'h5' }))
  await t.settle()
  expect(await t.entries(member.as)).toMatchObject([{ kind: 'welcome', points: 100, title: '入会礼', titleEn: 'Welcome gift' }])
})

test('points expire with the end of the next year, and the summary says so before', async () => {
  const t = await mall()
  const member = await t.member()
  await t.say('payment.paid', { paymentId: t.id(), memberId: member.memberId, amountFen: 5_000, purpose: 'parking' })
  await t.settle()
  expect((await t.call('GET /api/points', { as: member.as })).body).toMatchObject({ balance: 50, pending: 0, earnedThisYear: 50, expiring: [{ points: 50, at: '2027-12-31T16:00:00.000Z' }] })
  t.clock.set('2027-12-31T15:59:59.000Z')
  await t.drain()
  expect(await t.balance(member.as)).toBe(50)
  t.clock.set('2028-01-01T00:00:00.000Z')
  await t.drain()
  expect((await t.call('GET /api/points', { as: member.as })).body).toMatchObject({ balance: 0, earnedThisYear: 0, expiring: [] })
  expect((await t.entries(member.as))[0]).toMatchObject({ kind: 'expire', points: -50, detail: '2026-11-20 获得的积分到期' })
})

test('the statement filters by kind and pages without loss', async () => {
  const t = await mall()
  const member = await t.member()
  for (let i = 1; i <= 5; i += 1) await t.say('payment.paid', { paymentId: t.id(), memberId: member.memberId, amountFen: i * 100, purpose: i === 3 ? 'shop' : 'parking' })
  await t.settle()
  const page = (query: Record<string, string | number>) => t.call('GET /api/points/entries', { query: query as never, as: member.as })
  expect((await page({ kind: 'purchase' })).body).toMatchObject({ total: 1, items: [{ points: 3 }] })
  const first = (await page({ limit: 3 })).body
  const second = (await page({ limit: 3, cursor: first.nextCursor! })).body
  expect([...first.items, ...second.items].map((e) => e.points)).toEqual([5, 4, 3, 2, 1])
  expect((await page({ limit: 2, sort: 'at' })).body.items.map((e) => e.points)).toEqual([1, 2])
})

test('adjusting by hand needs the permission, a reason and enough points; sent twice it is one', async () => {
  const t = await mall()
  const member = await t.member({ points: 20 })
  const adjust = (points: number, as = t.asStaff('customerService', { staffId: '01JD0000000000000000000002' }), key?: string) => t.call('POST /admin/members/{memberId}/points', { params: { memberId: member.memberId }, body: { points, reason: '小票未录' }, as, ...(key && { key }) })
  expect((await adjust(5, t.asStaff('marketing'))).problem.code).toBe('forbidden')
  expect((await adjust(164, undefined, 'adjust-0001')).body).toEqual({ balance: 184 })
  expect((await adjust(164, undefined, 'adjust-0001')).body).toEqual({ balance: 184 })
  expect((await adjust(-185)).problem.code).toBe('points_insufficient')
  expect((await adjust(-184)).body).toEqual({ balance: 0 })
  const { body } = await t.call('GET /admin/members/{memberId}/points', { params: { memberId: member.memberId }, as: t.asStaff('auditor') })
  expect(body.items[0]).toMatchObject({ kind: 'adjust', points: -184, detail: '小票未录' })
  expect((await t.call('POST /admin/members/{memberId}/points', { params: { memberId: newId(new Date()) }, body: { points: 1, reason: '没有此人' }, as: t.asStaff('customerService') })).problem.code).toBe('not_found')
})

test('two adjustments are two, whatever request id the caller sends; a stranger to this mall has none', async () => {
  const t = await mall()
  const member = await t.member({ points: 20 })
  const adjust = (memberId: string) => t.call('POST /admin/members/{memberId}/points', { params: { memberId }, body: { points: 5, reason: '小票未录' }, as: t.asStaff('customerService'), headers: { 'x-request-id': 'the-same-id-0001' } })
  expect([(await adjust(member.memberId)).body.balance, (await adjust(member.memberId)).body.balance]).toEqual([25, 30])
  const elsewhere = await (await mall()).member()
  expect((await adjust(elsewhere.memberId)).problem.code).toBe('not_found')
  expect((await t.call('GET /admin/members/{memberId}/points', { params: { memberId: elsewhere.memberId }, as: t.asStaff('auditor') })).problem.code).toBe('not_found')
})

test('who pays in a mall before joining it is a guest there until then', async () => {
  const t = await mall()
  const { memberId } = await (await mall()).member()
  await t.say('payment.paid', { paymentId: t.id(), memberId, amountFen: 300_100, purpose: 'parking' })
  await t.settle()
  expect(await tierOf(t.ctx(), memberId)).toBe('silver')
  await t.deps.db.insert(memberships).values({ mallId: t.mallId, memberId, tier: 'silver', tierSince: t.clock.now(), channel: 'h5', joinedAt: t.clock.now() })
  await inTransaction(t.ctx(), (tx) => announce(tx, 'member.joined', { memberId, channel: 'h5' }))
  await t.settle()
  expect(await tierOf(t.ctx(), memberId)).toBe('gold')
})

test('points are for their member', async () => {
  const t = await mall()
  const member = await t.member({ points: 20 })
  expect((await t.call('GET /api/points')).problem.code).toBe('unauthenticated')
  expect((await t.call('GET /api/points', { as: t.asMember() })).body.balance).toBe(0)
  expect((await t.call('GET /admin/members/{memberId}/points', { params: { memberId: member.memberId }, as: t.asStaff('parking') })).problem.code).toBe('forbidden')
})
