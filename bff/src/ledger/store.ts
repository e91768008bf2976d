import { type SQL, and, asc, desc, eq, gt, gte, inArray, lt, lte, or, sql } from 'drizzle-orm'
import { ledgerAccounts, ledgerHolds, ledgerLines, ledgerLotUses, ledgerLots, ledgerPostings } from '@atrium/schema/ledger.ts'
import type { Scope } from '../context.ts'
import { type Paging, countAll } from '../http/paging.ts'
import { chainStart } from './chain.ts'

export type Account = typeof ledgerAccounts.$inferSelect
export type Posting = typeof ledgerPostings.$inferSelect
export type Hold = typeof ledgerHolds.$inferSelect
type Holder = { currency: string; holder: string }

const ofHolder = (scope: Scope, of: Holder) => and(eq(ledgerAccounts.mallId, scope.mallId), eq(ledgerAccounts.currency, of.currency), eq(ledgerAccounts.holder, of.holder))

export async function findAccount(scope: Scope, of: Holder): Promise<Account | null> {
  const [row] = await scope.db.select().from(ledgerAccounts).where(ofHolder(scope, of))
  return row ?? null
}

/** Makes the account when it is missing; two at once make one. */
export const makeAccount = (scope: Scope, of: Holder & { accountId: string; house: boolean }) =>
  scope.db.insert(ledgerAccounts).ignore().values({ ...of, mallId: scope.mallId, lastHash: chainStart })

export async function lockAccount(scope: Scope, of: Holder): Promise<Account | null> {
  const [row] = await scope.db.select().from(ledgerAccounts).where(ofHolder(scope, of)).for('update')
  return row ?? null
}

export const balancesOf = (scope: Scope, currency: string, holders: readonly string[]) =>
  scope.db.select({ holder: ledgerAccounts.holder, balance: ledgerAccounts.balance, held: ledgerAccounts.held }).from(ledgerAccounts)
    .where(and(eq(ledgerAccounts.mallId, scope.mallId), eq(ledgerAccounts.currency, currency), inArray(ledgerAccounts.holder, [...holders])))

export const moveAccount = (scope: Scope, accountId: string, to: { balance: number; held: number; sequence: number; lastHash: Buffer }) =>
  scope.db.update(ledgerAccounts).set(to).where(and(eq(ledgerAccounts.mallId, scope.mallId), eq(ledgerAccounts.accountId, accountId)))

export async function findPostingBySource(scope: Scope, currency: string, source: string): Promise<Posting | null> {
  const [row] = await scope.db.select().from(ledgerPostings).where(and(eq(ledgerPostings.mallId, scope.mallId), eq(ledgerPostings.currency, currency), eq(ledgerPostings.source, source)))
  return row ?? null
}

/** Units a posting moved on an account. */
export async function amountOf(scope: Scope, postingId: string, accountId: string): Promise<number> {
  const [row] = await scope.db.select({ amount: ledgerLines.amount }).from(ledgerLines).where(and(eq(ledgerLines.mallId, scope.mallId), eq(ledgerLines.postingId, postingId), eq(ledgerLines.accountId, accountId)))
  return row?.amount ?? 0
}

/** Units that reversals of a posting moved on an account so far. */
export async function reversedOf(scope: Scope, postingId: string, accountId: string): Promise<number> {
  const [row] = await scope.db.select({ amount: sql<number>`coalesce(sum(${ledgerLines.amount}), 0)`.mapWith(Number) }).from(ledgerPostings)
    .innerJoin(ledgerLines, eq(ledgerLines.postingId, ledgerPostings.postingId))
    .where(and(eq(ledgerPostings.mallId, scope.mallId), eq(ledgerPostings.reverses, postingId), eq(ledgerLines.accountId, accountId)))
  return row!.amount
}

export async function savePosting(scope: Scope, posting: Omit<typeof ledgerPostings.$inferInsert, 'mallId'>, lines: Omit<typeof ledgerLines.$inferInsert, 'mallId' | 'postingId' | 'lineNumber'>[]): Promise<void> {
  await scope.db.insert(ledgerPostings).values({ ...posting, mallId: scope.mallId })
  await scope.db.insert(ledgerLines).values(lines.map((line, i) => ({ ...line, mallId: scope.mallId, postingId: posting.postingId, lineNumber: i + 1 })))
}

export const insertLot = (scope: Scope, lot: Omit<typeof ledgerLots.$inferInsert, 'mallId'>) => scope.db.insert(ledgerLots).values({ ...lot, mallId: scope.mallId })

