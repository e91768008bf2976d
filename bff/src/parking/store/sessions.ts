import { type SQL, and, asc, count, desc, eq, gt, gte, inArray, isNotNull, isNull, lt, lte, notExists, or, sql } from 'drizzle-orm'
import { gateCommands, parkingQuotes, parkingSessions, parkingTierDays, parkingTierUses, parkingTrail } from '@atrium/schema/parking.ts'
import type { Ctx, Executor, Scope } from '../../context.ts'
import { type ListQuery, countAll, likeAnywhere, pageOf, paging } from '../../http/paging.ts'

export type SessionRow = typeof parkingSessions.$inferSelect
export type QuoteRow = typeof parkingQuotes.$inferSelect

export async function findSession(scope: Scope, parkingId: string): Promise<SessionRow | undefined> {
  const [row] = await scope.db.select().from(parkingSessions).where(and(eq(parkingSessions.mallId, scope.mallId), eq(parkingSessions.parkingId, parkingId)))
  return row
}

export async function lockSession(scope: Scope, parkingId: string): Promise<SessionRow | undefined> {
  const [row] = await scope.db.select().from(parkingSessions).where(and(eq(parkingSessions.mallId, scope.mallId), eq(parkingSessions.parkingId, parkingId))).for('update')
  return row
}

/** The stay of a plate that is inside this car park now, held until the transaction ends. */
export async function lockInside(scope: Scope, carParkId: string, plate: string): Promise<SessionRow | undefined> {
  const [row] = await scope.db.select().from(parkingSessions).where(and(eq(parkingSessions.mallId, scope.mallId), eq(parkingSessions.carParkId, carParkId), eq(parkingSessions.openPlate, plate))).for('update')
  return row
}

/** Stays of these plates that are inside now, in any car park. */
export const insideWith = (scope: Scope, plates: readonly string[]): Promise<SessionRow[]> =>
  plates.length === 0 ? Promise.resolve([]) : scope.db.select().from(parkingSessions).where(and(eq(parkingSessions.mallId, scope.mallId), inArray(parkingSessions.openPlate, [...plates]))).orderBy(desc(parkingSessions.entryAt))

/** Plates inside a car park, for finding the one that was misread. */
export const platesInside = (scope: Scope, carParkId: string) =>
  scope.db.select({ plate: parkingSessions.plate, entryAt: parkingSessions.entryAt }).from(parkingSessions).where(and(eq(parkingSessions.mallId, scope.mallId), eq(parkingSessions.carParkId, carParkId), isNotNull(parkingSessions.openPlate))).limit(5_000)

export async function insertSession(scope: Scope, row: Omit<typeof parkingSessions.$inferInsert, 'mallId'>): Promise<void> {
  await scope.db.insert(parkingSessions).values({ ...row, mallId: scope.mallId })
}

export async function updateSession(scope: Scope, parkingId: string, change: Partial<SessionRow>): Promise<void> {
  await scope.db.update(parkingSessions).set(change).where(and(eq(parkingSessions.mallId, scope.mallId), eq(parkingSessions.parkingId, parkingId)))
}

export async function insertTrail(scope: Scope, row: Omit<typeof parkingTrail.$inferInsert, 'mallId'>): Promise<void> {
  await scope.db.insert(parkingTrail).values({ ...row, mallId: scope.mallId })
}

export const trailOf = (scope: Scope, parkingId: string) =>
  scope.db.select().from(parkingTrail).where(and(eq(parkingTrail.mallId, scope.mallId), eq(parkingTrail.parkingId, parkingId))).orderBy(asc(parkingTrail.at), asc(parkingTrail.entryId))

export async function insertQuote(scope: Scope, row: Omit<typeof parkingQuotes.$inferInsert, 'mallId'>): Promise<void> {
  await scope.db.insert(parkingQuotes).values({ ...row, mallId: scope.mallId })
}

export async function findQuote(scope: Scope, quoteId: string): Promise<QuoteRow | undefined> {
  const [row] = await scope.db.select().from(parkingQuotes).where(and(eq(parkingQuotes.mallId, scope.mallId), eq(parkingQuotes.quoteId, quoteId)))
  return row
}

