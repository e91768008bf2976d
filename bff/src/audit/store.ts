import { type SQL, and, asc, eq, gt, gte, like, lt, lte, or, sql } from 'drizzle-orm'
import { auditEntry, auditHead } from '@atrium/schema/audit.ts'
import type { Scope } from '../context.ts'
import { everyColumn, given, prepared } from '../db/prepared.ts'
import { type Paging, countAll, likeAnywhere } from '../http/paging.ts'

export type AuditRow = typeof auditEntry.$inferSelect
export type AuditFilter = { staffId?: string | undefined; act?: string | undefined; outcome?: AuditRow['outcome'] | undefined; from?: string | undefined; until?: string | undefined; text?: string | undefined }
export const sortColumns = { at: auditEntry.at }
export const idColumn = auditEntry.entryId

const { placeholder } = sql
const ofLane = and(eq(auditHead.mallId, placeholder('mallId')), eq(auditHead.lane, placeholder('lane')))
const headSelect = prepared((db) => db.select({ sequence: auditHead.sequence, hash: auditHead.hash }).from(auditHead).where(ofLane).for('update').prepare())
const headUpdate = prepared((db) => db.update(auditHead).set({ sequence: given(auditHead.sequence), hash: given(auditHead.hash), seal: given(auditHead.seal) }).where(ofLane).prepare())
const entryInsert = prepared((db) => db.insert(auditEntry).values(everyColumn(auditEntry)).prepare())

export type Head = typeof auditHead.$inferSelect

/** The end of a lane, locked until the transaction ends; the first entry of a mall makes all lanes, sealed by `sealOf`. */
export async function lockHead(scope: Scope, lane: number, lanes: number, sealOf: (lane: number, hash: Buffer) => Buffer): Promise<{ sequence: number; hash: Buffer }> {
  const head = () => headSelect(scope.db).execute({ mallId: scope.mallId, lane })
  const [row] = await head()
  if (row) return row
  const hash = Buffer.alloc(32)
  const all = Array.from({ length: lanes }, (_, i) => ({ mallId: scope.mallId, lane: i, sequence: 0, hash, seal: sealOf(i, hash), walkSeal: Buffer.alloc(0) }))
  // Not IGNORE: whoever meets a row locks it to change it, in the same order, so two first entries cannot wait for each other.
  await scope.db.insert(auditHead).values(all).onDuplicateKeyUpdate({ set: { lane: sql`${auditHead.lane}` } })
  return (await head())[0]!
}

export async function appendEntry(scope: Scope, row: AuditRow, seal: Buffer): Promise<void> {
  await entryInsert(scope.db).execute({ ...row, mallId: scope.mallId })
  await headUpdate(scope.db).execute({ mallId: scope.mallId, lane: row.lane, sequence: row.sequence, hash: row.hash, seal })
}

export const saveWalk = (scope: Scope, lane: number, walk: Pick<Head, 'walkedTo' | 'walkSeal' | 'broken'>) =>
  scope.db.update(auditHead).set(walk).where(and(eq(auditHead.mallId, scope.mallId), eq(auditHead.lane, lane)))

const matching = (scope: Scope, f: AuditFilter): SQL | undefined => and(
  eq(auditEntry.mallId, scope.mallId), f.staffId ? eq(auditEntry.staffId, f.staffId) : undefined, f.act ? like(auditEntry.act, likeAnywhere(f.act)) : undefined,
  f.outcome ? eq(auditEntry.outcome, f.outcome) : undefined, f.from ? gte(auditEntry.at, new Date(f.from)) : undefined, f.until ? lt(auditEntry.at, new Date(f.until)) : undefined,
  f.text ? or(like(auditEntry.staffName, likeAnywhere(f.text)), like(auditEntry.act, likeAnywhere(f.text)), eq(auditEntry.subject, f.text), eq(auditEntry.requestId, f.text)) : undefined,
)

export const listEntries = (scope: Scope, filter: AuditFilter, page: Paging): Promise<AuditRow[]> =>
  scope.db.select().from(auditEntry).where(and(eq(auditEntry.mallId, scope.mallId), matching(scope, filter), page.where)).orderBy(...page.orderBy).limit(page.limit)

export async function countEntries(scope: Scope, filter: AuditFilter): Promise<number> {
  const [row] = await scope.db.select({ count: countAll }).from(auditEntry).where(and(eq(auditEntry.mallId, scope.mallId), matching(scope, filter)))
  return row!.count
}

export const listHeads = (scope: Scope): Promise<Head[]> => scope.db.select().from(auditHead).where(eq(auditHead.mallId, scope.mallId)).orderBy(asc(auditHead.lane))

/** The next entries of a lane after `sequence`, up to and with `last`. */
export const listLane = (scope: Scope, lane: number, sequence: number, last: number, limit: number): Promise<AuditRow[]> =>
  scope.db.select().from(auditEntry).where(and(eq(auditEntry.mallId, scope.mallId), eq(auditEntry.lane, lane), gt(auditEntry.sequence, sequence), lte(auditEntry.sequence, last))).orderBy(asc(auditEntry.sequence)).limit(limit)

/** One entry by its place. */
export async function findEntry(scope: Scope, lane: number, sequence: number): Promise<AuditRow | null> {
  const [row] = await scope.db.select().from(auditEntry).where(and(eq(auditEntry.mallId, scope.mallId), eq(auditEntry.lane, lane), eq(auditEntry.sequence, sequence)))
  return row ?? null
}