/** Lots with something left; the account is locked, so nobody else moves them. */
export const openLots = (scope: Scope, accountId: string) =>
  scope.db.select({ lotId: ledgerLots.lotId, postingId: ledgerLots.postingId, remaining: ledgerLots.remaining, expiresAt: ledgerLots.expiresAt }).from(ledgerLots)
    .where(and(eq(ledgerLots.mallId, scope.mallId), eq(ledgerLots.accountId, accountId), gt(ledgerLots.remaining, 0))).orderBy(asc(ledgerLots.expiresAt), asc(ledgerLots.lotId))

/** Takes from lots (negative: gives back) and records where it went. */
export async function useLots(scope: Scope, postingId: string, takings: readonly { lotId: string; amount: number }[]): Promise<void> {
  for (const { lotId, amount } of takings) {
    await scope.db.update(ledgerLots).set({ remaining: sql`${ledgerLots.remaining} - ${amount}` }).where(and(eq(ledgerLots.mallId, scope.mallId), eq(ledgerLots.lotId, lotId)))
  }
  await recordUses(scope, postingId, takings)
}

/** Records uses of lots whose `remaining` already says so. */
export async function recordUses(scope: Scope, postingId: string, takings: readonly { lotId: string; amount: number }[]): Promise<void> {
  if (takings.length) await scope.db.insert(ledgerLotUses).values(takings.map((taking) => ({ ...taking, postingId, mallId: scope.mallId })))
}

/** What a posting and its reversals so far took from each lot. */
export const netUsesOf = (scope: Scope, postingId: string) =>
  scope.db.select({ lotId: ledgerLotUses.lotId, amount: sql<number>`sum(${ledgerLotUses.amount})`.mapWith(Number) }).from(ledgerLotUses)
    .innerJoin(ledgerPostings, eq(ledgerPostings.postingId, ledgerLotUses.postingId))
    .where(and(eq(ledgerLotUses.mallId, scope.mallId), sql`(${ledgerPostings.postingId} = ${postingId} or ${ledgerPostings.reverses} = ${postingId})`)).groupBy(ledgerLotUses.lotId)

export type DueLot = { lotId: string; expiresAt: Date; holder: string }
/** Lots past their end after the one that was seen last, what ended first in front. */
export const dueLots = (scope: Scope, currency: string, now: Date, last: DueLot | undefined, limit: number): Promise<DueLot[]> =>
  scope.db.select({ lotId: ledgerLots.lotId, expiresAt: ledgerLots.expiresAt, holder: ledgerAccounts.holder }).from(ledgerLots).innerJoin(ledgerAccounts, eq(ledgerAccounts.accountId, ledgerLots.accountId))
    .where(and(eq(ledgerLots.mallId, scope.mallId), lte(ledgerLots.expiresAt, now), gt(ledgerLots.remaining, 0), eq(ledgerAccounts.currency, currency), last && or(gt(ledgerLots.expiresAt, last.expiresAt), and(eq(ledgerLots.expiresAt, last.expiresAt), gt(ledgerLots.lotId, last.lotId)))))
    .orderBy(asc(ledgerLots.expiresAt), asc(ledgerLots.lotId)).limit(limit)

export async function findLot(scope: Scope, lotId: string) {
  const [row] = await scope.db.select({ lotId: ledgerLots.lotId, remaining: ledgerLots.remaining, expiresAt: ledgerLots.expiresAt, earnedAt: ledgerPostings.at }).from(ledgerLots)
    .innerJoin(ledgerPostings, eq(ledgerPostings.postingId, ledgerLots.postingId)).where(and(eq(ledgerLots.mallId, scope.mallId), eq(ledgerLots.lotId, lotId)))
  return row ?? null
}

/** What is about to expire, by the instant at which it does. */
export const expiringOf = (scope: Scope, accountId: string, after: Date, limit: number) =>
  scope.db.select({ at: ledgerLots.expiresAt, units: sql<number>`sum(${ledgerLots.remaining})`.mapWith(Number) }).from(ledgerLots)
    .where(and(eq(ledgerLots.mallId, scope.mallId), eq(ledgerLots.accountId, accountId), gt(ledgerLots.remaining, 0), gt(ledgerLots.expiresAt, after)))
    .groupBy(ledgerLots.expiresAt).orderBy(asc(ledgerLots.expiresAt)).limit(limit)

