import { type SQL, and, eq, gt, inArray, isNull, isNotNull, like, lt, ne, or, sql } from 'drizzle-orm'
import { tenant } from '@atrium/schema/shop.ts'
import { staff, staffAttempt, staffSession, staffStore, staffTicket } from '@atrium/schema/staff.ts'
import type { Role } from '@atrium/shared/staff/permissions.ts'
import type { Attempts } from '@atrium/shared/staff/rules.ts'
import type { Executor, Scope } from '../context.ts'
import { prepared } from '../db/prepared.ts'
import { type Paging, countAll, isAscii, likeAnywhere } from '../http/paging.ts'

export type StaffRow = typeof staff.$inferSelect
export type StaffFilter = { role?: Role | undefined; state?: 'active' | 'locked' | 'disabled' | undefined; text?: string | undefined; now: Date }
export const sortColumns = { name: staff.name, lastSignInAt: staff.lastSignInAt, createdAt: staff.createdAt }
export const idColumn = staff.staffId

export async function findByAccount(scope: Scope, account: string): Promise<StaffRow | null> {
  const [row] = await scope.db.select().from(staff).where(and(eq(staff.mallId, scope.mallId), eq(staff.account, account)))
  return row ?? null
}

export async function findStaff(scope: Scope, staffId: string): Promise<StaffRow | null> {
  const [row] = await scope.db.select().from(staff).where(and(eq(staff.mallId, scope.mallId), eq(staff.staffId, staffId)))
  return row ?? null
}

export async function lockStaff(scope: Scope, staffId: string): Promise<StaffRow | null> {
  const [row] = await scope.db.select().from(staff).where(and(eq(staff.mallId, scope.mallId), eq(staff.staffId, staffId))).for('update')
  return row ?? null
}

/** Until when an account is locked, for whichever address. */
const locksOf = (scope: Scope) => scope.db.select({ accountIndex: staffAttempt.accountIndex, lockedUntil: sql`max(${staffAttempt.lockedUntil})`.mapWith(staffAttempt.lockedUntil).as('lockedUntil') })
  .from(staffAttempt).where(eq(staffAttempt.mallId, scope.mallId)).groupBy(staffAttempt.accountIndex).as('locks')
type Locks = ReturnType<typeof locksOf>

const matching = (scope: Scope, f: StaffFilter, locks: Locks): SQL | undefined => and(
  eq(staff.mallId, scope.mallId), f.role ? eq(staff.role, f.role) : undefined,
  f.state === 'disabled' ? isNotNull(staff.disabledAt) : f.state ? isNull(staff.disabledAt) : undefined,
  f.state === 'locked' ? gt(locks.lockedUntil, f.now) : f.state === 'active' ? or(isNull(locks.lockedUntil), lt(locks.lockedUntil, f.now)) : undefined,
  // Accounts are ASCII, and the database refuses to compare such a column with Chinese text.
  f.text ? or(like(staff.name, likeAnywhere(f.text)), isAscii(f.text) ? like(staff.account, likeAnywhere(f.text)) : undefined) : undefined,
)

const listed = (scope: Scope, locks: Locks) => scope.db.select({ row: staff, lockedUntil: locks.lockedUntil, tenantName: tenant.name }).from(staff)
  .leftJoin(locks, eq(locks.accountIndex, staff.accountIndex)).leftJoin(tenant, eq(tenant.tenantId, staff.tenantId))

export function listStaff(scope: Scope, filter: StaffFilter, page: Paging) {
  const locks = locksOf(scope)
  return listed(scope, locks).where(and(eq(staff.mallId, scope.mallId), matching(scope, filter, locks), page.where)).orderBy(...page.orderBy).limit(page.limit)
}

export async function countStaff(scope: Scope, filter: StaffFilter): Promise<number> {
  const locks = locksOf(scope)
  const [row] = await scope.db.select({ count: countAll }).from(staff).leftJoin(locks, eq(locks.accountIndex, staff.accountIndex)).where(and(eq(staff.mallId, scope.mallId), matching(scope, filter, locks)))
  return row!.count
}

