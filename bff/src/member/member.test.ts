import { expect, test } from 'vitest'
import { auditEntry } from '@atrium/schema/audit.ts'
import { and, eq } from 'drizzle-orm'
import { couponMall } from '../testing/coupons.ts'
import { recordVisit } from '../identity/service.ts'
import { earnForPayment } from '../points/service.ts'
import { newId } from '../db/id.ts'

test('home: who I am, points, coupons and what ends soon, in one call', async () => {
  const t = await couponMall()
  const member = await t.member({ points: 120 })
  await t.claim(await t.publish({ validity: { kind: 'days', days: 1 } }), member.as)
  await t.claim(await t.publish({ validity: { kind: 'days', days: 20 } }), member.as)
  const { status, body } = await t.call('GET /api/member/home', { as: member.as })
  expect(status).toBe(200)
  expect(body).toMatchObject({
    me: { memberId: member.memberId, nickname: '林小满', phoneMasked: `${member.phone.slice(0, 3)}****${member.phone.slice(-4)}`, tier: 'silver', growth: 0, nextTier: { tier: 'gold', growthNeeded: 3000 }, parkingHours: 1 },
    points: 120, coupons: { available: 2, expiringSoon: 1 }, parking: null, newNotices: 0,
  })
  expect(JSON.stringify(body)).not.toContain(member.phone)
})

test('growth makes the tier, and the tier makes points and parking hours', async () => {
  const t = await couponMall()
  const member = await t.member()
  await earnForPayment(t.ctx(), { paymentId: newId(t.clock.now()), memberId: member.memberId, amountFen: 320_000, kind: 'purchase' })
  const { body } = await t.call('GET /api/member/me', { as: member.as })
  expect(body).toMatchObject({ tier: 'gold', growth: 3200, nextTier: { tier: 'crimson', growthNeeded: 6800 }, parkingHours: 2 })
  await earnForPayment(t.ctx(), { paymentId: newId(t.clock.now()), memberId: member.memberId, amountFen: 10_000, kind: 'purchase' })
  expect((await t.call('GET /api/member/card', { as: member.as })).body).toMatchObject({ tier: 'gold', points: 3200 + 150, stepMs: 60_000 })
  // A year later the growth has run out; points stay until the end of the next year.
  t.clock.advance(366 * 86_400_000)
  await t.drain()
  expect((await t.call('GET /api/member/me', { as: member.as })).body).toMatchObject({ tier: 'silver', growth: 0 })
  expect((await t.call('GET /api/points', { as: member.as })).body.balance).toBe(3350)
})

test('the card’s secret is the member’s own and stays the same', async () => {
  const t = await couponMall()
  const [lin, he] = [await t.member(), await t.member()]
  const secret = async (as: string) => (await t.call('GET /api/member/card', { as })).body.secret
  expect(await secret(lin.as)).toBe(await secret(lin.as))
  expect(await secret(lin.as)).not.toBe(await secret(he.as))
})

test('I change my name, language and view; sent twice it is one change', async () => {
  const t = await couponMall()
  const member = await t.member()
  const edit = () => t.call('PUT /api/member/me', { body: { nickname: '小满', elderView: true, language: 'en' }, as: member.as, key: 'edit-me-0001' })
  expect((await edit()).body).toMatchObject({ nickname: '小满', elderView: true, language: 'en' })
  expect((await edit()).response.headers.get('idempotency-replayed')).toBe('true')
  expect((await t.call('PUT /api/member/me', { body: { nickname: '' }, as: member.as })).problem.code).toBe('validation_failed')
})

test('nothing of a member without being one', async () => {
  const t = await couponMall()
  for (const route of ['GET /api/member/home', 'GET /api/member/me', 'GET /api/member/card'] as const) expect((await t.call(route)).problem.code).toBe('unauthenticated')
  expect((await t.call('GET /api/member/home', { as: t.asMember() })).problem.code).toBe('not_found')
})