export const insertHold = (scope: Scope, hold: Omit<typeof ledgerHolds.$inferInsert, 'mallId'>) => scope.db.insert(ledgerHolds).values({ ...hold, mallId: scope.mallId })

export async function findHold(scope: Scope, by: { holdId: string } | { currency: string; source: string }): Promise<Hold | null> {
  const [row] = await scope.db.select().from(ledgerHolds)
    .where(and(eq(ledgerHolds.mallId, scope.mallId), 'holdId' in by ? eq(ledgerHolds.holdId, by.holdId) : and(eq(ledgerHolds.currency, by.currency), eq(ledgerHolds.source, by.source))))
  return row ?? null
}

export async function findHolder(scope: Scope, accountId: string): Promise<string> {
  const [row] = await scope.db.select({ holder: ledgerAccounts.holder }).from(ledgerAccounts).where(and(eq(ledgerAccounts.mallId, scope.mallId), eq(ledgerAccounts.accountId, accountId)))
  return row!.holder
}

export const settleHold = (scope: Scope, holdId: string, state: 'posted' | 'voided', postingId: string | null) =>
  scope.db.update(ledgerHolds).set({ state, postingId }).where(and(eq(ledgerHolds.mallId, scope.mallId), eq(ledgerHolds.holdId, holdId)))

/** Holds past their end. */
export const dueHolds = (scope: Scope, now: Date, limit: number) =>
  scope.db.select({ holdId: ledgerHolds.holdId }).from(ledgerHolds).where(and(eq(ledgerHolds.mallId, scope.mallId), eq(ledgerHolds.state, 'pending'), lte(ledgerHolds.expiresAt, now))).limit(limit)

export type EntryFilter = { accountId: string; kind?: string | undefined }
const entries = (scope: Scope, filter: EntryFilter): SQL | undefined =>
  and(eq(ledgerLines.mallId, scope.mallId), eq(ledgerLines.accountId, filter.accountId), filter.kind ? eq(ledgerPostings.kind, filter.kind) : undefined)

/** In the order of the chain, which is the order of time. */
export const entryColumns = { at: ledgerLines.sequence }
export const entryId = ledgerLines.postingId

export const listEntries = (scope: Scope, filter: EntryFilter, page: Paging) =>
  scope.db.select({ postingId: ledgerLines.postingId, sequence: ledgerLines.sequence, amount: ledgerLines.amount, balanceAfter: ledgerLines.balanceAfter, kind: ledgerPostings.kind, facts: ledgerPostings.facts, at: ledgerPostings.at })
    .from(ledgerLines).innerJoin(ledgerPostings, eq(ledgerPostings.postingId, ledgerLines.postingId)).where(and(eq(ledgerLines.mallId, scope.mallId), entries(scope, filter), page.where)).orderBy(...page.orderBy).limit(page.limit)

export async function countEntries(scope: Scope, filter: EntryFilter): Promise<number> {
  const [row] = await scope.db.select({ count: countAll }).from(ledgerLines).innerJoin(ledgerPostings, eq(ledgerPostings.postingId, ledgerLines.postingId)).where(and(eq(ledgerLines.mallId, scope.mallId), entries(scope, filter)))
  return row!.count
}

/** Units that came in between two instants by first-hand postings (no reversals). */
export async function sumEarned(scope: Scope, accountId: string, from: Date, until: Date): Promise<number> {
  const [row] = await scope.db.select({ units: sql<number>`coalesce(sum(${ledgerLines.amount}), 0)`.mapWith(Number) }).from(ledgerLines).innerJoin(ledgerPostings, eq(ledgerPostings.postingId, ledgerLines.postingId))
    .where(and(eq(ledgerLines.mallId, scope.mallId), eq(ledgerLines.accountId, accountId), gt(ledgerLines.amount, 0), sql`${ledgerPostings.reverses} is null`, gte(ledgerPostings.at, from), lt(ledgerPostings.at, until)))
  return row!.units
}

/** The newest lines of an account, for a person to look at. */
export const latestEntries = (scope: Scope, accountId: string, limit: number) =>
  scope.db.select({ postingId: ledgerLines.postingId, amount: ledgerLines.amount, kind: ledgerPostings.kind, facts: ledgerPostings.facts, at: ledgerPostings.at }).from(ledgerLines)
    .innerJoin(ledgerPostings, eq(ledgerPostings.postingId, ledgerLines.postingId)).where(and(eq(ledgerLines.mallId, scope.mallId), eq(ledgerLines.accountId, accountId))).orderBy(desc(ledgerLines.sequence)).limit(limit)