/** One account as the list shows it. */
export async function findListed(scope: Scope, staffId: string) {
  const [row] = await listed(scope, locksOf(scope)).where(and(eq(staff.mallId, scope.mallId), eq(staff.staffId, staffId)))
  return row ?? null
}

export const insertStaff = (scope: Scope, row: Omit<typeof staff.$inferInsert, 'mallId'>) => scope.db.insert(staff).values({ ...row, mallId: scope.mallId })

export const changeStaff = (scope: Scope, staffId: string, change: Partial<StaffRow>) => scope.db.update(staff).set(change).where(and(eq(staff.mallId, scope.mallId), eq(staff.staffId, staffId)))

/** Active administrators, locked so that two of them cannot disable each other at once. */
export const lockAdministrators = async (scope: Scope): Promise<string[]> =>
  (await scope.db.select({ staffId: staff.staffId }).from(staff).where(and(eq(staff.mallId, scope.mallId), eq(staff.role, 'administrator'), isNull(staff.disabledAt))).for('update')).map((r) => r.staffId)

export const countByRole = (scope: Scope) =>
  scope.db.select({ role: staff.role, people: countAll }).from(staff).where(and(eq(staff.mallId, scope.mallId), isNull(staff.disabledAt))).groupBy(staff.role)

export async function replaceStores(scope: Scope, staffId: string, storeIds: readonly string[]): Promise<void> {
  await scope.db.delete(staffStore).where(and(eq(staffStore.mallId, scope.mallId), eq(staffStore.staffId, staffId)))
  if (storeIds.length) await scope.db.insert(staffStore).values(storeIds.map((storeId) => ({ staffId, storeId, mallId: scope.mallId })))
}

export const listStoresOf = (scope: Scope, staffIds: readonly string[]) =>
  scope.db.select({ staffId: staffStore.staffId, storeId: staffStore.storeId }).from(staffStore).where(and(eq(staffStore.mallId, scope.mallId), staffIds.length ? inArray(staffStore.staffId, [...staffIds]) : sql`false`))

const storesSelect = prepared((db) => db.select({ storeId: staffStore.storeId }).from(staffStore).where(and(eq(staffStore.mallId, sql.placeholder('mallId')), eq(staffStore.staffId, sql.placeholder('staffId')))).prepare())
/** The stores of one account, as every call of a shop assistant asks for them. */
export const storeIdsOf = async (scope: Scope, staffId: string): Promise<string[]> => (await storesSelect(scope.db).execute({ mallId: scope.mallId, staffId })).map((link) => link.storeId)

const everywhere = Buffer.alloc(0)
export type Tries = { here: Attempts & { succeededAt: Date | null }; everywhere: Attempts }

/** Failures of an account name, known or not, from an address and from all of them; locked so that guesses in parallel are counted one by one. */
export async function lockAttempts(scope: Scope, accountIndex: Buffer, addressIndex: Buffer, now: Date): Promise<Tries> {
  const row = async (index: Buffer) => {
    await scope.db.insert(staffAttempt).ignore().values({ mallId: scope.mallId, accountIndex, addressIndex: index, failures: 0, lockedUntil: null, updatedAt: now })
    const [found] = await scope.db.select({ failures: staffAttempt.failures, lockedUntil: staffAttempt.lockedUntil, succeededAt: staffAttempt.succeededAt }).from(staffAttempt)
      .where(and(eq(staffAttempt.mallId, scope.mallId), eq(staffAttempt.accountIndex, accountIndex), eq(staffAttempt.addressIndex, index))).for('update')
    return found!
  }
  return { everywhere: await row(everywhere), here: await row(addressIndex) }
}

export async function saveAttempts(scope: Scope, accountIndex: Buffer, addressIndex: Buffer, tries: Tries, now: Date): Promise<void> {
  const save = (index: Buffer, attempts: Attempts) =>
    scope.db.update(staffAttempt).set({ ...attempts, updatedAt: now }).where(and(eq(staffAttempt.mallId, scope.mallId), eq(staffAttempt.accountIndex, accountIndex), eq(staffAttempt.addressIndex, index)))
  await save(everywhere, { failures: tries.everywhere.failures, lockedUntil: tries.everywhere.lockedUntil })
  await save(addressIndex, tries.here)
}

