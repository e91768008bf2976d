import { and, asc, count, desc, eq, inArray, isNotNull, lte } from 'drizzle-orm'
import { carParks, parkingLanes, parkingPlates, parkingSessions, parkingTariffs } from '@atrium/schema/parking.ts'
import type { Executor, Scope } from '../../context.ts'

export type CarParkRow = typeof carParks.$inferSelect
export type TariffRow = typeof parkingTariffs.$inferSelect
export type LaneRow = typeof parkingLanes.$inferSelect
export type PlateRow = typeof parkingPlates.$inferSelect

export const carParksOf = (scope: Scope): Promise<CarParkRow[]> => scope.db.select().from(carParks).where(eq(carParks.mallId, scope.mallId)).orderBy(asc(carParks.position), asc(carParks.carParkCode))

/** Cars inside, by car park and zone. */
export const insideByZone = (scope: Scope) =>
  scope.db.select({ carParkId: parkingSessions.carParkId, zone: parkingSessions.zone, inside: count() }).from(parkingSessions).where(and(eq(parkingSessions.mallId, scope.mallId), isNotNull(parkingSessions.openPlate))).groupBy(parkingSessions.carParkId, parkingSessions.zone)

/** Tariffs in force at `now`, the newest version for each car park. */
export async function tariffsInForce(scope: Scope, now: Date): Promise<TariffRow[]> {
  const rows = await scope.db.select().from(parkingTariffs).where(and(eq(parkingTariffs.mallId, scope.mallId), lte(parkingTariffs.validFrom, now))).orderBy(desc(parkingTariffs.version))
  return rows.filter((row, i) => rows.findIndex((r) => r.carParkId === row.carParkId) === i)
}

export async function findTariff(scope: Scope, tariffId: string): Promise<TariffRow> {
  const [row] = await scope.db.select().from(parkingTariffs).where(and(eq(parkingTariffs.mallId, scope.mallId), eq(parkingTariffs.tariffId, tariffId)))
  if (!row) throw new Error('a tariff vanished')
  return row
}

export const lanesOf = (scope: Scope): Promise<LaneRow[]> => scope.db.select().from(parkingLanes).where(eq(parkingLanes.mallId, scope.mallId)).orderBy(asc(parkingLanes.position), asc(parkingLanes.laneId))

export async function findLane(scope: Scope, laneId: string): Promise<LaneRow | undefined> {
  const [row] = await scope.db.select().from(parkingLanes).where(and(eq(parkingLanes.mallId, scope.mallId), eq(parkingLanes.laneId, laneId)))
  return row
}

/** Lanes in which a stay waits to be paid for or to be let through. */
export const lanesAwaiting = (scope: Scope, parkingId: string): Promise<LaneRow[]> =>
  scope.db.select().from(parkingLanes).where(and(eq(parkingLanes.mallId, scope.mallId), eq(parkingLanes.parkingId, parkingId), inArray(parkingLanes.state, ['waiting_payment', 'opening'])))

/** Of every mall: a camera knows its own number and nothing else. */
export async function findLaneOfCamera(db: Executor, cameraSerial: string): Promise<LaneRow | undefined> {
  const [row] = await db.select().from(parkingLanes).where(eq(parkingLanes.cameraSerial, cameraSerial))
  return row
}

/** Holds a lane until the transaction ends: what happens in a lane happens one after another. A lane is locked before its session. */
export async function lockLane(scope: Scope, laneId: string): Promise<LaneRow> {
  const [row] = await scope.db.select().from(parkingLanes).where(and(eq(parkingLanes.mallId, scope.mallId), eq(parkingLanes.laneId, laneId))).for('update')
  if (!row) throw new Error('a lane vanished')
  return row
}

export async function updateLane(scope: Scope, laneId: string, change: Partial<LaneRow>): Promise<void> {
  await scope.db.update(parkingLanes).set(change).where(and(eq(parkingLanes.mallId, scope.mallId), eq(parkingLanes.laneId, laneId)))
}

export const platesOf = (scope: Scope, memberId: string): Promise<PlateRow[]> =>
  scope.db.select().from(parkingPlates).where(and(eq(parkingPlates.mallId, scope.mallId), eq(parkingPlates.memberId, memberId), isNotNull(parkingPlates.boundIndex))).orderBy(asc(parkingPlates.boundAt))

export async function findBound(scope: Scope, index: Buffer): Promise<PlateRow | undefined> {
  const [row] = await scope.db.select().from(parkingPlates).where(and(eq(parkingPlates.mallId, scope.mallId), eq(parkingPlates.boundIndex, index)))
  return row
}

/** Plates bound under any of these indexes. */
export const boundAmong = (scope: Scope, indexes: Buffer[]): Promise<PlateRow[]> =>
  indexes.length === 0 ? Promise.resolve([]) : scope.db.select().from(parkingPlates).where(and(eq(parkingPlates.mallId, scope.mallId), inArray(parkingPlates.boundIndex, indexes)))

export async function insertPlate(scope: Scope, row: Omit<typeof parkingPlates.$inferInsert, 'mallId'>): Promise<void> {
  await scope.db.insert(parkingPlates).values({ ...row, mallId: scope.mallId })
}

/** Unbinds a plate of this member; nothing happens for another's or an unbound one. */
export async function unbindPlate(scope: Scope, memberId: string, plateId: string, now: Date): Promise<void> {
  await scope.db.update(parkingPlates).set({ boundIndex: null, unboundAt: now }).where(and(eq(parkingPlates.mallId, scope.mallId), eq(parkingPlates.memberId, memberId), eq(parkingPlates.plateId, plateId), isNotNull(parkingPlates.boundIndex)))
}
