import { redeemObstacle } from '@atrium/shared/coupon/rules.ts'
import { Refusal, refuseUnless } from '@atrium/shared/refusal.ts'
import type { Ctx } from '../../context.ts'
import { inTransaction } from '../../db/transaction.ts'
import { type CouponRow, changeCoupon, findCoupon, listParking, lockCoupon, lockedFor } from '../store/coupons.ts'
import { standingOfPayment } from '../store/redemptions.ts'
import { newRedemption, saveRedemption, saveRestored } from './desk.ts'

export type ParkingCoupon = { couponId: string; title: string; titleEn: string; minutes: number; validUntil: Date }
/** The car park where a coupon is used; the receipt keeps its name. */
export type CarPark = { carParkId: string; name: string; nameEn: string }

const obstacle = (row: CouponRow, carParkId: string, now: Date) =>
  redeemObstacle({ ...row.coupon, kind: row.version.kind, storeIds: row.version.storeIds }, { place: 'car_park', storeId: carParkId }, now)

/** Parking coupons that a member could use at this car park now, the one that ends first in front. */
export async function usableParkingCoupons(ctx: Ctx, memberId: string, carParkId: string): Promise<ParkingCoupon[]> {
  const rows = await listParking(ctx, memberId, ctx.now)
  return rows.filter((row) => obstacle(row, carParkId, ctx.now) === null).map(asParkingCoupon)
}

const asParkingCoupon = ({ coupon, version }: CouponRow): ParkingCoupon =>
  ({ couponId: coupon.couponId, title: version.title, titleEn: version.titleEn, minutes: version.worth.kind === 'parking' ? version.worth.minutes : 0, validUntil: coupon.validUntil })

/** One coupon for a quote, nothing set aside yet. Refuses like `lockForPayment`. */
export async function parkingCoupon(ctx: Ctx, memberId: string, couponId: string, carParkId: string): Promise<ParkingCoupon> {
  const row = await findCoupon(ctx, { couponId })
  if (!row || row.coupon.memberId !== memberId) throw new Refusal('coupon_unknown')
  refuseUnless(obstacle(row, carParkId, ctx.now), { couponId })
  return asParkingCoupon(row)
}

/**
 * Sets a parking coupon aside for a payment; the same payment may ask again. Refuses `coupon_unknown` for somebody else's, and what
 * `redeemObstacle` says of one that is not usable here and now.
 */
export const lockForPayment = (ctx: Ctx, use: { couponId: string; memberId: string; paymentId: string; carParkId: string }): Promise<void> => inTransaction(ctx, async (tx) => {
  const row = await lockCoupon(tx, { couponId: use.couponId })
  if (!row || row.coupon.memberId !== use.memberId) throw new Refusal('coupon_unknown')
  if (row.coupon.state === 'locked' && row.coupon.lockedFor === use.paymentId) return
  refuseUnless(obstacle(row, use.carParkId, tx.now), { couponId: use.couponId })
  await changeCoupon(tx, use.couponId, { state: 'locked', lockedFor: use.paymentId, lockedAt: tx.now })
})

/** Redeems what is locked for a payment that came in; told twice it does nothing more. `valueFen` is what the coupons took off, given to the first. */
export const redeemLocked = (ctx: Ctx, use: { paymentId: string; carPark: CarPark; valueFen: number }): Promise<void> => inTransaction(ctx, async (tx) => {
  const { carParkId: storeId, name, nameEn } = use.carPark
  for (const [index, { coupon }] of (await lockedFor(tx, use.paymentId)).entries()) {
    const row = (await lockCoupon(tx, { couponId: coupon.couponId }))!
    if (row.coupon.lockedFor !== use.paymentId) continue
    const redemption = newRedemption(tx, row, { storeId, storeName: name, storeNameEn: nameEn, paymentId: use.paymentId, staffId: null, staffName: '自助缴费', channel: 'system', receiptNumber: null, valueFen: index === 0 ? use.valueFen : 0 })
    await changeCoupon(tx, coupon.couponId, { state: 'redeemed', redeemedAt: tx.now, lockedFor: null, lockedAt: null })
    await saveRedemption(tx, redemption, null)
  }
})

/** Lets go what is locked for a payment that was closed without money; told twice it does nothing more. */
export const releaseLocked = (ctx: Ctx, paymentId: string): Promise<void> => inTransaction(ctx, async (tx) => {
  for (const { coupon } of await lockedFor(tx, paymentId)) {
    const row = (await lockCoupon(tx, { couponId: coupon.couponId }))!
    if (row.coupon.lockedFor === paymentId) await changeCoupon(tx, coupon.couponId, { state: 'available', lockedFor: null, lockedAt: null })
  }
})

/** Gives back the coupons of a payment that was refunded in full; told twice it does nothing more. */
export const restoreForPayment = (ctx: Ctx, paymentId: string): Promise<void> => inTransaction(ctx, async (tx) => {
  for (const { coupon, redemption } of await standingOfPayment(tx, paymentId)) {
    const row = await lockCoupon(tx, { couponId: coupon.couponId })
    if (row?.redemption?.redemptionId === redemption.redemptionId) await saveRestored(tx, redemption, { byId: null, reason: '退款退回', tenantId: null })
  }
})
