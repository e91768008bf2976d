import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { couponStocks, coupons } from '@atrium/schema/coupon.ts'
import { idempotency } from '@atrium/schema/kit.ts'
import type { TemplateInput } from '@atrium/shared/coupon/rules.ts'
import { newId } from '../db/id.ts'
import { makeMember, couponMall } from '../testing/coupons.ts'

test('a claim gives a coupon with a number, a validity and where it is good', async () => {
  const t = await couponMall()
  const member = await t.member()
  const { status, body } = await t.claim(await t.publish(), member.as)
  expect(status).toBe(200)
  expect(body).toMatchObject({ state: 'available', title: '五十元代金券', storeNames: ['野渡咖啡'], storeNamesEn: ['Wild Ferry Coffee'], logo: '<svg/>', validUntil: '2026-11-27T16:00:00.000Z', receipt: null })
  expect(body.couponNumber).toMatch(/^\d{12}$/)
})

test.each<[string, Partial<TemplateInput>, number, string]>([
  ['before its time', { claimFrom: '2026-11-21T00:00:00.000Z', claimUntil: '2026-11-22T00:00:00.000Z' }, 422, 'coupon_not_started'],
  ['after its time', { claimFrom: '2026-11-18T00:00:00.000Z', claimUntil: '2026-11-19T00:00:00.000Z' }, 422, 'coupon_ended'],
  ['for crimson', { minimumTier: 'crimson' }, 422, 'coupon_tier_too_low'],
  ['for more points than there are', { pointsPrice: 51 }, 422, 'points_insufficient'],
])('%s is refused, and the centre says so before', async (_name, change, status, code) => {
  const t = await couponMall()
  const templateId = await t.publish(change)
  const member = await t.member({ tier: 'gold', points: 50 })
  const shown = await t.call('GET /api/coupon-templates/{templateId}', { params: { templateId }, as: member.as })
  expect(shown.body.obstacle).toBe(code)
  const reply = await t.claim(templateId, member.as)
  expect([reply.status, reply.problem.code]).toEqual([status, code])
})

test.each([['pause', 'coupon_paused'], ['end', 'coupon_ended']] as const)('after %s: %s', async (act, code) => {
  const t = await couponMall()
  const templateId = await t.publish()
  await t.act(templateId, act, t.staff.marketing)
  expect((await t.claim(templateId, (await t.member()).as)).problem.code).toBe(code)
})

test('once each, and the last one is the last', async () => {
  const t = await couponMall()
  const templateId = await t.publish({ stock: 2 })
  const [lin, he, wang] = [await t.member(), await t.member(), await t.member()]
  expect((await t.claim(templateId, lin.as)).status).toBe(200)
  expect((await t.claim(templateId, lin.as)).problem.code).toBe('coupon_limit_reached')
  expect((await t.claim(templateId, he.as)).status).toBe(200)
  expect((await t.claim(templateId, wang.as)).problem.code).toBe('coupon_sold_out')
  const centre = await t.call('GET /api/coupon-templates', { as: wang.as })
  expect(centre.body.items.map((i) => [i.claimed, i.remaining, i.obstacle, i.owned])).toEqual([[2, 0, 'coupon_sold_out', 0]])
})

test('the same claim sent twice is one coupon, with another body or member it is not', async () => {
  const t = await couponMall()
  const templateId = await t.publish({ perMember: 5 })
  const member = await t.member()
  const first = await t.claim(templateId, member.as, 'claim-key-0001')
  const second = await t.claim(templateId, member.as, 'claim-key-0001')
  expect(second.body).toEqual(first.body)
  expect(second.response.headers.get('idempotency-replayed')).toBe('true')
  const other = await t.claim(await t.publish(), member.as, 'claim-key-0001')
  expect([other.status, other.problem.code]).toEqual([422, 'idempotency_key_reused'])
  expect((await t.claim(templateId, (await t.member()).as, 'claim-key-0001')).body.couponId).not.toBe(first.body.couponId)
})

test('the same claim sent ten times at once is one coupon', async () => {
  const t = await couponMall()
  const templateId = await t.publish({ perMember: 20 })
  const member = await t.member()
  const replies = await Promise.all(Array.from({ length: 10 }, () => t.claim(templateId, member.as, 'claim-key-0002')))
  for (const reply of replies) expect(reply.status === 200 || reply.problem.code === 'idempotency_in_progress').toBe(true)
  expect(new Set(replies.flatMap((r) => (r.status === 200 ? [r.body.couponId] : []))).size).toBe(1)
  expect(await t.deps.db.select().from(coupons).where(eq(coupons.templateId, templateId))).toHaveLength(1)
})

