import { expect, test } from 'vitest'
import { newId } from '../db/id.ts'
import { couponMall } from '../testing/coupons.ts'
import { lockForPayment, parkingCoupon, redeemLocked, releaseLocked, restoreForPayment, usableParkingCoupons } from './service.ts'

async function parkingMall(change: Parameters<Awaited<ReturnType<typeof couponMall>>['coupon']>[0] = {}) {
  const t = await couponMall()
  const coupon = await t.coupon({ title: '停车两小时', titleEn: 'Two hours', worth: { kind: 'parking', minutes: 120 }, storeIds: [], ...change })
  const carPark = { carParkId: newId(t.clock.now()), name: 'P1 停车场', nameEn: 'Car park P1' }
  const { memberId } = coupon.member
  const usable = () => usableParkingCoupons(t.ctx(), memberId, carPark.carParkId)
  const lock = (paymentId: string) => lockForPayment(t.ctx(), { couponId: coupon.couponId, memberId, paymentId, carParkId: carPark.carParkId })
  const state = async () => (await t.call('GET /api/coupons/{couponId}', { params: { couponId: coupon.couponId }, as: coupon.member.as })).body
  return { ...t, parking: coupon, carPark, usable, lock, state, payment: () => newId(t.clock.now()) }
}

test('a parking coupon is usable until it is locked, and again once let go', async () => {
  const t = await parkingMall()
  expect(await t.usable()).toMatchObject([{ couponId: t.parking.couponId, title: '停车两小时', minutes: 120 }])
  const paymentId = t.payment()
  await t.lock(paymentId)
  await t.lock(paymentId)
  expect(await t.usable()).toEqual([])
  expect((await t.state()).state).toBe('locked')
  await expect(t.lock(t.payment())).rejects.toMatchObject({ code: 'coupon_locked' })
  await releaseLocked(t.ctx(), paymentId)
  await releaseLocked(t.ctx(), paymentId)
  expect(await t.usable()).toHaveLength(1)
})

test('a payment that came in redeems it once, at the car park, for what it took off', async () => {
  const t = await parkingMall()
  const paymentId = t.payment()
  await t.lock(paymentId)
  const paid = () => redeemLocked(t.ctx(), { paymentId, carPark: t.carPark, valueFen: 1_000 })
  await Promise.all([paid(), paid()])
  await paid()
  await releaseLocked(t.ctx(), paymentId)
  expect(await t.state()).toMatchObject({ state: 'redeemed', receipt: { storeName: 'P1 停车场', storeNameEn: 'Car park P1', by: '自助缴费' } })
  const { body } = await t.call('GET /admin/redemptions', { as: t.staff.operations })
  expect(body).toMatchObject({ total: 1, totals: { valueFen: 1_000 }, items: [{ restorable: false }] })
})

test('a payment may outlive the coupon: locked in time is good', async () => {
  const t = await parkingMall({ validity: { kind: 'days', days: 1 } })
  const paymentId = t.payment()
  await t.lock(paymentId)
  t.clock.advance(3 * 86_400_000)
  await t.drain()
  await redeemLocked(t.ctx(), { paymentId, carPark: t.carPark, valueFen: 500 })
  expect((await t.state()).state).toBe('redeemed')
})

test('a full refund gives it back once', async () => {
  const t = await parkingMall()
  const paymentId = t.payment()
  await t.lock(paymentId)
  await redeemLocked(t.ctx(), { paymentId, carPark: t.carPark, valueFen: 500 })
  await restoreForPayment(t.ctx(), paymentId)
  expect((await t.state()).state).toBe('available')
  const next = t.payment()
  await t.lock(next)
  await redeemLocked(t.ctx(), { paymentId: next, carPark: t.carPark, valueFen: 500 })
  await restoreForPayment(t.ctx(), paymentId)
  expect((await t.state()).state).toBe('redeemed')
})

test('somebody else’s, a shop coupon, another car park’s and an expired one are refused', async () => {
  const t = await parkingMall({ storeIds: [newId(new Date())] })
  await expect(t.lock(t.payment())).rejects.toMatchObject({ code: 'store_not_allowed' })
  expect(await t.usable()).toEqual([])
  const shop = await t.coupon()
  const use = (couponId: string, memberId: string) => parkingCoupon(t.ctx(), memberId, couponId, t.carPark.carParkId)
  await expect(use(shop.couponId, shop.member.memberId)).rejects.toMatchObject({ code: 'store_not_allowed' })
  await expect(use(shop.couponId, t.parking.member.memberId)).rejects.toMatchObject({ code: 'coupon_unknown' })
  const good = await t.coupon({ worth: { kind: 'parking', minutes: 60 }, storeIds: [] })
  expect(await use(good.couponId, good.member.memberId)).toMatchObject({ minutes: 60 })
  t.clock.advance(30 * 86_400_000)
  await expect(use(good.couponId, good.member.memberId)).rejects.toMatchObject({ code: 'coupon_expired' })
})
