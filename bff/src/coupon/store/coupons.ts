import { type SQL, and, asc, eq, gt, inArray, lte, or, sql } from 'drizzle-orm'
import type { CouponState } from '@atrium/shared/coupon/rules.ts'
import { couponTemplateVersions as versions, coupons, redemptions, usedCodes } from '@atrium/schema/coupon.ts'
import { members, memberships } from '@atrium/schema/identity.ts'
import type { Executor, Scope } from '../../context.ts'
import { given, prepared } from '../../db/prepared.ts'
import { type Paging, countAll } from '../../http/paging.ts'
import type { Version } from './templates.ts'

export type Coupon = typeof coupons.$inferSelect
export type Redemption = typeof redemptions.$inferSelect
/** A coupon with what its version promises and the redemption that stands. */
export type CouponRow = { coupon: Coupon; version: Version; redemption: Redemption | null }

const rows = (scope: Scope) =>
  scope.db.select({ coupon: coupons, version: versions, redemption: redemptions }).from(coupons)
    .innerJoin(versions, and(eq(versions.templateId, coupons.templateId), eq(versions.version, coupons.version)))
    .leftJoin(redemptions, eq(redemptions.standingFor, coupons.couponId)).$dynamic()

/** A state as it counts now: what is past its end has expired, whether the job said so or not. */
const inState = (state: CouponState, now: Date): SQL | undefined =>
  state === 'available' ? and(eq(coupons.state, 'available'), gt(coupons.validUntil, now))
    : state === 'expired' ? or(eq(coupons.state, 'expired'), and(eq(coupons.state, 'available'), lte(coupons.validUntil, now)))
      : eq(coupons.state, state)

export type MineFilter = { memberId: string; states: readonly CouponState[] | undefined; now: Date }
const mine = (scope: Scope, f: MineFilter): SQL | undefined =>
  and(eq(coupons.mallId, scope.mallId), eq(coupons.memberId, f.memberId), f.states?.length ? or(...f.states.map((state) => inState(state, f.now))) : undefined)

export const couponColumns = { validUntil: coupons.validUntil, claimedAt: coupons.claimedAt }
export const couponId = coupons.couponId

export const listMine = (scope: Scope, filter: MineFilter, page: Paging): Promise<CouponRow[]> =>
  rows(scope).where(and(eq(coupons.mallId, scope.mallId), mine(scope, filter), page.where)).orderBy(...page.orderBy).limit(page.limit)

export async function countMine(scope: Scope, filter: MineFilter): Promise<number> {
  const [row] = await scope.db.select({ count: countAll }).from(coupons).where(and(eq(coupons.mallId, scope.mallId), mine(scope, filter)))
  return row!.count
}

export async function findCoupon(scope: Scope, by: { couponId: string } | { couponNumber: string }): Promise<CouponRow | null> {
  const [row] = await rows(scope).where(and(eq(coupons.mallId, scope.mallId), 'couponId' in by ? eq(coupons.couponId, by.couponId) : eq(coupons.couponNumber, by.couponNumber)))
  return row ?? null
}

const owner = { memberId: members.memberId, memberNumber: members.memberNumber, nickname: members.nickname, phone: members.phone, tier: memberships.tier }
export type DeskRow = NonNullable<Awaited<ReturnType<typeof findForDesk>>>

const { placeholder } = sql
const deskSelect = prepared((db) => db.select({ coupon: coupons, version: versions, redemption: redemptions, owner }).from(coupons)
  .innerJoin(versions, and(eq(versions.templateId, coupons.templateId), eq(versions.version, coupons.version)))
  .leftJoin(redemptions, eq(redemptions.standingFor, coupons.couponId))
  .leftJoin(members, eq(members.memberId, coupons.memberId))
  .leftJoin(memberships, and(eq(memberships.mallId, coupons.mallId), eq(memberships.memberId, coupons.memberId)))
  .where(and(eq(coupons.mallId, placeholder('mallId')), eq(coupons.couponNumber, placeholder('couponNumber')))).prepare())
/** A coupon with its owner (the phone still sealed), as a till asks for it: one statement, nothing locked. */
export async function findForDesk(scope: Scope, couponNumber: string) {
  const [row] = await deskSelect(scope.db).execute({ mallId: scope.mallId, couponNumber })
  return row ?? null
}

const availableUpdate = prepared((db) => db.update(coupons).set({ state: 'redeemed', redeemedAt: given(coupons.redeemedAt, 'now') })
  .where(and(eq(coupons.mallId, placeholder('mallId')), eq(coupons.couponId, placeholder('couponId')), eq(coupons.state, 'available'))).prepare())

