import { type SQL, and, desc, eq, gte, inArray, lt, or, sql } from 'drizzle-orm'
import { couponTemplateVersions as versions, coupons, redemptions } from '@atrium/schema/coupon.ts'
import type { Scope } from '../../context.ts'
import { everyColumn, prepared } from '../../db/prepared.ts'
import { type Paging, countAll } from '../../http/paging.ts'
import type { CouponRow, Redemption } from './coupons.ts'

export type RedemptionRow = { redemption: Redemption; coupon: CouponRow['coupon']; version: CouponRow['version'] }

const rows = (scope: Scope) =>
  scope.db.select({ redemption: redemptions, coupon: coupons, version: versions }).from(redemptions).innerJoin(coupons, eq(coupons.couponId, redemptions.couponId))
    .innerJoin(versions, and(eq(versions.templateId, coupons.templateId), eq(versions.version, coupons.version))).$dynamic()

const redemptionInsert = prepared((db) => db.insert(redemptions).values(everyColumn(redemptions)).prepare())
export const insertRedemption = (scope: Scope, redemption: Redemption) => redemptionInsert(scope.db).execute({ ...redemption, mallId: scope.mallId })

export async function findRedemption(scope: Scope, redemptionId: string): Promise<RedemptionRow | null> {
  const [row] = await rows(scope).where(and(eq(redemptions.mallId, scope.mallId), eq(redemptions.redemptionId, redemptionId)))
  return row ?? null
}

export async function lockRedemption(scope: Scope, redemptionId: string): Promise<RedemptionRow | null> {
  const [locked] = await scope.db.select({ redemptionId: redemptions.redemptionId }).from(redemptions).where(and(eq(redemptions.mallId, scope.mallId), eq(redemptions.redemptionId, redemptionId))).for('update')
  return locked ? findRedemption(scope, redemptionId) : null
}

/** Redemptions of a payment that still stand. */
export const standingOfPayment = (scope: Scope, paymentId: string): Promise<RedemptionRow[]> =>
  rows(scope).where(and(eq(redemptions.mallId, scope.mallId), eq(redemptions.paymentId, paymentId), eq(redemptions.state, 'redeemed')))

export const markRestored = (scope: Scope, redemptionId: string, of: { restoredAt: Date; restoredById: string | null; restoreReason: string }) =>
  scope.db.update(redemptions).set({ ...of, state: 'restored', standingFor: null }).where(and(eq(redemptions.mallId, scope.mallId), eq(redemptions.redemptionId, redemptionId)))

export type RedemptionFilter = { storeId?: string | undefined; storeIds: string[] | null; state?: 'redeemed' | 'restored' | undefined; from?: Date | undefined; until?: Date | undefined; text?: string | undefined }
// The database refuses to compare columns of digits (ascii) with Chinese text, so those are asked only for digits.
const matching = (scope: Scope, f: RedemptionFilter): SQL | undefined =>
  and(eq(redemptions.mallId, scope.mallId), f.storeId ? eq(redemptions.storeId, f.storeId) : undefined, f.storeIds ? (f.storeIds.length ? inArray(redemptions.storeId, f.storeIds) : sql`false`) : undefined,
    f.state ? eq(redemptions.state, f.state) : undefined, f.from ? gte(redemptions.at, f.from) : undefined, f.until ? lt(redemptions.at, f.until) : undefined,
    f.text ? or(eq(redemptions.receiptNumber, f.text), ...(/^\d+$/.test(f.text) ? [eq(redemptions.redemptionNumber, f.text), eq(coupons.couponNumber, f.text)] : [])) : undefined)

export const redemptionColumns = { at: redemptions.at, valueFen: redemptions.valueFen }
export const redemptionId = redemptions.redemptionId

export const listRedemptions = (scope: Scope, filter: RedemptionFilter, page: Paging): Promise<RedemptionRow[]> =>
  rows(scope).where(and(eq(redemptions.mallId, scope.mallId), matching(scope, filter), page.where)).orderBy(...page.orderBy).limit(page.limit)

/** Count and totals of all that match: what stands with its value, what was restored. */
export async function totalsOf(scope: Scope, filter: RedemptionFilter): Promise<{ count: number; redemptions: number; valueFen: number; restored: number }> {
  const stands = sql`${redemptions.state} = 'redeemed'`
  const [row] = await scope.db.select({
    count: countAll, redemptions: sql<number>`coalesce(sum(${stands}), 0)`.mapWith(Number), valueFen: sql<number>`coalesce(sum(case when ${stands} then ${redemptions.valueFen} else 0 end), 0)`.mapWith(Number),
    restored: sql<number>`coalesce(sum(${redemptions.state} = 'restored'), 0)`.mapWith(Number),
  }).from(redemptions).innerJoin(coupons, eq(coupons.couponId, redemptions.couponId)).where(and(eq(redemptions.mallId, scope.mallId), matching(scope, filter)))
  return row!
}

/** The newest redemptions of a member. */
export const latestOfMember = (scope: Scope, memberId: string, limit: number): Promise<RedemptionRow[]> =>
  rows(scope).where(and(eq(redemptions.mallId, scope.mallId), eq(redemptions.memberId, memberId))).orderBy(desc(redemptions.redemptionId)).limit(limit)
