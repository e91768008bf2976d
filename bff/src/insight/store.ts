import { type SQL, and, count, desc, eq, gte, inArray, isNull, lt, sql, sum } from 'drizzle-orm'
import type { AnyMySqlColumn, MySqlTable } from 'drizzle-orm/mysql-core'
import { couponStocks, couponTemplateVersions, couponTemplates, redemptions } from '@atrium/schema/coupon.ts'
import { fapiao } from '@atrium/schema/fapiao.ts'
import { memberVisits, memberships } from '@atrium/schema/identity.ts'
import { carParks, parkingSessions } from '@atrium/schema/parking.ts'
import { payments } from '@atrium/schema/payment.ts'
import type { HourCount } from '@atrium/shared/insight/rules.ts'
import { businessDay } from '@atrium/shared/time.ts'
import type { Scope } from '../context.ts'

// Insight only reads. It counts over the tables of all features here, so that they need no function for each figure.

/** What is counted: rows of a table by an instant, or the sum of a column. */
type Counted = { table: MySqlTable; mallId: AnyMySqlColumn; at: AnyMySqlColumn; only?: SQL; sumOf?: AnyMySqlColumn; /** Its business day, where that is what the table is indexed by. */ day?: AnyMySqlColumn }
const counted = {
  visits: { table: memberVisits, mallId: memberVisits.mallId, at: memberVisits.firstAt, day: memberVisits.day },
  joined: { table: memberships, mallId: memberships.mallId, at: memberships.joinedAt },
  redemptions: { table: redemptions, mallId: redemptions.mallId, at: redemptions.at, only: eq(redemptions.state, 'redeemed') },
  entries: { table: parkingSessions, mallId: parkingSessions.mallId, at: parkingSessions.entryAt, only: sql`${parkingSessions.state} <> 'void'` },
  exits: { table: parkingSessions, mallId: parkingSessions.mallId, at: parkingSessions.exitAt, only: sql`${parkingSessions.state} <> 'void'` },
  paidFen: { table: payments, mallId: payments.mallId, at: payments.paidAt, only: sql`${payments.kept} = 1`, sumOf: payments.amountFen },
  fapiao: { table: fapiao, mallId: fapiao.mallId, at: fapiao.issuedAt },
} satisfies Record<string, Counted>
export type FigureName = keyof typeof counted

/** A figure by hour of the business day, between two instants of one day. */
export async function countByHour(scope: Scope, name: FigureName, from: Date, until: Date): Promise<HourCount[]> {
  const { table, mallId, at, only, sumOf, day } = counted[name] as Counted
  const hour = sql<number>`hour(${at} + interval 8 hour)`.mapWith(Number)
  const value = sumOf ? sql<number>`coalesce(${sum(sumOf)}, 0)`.mapWith(Number) : count()
  return scope.db.select({ hour, count: value }).from(table).where(and(eq(mallId, scope.mallId), gte(at, from), lt(at, until), only, day && eq(day, businessDay(from)))).groupBy(hour)
}

/** Cars inside at an instant: those that left later, and those that are there still. Two counts, each along an index. */
export async function countInside(scope: Scope, at: Date): Promise<number> {
  const cars = async (there: SQL | undefined) => {
    const [row] = await scope.db.select({ cars: count() }).from(parkingSessions).where(and(eq(parkingSessions.mallId, scope.mallId), lt(parkingSessions.entryAt, at), there))
    return row!.cars
  }
  const [left, inside] = await Promise.all([cars(and(gte(parkingSessions.exitAt, at), inArray(parkingSessions.state, ['closed', 'escaped', 'refunded']))), cars(inArray(parkingSessions.state, ['open', 'paid', 'leaving', 'stuck']))])
  return left + inside
}

export async function sumCapacity(scope: Scope): Promise<number> {
  const [row] = await scope.db.select({ total: sql<number>`coalesce(${sum(carParks.total)}, 0)`.mapWith(Number) }).from(carParks).where(eq(carParks.mallId, scope.mallId))
  return row!.total
}

/** Shops by what was redeemed there; parking coupons, which are redeemed by payments, are left out. */
export const listByStore = (scope: Scope, from: Date, until: Date, limit: number) => {
  const times = count()
  return scope.db.select({ name: redemptions.storeName, nameEn: redemptions.storeNameEn, redemptions: times, valueFen: sql<number>`coalesce(${sum(redemptions.valueFen)}, 0)`.mapWith(Number) }).from(redemptions)
    .where(and(eq(redemptions.mallId, scope.mallId), eq(redemptions.state, 'redeemed'), isNull(redemptions.paymentId), gte(redemptions.at, from), lt(redemptions.at, until)))
    .groupBy(redemptions.storeId, redemptions.storeName, redemptions.storeNameEn).orderBy(desc(times), redemptions.storeName).limit(limit)
}

/** Templates that can be claimed, the most claimed first. */
export const listTemplates = (scope: Scope, limit: number) =>
  scope.db.select({ templateId: couponTemplates.templateId, title: couponTemplateVersions.title, titleEn: couponTemplateVersions.titleEn, claimed: couponStocks.claimed, redeemed: couponTemplates.redeemed, stock: couponStocks.stock, updatedAt: couponTemplates.updatedAt })
    .from(couponTemplates).innerJoin(couponStocks, eq(couponStocks.templateId, couponTemplates.templateId))
    .innerJoin(couponTemplateVersions, and(eq(couponTemplateVersions.templateId, couponTemplates.templateId), eq(couponTemplateVersions.version, couponTemplates.publishedVersion)))
    .where(and(eq(couponTemplates.mallId, scope.mallId), eq(couponTemplates.state, 'published'))).orderBy(desc(couponStocks.claimed), couponTemplates.templateId).limit(limit)

/** How many templates wait for approval, and since when. */
export async function countSubmitted(scope: Scope): Promise<{ waiting: number; since: Date | null }> {
  const [row] = await scope.db.select({ waiting: count(), since: sql<Date | null>`min(${couponTemplates.submittedAt})`.mapWith(couponTemplates.submittedAt) }).from(couponTemplates)
    .where(and(eq(couponTemplates.mallId, scope.mallId), inArray(couponTemplates.state, ['submitted'])))
  return row!
}

export const listMethods = (scope: Scope, from: Date, until: Date) => {
  const paidFen = sql<number>`coalesce(${sum(payments.amountFen)}, 0)`.mapWith(Number)
  return scope.db.select({ method: payments.method, payments: count(), paidFen }).from(payments)
    .where(and(eq(payments.mallId, scope.mallId), gte(payments.paidAt, from), lt(payments.paidAt, until), sql`${payments.kept} = 1`, sql`${payments.amountFen} > 0`)).groupBy(payments.method).orderBy(desc(paidFen))
}
