import { and, asc, eq, ne } from 'drizzle-orm'
import { floor, mall, tradeCategory, unit } from '@atrium/schema/mall.ts'
import { store } from '@atrium/schema/shop.ts'
import type { Executor, Scope } from '../context.ts'
import { countAll } from '../http/paging.ts'

/** Id of the mall with `code`, or of the first one made; serves every mall. */
export async function findMallId(db: Executor, code: string | null): Promise<string | null> {
  const query = db.select({ mallId: mall.mallId }).from(mall)
  const [row] = await (code === null ? query.orderBy(asc(mall.createdAt), asc(mall.mallId)).limit(1) : query.where(eq(mall.code, code)))
  return row?.mallId ?? null
}

/** Ids of every mall, for jobs that take their turn in each. */
export const listMallIds = async (db: Executor): Promise<string[]> => (await db.select({ mallId: mall.mallId }).from(mall)).map((row) => row.mallId)

export async function findMall(scope: Scope) {
  const [row] = await scope.db.select().from(mall).where(eq(mall.mallId, scope.mallId))
  return row ?? null
}

export const listFloors = (scope: Scope) => scope.db.select().from(floor).where(eq(floor.mallId, scope.mallId)).orderBy(asc(floor.position))

export async function findFloor(scope: Scope, code: string) {
  const [row] = await scope.db.select().from(floor).where(and(eq(floor.mallId, scope.mallId), eq(floor.code, code)))
  return row ?? null
}

/** Units of a floor with the shop in each; a closed shop leaves its unit empty. */
export const listUnits = (scope: Scope, code: string) =>
  scope.db.select({ unit: unit.unit, points: unit.points, door: unit.door, shopId: store.storeId, name: store.name, nameEn: store.nameEn, tradeCategory: store.tradeCategory })
    .from(unit).leftJoin(store, and(eq(store.mallId, unit.mallId), eq(store.unit, unit.unit), ne(store.status, 'closed')))
    .where(and(eq(unit.mallId, scope.mallId), eq(unit.floor, code))).orderBy(asc(unit.unit))

export const listTradeCategories = (scope: Scope) => scope.db.select().from(tradeCategory).where(eq(tradeCategory.mallId, scope.mallId)).orderBy(asc(tradeCategory.position))

/** How many shops are not closed, by floor and trade category. */
export const countShops = (scope: Scope) =>
  scope.db.select({ floor: store.floor, tradeCategory: store.tradeCategory, shops: countAll }).from(store)
    .where(and(eq(store.mallId, scope.mallId), ne(store.status, 'closed'))).groupBy(store.floor, store.tradeCategory)
