import { type SQL, and, asc, desc, eq, getTableColumns, gt, inArray, isNull, lt, lte } from 'drizzle-orm'
import { gateCommands, parkingLanes, parkingReadings } from '@atrium/schema/parking.ts'
import type { Executor, Scope } from '../../context.ts'

export type ReadingRow = typeof parkingReadings.$inferSelect
export type CommandRow = typeof gateCommands.$inferSelect

/** Books what a camera saw; false when it had reported the same before. */
export async function insertReading(scope: Scope, row: Omit<typeof parkingReadings.$inferInsert, 'mallId'>): Promise<boolean> {
  const [result] = await scope.db.insert(parkingReadings).ignore().values({ ...row, mallId: scope.mallId })
  return result.affectedRows === 1
}

export async function findReadingOf(scope: Scope, event: { cameraSerial: string; vendorPlateId: string; sec: number }): Promise<ReadingRow | undefined> {
  const [row] = await scope.db.select().from(parkingReadings).where(and(eq(parkingReadings.mallId, scope.mallId), eq(parkingReadings.cameraSerial, event.cameraSerial), eq(parkingReadings.vendorPlateId, event.vendorPlateId), eq(parkingReadings.sec, event.sec)))
  return row
}

export async function lockReading(scope: Scope, readingId: string): Promise<ReadingRow | undefined> {
  const [row] = await scope.db.select().from(parkingReadings).where(and(eq(parkingReadings.mallId, scope.mallId), eq(parkingReadings.readingId, readingId))).for('update')
  return row
}

export async function updateReading(scope: Scope, readingId: string, change: Partial<ReadingRow>): Promise<void> {
  await scope.db.update(parkingReadings).set(change).where(and(eq(parkingReadings.mallId, scope.mallId), eq(parkingReadings.readingId, readingId)))
}

export const waitingReadings = (scope: Scope): Promise<ReadingRow[]> =>
  scope.db.select().from(parkingReadings).where(and(eq(parkingReadings.mallId, scope.mallId), eq(parkingReadings.state, 'waiting'))).orderBy(desc(parkingReadings.seenAt)).limit(50)

/** The first exit of a plate after `after` that found no stay: its entry was reported later. */
export async function strayExit(scope: Scope, carParkId: string, plate: string, after: Date): Promise<ReadingRow | undefined> {
  const [row] = await scope.db.select(getTableColumns(parkingReadings)).from(parkingReadings).innerJoin(parkingLanes, eq(parkingLanes.laneId, parkingReadings.laneId))
    .where(and(eq(parkingReadings.mallId, scope.mallId), eq(parkingReadings.plate, plate), gt(parkingReadings.seenAt, after), eq(parkingReadings.kind, 'exit'), inArray(parkingReadings.state, ['done', 'dismissed']), isNull(parkingReadings.parkingId), eq(parkingLanes.carParkId, carParkId)))
    .orderBy(asc(parkingReadings.seenAt)).limit(1)
  return row
}

export async function insertCommand(scope: Scope, row: Omit<typeof gateCommands.$inferInsert, 'mallId'>): Promise<void> {
  await scope.db.insert(gateCommands).values({ ...row, mallId: scope.mallId })
}

export async function updateCommand(scope: Scope, commandId: string, change: Partial<CommandRow>): Promise<void> {
  await scope.db.update(gateCommands).set(change).where(and(eq(gateCommands.mallId, scope.mallId), eq(gateCommands.commandId, commandId)))
}

export async function findCommand(scope: Scope, commandId: string): Promise<CommandRow | undefined> {
  const [row] = await scope.db.select().from(gateCommands).where(and(eq(gateCommands.mallId, scope.mallId), eq(gateCommands.commandId, commandId)))
  return row
}

/** The newest command of a reading. */
export async function commandOfReading(scope: Scope, readingId: string): Promise<CommandRow | undefined> {
  const [row] = await scope.db.select().from(gateCommands).where(and(eq(gateCommands.mallId, scope.mallId), eq(gateCommands.readingId, readingId))).orderBy(desc(gateCommands.commandId)).limit(1)
  return row
}

/** The newest command of a lane: the one a report without our number is about. */
export async function lastCommand(scope: Scope, laneId: string, vendorPlateId: string | null): Promise<CommandRow | undefined> {
  const [row] = await scope.db.select().from(gateCommands).where(and(eq(gateCommands.mallId, scope.mallId), eq(gateCommands.laneId, laneId), vendorPlateId ? eq(gateCommands.vendorPlateId, vendorPlateId) : undefined)).orderBy(desc(gateCommands.commandId)).limit(1)
  return row
}

/** The next command that the camera of a lane may fetch. */
export async function nextCommand(scope: Scope, laneId: string, now: Date): Promise<CommandRow | undefined> {
  const [row] = await scope.db.select().from(gateCommands).where(and(eq(gateCommands.mallId, scope.mallId), eq(gateCommands.laneId, laneId), eq(gateCommands.state, 'queued'), lte(gateCommands.dueAt, now))).orderBy(asc(gateCommands.dueAt)).limit(1)
  return row
}

/** Commands of every mall that nobody fetched or acknowledged in time. */
export const overdueCommands = (db: Executor, now: Date, unfetchedBefore: Date) => Promise.all([
  db.select().from(gateCommands).where(and(eq(gateCommands.state, 'sent'), lte(gateCommands.dueAt, now))).limit(200),
  db.select().from(gateCommands).where(and(eq(gateCommands.state, 'queued'), lte(gateCommands.dueAt, unfetchedBefore))).limit(200),
]).then((both) => both.flat())

/** Forgets up to `limit` commands of every mall with an id before this one: ids sort by time. */
export const forgetCommands = (db: Executor, beforeId: string, limit: number) => db.delete(gateCommands).where(lt(gateCommands.commandId, beforeId)).limit(limit)

const drop = (scope: Scope, which: SQL) =>
  scope.db.update(gateCommands).set({ state: 'failed' }).where(and(eq(gateCommands.mallId, scope.mallId), which, inArray(gateCommands.state, ['queued', 'sent'])))

/** Takes back what a lane was told before: a newer word counts. */
export const dropCommands = (scope: Scope, laneId: string) => drop(scope, eq(gateCommands.laneId, laneId))

/** Takes back what any lane was told for a stay that is over. */
export const dropCommandsOf = (scope: Scope, parkingId: string) => drop(scope, eq(gateCommands.parkingId, parkingId))
