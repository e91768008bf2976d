import { type SQL, and, asc, desc, eq, gt, inArray, like, or, sql } from 'drizzle-orm'
import type { TemplateState, Worth } from '@atrium/shared/coupon/rules.ts'
import { couponStocks as stocks, couponTemplateHistory as history, couponTemplateVersions as versions, couponTemplates as templates, coupons, redemptions } from '@atrium/schema/coupon.ts'
import type { Scope } from '../../context.ts'
import { type Paging, countAll, likeAnywhere } from '../../http/paging.ts'

export type Template = typeof templates.$inferSelect
export type Version = typeof versions.$inferSelect
export type Stock = typeof stocks.$inferSelect
export type TemplateRow = { template: Template; version: Version; stock: Stock }

const columns = { template: templates, version: versions, stock: stocks }
/** `which`: the version in work (for operators) or the one in force (for visitors). */
const rows = (scope: Scope, which: 'version' | 'publishedVersion') =>
  scope.db.select(columns).from(templates)
    .innerJoin(versions, and(eq(versions.templateId, templates.templateId), eq(versions.version, templates[which])))
    .innerJoin(stocks, eq(stocks.templateId, templates.templateId)).$dynamic()

export const templateColumns = { claimFrom: versions.claimFrom, updatedAt: templates.updatedAt, claimed: stocks.claimed, redeemed: templates.redeemed, title: versions.title }
export const templateId = templates.templateId

export type CentreFilter = { kind?: Worth['kind'] | undefined; text?: string | undefined; now: Date }
const inCentre = (scope: Scope, f: CentreFilter): SQL | undefined =>
  and(eq(templates.mallId, scope.mallId), inArray(templates.state, ['published', 'paused']), gt(versions.claimUntil, f.now), f.kind ? eq(versions.kind, f.kind) : undefined,
    f.text ? or(like(versions.title, likeAnywhere(f.text)), like(versions.titleEn, likeAnywhere(f.text))) : undefined)

export const listCentre = (scope: Scope, filter: CentreFilter, page: Paging): Promise<TemplateRow[]> =>
  rows(scope, 'publishedVersion').where(and(eq(templates.mallId, scope.mallId), inCentre(scope, filter), page.where)).orderBy(...page.orderBy).limit(page.limit)

export async function countCentre(scope: Scope, filter: CentreFilter): Promise<number> {
  const [row] = await scope.db.select({ count: countAll }).from(templates).innerJoin(versions, and(eq(versions.templateId, templates.templateId), eq(versions.version, templates.publishedVersion)))
    .where(and(eq(templates.mallId, scope.mallId), inCentre(scope, filter)))
  return row!.count
}

export async function findTemplate(scope: Scope, id: string, which: 'version' | 'publishedVersion'): Promise<TemplateRow | null> {
  const [row] = await rows(scope, which).where(and(eq(templates.mallId, scope.mallId), eq(templates.templateId, id)))
  return row ?? null
}

/** The hot row, locked: whoever claims, pauses or publishes goes through it one after the other. */
export async function lockStock(scope: Scope, id: string): Promise<Stock | null> {
  const [row] = await scope.db.select().from(stocks).where(and(eq(stocks.mallId, scope.mallId), eq(stocks.templateId, id))).for('update')
  return row ?? null
}

export const addClaimed = (scope: Scope, id: string, count: number) =>
  scope.db.update(stocks).set({ claimed: sql`${stocks.claimed} + ${count}` }).where(and(eq(stocks.mallId, scope.mallId), eq(stocks.templateId, id)))

export const setStock = (scope: Scope, id: string, stock: number | null) => scope.db.update(stocks).set({ stock }).where(and(eq(stocks.mallId, scope.mallId), eq(stocks.templateId, id)))

/** Versions of coupons that members hold. */
export const findVersion = async (scope: Scope, id: string, version: number): Promise<Version | null> =>
  (await scope.db.select().from(versions).where(and(eq(versions.mallId, scope.mallId), eq(versions.templateId, id), eq(versions.version, version))))[0] ?? null

export const insertTemplate = async (scope: Scope, template: Omit<typeof templates.$inferInsert, 'mallId'>, version: Omit<typeof versions.$inferInsert, 'mallId'>): Promise<void> => {
  await scope.db.insert(templates).values({ ...template, mallId: scope.mallId })
  await scope.db.insert(versions).values({ ...version, mallId: scope.mallId })
  await scope.db.insert(stocks).values({ templateId: template.templateId, mallId: scope.mallId, stock: version.stock ?? null })
}

export const insertVersion = (scope: Scope, version: Omit<typeof versions.$inferInsert, 'mallId'>) => scope.db.insert(versions).values({ ...version, mallId: scope.mallId })

export const changeVersion = (scope: Scope, id: string, version: number, change: Partial<typeof versions.$inferInsert>) =>
  scope.db.update(versions).set(change).where(and(eq(versions.mallId, scope.mallId), eq(versions.templateId, id), eq(versions.version, version)))

