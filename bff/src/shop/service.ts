import type { Input, Reply } from '@atrium/shared/contracts.ts'
import { Refusal } from '@atrium/shared/refusal.ts'
import { searchTerm } from '@atrium/shared/shop/rules.ts'
import { isOpenAt } from '@atrium/shared/time.ts'
import { type Ctx, type Scope, note, reachableStoreIds } from '../context.ts'
import { inTransaction } from '../db/transaction.ts'
import { type ListQuery, pageOf, paging } from '../http/paging.ts'
import { announce } from '../outbox/announce.ts'
import { findableName } from './pinyin.ts'
import { type ShopFilter, type ShopRow, changeShop, countShops, findShop, idColumn, listShops, listStoreIdsOfTenant, listStoreNames, listTenants, sortColumns } from './store.ts'

export type StoreName = Awaited<ReturnType<typeof listStoreNames>>[number]
export type Offer = Reply<'GET /api/shops/{shopId}'>['coupons'][number]
/** Port: the coupons that can be claimed now, by store. What serves it is handed to the routes, because coupons know shops and not the other way round. */
export type OffersByStore = (ctx: Ctx, storeIds: readonly string[]) => Promise<Map<string, Offer[]>>

type AdminShop = Reply<'PATCH /admin/shops/{shopId}'>
type ListInput = ListQuery & Omit<ShopFilter, 'text' | 'storeIds' | 'notClosed'> & { q?: string | undefined }

/** Stores by id; ids of another mall are simply missing. */
export const storesById = async (scope: Scope, ids: readonly string[]): Promise<Map<string, StoreName>> => new Map((await listStoreNames(scope, ids)).map((s) => [s.storeId, s]))

/** All stores of the mall in the order of their units. */
export const everyStore = (scope: Scope): Promise<StoreName[]> => listStoreNames(scope, null)

/** Stores within the reach of a tenant. */
export const storeIdsOfTenant = (scope: Scope, tenantId: string): Promise<string[]> => listStoreIdsOfTenant(scope, tenantId)

/** Tenants with their stores as far as the caller reaches, by name. */
export async function tenantsWithin(ctx: Ctx): Promise<{ tenantId: string; name: string; stores: StoreName[] }[]> {
  const tenantId = ctx.caller.kind === 'staff' && ctx.caller.reach !== 'mall' ? (ctx.caller.tenantId ?? '') : null
  const [tenants, stores] = await Promise.all([listTenants(ctx, tenantId), listStoreNames(ctx, reachableStoreIds(ctx))])
  return tenants.map((t) => ({ ...t, stores: stores.filter((s) => s.tenantId === t.tenantId) }))
}

const shown = (row: ShopRow, now: Date, offer: Offer | undefined) => {
  const { pinyin: _p, description: _d, descriptionEn: _e, phone: _n, status, updatedAt: _u, tenantName: _t, ...face } = row
  return { ...face, shopId: row.storeId, openNow: status === 'open' && isOpenAt(row.opensAt, row.closesAt, now), offer: offer?.face ?? null, offerEn: offer?.faceEn ?? null }
}
const forStaff = (row: ShopRow, now: Date): AdminShop => ({ ...shown(row, now, undefined), tenantName: row.tenantName, status: row.status, updatedAt: row.updatedAt.toISOString() })

async function list(ctx: Ctx, query: ListInput, more: Pick<ShopFilter, 'notClosed' | 'storeIds'>) {
  const term = searchTerm(query.q ?? '')
  const filter: ShopFilter = { ...query, ...more, text: term ? { typed: query.q!.trim(), term } : undefined }
  const page = paging(query, sortColumns, idColumn, 'name')
  const [rows, total] = await Promise.all([listShops(ctx, filter, page), countShops(ctx, filter)])
  const mark = (row: ShopRow) => (page.sortKey === 'floor' ? row.unit : page.sortKey === 'updatedAt' ? row.updatedAt : row.pinyin)
  return { ...pageOf(rows, query, (row) => [mark(row), row.storeId]), total }
}

/** Shops as visitors see them: closed ones are left out; text finds name, English name, pinyin, first letters, unit, trade and tags. */
export async function browseShops(ctx: Ctx, query: ListInput, offers: OffersByStore): Promise<Reply<'GET /api/shops'>> {
  const { rows, nextCursor, total } = await list(ctx, query, { notClosed: true })
  const found = await offers(ctx, rows.map((r) => r.storeId))
  return { items: rows.map((row) => shown(row, ctx.now, found.get(row.storeId)?.[0])), nextCursor, total }
}

/** One shop with the coupons it takes; a closed shop is not found. */
export async function showShop(ctx: Ctx, shopId: string, offers: OffersByStore): Promise<Reply<'GET /api/shops/{shopId}'>> {
  const row = await findShop(ctx, shopId)
  if (!row || row.status === 'closed') throw new Refusal('not_found', { what: 'shop' })
  const coupons = (await offers(ctx, [shopId])).get(shopId) ?? []
  return { ...shown(row, ctx.now, coupons[0]), description: row.description, descriptionEn: row.descriptionEn, phone: row.phone, coupons }
}

/** Shops with tenant and status, as far as the caller reaches. */
export async function listShopsForStaff(ctx: Ctx, query: ListInput): Promise<Reply<'GET /admin/shops'>> {
  const { rows, nextCursor, total } = await list(ctx, query, { storeIds: reachableStoreIds(ctx) })
  return { items: rows.map((row) => forStaff(row, ctx.now)), nextCursor, total }
}

/** Changes what visitors see; a new name is found by its own pinyin. Refuses a shop of another mall as unknown. */
export async function editShop(ctx: Ctx, shopId: string, body: Input<'PATCH /admin/shops/{shopId}'>['body']): Promise<AdminShop> {
  const { reason, ...change } = body
  const found = change.name === undefined ? {} : await findableName(change.name)
  return inTransaction(ctx, async (tx) => {
    const before = await findShop(tx, shopId)
    if (!before) throw new Refusal('not_found', { what: 'shop' })
    await changeShop(tx, shopId, { ...change, ...found }, tx.now)
    note(tx, { subject: shopId, reason, before: Object.fromEntries(Object.keys(change).map((k) => [k, before[k as keyof ShopRow]])), after: change })
    await announce(tx, 'shop.changed', { storeId: shopId, tenantId: before.tenantId })
    return forStaff((await findShop(tx, shopId))!, tx.now)
  })
}
