import { type SQL, and, desc, eq, gte, inArray, like, lte, or, sql } from 'drizzle-orm'
import { coupons } from '@atrium/schema/coupon.ts'
import { fapiao } from '@atrium/schema/fapiao.ts'
import { memberVisits, members, memberships } from '@atrium/schema/identity.ts'
import { ledgerAccounts } from '@atrium/schema/ledger.ts'
import { notice } from '@atrium/schema/notice.ts'
import { parkingSessions } from '@atrium/schema/parking.ts'
import { payments } from '@atrium/schema/payment.ts'
import type { Tier } from '@atrium/shared/member/rules.ts'
import { alias } from 'drizzle-orm/mysql-core'
import type { Executor, Scope } from '../context.ts'
import { type Paging, countAll } from '../http/paging.ts'

// This store only reads, across the tables of the features below it: a home or a member's page in a few queries instead of one for each feature.
const pointsAccount = alias(ledgerAccounts, 'pointsAccount')
const growthAccount = alias(ledgerAccounts, 'growthAccount')

const available = (now: SQL) => sql`${coupons.state} = 'available' and ${coupons.validUntil} > ${now}`

const prepareHome = (db: Executor) => {
  const [mallId, memberId, now, soon, fresh] = ['mallId', 'memberId', 'now', 'soon', 'fresh'].map((name) => sql.placeholder(name)) as [ReturnType<typeof sql.placeholder>, ...ReturnType<typeof sql.placeholder>[]]
  const owned = sql`from ${coupons} where ${coupons.mallId} = ${mallId} and ${coupons.memberId} = ${memberId}`
  return db.select({
    memberId: members.memberId, memberNumber: members.memberNumber, nickname: members.nickname, phone: members.phone, language: members.language, elderView: members.elderView,
    tier: memberships.tier, joinedAt: memberships.joinedAt, memberJoinedAt: members.joinedAt,
    points: sql<number>`coalesce(${pointsAccount.balance} - ${pointsAccount.held}, 0)`.mapWith(Number), growth: sql<number>`coalesce(${growthAccount.balance}, 0)`.mapWith(Number),
    available: sql<number>`(select count(*) ${owned} and ${available(sql`${now}`)})`.mapWith(Number).as('available'),
    expiringSoon: sql<number>`(select count(*) ${owned} and ${available(sql`${now}`)} and ${coupons.validUntil} <= ${soon})`.mapWith(Number).as('expiringSoon'),
    freshNotices: sql<number>`(select count(*) from ${notice} where ${notice.mallId} = ${mallId} and ${notice.state} = 'published' and ${notice.publishedAt} > ${fresh})`.mapWith(Number).as('freshNotices'),
  }).from(members)
    .leftJoin(memberships, and(eq(memberships.mallId, sql`${mallId}`), eq(memberships.memberId, members.memberId)))
    .leftJoin(pointsAccount, and(eq(pointsAccount.mallId, sql`${mallId}`), eq(pointsAccount.currency, 'points'), eq(pointsAccount.holder, members.memberId)))
    .leftJoin(growthAccount, and(eq(growthAccount.mallId, sql`${mallId}`), eq(growthAccount.currency, 'growth'), eq(growthAccount.holder, members.memberId)))
    .where(eq(members.memberId, sql`${memberId}`)).prepare()
}
const preparedHome = new WeakMap<Executor, ReturnType<typeof prepareHome>>()
export type HomeRow = NonNullable<Awaited<ReturnType<typeof findHome>>>

/** Everything of a member's home that the database knows, in one prepared query: profile, tier, points, growth, coupons, notices since `fresh`. */
export async function findHome(scope: Scope, of: { memberId: string; now: Date; soon: Date; fresh: Date }) {
  let prepared = preparedHome.get(scope.db)
  if (!prepared) preparedHome.set(scope.db, (prepared = prepareHome(scope.db)))
  const [row] = await prepared.execute({ ...of, mallId: scope.mallId })
  return row ?? null
}

const points = sql<number>`coalesce(${pointsAccount.balance} - ${pointsAccount.held}, 0)`.mapWith(Number)
const seenAt = memberships.lastSeenAt
export const memberColumns = { joinedAt: memberships.joinedAt, points, visits: memberships.visits, lastSeenAt: seenAt }
export const memberIdColumn = memberships.memberId

const listed = (scope: Scope) =>
  scope.db.select({ memberId: members.memberId, memberNumber: members.memberNumber, nickname: members.nickname, phone: members.phone, elderView: members.elderView, tier: memberships.tier, points, joinedAt: memberships.joinedAt, channel: memberships.channel, lastSeenAt: seenAt, visits: memberships.visits })
    .from(memberships).innerJoin(members, eq(members.memberId, memberships.memberId))
    .leftJoin(pointsAccount, and(eq(pointsAccount.mallId, memberships.mallId), eq(pointsAccount.currency, 'points'), eq(pointsAccount.holder, memberships.memberId))).$dynamic()
