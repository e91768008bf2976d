import { hasCheckDigit } from '@atrium/shared/check-digit.ts'
import { redeemObstacle, restorable, valueOf } from '@atrium/shared/coupon/rules.ts'
import type { Reply } from '@atrium/shared/contracts.ts'
import { checkCode, splitCode } from '@atrium/shared/dynamic-code.ts'
import { Refusal, refuseUnless } from '@atrium/shared/refusal.ts'
import { type Ctx, note, reachableStoreIds, staffOf } from '../../context.ts'
import { newId } from '../../db/id.ts'
import { codeSecret } from '../../db/sealed.ts'
import { inTransaction } from '../../db/transaction.ts'
import { type ListQuery, pageOf, paging } from '../../http/paging.ts'
import { type PersonRow, personOf } from '../../identity/service.ts'
import { announce } from '../../outbox/announce.ts'
import type { StoreName } from '../../shop/service.ts'
import { type CouponRow, type DeskRow, type Redemption, changeCoupon, findForDesk, lockCoupon, takeAvailable, useDynamicCode } from '../store/coupons.ts'
import { findRedemption, insertRedemption, listRedemptions, lockRedemption, markRestored, redemptionColumns, redemptionId as idColumn, totalsOf } from '../store/redemptions.ts'
import { newRedemptionNumber } from './numbers.ts'
import { placesOf } from './places.ts'
import { type RedemptionReply, receiptOf, redemptionReplies, redemptionReply } from './shape.ts'

type How = 'scanned' | 'typed'

/**
 * The number in a scanned or typed code; a number with a wrong check digit is no coupon, and the database is not asked. Only a keyboard may bring a
 * bare number: a scanned one (`code_static`) is a picture that somebody made of it, and would never change.
 */
function numberIn(code: string, how: How): { number: string; sealed: boolean } {
  const parts = splitCode(code, 12)
  if (!parts || !hasCheckDigit(parts.number)) throw new Refusal('coupon_unknown')
  if (how === 'scanned' && !parts.sealed) throw new Refusal('code_static')
  return parts
}

/** Checks the seal of a drawn code; answers its step, or null for a typed number. Refuses `code_forged` and `code_expired`. */
function stepOf(ctx: Ctx, code: string, sealed: boolean, row: CouponRow): number | null {
  if (!sealed) return null
  const verdict = checkCode(code, row.coupon.couponNumber, codeSecret(ctx, 'coupon', row.coupon.couponId), ctx.now.getTime())
  if (!verdict.ok) throw new Refusal(verdict.refusal)
  return verdict.step
}

async function storeAt(ctx: Ctx, storeId: string): Promise<StoreName> {
  const store = (await placesOf(ctx, [storeId])).get(storeId)
  if (!store) throw new Refusal('not_found', { what: 'store' })
  return store
}

const obstacleAt = (ctx: Ctx, { coupon, version }: CouponRow, storeId: string) => redeemObstacle({ ...coupon, kind: version.kind, storeIds: version.storeIds }, { place: 'store', storeId }, ctx.now)

/** What a code is worth at a store and whose it is, masked; changes nothing and uses no code up. */
export async function lookUp(ctx: Ctx, { code, how, storeId }: { code: string; how: How; storeId: string }): Promise<Reply<'POST /admin/coupons/lookup'>> {
  const { number, sealed } = numberIn(code, how)
  await storeAt(ctx, storeId)
  const row = await findForDesk(ctx, number)
  if (!row) throw new Refusal('coupon_unknown')
  stepOf(ctx, code, sealed, row)
  const { coupon, version, redemption } = row
  const owner = ownerOf(ctx, row)
  note(ctx, { subject: coupon.couponId })
  return {
    couponNumber: number, title: version.title, titleEn: version.titleEn, worth: version.worth, ownerMasked: owner?.masked ?? '—', tier: owner?.tier ?? 'silver', validUntil: coupon.validUntil.toISOString(),
    obstacle: obstacleAt(ctx, row, storeId), receipt: redemption && receiptOf(redemption),
  }
}

const ownerOf = (ctx: Ctx, { owner }: DeskRow) => (owner?.memberId ? personOf(ctx, owner as PersonRow) : undefined)

/**
 * Redeems a coupon at a store (核销). Refuses each case by its own code; `coupon_redeemed` brings the first receipt along. A drawn code is
 * good once (`code_reused`); a typed number is marked as such in the audit log.
 */
