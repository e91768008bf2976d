import { expiresSoon, restorable, stateAt } from '@atrium/shared/coupon/rules.ts'
import type { Reply } from '@atrium/shared/contracts.ts'
import type { Ctx } from '../../context.ts'
import { type Person, personsById } from '../../identity/service.ts'
import type { StoreName } from '../../shop/service.ts'
import type { CouponRow, Redemption } from '../store/coupons.ts'
import type { RedemptionRow } from '../store/redemptions.ts'
import type { Version } from '../store/templates.ts'
import { placesOf } from './places.ts'

export type CouponReply = Reply<'POST /api/coupon-templates/{templateId}/claim'>
export type RedemptionReply = Reply<'POST /admin/coupons/redeem'>
export type Receipt = NonNullable<CouponReply['receipt']>

/** Where a version is good, in names; nothing named means everywhere. The mark is shown when one shop stands for it. */
export function whereOf(version: Version, places: Map<string, StoreName>) {
  const stores = version.storeIds.flatMap((id) => places.get(id) ?? [])
  return { storeNames: stores.map((s) => s.name), storeNamesEn: stores.map((s) => s.nameEn), logo: stores.length === 1 ? stores[0]!.logo : null }
}

/** The fields of a version as the contract names them. */
export const fieldsOf = (version: Version) => ({
  title: version.title, titleEn: version.titleEn, worth: version.worth, stock: version.stock, perMember: version.perMember, pointsPrice: version.pointsPrice, minimumTier: version.minimumTier,
  claimFrom: version.claimFrom.toISOString(), claimUntil: version.claimUntil.toISOString(), validity: version.validity, storeIds: version.storeIds, funder: version.funder, terms: version.terms, termsEn: version.termsEn,
})

/** The first receipt, as shown to the member and to the shop. */
export const receiptOf = (redemption: Redemption): Receipt => ({
  redemptionId: redemption.redemptionId, redemptionNumber: redemption.redemptionNumber, at: redemption.at.toISOString(), storeId: redemption.storeId, storeName: redemption.storeName, storeNameEn: redemption.storeNameEn,
  by: redemption.staffName, restoredAt: redemption.restoredAt?.toISOString() ?? null,
})

/** Coupons as their member sees them. */
export async function couponReplies(ctx: Ctx, rows: readonly CouponRow[]): Promise<CouponReply[]> {
  const places = await placesOf(ctx, rows.flatMap((row) => row.version.storeIds))
  return rows.map(({ coupon, version, redemption }) => ({
    couponId: coupon.couponId, couponNumber: coupon.couponNumber, templateId: coupon.templateId, title: version.title, titleEn: version.titleEn, worth: version.worth, state: stateAt(coupon, ctx.now),
    validFrom: coupon.validFrom.toISOString(), validUntil: coupon.validUntil.toISOString(), expiresSoon: expiresSoon(coupon, ctx.now), ...whereOf(version, places), funder: version.funder,
    terms: version.terms, termsEn: version.termsEn, receipt: redemption && receiptOf(redemption),
  }))
}

/** Redemptions as shops and operators see them: the owner masked. */
export async function redemptionReplies(ctx: Ctx, rows: readonly RedemptionRow[]): Promise<RedemptionReply[]> {
  const owners = await personsById(ctx, rows.map((row) => row.redemption.memberId))
  return rows.map((row) => redemptionReply(ctx, row, owners.get(row.redemption.memberId)))
}

/** One redemption whose owner is known already. */
export function redemptionReply(ctx: Ctx, { redemption, coupon, version }: RedemptionRow, owner: Person | undefined): RedemptionReply {
  return {
    ...receiptOf(redemption), couponNumber: coupon.couponNumber, title: version.title, titleEn: version.titleEn, worth: version.worth, valueFen: redemption.valueFen,
    ownerMasked: owner?.masked ?? '—', state: redemption.state, restoreReason: redemption.restoreReason, restorable: restorable(redemption, ctx.now),
  }
}
