import { expect, test } from 'vitest'
import { and, eq } from 'drizzle-orm'
import { auditEntry } from '@atrium/schema/audit.ts'
import { dynamicCode } from '@atrium/shared/dynamic-code.ts'
import { couponMall } from '../testing/coupons.ts'

const minute = 60_000

test('looking up says what it is worth and whose it is, masked, and changes nothing', async () => {
  const t = await couponMall()
  const coupon = await t.coupon()
  const look = (code: string) => t.call('POST /admin/coupons/lookup', { body: { code, storeId: t.latte.storeId }, as: t.staff.assistant })
  const { body } = await look(coupon.code())
  expect(body).toMatchObject({ couponNumber: coupon.couponNumber, title: '五十元代金券', worth: { kind: 'cash', amountFen: 5_000 }, ownerMasked: `林** ${coupon.member.phone.slice(-4)}`, tier: 'silver', obstacle: null, receipt: null })
  expect((await look(coupon.code())).body.obstacle).toBeNull()
  expect(JSON.stringify(body)).not.toContain(coupon.member.phone)
})

test('a scanned code redeems; both sides see the same receipt', async () => {
  const t = await couponMall()
  const coupon = await t.coupon()
  const { status, body } = await t.redeem(coupon.code())
  expect(status).toBe(200)
  expect(body).toMatchObject({ couponNumber: coupon.couponNumber, valueFen: 5_000, storeName: '野渡咖啡', storeNameEn: 'Wild Ferry Coffee', by: '周敏', state: 'redeemed', restorable: true })
  expect(body.redemptionNumber).toMatch(/^261120\d{8}$/)
  const mine = await t.call('GET /api/coupons/{couponId}', { params: { couponId: coupon.couponId }, as: coupon.member.as })
  expect(mine.body).toMatchObject({ state: 'redeemed', secret: null, receipt: { redemptionNumber: body.redemptionNumber, storeName: '野渡咖啡', by: '周敏', restoredAt: null } })
})

test('a typed number redeems as well', async () => {
  const t = await couponMall()
  const coupon = await t.coupon()
  expect((await t.redeem(coupon.couponNumber)).status).toBe(200)
})

test('a scanner must see a living code; a typed number is marked in the audit log', async () => {
  const t = await couponMall()
  const coupon = await t.coupon()
  const body = { code: coupon.couponNumber, how: 'scanned' as const, storeId: t.latte.storeId }
  for (const route of ['POST /admin/coupons/lookup', 'POST /admin/coupons/redeem'] as const) expect((await t.call(route, { body, as: t.staff.assistant })).problem.code).toBe('code_static')
  expect((await t.call('POST /admin/coupons/redeem', { body: { ...body, code: coupon.code() }, as: t.staff.assistant })).status).toBe(200)
  expect((await t.redeem((await t.coupon()).couponNumber)).status).toBe(200)
  const acts = await t.deps.db.select().from(auditEntry).where(and(eq(auditEntry.mallId, t.mallId), eq(auditEntry.act, 'POST /admin/coupons/redeem'), eq(auditEntry.outcome, 'done')))
  expect(new Set(acts.map(({ detail }) => (JSON.parse(detail) as { code: string }).code))).toEqual(new Set(['sealed', 'typed']))
})

test('redeeming twice gives the first receipt, whoever asks and with whatever code', async () => {
  const t = await couponMall({})
  const coupon = await t.coupon({ storeIds: [] })
  const first = await t.redeem(coupon.code())
  t.clock.advance(2 * minute)
  for (const again of [await t.redeem(coupon.code()), await t.redeem(coupon.couponNumber, t.staff.stranger, t.hotpot.storeId)]) {
    expect([again.status, again.problem.code]).toEqual([409, 'coupon_redeemed'])
    expect(again.problem.receipt).toMatchObject({ redemptionNumber: first.body.redemptionNumber, storeName: '野渡咖啡' })
  }
  const look = await t.call('POST /admin/coupons/lookup', { body: { code: coupon.code(), storeId: t.latte.storeId }, as: t.staff.assistant })
  expect(look.body).toMatchObject({ obstacle: 'coupon_redeemed', receipt: { redemptionNumber: first.body.redemptionNumber } })
})