/** Takes an available coupon for a redemption; false when somebody else was first. The row stays locked until the transaction ends. */
export async function takeAvailable(scope: Scope, id: string, now: Date): Promise<boolean> {
  const [result] = await availableUpdate(scope.db).execute({ mallId: scope.mallId, couponId: id, now })
  return result.affectedRows === 1
}

/** Locks the coupon alone, then reads it with its version: the version never changes under it. */
export async function lockCoupon(scope: Scope, by: { couponId: string } | { couponNumber: string }): Promise<CouponRow | null> {
  const [locked] = await scope.db.select({ couponId: coupons.couponId }).from(coupons)
    .where(and(eq(coupons.mallId, scope.mallId), 'couponId' in by ? eq(coupons.couponId, by.couponId) : eq(coupons.couponNumber, by.couponNumber))).for('update')
  return locked ? findCoupon(scope, locked) : null
}

export const insertCoupons = (scope: Scope, list: Omit<typeof coupons.$inferInsert, 'mallId'>[]) => scope.db.insert(coupons).values(list.map((coupon) => ({ ...coupon, mallId: scope.mallId })))

export const changeCoupon = (scope: Scope, id: string, change: Partial<Pick<Coupon, 'state' | 'lockedFor' | 'lockedAt' | 'redeemedAt'>>) =>
  scope.db.update(coupons).set(change).where(and(eq(coupons.mallId, scope.mallId), eq(coupons.couponId, id)))

/** How many coupons of these templates each of these members has, in any state. */
export const countOwned = (scope: Scope, templateIds: readonly string[], memberIds: readonly string[]) =>
  templateIds.length === 0 || memberIds.length === 0 ? Promise.resolve([]) : scope.db.select({ templateId: coupons.templateId, memberId: coupons.memberId, owned: countAll }).from(coupons)
    .where(and(eq(coupons.mallId, scope.mallId), inArray(coupons.templateId, [...templateIds]), inArray(coupons.memberId, [...memberIds]))).groupBy(coupons.templateId, coupons.memberId)

/** Coupons of claims that came before, by the key of the claim. */
export const findByClaimKeys = (scope: Scope, keys: readonly Buffer[]): Promise<CouponRow[]> =>
  keys.length === 0 ? Promise.resolve([]) : rows(scope).where(and(eq(coupons.mallId, scope.mallId), inArray(coupons.claimKey, [...keys])))

export const lockedFor = (scope: Scope, paymentId: string): Promise<CouponRow[]> => rows(scope).where(and(eq(coupons.mallId, scope.mallId), eq(coupons.lockedFor, paymentId)))

/** Parking coupons of a member that are available and not past their end. */
export const listParking = (scope: Scope, memberId: string, now: Date): Promise<CouponRow[]> =>
  rows(scope).where(and(eq(coupons.mallId, scope.mallId), eq(coupons.memberId, memberId), inState('available', now), eq(versions.kind, 'parking'))).orderBy(asc(coupons.validUntil)).limit(50)

/** Marks up to `limit` coupons past their end; answers which. Rows that somebody else holds are left for the next turn. */
export async function expireDue(scope: Scope, now: Date, limit: number): Promise<{ couponId: string; memberId: string }[]> {
  const due = await scope.db.select({ couponId: coupons.couponId, memberId: coupons.memberId }).from(coupons)
    .where(and(eq(coupons.mallId, scope.mallId), eq(coupons.state, 'available'), lte(coupons.validUntil, now))).limit(limit).for('update', { skipLocked: true })
  if (due.length) await scope.db.update(coupons).set({ state: 'expired' }).where(and(eq(coupons.mallId, scope.mallId), inArray(coupons.couponId, due.map((c) => c.couponId))))
  return due
}

/** True when the code of this step is used for the first time. */
export async function useDynamicCode(scope: Scope, number: string, step: number, now: Date): Promise<boolean> {
  const [result] = await scope.db.insert(usedCodes).ignore().values({ mallId: scope.mallId, number, step, usedAt: now })
  return result.affectedRows === 1
}

/** Forgets dynamic codes used before `before`, of every mall, at most `limit` at a time. */
export const forgetCodes = (db: Executor, before: Date, limit: number) => db.delete(usedCodes).where(lte(usedCodes.usedAt, before)).limit(limit)

/** How many coupons a member has by state that counts now, and how many end before `soon`. */
export async function countStates(scope: Scope, memberId: string, now: Date): Promise<Record<'available' | 'redeemed' | 'expired', number>> {
  // Named, because the driver makes a parser for each name of a column and this one has the time in it.
  const sum = (state: CouponState) => sql<number>`coalesce(sum(${inState(state, now)}), 0)`.mapWith(Number).as(state)
  const [row] = await scope.db.select({ available: sum('available'), redeemed: sum('redeemed'), expired: sum('expired') }).from(coupons).where(and(eq(coupons.mallId, scope.mallId), eq(coupons.memberId, memberId)))
  return row!
}
