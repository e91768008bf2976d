import { type SQL, and, asc, eq, inArray, like, ne, or, sql } from 'drizzle-orm'
import { tradeCategory } from '@atrium/schema/mall.ts'
import { store, tenant } from '@atrium/schema/shop.ts'
import type { Scope } from '../context.ts'
import { type Paging, countAll, isAscii, likeAnywhere } from '../http/paging.ts'

export type ShopFilter = { floor?: string | undefined; tradeCategory?: string | undefined; initial?: string | undefined; status?: 'open' | 'fitting' | 'closed' | undefined; notClosed?: boolean; text?: { typed: string; term: string } | undefined; storeIds?: string[] | null }
export type ShopChange = Partial<Pick<typeof store.$inferInsert, 'name' | 'nameEn' | 'pinyin' | 'initials' | 'initial' | 'summary' | 'summaryEn' | 'opensAt' | 'closesAt' | 'status'>>

export const sortColumns = { name: store.pinyin, floor: store.unit, updatedAt: store.updatedAt }
export const idColumn = store.storeId

const columns = {
  storeId: store.storeId, tenantId: store.tenantId, name: store.name, nameEn: store.nameEn, pinyin: store.pinyin, initial: store.initial, initials: store.initials, floor: store.floor, unit: store.unit,
  tradeCategory: store.tradeCategory, tradeCategoryName: tradeCategory.name, tradeCategoryNameEn: tradeCategory.nameEn, logo: store.logo, summary: store.summary, summaryEn: store.summaryEn,
  description: store.description, descriptionEn: store.descriptionEn, phone: store.phone, opensAt: store.opensAt, closesAt: store.closesAt, tags: store.tags, averageSpendFen: store.averageSpendFen,
  status: store.status, updatedAt: store.updatedAt, tenantName: tenant.name,
}
export type ShopRow = Awaited<ReturnType<typeof listShops>>[number]

const rows = (scope: Scope) =>
  scope.db.select(columns).from(store)
    .innerJoin(tradeCategory, and(eq(tradeCategory.mallId, store.mallId), eq(tradeCategory.code, store.tradeCategory)))
    .innerJoin(tenant, eq(tenant.tenantId, store.tenantId)).$dynamic()

/** Codes are ASCII: what is not equals none of them, and the database would refuse to compare. */
const codeIs = (column: typeof store.floor | typeof store.tradeCategory, code: string): SQL => (isAscii(code) ? eq(column, code) : sql`false`)

function matching(scope: Scope, f: ShopFilter): SQL | undefined {
  const letters = f.text && /^[\x20-\x7e]+$/.test(f.text.typed)
  const text = f.text && (letters
    ? or(like(store.nameEn, likeAnywhere(f.text.typed)), like(store.name, likeAnywhere(f.text.typed)), like(store.pinyin, likeAnywhere(f.text.term)), like(store.initials, likeAnywhere(f.text.term)), like(store.unit, likeAnywhere(f.text.typed)))
    : or(like(store.name, likeAnywhere(f.text.typed)), like(store.summary, likeAnywhere(f.text.typed)), like(tradeCategory.name, likeAnywhere(f.text.typed)), like(sql`cast(${store.tags} as char)`, likeAnywhere(f.text.typed))))
  return and(
    eq(store.mallId, scope.mallId), f.floor ? codeIs(store.floor, f.floor) : undefined, f.tradeCategory ? codeIs(store.tradeCategory, f.tradeCategory) : undefined, f.initial ? eq(store.initial, f.initial) : undefined,
    f.status ? eq(store.status, f.status) : undefined, f.notClosed ? ne(store.status, 'closed') : undefined, text,
    f.storeIds ? (f.storeIds.length ? inArray(store.storeId, f.storeIds) : sql`false`) : undefined,
  )
}

export const listShops = (scope: Scope, filter: ShopFilter, page: Paging) => rows(scope).where(and(eq(store.mallId, scope.mallId), matching(scope, filter), page.where)).orderBy(...page.orderBy).limit(page.limit)

export async function countShops(scope: Scope, filter: ShopFilter): Promise<number> {
  const [row] = await scope.db.select({ count: countAll }).from(store)
    .innerJoin(tradeCategory, and(eq(tradeCategory.mallId, store.mallId), eq(tradeCategory.code, store.tradeCategory))).where(and(eq(store.mallId, scope.mallId), matching(scope, filter)))
  return row!.count
}

export async function findShop(scope: Scope, storeId: string): Promise<ShopRow | null> {
  const [row] = await rows(scope).where(and(eq(store.mallId, scope.mallId), eq(store.storeId, storeId)))
  return row ?? null
}

export const changeShop = (scope: Scope, storeId: string, change: ShopChange, now: Date) =>
  scope.db.update(store).set({ ...change, updatedAt: now }).where(and(eq(store.mallId, scope.mallId), eq(store.storeId, storeId)))

/** Names and places of stores; `ids` null means all of the mall. */
export const listStoreNames = (scope: Scope, ids: readonly string[] | null) =>
  scope.db.select({ storeId: store.storeId, tenantId: store.tenantId, name: store.name, nameEn: store.nameEn, floor: store.floor, unit: store.unit, logo: store.logo, status: store.status })
    .from(store).where(and(eq(store.mallId, scope.mallId), ids ? (ids.length ? inArray(store.storeId, [...ids]) : sql`false`) : undefined)).orderBy(asc(store.unit))

export const listStoreIdsOfTenant = async (scope: Scope, tenantId: string): Promise<string[]> =>
  (await scope.db.select({ storeId: store.storeId }).from(store).where(and(eq(store.mallId, scope.mallId), eq(store.tenantId, tenantId)))).map((r) => r.storeId)

export const listTenants = (scope: Scope, tenantId: string | null) =>
  scope.db.select({ tenantId: tenant.tenantId, name: tenant.name }).from(tenant).where(and(eq(tenant.mallId, scope.mallId), tenantId ? eq(tenant.tenantId, tenantId) : undefined)).orderBy(asc(tenant.name), asc(tenant.tenantId))
