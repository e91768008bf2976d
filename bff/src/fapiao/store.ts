import { type SQL, and, asc, desc, eq, gte, inArray, isNull, lt, lte, sql } from 'drizzle-orm'
import { fapiao, fapiaoLine, fapiaoTitle, fapiaoTrail } from '@atrium/schema/fapiao.ts'
import { liveStates } from '@atrium/shared/fapiao/rules.ts'
import type { Scope } from '../context.ts'
import { type ListQuery, countAll, isAscii, pageOf, paging } from '../http/paging.ts'

export type TitleRow = typeof fapiaoTitle.$inferSelect
export type FapiaoRow = typeof fapiao.$inferSelect
export type LineRow = typeof fapiaoLine.$inferSelect
export type TrailRow = typeof fapiaoTrail.$inferSelect

export const titlesOf = (scope: Scope, memberId: string): Promise<TitleRow[]> =>
  scope.db.select().from(fapiaoTitle).where(and(eq(fapiaoTitle.mallId, scope.mallId), eq(fapiaoTitle.memberId, memberId), isNull(fapiaoTitle.removedAt))).orderBy(desc(fapiaoTitle.isDefault), asc(fapiaoTitle.titleId))

export async function findTitle(scope: Scope, memberId: string, titleId: string): Promise<TitleRow | null> {
  const [row] = await scope.db.select().from(fapiaoTitle).where(and(eq(fapiaoTitle.mallId, scope.mallId), eq(fapiaoTitle.memberId, memberId), eq(fapiaoTitle.titleId, titleId), isNull(fapiaoTitle.removedAt)))
  return row ?? null
}

export const insertTitle = (scope: Scope, row: Omit<TitleRow, 'createdAt' | 'removedAt' | 'mallId'>) => scope.db.insert(fapiaoTitle).values({ ...row, mallId: scope.mallId })

export const updateTitle = (scope: Scope, titleId: string, change: Partial<Pick<TitleRow, 'kind' | 'details' | 'isDefault' | 'removedAt'>>) =>
  scope.db.update(fapiaoTitle).set(change).where(and(eq(fapiaoTitle.mallId, scope.mallId), eq(fapiaoTitle.titleId, titleId)))

/** One default at most: all others of the member lose it. */
export const clearDefault = (scope: Scope, memberId: string) =>
  scope.db.update(fapiaoTitle).set({ isDefault: false }).where(and(eq(fapiaoTitle.mallId, scope.mallId), eq(fapiaoTitle.memberId, memberId), eq(fapiaoTitle.isDefault, true)))

export async function insertFapiao(scope: Scope, row: Omit<typeof fapiao.$inferInsert, 'mallId'>, lines: Omit<typeof fapiaoLine.$inferInsert, 'mallId' | 'fapiaoId' | 'livePaymentId'>[]): Promise<void> {
  await scope.db.insert(fapiao).values({ ...row, mallId: scope.mallId })
  await scope.db.insert(fapiaoLine).values(lines.map((line) => ({ ...line, mallId: scope.mallId, fapiaoId: row.fapiaoId, livePaymentId: line.paymentId })))
}

export async function findFapiao(scope: Scope, fapiaoId: string, memberId?: string): Promise<FapiaoRow | null> {
  const [row] = await scope.db.select().from(fapiao).where(and(eq(fapiao.mallId, scope.mallId), eq(fapiao.fapiaoId, fapiaoId), memberId ? eq(fapiao.memberId, memberId) : undefined))
  return row ?? null
}

/** The row, locked until the transaction ends. */
export async function lockFapiao(scope: Scope, fapiaoId: string): Promise<FapiaoRow | null> {
  const [row] = await scope.db.select().from(fapiao).where(and(eq(fapiao.mallId, scope.mallId), eq(fapiao.fapiaoId, fapiaoId))).for('update')
  return row ?? null
}

export const updateFapiao = (scope: Scope, fapiaoId: string, change: Partial<FapiaoRow>) => scope.db.update(fapiao).set(change).where(and(eq(fapiao.mallId, scope.mallId), eq(fapiao.fapiaoId, fapiaoId)))

/** The lines of a fapiao let go of their payments. */
export const releaseLines = (scope: Scope, fapiaoId: string) => scope.db.update(fapiaoLine).set({ livePaymentId: null }).where(and(eq(fapiaoLine.mallId, scope.mallId), eq(fapiaoLine.fapiaoId, fapiaoId)))

/** Holds the payments of a failed fapiao again, for another try. */
export const holdLines = (scope: Scope, fapiaoId: string) => scope.db.update(fapiaoLine).set({ livePaymentId: sql`${fapiaoLine.paymentId}` }).where(and(eq(fapiaoLine.mallId, scope.mallId), eq(fapiaoLine.fapiaoId, fapiaoId)))

export const linesOfFapiao = (scope: Scope, fapiaoIds: string[]): Promise<LineRow[]> =>
  fapiaoIds.length ? scope.db.select().from(fapiaoLine).where(and(eq(fapiaoLine.mallId, scope.mallId), inArray(fapiaoLine.fapiaoId, fapiaoIds))).orderBy(asc(fapiaoLine.paymentId)) : Promise.resolve([])

