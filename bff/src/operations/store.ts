import { and, asc, eq, inArray, lt, or, sql } from 'drizzle-orm'
import { outbox } from '@atrium/schema/kit.ts'
import { exportJob, invariantResult } from '@atrium/schema/operations.ts'
import type { Executor, Scope } from '../context.ts'

export type ExportRow = typeof exportJob.$inferSelect
export type TailRow = { eventId: string; mallId: string; type: string; data: Record<string, unknown>; occurredAt: Date }

/** Ids of what was announced in the last `seconds` by the database's own clock, in every mall. */
export const listTailIds = async (db: Executor, seconds: number): Promise<string[]> =>
  (await db.select({ eventId: outbox.eventId }).from(outbox).where(sql`${outbox.createdAt} >= CURRENT_TIMESTAMP(3) - INTERVAL ${sql.raw(String(seconds))} SECOND`)).map((r) => r.eventId)

/** Events by id, oldest first, of every mall. */
export const listTail = (db: Executor, ids: readonly string[]): Promise<TailRow[]> =>
  db.select({ eventId: outbox.eventId, mallId: outbox.mallId, type: outbox.type, data: outbox.data, occurredAt: outbox.occurredAt }).from(outbox).where(inArray(outbox.eventId, [...ids])).orderBy(asc(outbox.createdAt), asc(outbox.eventId))

export const listResults = (scope: Scope) => scope.db.select().from(invariantResult).where(eq(invariantResult.mallId, scope.mallId))

export const saveResult = (scope: Scope, row: Omit<typeof invariantResult.$inferInsert, 'mallId'>) =>
  scope.db.insert(invariantResult).values({ ...row, mallId: scope.mallId }).onDuplicateKeyUpdate({ set: row })

export const insertExport = (scope: Scope, row: Omit<typeof exportJob.$inferInsert, 'mallId'>) => scope.db.insert(exportJob).values({ ...row, mallId: scope.mallId })

export async function findExport(scope: Scope, exportId: string): Promise<ExportRow | null> {
  const [row] = await scope.db.select().from(exportJob).where(and(eq(exportJob.mallId, scope.mallId), eq(exportJob.exportId, exportId)))
  return row ?? null
}

/** Takes the oldest export of every mall that waits, or whose worker has not moved since `staleBefore`; null when there is none. */
export async function takeExport(db: Executor, now: Date, staleBefore: Date): Promise<ExportRow | null> {
  const free = or(eq(exportJob.state, 'queued'), and(eq(exportJob.state, 'running'), lt(exportJob.touchedAt, staleBefore)))
  const [row] = await db.select().from(exportJob).where(free).orderBy(asc(exportJob.createdAt)).limit(1)
  if (!row) return null
  const [result] = await db.update(exportJob).set({ state: 'running', rows: 0, touchedAt: now }).where(and(eq(exportJob.exportId, row.exportId), free))
  return result.affectedRows === 1 ? row : null
}

export const changeExport = (scope: Scope, exportId: string, change: Partial<ExportRow>) => scope.db.update(exportJob).set(change).where(and(eq(exportJob.mallId, scope.mallId), eq(exportJob.exportId, exportId)))

/** Exports of every mall that were made before `before`. */
export const listOldExports = (db: Executor, before: Date): Promise<ExportRow[]> => db.select().from(exportJob).where(lt(exportJob.createdAt, before)).limit(500)

/** Forgets exports of every mall by id. */
export const deleteExports = (db: Executor, ids: readonly string[]) => db.delete(exportJob).where(inArray(exportJob.exportId, [...ids]))