export const changeTemplate = (scope: Scope, id: string, change: Partial<typeof templates.$inferInsert>) =>
  scope.db.update(templates).set(change).where(and(eq(templates.mallId, scope.mallId), eq(templates.templateId, id)))

export const addRedeemed = (scope: Scope, id: string, count: number) =>
  scope.db.update(templates).set({ redeemed: sql`greatest(${templates.redeemed} + ${count}, 0)` }).where(and(eq(templates.mallId, scope.mallId), eq(templates.templateId, id)))

export type AdminFilter = { state?: TemplateState | undefined; kind?: Worth['kind'] | undefined; funder?: 'mall' | 'tenant' | undefined; text?: string | undefined; storeIds: string[] | null }
const forStaff = (scope: Scope, f: AdminFilter): SQL | undefined =>
  and(eq(templates.mallId, scope.mallId), f.state ? eq(templates.state, f.state) : undefined, f.kind ? eq(versions.kind, f.kind) : undefined, f.funder ? eq(versions.funder, f.funder) : undefined,
    f.text ? or(like(versions.title, likeAnywhere(f.text)), like(versions.titleEn, likeAnywhere(f.text))) : undefined, withinStores(f.storeIds))

/** Templates that some of these stores take: those that name one of them, and those that every shop takes. */
const withinStores = (storeIds: string[] | null): SQL | undefined =>
  storeIds === null ? undefined : or(sql`json_length(${versions.storeIds}) = 0`, ...storeIds.map((id) => sql`json_contains(${versions.storeIds}, json_quote(${id}))`))

export const listForStaff = (scope: Scope, filter: AdminFilter, page: Paging): Promise<TemplateRow[]> =>
  rows(scope, 'version').where(and(eq(templates.mallId, scope.mallId), forStaff(scope, filter), page.where)).orderBy(...page.orderBy).limit(page.limit)

export async function countForStaff(scope: Scope, filter: AdminFilter): Promise<number> {
  const [row] = await scope.db.select({ count: countAll }).from(templates).innerJoin(versions, and(eq(versions.templateId, templates.templateId), eq(versions.version, templates.version))).where(and(eq(templates.mallId, scope.mallId), forStaff(scope, filter)))
  return row!.count
}

export const listSubmitted = (scope: Scope): Promise<TemplateRow[]> =>
  rows(scope, 'version').where(and(eq(templates.mallId, scope.mallId), eq(templates.state, 'submitted'))).orderBy(asc(templates.submittedAt)).limit(200)

/** Offers of stores: what can be claimed now and is good there, best known first. */
export const listOffers = (scope: Scope, storeIds: readonly string[], now: Date) =>
  scope.db.select({ templateId: templates.templateId, title: versions.title, titleEn: versions.titleEn, worth: versions.worth, storeIds: versions.storeIds }).from(templates)
    .innerJoin(versions, and(eq(versions.templateId, templates.templateId), eq(versions.version, templates.publishedVersion)))
    .where(and(eq(templates.mallId, scope.mallId), eq(templates.state, 'published'), sql`${versions.claimFrom} <= ${now}`, gt(versions.claimUntil, now), or(...storeIds.map((id) => sql`json_contains(${versions.storeIds}, json_quote(${id}))`))))
    .orderBy(asc(templates.templateId)).limit(400)

export const insertHistory = (scope: Scope, entry: Omit<typeof history.$inferInsert, 'mallId'>) => scope.db.insert(history).values({ ...entry, mallId: scope.mallId })
export const listHistory = (scope: Scope, id: string) => scope.db.select().from(history).where(and(eq(history.mallId, scope.mallId), eq(history.templateId, id))).orderBy(desc(history.entryId)).limit(100)

const day = (column: SQL) => sql<string>`date_format(date_add(${column}, interval 8 hour), '%Y-%m-%d')`
/** Claims and redemptions of a template for each business day since `from`. */
export async function dailyOf(scope: Scope, id: string, from: Date): Promise<{ day: string; claimed: number; redeemed: number }[]> {
  const claimDay = day(sql`${coupons.claimedAt}`)
  const useDay = day(sql`${redemptions.at}`)
  const claimed = await scope.db.select({ day: claimDay, count: countAll }).from(coupons).where(and(eq(coupons.mallId, scope.mallId), eq(coupons.templateId, id), gt(coupons.claimedAt, from))).groupBy(claimDay)
  const redeemed = await scope.db.select({ day: useDay, count: countAll }).from(redemptions).where(and(eq(redemptions.mallId, scope.mallId), eq(redemptions.templateId, id), eq(redemptions.state, 'redeemed'), gt(redemptions.at, from))).groupBy(useDay)
  const days = [...new Set([...claimed, ...redeemed].map((row) => row.day))].sort()
  const of = (list: { day: string; count: number }[], at: string) => list.find((row) => row.day === at)?.count ?? 0
  return days.map((at) => ({ day: at, claimed: of(claimed, at), redeemed: of(redeemed, at) }))
}