test('a call that died between its commit and its answer finds its coupon by the same key', async () => {
  const t = await couponMall()
  const templateId = await t.publish({ perMember: 5, pointsPrice: 10 })
  const member = await t.member({ points: 100 })
  const first = await t.claim(templateId, member.as, 'claim-key-0003')
  await t.deps.db.update(idempotency).set({ reply: null, createdAt: new Date(t.clock.now().getTime() - 60_000) }).where(eq(idempotency.idempotencyKey, 'claim-key-0003'))
  expect((await t.claim(templateId, member.as, 'claim-key-0003')).body).toEqual(first.body)
  expect((await t.call('GET /api/points', { as: member.as })).body.balance).toBe(90)
})

test('a coupon with a price takes the points, and says so in the statement', async () => {
  const t = await couponMall()
  const member = await t.member({ points: 100 })
  const { body } = await t.claim(await t.publish({ pointsPrice: 60, title: '桂花拿铁', titleEn: 'Osmanthus latte' }), member.as)
  const { items } = (await t.call('GET /api/points/entries', { as: member.as })).body
  expect(items[0]).toMatchObject({ kind: 'claim', points: -60, balance: 40, detail: '桂花拿铁', detailEn: 'Osmanthus latte', link: `/coupon/${body.couponId}` })
})

test('200 at once never get more than there are', async () => {
  const t = await couponMall()
  const templateId = await t.publish({ stock: 50 })
  const members = Array.from({ length: 200 }, () => t.asMember())
  const replies = await Promise.all(members.map((as) => t.claim(templateId, as)))
  expect(replies.filter((r) => r.status === 200)).toHaveLength(50)
  expect(new Set(replies.filter((r) => r.status !== 200).map((r) => r.problem.code))).toEqual(new Set(['coupon_sold_out']))
  expect(new Set(replies.flatMap((r) => (r.status === 200 ? [r.body.couponNumber] : []))).size).toBe(50)
})

test('200 at once by ten members never pass the limit of each', async () => {
  const t = await couponMall()
  const templateId = await t.publish({ stock: null, perMember: 2 })
  const members = Array.from({ length: 10 }, () => t.asMember())
  const replies = await Promise.all(Array.from({ length: 200 }, (_, i) => t.claim(templateId, members[i % 10]!)))
  expect(replies.filter((r) => r.status === 200)).toHaveLength(20)
  expect(new Set(replies.filter((r) => r.status !== 200).map((r) => r.problem.code))).toEqual(new Set(['coupon_limit_reached']))
})

test('several processes on one template keep the stock and the limits', async () => {
  const t = await couponMall()
  const templateId = await t.publish({ stock: 40 })
  // Each of these has dependencies, and so lanes, of its own, as a process of its own has.
  const { createApp } = await import('../app.ts')
  const apps = Array.from({ length: 4 }, () => createApp({ ...t.deps }, { auth: { member: async (_deps, token) => JSON.parse(Buffer.from(token.slice(5), 'base64url').toString()) as never, staff: async () => null }, resolveMall: async () => t.mallId, audit: async () => {} }))
  const members = Array.from({ length: 60 }, () => t.asMember())
  const replies = await Promise.all(Array.from({ length: 200 }, (_, i) => apps[i % 4]!.request(`/api/coupon-templates/${templateId}/claim`, {
    method: 'POST', headers: { authorization: `Bearer ${members[i % 60]!}`, 'idempotency-key': `several-${newId(t.clock.now())}`, 'content-type': 'application/json' }, body: '{}',
  })))
  expect(replies.filter((r) => r.status === 200)).toHaveLength(40)
  expect(new Set(replies.map((r) => r.status))).toEqual(new Set([200, 409]))
  const [stock] = await t.deps.db.select().from(couponStocks).where(eq(couponStocks.templateId, templateId))
  expect(stock).toMatchObject({ stock: 40, claimed: 40 })
})

