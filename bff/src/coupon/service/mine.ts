import type { CouponState } from '@atrium/shared/coupon/rules.ts'
import type { Reply } from '@atrium/shared/contracts.ts'
import { codeStepMs } from '@atrium/shared/dynamic-code.ts'
import { Refusal } from '@atrium/shared/refusal.ts'
import { type Ctx, memberOf } from '../../context.ts'
import { codeSecret } from '../../db/sealed.ts'
import { type ListQuery, pageOf, paging } from '../../http/paging.ts'
import { couponColumns, couponId as idColumn, countMine, countStates, findCoupon, listMine } from '../store/coupons.ts'
import { latestOfMember } from '../store/redemptions.ts'
import { couponReplies } from './shape.ts'

type OwnCoupon = Reply<'GET /api/coupons'>['items'][number]

/** Coupons with the secret from which the phone of their member draws the code; none once a coupon cannot be used. */
const ownReplies = async (ctx: Ctx, rows: Parameters<typeof couponReplies>[1]): Promise<OwnCoupon[]> =>
  (await couponReplies(ctx, rows)).map((reply) => ({ ...reply, secret: reply.state === 'available' ? codeSecret(ctx, 'coupon', reply.couponId) : null }))

/** The member's coupons by the state that counts now; what ends first comes first. */
export async function listMyCoupons(ctx: Ctx, query: ListQuery & { state?: CouponState[] | undefined }): Promise<Reply<'GET /api/coupons'>> {
  const filter = { memberId: memberOf(ctx).memberId, states: query.state, now: ctx.now }
  const page = paging(query, couponColumns, idColumn, 'validUntil')
  const [rows, total] = await Promise.all([listMine(ctx, filter, page), countMine(ctx, filter)])
  const cut = pageOf(rows, query, ({ coupon }) => [page.sortKey === 'claimedAt' ? coupon.claimedAt : coupon.validUntil, coupon.couponId])
  return { items: await ownReplies(ctx, cut.rows), nextCursor: cut.nextCursor, total }
}

/** One coupon of the member. */
export async function showMyCoupon(ctx: Ctx, couponId: string): Promise<Reply<'GET /api/coupons/{couponId}'>> {
  const row = await findCoupon(ctx, { couponId })
  if (!row || row.coupon.memberId !== memberOf(ctx).memberId) throw new Refusal('not_found', { what: 'coupon' })
  return { ...(await ownReplies(ctx, [row]))[0]!, stepMs: codeStepMs, now: ctx.now.toISOString() }
}

/** How many coupons a member has available, redeemed and expired. */
export const couponCounts = (ctx: Ctx, memberId: string) => countStates(ctx, memberId, ctx.now)

/** What a member redeemed last. */
export async function latestRedemptions(ctx: Ctx, memberId: string, limit: number): Promise<{ at: Date; title: string; titleEn: string; storeName: string; storeNameEn: string }[]> {
  return (await latestOfMember(ctx, memberId, limit)).map(({ redemption, version }) => ({ at: redemption.at, title: version.title, titleEn: version.titleEn, storeName: redemption.storeName, storeNameEn: redemption.storeNameEn }))
}