/** Unlocks an account for every address. */
export const forgiveAttempts = (scope: Scope, accountIndex: Buffer, now: Date) =>
  scope.db.update(staffAttempt).set({ failures: 0, lockedUntil: null, updatedAt: now }).where(and(eq(staffAttempt.mallId, scope.mallId), eq(staffAttempt.accountIndex, accountIndex)))

export const insertTicket = (scope: Scope, ticketHash: Buffer, staffId: string, expiresAt: Date) => scope.db.insert(staffTicket).values({ ticketHash, mallId: scope.mallId, staffId, expiresAt })

export async function findTicket(scope: Scope, ticketHash: Buffer) {
  const [row] = await scope.db.select().from(staffTicket).where(and(eq(staffTicket.mallId, scope.mallId), eq(staffTicket.ticketHash, ticketHash)))
  return row ?? null
}

/** Uses a ticket up: true for the first caller alone. */
export async function useTicket(scope: Scope, ticketHash: Buffer, now: Date): Promise<boolean> {
  const [result] = await scope.db.update(staffTicket).set({ usedAt: now }).where(and(eq(staffTicket.mallId, scope.mallId), eq(staffTicket.ticketHash, ticketHash), isNull(staffTicket.usedAt)))
  return result.affectedRows === 1
}

export const endTickets = (scope: Scope, staffId: string, now: Date) =>
  scope.db.update(staffTicket).set({ usedAt: now }).where(and(eq(staffTicket.mallId, scope.mallId), eq(staffTicket.staffId, staffId), isNull(staffTicket.usedAt)))

export const insertSession = (scope: Scope, row: Omit<typeof staffSession.$inferInsert, 'mallId'>) => scope.db.insert(staffSession).values({ ...row, mallId: scope.mallId })

const sessionSelect = prepared((db) => db.select({ session: staffSession, row: staff }).from(staffSession).innerJoin(staff, eq(staff.staffId, staffSession.staffId)).where(eq(staffSession.tokenHash, sql.placeholder('tokenHash'))).prepare())
/** A session with its account by the hash of its token; serves every mall, since the token says which. */
export async function findSession(db: Executor, tokenHash: Buffer) {
  const [row] = await sessionSelect(db).execute({ tokenHash })
  return row ?? null
}

export async function findSessionById(scope: Scope, sessionId: string) {
  const [row] = await scope.db.select().from(staffSession).where(and(eq(staffSession.mallId, scope.mallId), eq(staffSession.sessionId, sessionId)))
  return row ?? null
}

export const touchSession = (scope: Scope, sessionId: string, now: Date) => scope.db.update(staffSession).set({ lastSeenAt: now }).where(and(eq(staffSession.mallId, scope.mallId), eq(staffSession.sessionId, sessionId)))

export const endSession = (scope: Scope, sessionId: string, now: Date, endReason: string) =>
  scope.db.update(staffSession).set({ endedAt: now, endReason }).where(and(eq(staffSession.mallId, scope.mallId), eq(staffSession.sessionId, sessionId), isNull(staffSession.endedAt)))

/** Ends the open sessions of an account, all but `exceptId`. */
export const endSessions = (scope: Scope, staffId: string, now: Date, endReason: string, exceptId: string | null) =>
  scope.db.update(staffSession).set({ endedAt: now, endReason }).where(and(eq(staffSession.mallId, scope.mallId), eq(staffSession.staffId, staffId), isNull(staffSession.endedAt), exceptId ? ne(staffSession.sessionId, exceptId) : undefined))

/** Forgets old tickets and failure counts in every mall; addresses that somebody signed in from since `knownSince` stay known. */
export async function forgetOld(db: Executor, before: Date, knownSince: Date): Promise<void> {
  await db.delete(staffTicket).where(lt(staffTicket.expiresAt, before)).limit(10_000)
  await db.delete(staffAttempt).where(and(lt(staffAttempt.updatedAt, before), or(isNull(staffAttempt.lockedUntil), lt(staffAttempt.lockedUntil, before)), or(isNull(staffAttempt.succeededAt), lt(staffAttempt.succeededAt, knownSince)))).limit(10_000)
}
