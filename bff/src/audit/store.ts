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
const headUpdate = prepared((db) => db.update(auditHead).set({ sequence: given(auditHead.sequence), hash: given(auditHead.hash) }).where(ofLane).prepare())
const entryInsert = prepared((db) => db.insert(auditEntry).values(everyColumn(auditEntry)).prepare())

/** The end of a lane, locked until the transaction ends; the first entry of a lane makes it. */
export async function lockHead(scope: Scope, lane: number): Promise<{ sequence: number; hash: Buffer }> {
  const head = () => headSelect(scope.db).execute({ mallId: scope.mallId, lane })
  const [row] = await head()
  if (row) return row
  await scope.db.insert(auditHead).ignore().values({ mallId: scope.mallId, lane, sequence: 0, hash: Buffer.alloc(32) })
  return (await head())[0]!
}

export async function appendEntry(scope: Scope, row: AuditRow): Promise<void> {
  await entryInsert(scope.db).execute({ ...row, mallId: scope.mallId })
  await headUpdate(scope.db).execute({ mallId: scope.mallId, lane: row.lane, sequence: row.sequence, hash: row.hash })
}

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

export const listHeads = (scope: Scope) => scope.db.select().from(auditHead).where(eq(auditHead.mallId, scope.mallId)).orderBy(asc(auditHead.lane))

/** The next entries of a lane after `sequence`, up to and with `last`. */
export const listLane = (scope: Scope, lane: number, sequence: number, last: number, limit: number): Promise<AuditRow[]> =>
  scope.db.select().from(auditEntry).where(and(eq(auditEntry.mallId, scope.mallId), eq(auditEntry.lane, lane), gt(auditEntry.sequence, sequence), lte(auditEntry.sequence, last))).orderBy(asc(auditEntry.sequence)).limit(limit)