export const redeem = (ctx: Ctx, body: { code: string; how: How; storeId: string; receiptNumber?: string | undefined; channel: string }): Promise<RedemptionReply> => inTransaction(ctx, async (tx) => {
  const staff = staffOf(tx)
  const { number, sealed } = numberIn(body.code, body.how)
  const store = await storeAt(tx, body.storeId)
  const row = await findForDesk(tx, number)
  if (!row) throw new Refusal('coupon_unknown')
  const step = stepOf(tx, body.code, sealed, row)
  const { coupon, version } = row
  refuseObstacle(tx, row, body.storeId)
  // What was read was not locked: the coupon is taken only if it is still available, and who comes second sees the first receipt.
  if (!(await takeAvailable(tx, coupon.couponId, tx.now))) {
    refuseObstacle(tx, (await findForDesk(tx, number))!, body.storeId)
    throw new Refusal('coupon_locked', { couponId: coupon.couponId })
  }
  if (step !== null && !(await useDynamicCode(tx, number, step, tx.now))) throw new Refusal('code_reused')
  const redemption = newRedemption(tx, row, {
    storeId: store.storeId, storeName: store.name, storeNameEn: store.nameEn, paymentId: null, staffId: staff.staffId, staffName: staff.name, channel: body.channel, receiptNumber: body.receiptNumber ?? null, valueFen: valueOf(version.worth),
  })
  await saveRedemption(tx, redemption, store.tenantId)
  note(tx, { subject: coupon.couponId, redemptionId: redemption.redemptionId, storeId: store.storeId, valueFen: redemption.valueFen, code: sealed ? 'sealed' : 'typed' })
  return redemptionReply(tx, { redemption, coupon, version }, ownerOf(tx, row))
})

function refuseObstacle(tx: Ctx, row: DeskRow, storeId: string): void {
  refuseUnless(obstacleAt(tx, row, storeId), { couponId: row.coupon.couponId, ...(row.redemption && { receipt: receiptOf(row.redemption) }) })
}

export const newRedemption = (tx: Ctx, { coupon }: CouponRow, at: Pick<Redemption, 'storeId' | 'storeName' | 'storeNameEn' | 'paymentId' | 'staffId' | 'staffName' | 'channel' | 'receiptNumber' | 'valueFen'>): Redemption => ({
  ...at, redemptionId: newId(tx.now), mallId: tx.mallId, redemptionNumber: newRedemptionNumber(tx.now), couponId: coupon.couponId, standingFor: coupon.couponId, templateId: coupon.templateId, memberId: coupon.memberId,
  state: 'redeemed', at: tx.now, restoredAt: null, restoredById: null, restoreReason: null, createdAt: tx.now,
})

/** Writes a redemption of a coupon that the caller has marked as redeemed, and tells everybody. */
export async function saveRedemption(tx: Ctx, redemption: Redemption, tenantId: string | null): Promise<void> {
  const { couponId, redemptionId, templateId, memberId, storeId, valueFen } = redemption
  await insertRedemption(tx, redemption)
  await announce(tx, 'coupon.redeemed', { couponId, redemptionId, templateId, memberId, storeId, tenantId, valueFen })
}

/** Restores a redemption on its business day, with a reason (撤销核销). Refuses `restore_not_allowed` afterwards, twice, or for one that a payment used. */
export const restore = (ctx: Ctx, redemptionId: string, reason: string): Promise<RedemptionReply> => inTransaction(ctx, async (tx) => {
  const found = await findRedemption(tx, redemptionId)
  const reach = reachableStoreIds(tx)
  if (!found || (reach && !reach.includes(found.redemption.storeId))) throw new Refusal('not_found', { what: 'redemption' })
  // Coupon first, as in redeeming, so that the two never wait for each other.
  await lockCoupon(tx, { couponId: found.coupon.couponId })
  const { redemption } = (await lockRedemption(tx, redemptionId))!
  if (!restorable(redemption, tx.now)) throw new Refusal('restore_not_allowed', { state: redemption.state })
  const store = (await placesOf(tx, [redemption.storeId])).get(redemption.storeId)
  await saveRestored(tx, redemption, { byId: staffOf(tx).staffId, reason, tenantId: store?.tenantId ?? null })
  note(tx, { subject: redemption.couponId, redemptionId, reason })
  return (await redemptionReplies(tx, [(await findRedemption(tx, redemptionId))!]))[0]!
})

/** Gives the coupon back: available again, or expired when its time is over. */
export async function saveRestored(tx: Ctx, redemption: Redemption, of: { byId: string | null; reason: string; tenantId: string | null }): Promise<void> {
  const { couponId, redemptionId, templateId, memberId, storeId } = redemption
  await markRestored(tx, redemptionId, { restoredAt: tx.now, restoredById: of.byId, restoreReason: of.reason })
  await changeCoupon(tx, couponId, { state: 'available', redeemedAt: null })
  await announce(tx, 'coupon.restored', { couponId, redemptionId, templateId, memberId, storeId, tenantId: of.tenantId })
}

/** Redemptions within the caller's reach, newest first, with totals of all that match. */
export async function listForDesk(ctx: Ctx, query: ListQuery & { q?: string | undefined; storeId?: string | undefined; state?: 'redeemed' | 'restored' | undefined; from?: string | undefined; until?: string | undefined }): Promise<Reply<'GET /admin/redemptions'>> {
  const filter = { storeId: query.storeId, storeIds: reachableStoreIds(ctx), state: query.state, from: query.from ? new Date(query.from) : undefined, until: query.until ? new Date(query.until) : undefined, text: query.q }
  const page = paging(query, redemptionColumns, idColumn, '-at')
  const [rows, totals] = await Promise.all([listRedemptions(ctx, filter, page), totalsOf(ctx, filter)])
  const cut = pageOf(rows, query, ({ redemption }) => [page.sortKey === 'valueFen' ? redemption.valueFen : redemption.at, redemption.redemptionId])
  const { count, ...sums } = totals
  return { items: await redemptionReplies(ctx, cut.rows), nextCursor: cut.nextCursor, total: count, totals: sums }
}