export type ListedMember = Awaited<ReturnType<typeof listMembers>>[number]

export type MemberFilter = { tier?: Tier | undefined; channel?: string | undefined; find?: { phoneIndex: Buffer | null; text: string } | undefined }
/** The database refuses to compare a column of numbers (ascii) with Chinese text. */
const digits = (text: string) => /^\d+$/.test(text)
const matching = (scope: Scope, f: MemberFilter): SQL | undefined =>
  and(eq(memberships.mallId, scope.mallId), f.tier ? eq(memberships.tier, f.tier) : undefined, f.channel ? eq(memberships.channel, f.channel) : undefined,
    f.find && (f.find.phoneIndex ? eq(members.phoneIndex, f.find.phoneIndex) : or(digits(f.find.text) ? eq(members.memberNumber, f.find.text) : undefined, like(members.nickname, `${f.find.text.replace(/[\\%_]/g, '\\$&')}%`))))

export const listMembers = (scope: Scope, filter: MemberFilter, page: Paging) => listed(scope).where(and(eq(memberships.mallId, scope.mallId), matching(scope, filter), page.where)).orderBy(...page.orderBy).limit(page.limit)

export async function countMembers(scope: Scope, filter: MemberFilter): Promise<number> {
  const rows = scope.db.select({ count: countAll }).from(memberships)
  const [row] = await (filter.find ? rows.innerJoin(members, eq(members.memberId, memberships.memberId)) : rows).where(and(eq(memberships.mallId, scope.mallId), matching(scope, filter)))
  return row!.count
}

export async function findListed(scope: Scope, memberId: string): Promise<ListedMember | null> {
  const [row] = await listed(scope).where(and(eq(memberships.mallId, scope.mallId), eq(memberships.memberId, memberId)))
  return row ?? null
}

/** Numbers of a member's page. What is paid counts refunds off. */
export async function countDeeds(scope: Scope, memberId: string): Promise<{ parkings: number; paidFen: number; fapiaoCount: number }> {
  const count = async (query: Promise<{ n: number }[]>) => (await query)[0]!.n
  const [parkings, paidFen, fapiaoCount] = await Promise.all([
    count(scope.db.select({ n: countAll }).from(parkingSessions).where(and(eq(parkingSessions.mallId, scope.mallId), eq(parkingSessions.memberId, memberId)))),
    count(scope.db.select({ n: sql<number>`coalesce(sum(${payments.amountFen} - ${payments.refundedFen}), 0)`.mapWith(Number) }).from(payments)
      .where(and(eq(payments.mallId, scope.mallId), eq(payments.memberId, memberId), inArray(payments.state, ['paid', 'refunding', 'refunded'])))),
    count(scope.db.select({ n: countAll }).from(fapiao).where(and(eq(fapiao.mallId, scope.mallId), eq(fapiao.memberId, memberId), eq(fapiao.state, 'issued')))),
  ])
  return { parkings, paidFen, fapiaoCount }
}

/** The member's newest parkings, payments and fapiao. */
export async function latestDeeds(scope: Scope, memberId: string, limit: number) {
  const [parkings, paid, invoices] = await Promise.all([
    scope.db.select({ at: parkingSessions.entryAt, parkingId: parkingSessions.parkingId, exitAt: parkingSessions.exitAt }).from(parkingSessions)
      .where(and(eq(parkingSessions.mallId, scope.mallId), eq(parkingSessions.memberId, memberId))).orderBy(desc(parkingSessions.entryAt)).limit(limit),
    scope.db.select({ at: payments.paidAt, subject: payments.subject, subjectEn: payments.subjectEn, amountFen: payments.amountFen }).from(payments)
      .where(and(eq(payments.mallId, scope.mallId), eq(payments.memberId, memberId), inArray(payments.state, ['paid', 'refunding', 'refunded']))).orderBy(desc(payments.paidAt)).limit(limit),
    scope.db.select({ at: fapiao.requestedAt, grossFen: fapiao.grossFen }).from(fapiao).where(and(eq(fapiao.mallId, scope.mallId), eq(fapiao.memberId, memberId))).orderBy(desc(fapiao.requestedAt)).limit(limit),
  ])
  return { parkings, paid, invoices }
}

/** Days with a visit for each month (`2026-11`) from `first` to `last`. */
export function visitsByMonth(scope: Scope, memberId: string, first: string, last: string): Promise<{ month: string; visits: number }[]> {
  const month = sql<string>`date_format(${memberVisits.day}, '%Y-%m')`
  return scope.db.select({ month, visits: countAll }).from(memberVisits)
    .where(and(eq(memberVisits.mallId, scope.mallId), eq(memberVisits.memberId, memberId), gte(memberVisits.day, first), lte(memberVisits.day, last))).groupBy(month)
}