test('priced claims at once spend what there is and no more', async () => {
  const t = await couponMall()
  const templateId = await t.publish({ stock: 100, perMember: 50, pointsPrice: 30 })
  const member = await makeMember(t, { points: 100 })
  const replies = await Promise.all(Array.from({ length: 12 }, () => t.claim(templateId, member.as)))
  expect(replies.map((r) => r.status).sort()).toEqual([...Array<number>(3).fill(200), ...Array<number>(9).fill(422)])
  expect((await t.call('GET /api/points', { as: member.as })).body.balance).toBe(10)
})

test('only members claim, and what was never published is not there', async () => {
  const t = await couponMall()
  const templateId = await t.publish()
  expect((await t.call('POST /api/coupon-templates/{templateId}/claim', { params: { templateId } })).status).toBe(401)
  expect((await t.claim(templateId, t.staff.marketing)).status).toBeGreaterThanOrEqual(400)
  const draft = await t.call('POST /admin/coupon-templates', { body: t.input(), as: t.staff.marketing })
  expect((await t.claim(draft.body.templateId, (await t.member()).as)).problem.code).toBe('not_found')
  expect((await t.call('GET /api/coupon-templates/{templateId}', { params: { templateId: draft.body.templateId } })).problem.code).toBe('not_found')
  expect((await t.call('GET /api/coupon-templates')).body.items.map((i) => i.templateId)).toEqual([templateId])
})

test('my coupons: by state, what ends first in front, and nobody else’s', async () => {
  const t = await couponMall()
  const member = await t.member()
  const late = await t.claim(await t.publish({ validity: { kind: 'days', days: 20 } }), member.as)
  const soon = await t.claim(await t.publish({ validity: { kind: 'days', days: 1 } }), member.as)
  const list = (state?: string) => t.call('GET /api/coupons', { query: { state } as never, as: member.as })
  expect((await list('available')).body.items.map((c) => [c.couponId, c.expiresSoon])).toEqual([[soon.body.couponId, true], [late.body.couponId, false]])
  t.clock.advance(3 * 86_400_000)
  expect((await list('available')).body.items.map((c) => c.couponId)).toEqual([late.body.couponId])
  expect((await list('expired')).body).toMatchObject({ total: 1, items: [{ couponId: soon.body.couponId, state: 'expired' }] })
  await t.drain()
  expect((await list('expired,available')).body.total).toBe(2)
  const { secret } = (await t.call('GET /api/coupons/{couponId}', { params: { couponId: late.body.couponId }, as: member.as })).body
  expect(secret).toMatch(/^[0-9a-f]{64}$/)
  expect(Object.fromEntries((await list()).body.items.map((c) => [c.couponId, c.secret]))).toEqual({ [late.body.couponId]: secret, [soon.body.couponId]: null })
  expect((await t.call('GET /api/coupons/{couponId}', { params: { couponId: soon.body.couponId }, as: member.as })).body.secret).toBeNull()
  expect((await t.call('GET /api/coupons/{couponId}', { params: { couponId: late.body.couponId }, as: t.asMember() })).problem.code).toBe('not_found')
  expect((await t.call('GET /api/coupons', { as: t.asMember() })).body.total).toBe(0)
})

test('the list pages without loss', async () => {
  const t = await couponMall()
  const member = await t.member()
  const templateId = await t.publish({ perMember: 7 })
  for (let i = 0; i < 7; i += 1) await t.claim(templateId, member.as)
  const seen: string[] = []
  let cursor: string | undefined
  do {
    const { body } = await t.call('GET /api/coupons', { query: { limit: 3, cursor }, as: member.as })
    seen.push(...body.items.map((c) => c.couponId))
    cursor = body.nextCursor ?? undefined
  } while (cursor)
  expect([seen.length, new Set(seen).size]).toEqual([7, 7])
})

test('a path or a cursor that no id can be names nothing, and breaks nothing', async () => {
  const t = await couponMall()
  const member = await t.member()
  expect((await t.call('GET /api/coupons/{couponId}', { params: { couponId: '没有' }, as: member.as })).problem.code).toBe('not_found')
  expect((await t.claim('%00', member.as)).problem.code).toBe('not_found')
  for (const mark of ['["2026-01-01","没有"]', '["没有","x"]', '{}']) {
    const cursor = Buffer.from(mark).toString('base64url')
    expect((await t.call('GET /api/coupons', { query: { cursor }, as: member.as })).problem.code).toBe('validation_failed')
  }
})