export const quotesOf = (scope: Scope, parkingId: string, limit = 20): Promise<QuoteRow[]> =>
  scope.db.select().from(parkingQuotes).where(and(eq(parkingQuotes.mallId, scope.mallId), eq(parkingQuotes.parkingId, parkingId))).orderBy(desc(parkingQuotes.at), desc(parkingQuotes.quoteId)).limit(limit)

/** Minutes of the tier used on a day. */
export async function tierMinutesOn(scope: Scope, memberId: string, day: string): Promise<number> {
  const [row] = await scope.db.select().from(parkingTierDays).where(and(eq(parkingTierDays.mallId, scope.mallId), eq(parkingTierDays.memberId, memberId), eq(parkingTierDays.day, day)))
  return row?.minutes ?? 0
}

/** The same, with the day held until the transaction ends: two cars at once do not take the same minutes. */
export async function lockTierDay(scope: Scope, memberId: string, day: string): Promise<number> {
  await scope.db.insert(parkingTierDays).ignore().values({ mallId: scope.mallId, memberId, day, minutes: 0 })
  const [row] = await scope.db.select().from(parkingTierDays).where(and(eq(parkingTierDays.mallId, scope.mallId), eq(parkingTierDays.memberId, memberId), eq(parkingTierDays.day, day))).for('update')
  return row!.minutes
}

const addToDay = (scope: Scope, memberId: string, day: string, minutes: number) =>
  scope.db.update(parkingTierDays).set({ minutes: sql`${parkingTierDays.minutes} + ${minutes}` }).where(and(eq(parkingTierDays.mallId, scope.mallId), eq(parkingTierDays.memberId, memberId), eq(parkingTierDays.day, day)))

/** Takes minutes for a payment; the day is locked by the caller. */
export async function insertTierUse(scope: Scope, row: Omit<typeof parkingTierUses.$inferInsert, 'mallId' | 'state'>): Promise<void> {
  await scope.db.insert(parkingTierUses).values({ ...row, mallId: scope.mallId, state: 'reserved' })
  await addToDay(scope, row.memberId, row.day, row.minutes)
}

/** Turns reserved minutes into used ones, or gives reserved or used ones back to their day; done twice it does nothing more. */
export async function endTierUse(scope: Scope, paymentId: string, state: 'used' | 'released'): Promise<void> {
  const [row] = await scope.db.select().from(parkingTierUses).where(and(eq(parkingTierUses.mallId, scope.mallId), eq(parkingTierUses.paymentId, paymentId))).for('update')
  if (!row || row.state === 'released' || row.state === state) return
  await scope.db.update(parkingTierUses).set({ state }).where(and(eq(parkingTierUses.mallId, scope.mallId), eq(parkingTierUses.paymentId, paymentId)))
  if (state === 'released') await addToDay(scope, row.memberId, row.day, -row.minutes)
}

/** Stuck stays of every mall that have waited since before `before` and hold money, minutes or coupons that can go back. */
export const stuckSince = (db: Executor, before: Date) =>
  db.select({ mallId: parkingSessions.mallId, parkingId: parkingSessions.parkingId }).from(parkingSessions).where(and(eq(parkingSessions.state, 'stuck'), lte(parkingSessions.stuckAt, before), or(gt(parkingSessions.paidFen, parkingSessions.refundedFen), gt(parkingSessions.tierMinutes, 0), sql`json_length(${parkingSessions.coupons}) > 0`))).limit(100)

/** Stays of every mall that were told to leave, and for which no order to a barrier lives or was due after `before`. */
export const leavingLost = (db: Executor, before: Date) => {
  const live = db.select({ one: sql`1` }).from(gateCommands).where(and(eq(gateCommands.parkingId, parkingSessions.parkingId), or(inArray(gateCommands.state, ['queued', 'sent']), gt(gateCommands.dueAt, before))))
  return db.select({ mallId: parkingSessions.mallId, parkingId: parkingSessions.parkingId }).from(parkingSessions).where(and(eq(parkingSessions.state, 'leaving'), notExists(live))).limit(100)
}

/** Forgets up to `limit` quotes of every mall with an id before this one: ids sort by time. */
export const forgetQuotes = (db: Executor, beforeId: string, limit: number) => db.delete(parkingQuotes).where(lt(parkingQuotes.quoteId, beforeId)).limit(limit)