test('the same call sent twice is one redemption with one receipt', async () => {
  const t = await couponMall()
  const coupon = await t.coupon()
  const code = coupon.code()
  const [first, second] = [await t.redeem(code, t.staff.assistant, t.latte.storeId, 'redeem-key-0001'), await t.redeem(code, t.staff.assistant, t.latte.storeId, 'redeem-key-0001')]
  expect(second.body).toEqual(first.body)
  expect((await t.call('GET /admin/redemptions', { as: t.staff.assistant })).body.totals).toEqual({ redemptions: 1, valueFen: 5_000, restored: 0 })
})

test('twenty tills at once redeem it once', async () => {
  const t = await couponMall()
  const coupon = await t.coupon()
  const replies = await Promise.all(Array.from({ length: 20 }, (_, i) => t.redeem(i % 2 ? coupon.code() : coupon.couponNumber)))
  expect(replies.filter((r) => r.status === 200)).toHaveLength(1)
  expect(new Set(replies.filter((r) => r.status !== 200).map((r) => r.problem.code))).toEqual(new Set(['coupon_redeemed']))
})

test('each refusal has its own code', async () => {
  const t = await couponMall()
  const coupon = await t.coupon()
  const [number, good] = [coupon.couponNumber, coupon.code()]
  const forged = good.slice(0, -1) + ((Number(good.at(-1)) + 1) % 10)
  const slip = number.slice(0, -1) + ((Number(number.at(-1)) + 1) % 10)
  const refusal = async (...args: Parameters<typeof t.redeem>) => (await t.redeem(...args)).problem.code
  expect(await refusal(forged)).toBe('code_forged')
  expect(await refusal(slip)).toBe('coupon_unknown')
  expect(await refusal('000000000000')).toBe('coupon_unknown')
  expect(await refusal(good, t.staff.stranger, t.hotpot.storeId)).toBe('store_not_allowed')
  expect(await refusal(good, t.staff.stranger, t.latte.storeId)).toBe('forbidden')
  t.clock.advance(3 * minute)
  expect(await refusal(good)).toBe('code_expired')
  t.clock.advance(8 * 86_400_000)
  expect(await refusal(number)).toBe('coupon_expired')
  const later = await t.coupon({ validity: { kind: 'absolute', from: '2027-01-01T00:00:00.000Z', until: '2027-02-01T00:00:00.000Z' } })
  expect(await refusal(later.couponNumber)).toBe('coupon_not_yet_valid')
  const parking = await t.coupon({ worth: { kind: 'parking', minutes: 120 }, storeIds: [] })
  expect(await refusal(parking.couponNumber)).toBe('store_not_allowed')
})

test('a code is good a minute early and late, and for one redemption', async () => {
  const t = await couponMall()
  const coupon = await t.coupon()
  const code = coupon.code()
  t.clock.advance(minute)
  const { body } = await t.redeem(code)
  await t.call('POST /admin/redemptions/{redemptionId}/restore', { params: { redemptionId: body.redemptionId }, body: { reason: '客人改了主意' }, as: t.staff.manager })
  const reused = await t.redeem(code)
  expect([reused.status, reused.problem.code]).toEqual([409, 'code_reused'])
  expect((await t.redeem(coupon.code())).status).toBe(200)
})

test('a code drawn with another coupon’s secret opens nothing', async () => {
  const t = await couponMall()
  const coupon = await t.coupon()
  expect((await t.redeem(dynamicCode(coupon.couponNumber, 'ab'.repeat(32), t.clock.now().getTime()))).problem.code).toBe('code_forged')
})

test('redeeming needs the permission', async () => {
  const t = await couponMall()
  const coupon = await t.coupon()
  for (const as of [t.staff.marketing, t.staff.operations, t.asStaff('administrator')]) expect((await t.redeem(coupon.couponNumber, as)).problem.code).toBe('forbidden')
  expect((await t.redeem(coupon.couponNumber, coupon.member.as)).status).toBeGreaterThanOrEqual(400)
  expect((await t.call('POST /admin/coupons/redeem', { body: { code: coupon.couponNumber, storeId: t.latte.storeId } })).status).toBe(401)
})