/** Fapiao that hold these payments now, with their state; locked when `lock`. */
export async function holdersOf(scope: Scope, paymentIds: string[], lock = false): Promise<{ paymentId: string; fapiaoId: string; state: FapiaoRow['state'] }[]> {
  if (!paymentIds.length) return []
  const query = scope.db.select({ paymentId: fapiaoLine.paymentId, fapiaoId: fapiao.fapiaoId, state: fapiao.state }).from(fapiaoLine).innerJoin(fapiao, eq(fapiao.fapiaoId, fapiaoLine.fapiaoId))
    .where(and(eq(fapiaoLine.mallId, scope.mallId), inArray(fapiaoLine.livePaymentId, paymentIds)))
  return lock ? query.for('update') : query
}

/** Open fapiao whose turn to be asked about has come, of every mall. */
export const dueFapiao = (scope: Pick<Scope, 'db'>, now: Date, limit: number): Promise<{ fapiaoId: string; mallId: string }[]> =>
  scope.db.select({ fapiaoId: fapiao.fapiaoId, mallId: fapiao.mallId }).from(fapiao).where(lte(fapiao.askAt, now)).orderBy(asc(fapiao.askAt)).limit(limit)

/** The fapiao a provider speaks of: order numbers are unique in every mall. */
export async function findByOrder(scope: Pick<Scope, 'db'>, orderNumber: string): Promise<FapiaoRow | null> {
  const [row] = await scope.db.select().from(fapiao).where(eq(fapiao.orderNumber, orderNumber))
  return row ?? null
}

export const insertTrail = (scope: Scope, row: Omit<TrailRow, 'mallId'>) => scope.db.insert(fapiaoTrail).values({ ...row, mallId: scope.mallId })

export const trailOf = (scope: Scope, fapiaoId: string): Promise<TrailRow[]> =>
  scope.db.select().from(fapiaoTrail).where(and(eq(fapiaoTrail.mallId, scope.mallId), eq(fapiaoTrail.fapiaoId, fapiaoId))).orderBy(asc(fapiaoTrail.at), asc(fapiaoTrail.trailId))

type Filter = ListQuery & { state?: FapiaoRow['state'] | undefined; memberId?: string; number?: string | undefined; from?: string | undefined; until?: string | undefined }
const filtered = (scope: Scope, f: Filter): SQL | undefined =>
  and(eq(fapiao.mallId, scope.mallId), f.state && eq(fapiao.state, f.state), f.memberId ? eq(fapiao.memberId, f.memberId) : undefined, f.number ? (isAscii(f.number) ? eq(fapiao.number, f.number) : sql`false`) : undefined, f.from ? gte(fapiao.requestedAt, new Date(f.from)) : undefined, f.until ? lt(fapiao.requestedAt, new Date(f.until)) : undefined)

/** One page of fapiao with the count and the sums over all that match. `issuedAt` sorts unissued ones by their request. */
export async function listFapiao(scope: Scope, filter: Filter) {
  const page = paging(filter, { requestedAt: fapiao.requestedAt, issuedAt: fapiao.requestedAt, grossFen: fapiao.grossFen }, fapiao.fapiaoId, '-requestedAt')
  const [rows, [sums]] = await Promise.all([
    scope.db.select().from(fapiao).where(and(filtered(scope, filter), page.where)).orderBy(...page.orderBy).limit(page.limit),
    scope.db.select({ total: countAll, grossFen: sql`coalesce(sum(${fapiao.grossFen}), 0)`.mapWith(Number), taxFen: sql`coalesce(sum(${fapiao.taxFen}), 0)`.mapWith(Number) }).from(fapiao).where(filtered(scope, filter)),
  ])
  return { ...pageOf(rows, filter, (row) => [page.sortKey === 'grossFen' ? row.grossFen : row.requestedAt, row.fapiaoId]), total: sums!.total, totals: { grossFen: sums!.grossFen, taxFen: sums!.taxFen } }
}

/** How many were issued in `[from, until)`, and which have failed: for the dashboard. */
export async function issuedBetween(scope: Scope, from: Date, until: Date): Promise<Date[]> {
  const rows = await scope.db.select({ issuedAt: fapiao.issuedAt }).from(fapiao).where(and(eq(fapiao.mallId, scope.mallId), gte(fapiao.issuedAt, from), lt(fapiao.issuedAt, until)))
  return rows.map((r) => r.issuedAt!)
}

export const failedFapiao = (scope: Scope, limit: number): Promise<FapiaoRow[]> =>
  scope.db.select().from(fapiao).where(and(eq(fapiao.mallId, scope.mallId), eq(fapiao.state, 'failed'))).orderBy(desc(fapiao.requestedAt)).limit(limit)

/** State of the fapiao over each payment, for lists of payments. */
export async function statesByPayment(scope: Scope, paymentIds: string[]): Promise<Map<string, { fapiaoId: string; state: FapiaoRow['state'] }>> {
  const rows = await holdersOf(scope, paymentIds)
  return new Map(rows.map((r) => [r.paymentId, { fapiaoId: r.fapiaoId, state: r.state }]))
}

export const isLive = (state: FapiaoRow['state']): boolean => (liveStates as readonly string[]).includes(state)