type Filters = { state?: string | undefined; carParkId?: string | undefined; from?: string | undefined; until?: string | undefined; q?: string | undefined }

export async function listSessions(ctx: Ctx, query: ListQuery & Filters, plate: string) {
  const page = paging(query, { entryAt: parkingSessions.entryAt, exitAt: parkingSessions.exitAt, paidFen: parkingSessions.paidFen }, parkingSessions.parkingId, '-entryAt')
  const where: SQL | undefined = and(
    eq(parkingSessions.mallId, ctx.mallId), query.state ? eq(parkingSessions.state, query.state as SessionRow['state']) : undefined, query.carParkId ? eq(parkingSessions.carParkId, query.carParkId) : undefined,
    query.from ? gte(parkingSessions.entryAt, new Date(query.from)) : undefined, query.until ? lt(parkingSessions.entryAt, new Date(query.until)) : undefined,
    plate ? sql`${parkingSessions.plate} like ${likeAnywhere(plate)}` : undefined,
    // Cars still inside have no place in an order by exit.
    page.sortKey === 'exitAt' ? isNotNull(parkingSessions.exitAt) : undefined,
  )
  const [rows, [sum]] = await Promise.all([
    ctx.db.select().from(parkingSessions).where(and(where, page.where)).orderBy(...page.orderBy).limit(page.limit),
    ctx.db.select({ total: countAll }).from(parkingSessions).where(where),
  ])
  return { ...pageOf(rows, query, (row) => [row[page.sortKey as 'entryAt'], row.parkingId]), total: sum!.total }
}

/** Stays of a member: those they paid or that began while the plate was theirs. */
export async function listOfMember(ctx: Ctx, memberId: string, query: ListQuery & { state?: string | undefined }) {
  const page = paging(query, { entryAt: parkingSessions.entryAt }, parkingSessions.parkingId, '-entryAt')
  const where = and(eq(parkingSessions.mallId, ctx.mallId), eq(parkingSessions.memberId, memberId), query.state ? eq(parkingSessions.state, query.state as SessionRow['state']) : undefined)
  const [rows, [sum]] = await Promise.all([
    ctx.db.select().from(parkingSessions).where(and(where, page.where)).orderBy(...page.orderBy).limit(page.limit),
    ctx.db.select({ total: countAll }).from(parkingSessions).where(where),
  ])
  return { ...pageOf(rows, query, (row) => [row.entryAt, row.parkingId]), total: sum!.total }
}

/** Entries and exits of each hour between two instants, and how many were inside at the first. */
export async function flowBetween(scope: Scope, from: Date, until: Date) {
  const hourOf = (column: typeof parkingSessions.entryAt | typeof parkingSessions.exitAt) => sql<number>`hour(${column} + interval 8 hour)`.mapWith(Number)
  const mall = eq(parkingSessions.mallId, scope.mallId)
  const [entries, exits, [before]] = await Promise.all([
    scope.db.select({ hour: hourOf(parkingSessions.entryAt), cars: count() }).from(parkingSessions).where(and(mall, gte(parkingSessions.entryAt, from), lt(parkingSessions.entryAt, until))).groupBy(hourOf(parkingSessions.entryAt)),
    scope.db.select({ hour: hourOf(parkingSessions.exitAt), cars: count() }).from(parkingSessions).where(and(mall, gte(parkingSessions.exitAt, from), lt(parkingSessions.exitAt, until))).groupBy(hourOf(parkingSessions.exitAt)),
    scope.db.select({ cars: count() }).from(parkingSessions).where(and(mall, lt(parkingSessions.entryAt, from), or(isNull(parkingSessions.exitAt), gte(parkingSessions.exitAt, from)))),
  ])
  return { entries, exits, insideBefore: before!.cars }
}

/** Stays in a state that needs a person: those still inside first, then the newest. */
export const sessionsIn = (scope: Scope, states: SessionRow['state'][], since: Date): Promise<SessionRow[]> =>
  scope.db.select().from(parkingSessions).where(and(eq(parkingSessions.mallId, scope.mallId), inArray(parkingSessions.state, states), or(isNull(parkingSessions.exitAt), gte(parkingSessions.exitAt, since)))).orderBy(desc(isNull(parkingSessions.exitAt)), desc(parkingSessions.entryAt)).limit(50)