test('staff see members masked and find them by full phone, number or name', async () => {
  const t = await couponMall()
  const [lin, he] = [await t.member({ nickname: '林小满', points: 50 }), await t.member({ nickname: '何一', tier: 'gold', points: 70 })]
  const as = t.asStaff('customerService')
  const find = async (query: Record<string, string>) => (await t.call('GET /admin/members', { query: query as never, as })).body
  const all = await find({ sort: '-points' })
  expect(all.items.map((m) => [m.nickname, m.points, m.tier])).toEqual([['何*', 70, 'gold'], ['林**', 50, 'silver']])
  expect(JSON.stringify(all)).not.toMatch(new RegExp(`${lin.phone}|${he.phone}`))
  const byPhone = await find({ q: lin.phone })
  expect(byPhone.items.map((m) => m.memberId)).toEqual([lin.memberId])
  expect((await find({ q: byPhone.items[0]!.memberNumber })).total).toBe(1)
  expect((await find({ q: '何' })).items.map((m) => m.memberId)).toEqual([he.memberId])
  expect((await find({ q: lin.phone.slice(0, 8) })).total).toBe(0)
  expect((await find({ tier: 'gold' })).total).toBe(1)
})

test.each(['joinedAt', '-points', 'visits'])('the list pages without loss by %s', async (sort) => {
  const t = await couponMall()
  for (let i = 0; i < 5; i += 1) await t.member({ points: i % 2 ? 0 : 10 })
  const as = t.asStaff('customerService')
  const seen: string[] = []
  let cursor: string | undefined
  do {
    const { body } = await t.call('GET /admin/members', { query: { limit: 2, cursor, sort: sort as 'points' }, as })
    seen.push(...body.items.map((m) => m.memberId))
    cursor = body.nextCursor ?? undefined
  } while (cursor)
  expect([seen.length, new Set(seen).size]).toEqual([5, 5])
})

test('one member with visits, coupons and what happened last', async () => {
  const t = await couponMall()
  const member = await t.member({ points: 30 })
  const { body: coupon } = await t.claim(await t.publish(), member.as)
  await t.redeem(coupon.couponNumber)
  await recordVisit(t.ctx(), member.memberId, 'coupon', t.clock.now())
  await t.drain()
  const { body } = await t.call('GET /admin/members/{memberId}', { params: { memberId: member.memberId }, as: t.asStaff('operations') })
  expect(body).toMatchObject({ nickname: '林**', coupons: { available: 0, redeemed: 1, expired: 0 }, visits: 1, parkings: 0, paidFen: 0, fapiaoCount: 0 })
  expect(body.visitsByMonth).toHaveLength(12)
  expect(body.visitsByMonth.at(-1)).toEqual({ month: '2026-11', visits: 1 })
  expect(body.recent.map((r) => r.kind).sort()).toEqual(['coupon', 'join', 'points'])
})

test('seeing a phone in full needs the permission and a reason, and is recorded', async () => {
  const t = await couponMall()
  const member = await t.member()
  const unmask = (as: string, reason = '客人电话核对') => t.call('POST /admin/members/{memberId}/unmask', { params: { memberId: member.memberId }, body: { reason }, as })
  expect((await unmask(t.asStaff('marketing'))).problem.code).toBe('forbidden')
  expect((await unmask(t.asStaff('customerService'), '')).problem.code).toBe('validation_failed')
  expect((await unmask(t.asStaff('customerService'))).body).toEqual({ phone: member.phone, plates: [], hideAfterMs: 60_000 })
  const rows = await t.deps.db.select().from(auditEntry).where(and(eq(auditEntry.mallId, t.mallId), eq(auditEntry.subject, member.memberId)))
  expect(rows).toHaveLength(1)
  expect(JSON.stringify(rows)).toContain('客人电话核对')
  expect(JSON.stringify(rows)).not.toContain(member.phone)
})

test('numbers seen in full are counted where every process sees them', async () => {
  const t = await couponMall()
  const { memberId } = await t.member()
  const as = t.asStaff('customerService')
  const unmask = async () => (await t.call('POST /admin/members/{memberId}/unmask', { params: { memberId }, body: { reason: '客人电话核对' }, as })).status
  expect(await unmask()).toBe(200)
  t.clock.advance(59 * 60_000)
  for (let i = 0; i < 19; i += 1) await unmask()
  // The window of the process begins anew, the hour that is counted does not.
  t.clock.advance(2 * 60_000)
  expect([await unmask(), await unmask()]).toEqual([200, 429])
})

test('a member of another mall is unknown here', async () => {
  const [here, there] = [await couponMall(), await couponMall()]
  const member = await there.member()
  const params = { memberId: member.memberId }
  expect((await here.call('GET /admin/members/{memberId}', { params, as: here.asStaff('operations') })).problem.code).toBe('not_found')
  expect((await here.call('POST /admin/members/{memberId}/unmask', { params, body: { reason: '核对一下' }, as: here.asStaff('customerService') })).problem.code).toBe('not_found')
})
