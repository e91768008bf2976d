import { and, eq, inArray, isNull, lt, or, sql } from 'drizzle-orm'
import { channelAccounts, memberVisits, members, memberships } from '@atrium/schema/identity.ts'
import type { Executor, Scope } from '../../context.ts'

export type MemberRow = typeof members.$inferSelect
export type Membership = typeof memberships.$inferSelect
export type Provider = 'wechat' | 'alipay'

export async function findMemberByPhone(db: Executor, phoneIndex: Buffer): Promise<MemberRow | null> {
  const [row] = await db.select().from(members).where(eq(members.phoneIndex, phoneIndex))
  return row ?? null
}

export const insertMember = (db: Executor, member: typeof members.$inferInsert) => db.insert(members).values(member)

export async function findMember(db: Executor, memberId: string): Promise<MemberRow | null> {
  const [row] = await db.select().from(members).where(eq(members.memberId, memberId))
  return row ?? null
}

/** People with their tier in this mall, null for who has not been here. */
export const findPersons = (scope: Scope, memberIds: readonly string[]) =>
  memberIds.length === 0 ? Promise.resolve([]) : scope.db.select({ memberId: members.memberId, memberNumber: members.memberNumber, nickname: members.nickname, phone: members.phone, tier: memberships.tier }).from(members)
    .leftJoin(memberships, and(eq(memberships.mallId, scope.mallId), eq(memberships.memberId, members.memberId))).where(inArray(members.memberId, [...memberIds]))

export const changeMember = (db: Executor, memberId: string, change: Partial<Pick<MemberRow, 'nickname' | 'language' | 'elderView'>>) =>
  db.update(members).set(change).where(eq(members.memberId, memberId))

const membership = (scope: Scope, memberId: string) => and(eq(memberships.mallId, scope.mallId), eq(memberships.memberId, memberId))

/** True when the membership is new. */
export async function insertMembership(scope: Scope, row: Omit<typeof memberships.$inferInsert, 'mallId'>): Promise<boolean> {
  const [result] = await scope.db.insert(memberships).ignore().values({ ...row, mallId: scope.mallId })
  return result.affectedRows === 1
}

export const findMemberships = (scope: Scope, memberIds: readonly string[]): Promise<Membership[]> =>
  memberIds.length ? scope.db.select().from(memberships).where(and(eq(memberships.mallId, scope.mallId), inArray(memberships.memberId, [...memberIds]))) : Promise.resolve([])

export const changeTier = (scope: Scope, memberId: string, tier: Membership['tier'], since: Date) => scope.db.update(memberships).set({ tier, tierSince: since }).where(membership(scope, memberId))

/** Marks a member as seen unless that was done since `before`. */
export const markSeen = (scope: Scope, memberId: string, now: Date, before: Date) =>
  scope.db.update(memberships).set({ lastSeenAt: now }).where(and(membership(scope, memberId), or(isNull(memberships.lastSeenAt), lt(memberships.lastSeenAt, before))))

/** Counts the day as a visit when it is the first sign of it. */
export async function addVisit(scope: Scope, visit: { memberId: string; day: string; firstAt: Date; kind: string }): Promise<void> {
  const [result] = await scope.db.insert(memberVisits).ignore().values({ ...visit, mallId: scope.mallId })
  if (result.affectedRows === 1) await scope.db.update(memberships).set({ visits: sql`${memberships.visits} + 1` }).where(membership(scope, visit.memberId))
}

/** The account by its own id, else by the person's id that all apps of one owner share. */
export async function findAccount(db: Executor, provider: Provider, by: { openIdIndex: Buffer; unionIdIndex: Buffer | null }) {
  const rows = await db.select({ memberId: channelAccounts.memberId, openIdIndex: channelAccounts.openIdIndex }).from(channelAccounts)
    .where(and(eq(channelAccounts.provider, provider), or(eq(channelAccounts.openIdIndex, by.openIdIndex), by.unionIdIndex ? eq(channelAccounts.unionIdIndex, by.unionIdIndex) : undefined)))
  const own = rows.find((row) => row.openIdIndex.equals(by.openIdIndex))
  return own ? { memberId: own.memberId, own: true } : rows[0] ? { memberId: rows[0].memberId, own: false } : null
}

/** Links an account unless it is linked already. */
export const linkAccount = (db: Executor, account: typeof channelAccounts.$inferInsert) => db.insert(channelAccounts).ignore().values(account)

/** The newest account of a member with a provider, sealed. */
export async function findOpenId(db: Executor, memberId: string, provider: Provider): Promise<Buffer | null> {
  const rows = await db.select({ openId: channelAccounts.openId, accountId: channelAccounts.accountId }).from(channelAccounts).where(and(eq(channelAccounts.memberId, memberId), eq(channelAccounts.provider, provider)))
  return rows.sort((a, b) => (a.accountId < b.accountId ? 1 : -1))[0]?.openId ?? null
}