test('a manager restores on the same business day with a reason; the coupon is good again', async () => {
  const t = await couponMall()
  const coupon = await t.coupon()
  const { body } = await t.redeem(coupon.code())
  const restore = (as: string, reason = '客人退了这单') => t.call('POST /admin/redemptions/{redemptionId}/restore', { params: { redemptionId: body.redemptionId }, body: { reason }, as })
  expect((await restore(t.staff.assistant)).problem.code).toBe('forbidden')
  expect((await restore(t.staff.manager, '')).problem.code).toBe('validation_failed')
  const stranger = t.asStaff('tenantManager', { tenantId: t.hotpot.tenantId, storeIds: [t.hotpot.storeId] })
  expect((await restore(stranger)).problem.code).toBe('not_found')
  expect((await restore(t.staff.manager)).body).toMatchObject({ state: 'restored', restoreReason: '客人退了这单', restorable: false })
  expect((await restore(t.staff.manager)).problem.code).toBe('restore_not_allowed')
  expect((await t.call('GET /api/coupons/{couponId}', { params: { couponId: coupon.couponId }, as: coupon.member.as })).body).toMatchObject({ state: 'available', receipt: null })
})

test('the next day nothing is restored', async () => {
  const t = await couponMall()
  const coupon = await t.coupon()
  const { body } = await t.redeem(coupon.code())
  t.clock.set('2026-11-20T16:00:00.000Z')
  expect((await t.call('POST /admin/redemptions/{redemptionId}/restore', { params: { redemptionId: body.redemptionId }, body: { reason: '太晚了一点' }, as: t.staff.manager })).problem.code).toBe('restore_not_allowed')
})

test('the list is within reach, with totals of all that match', async () => {
  const t = await couponMall()
  const lattes = [await t.coupon(), await t.coupon(), await t.coupon()]
  for (const coupon of lattes) {
    t.clock.advance(1000)
    await t.redeem(coupon.couponNumber)
  }
  const hotpot = await t.coupon({ storeIds: [t.hotpot.storeId], worth: { kind: 'cash', amountFen: 9_000, minimumSpendFen: 0 } })
  const { body: there } = await t.redeem(hotpot.couponNumber, t.staff.stranger, t.hotpot.storeId)
  const list = async (as: string, query: Record<string, string | number> = {}) => (await t.call('GET /admin/redemptions', { query: query as never, as })).body
  expect((await list(t.staff.assistant)).totals).toEqual({ redemptions: 3, valueFen: 15_000, restored: 0 })
  expect((await list(t.staff.operations)).total).toBe(4)
  expect((await list(t.staff.operations, { storeId: t.hotpot.storeId })).items.map((r) => r.redemptionId)).toEqual([there.redemptionId])
  expect((await list(t.staff.operations, { q: lattes[1]!.couponNumber })).total).toBe(1)
  expect((await list(t.staff.operations, { q: '没有这样的单' })).total).toBe(0)
  expect((await list(t.staff.operations, { sort: '-valueFen', limit: 2 })).items.map((r) => r.valueFen)).toEqual([9_000, 5_000])
  expect((await t.call('GET /admin/redemptions', { query: { storeId: t.hotpot.storeId }, as: t.staff.assistant })).problem.code).toBe('forbidden')
  const page = await list(t.staff.operations, { limit: 3 })
  expect((await list(t.staff.operations, { limit: 3, cursor: page.nextCursor! })).items).toHaveLength(1)
})

test('a redemption is announced with whom and where it concerns, and counted beside the template', async () => {
  const t = await couponMall()
  const coupon = await t.coupon()
  const { body } = await t.redeem(coupon.code())
  await t.drain()
  const template = () => t.call('GET /admin/coupon-templates/{templateId}', { params: { templateId: coupon.templateId }, as: t.staff.marketing })
  expect((await template()).body).toMatchObject({ redeemed: 1, daily: [{ day: '2026-11-20', claimed: 1, redeemed: 1 }] })
  await t.call('POST /admin/redemptions/{redemptionId}/restore', { params: { redemptionId: body.redemptionId }, body: { reason: '客人退了这单' }, as: t.staff.manager })
  await t.drain()
  expect((await template()).body.redeemed).toBe(0)
})
