import { type Claimable, claimObstacle } from '@atrium/shared/coupon/rules.ts'
import type { Input, Reply } from '@atrium/shared/contracts.ts'
import type { Tier } from '@atrium/shared/member/rules.ts'
import { Refusal } from '@atrium/shared/refusal.ts'
import { type Ctx, memberIdOf } from '../../context.ts'
import { type ListQuery, pageOf, paging } from '../../http/paging.ts'
import { tierOf } from '../../identity/service.ts'
import { pointsOf } from '../../points/service.ts'
import type { Offer } from '../../shop/service.ts'
import { countOwned } from '../store/coupons.ts'
import { type CentreFilter, type TemplateRow, countCentre, findTemplate, listCentre, listOffers, templateColumns, templateId } from '../store/templates.ts'
import { placesOf } from './places.ts'
import { fieldsOf, whereOf } from './shape.ts'

type PublicTemplate = Reply<'GET /api/coupon-templates/{templateId}'>
type Kind = Input<'GET /api/coupon-templates'>['query']['kind']
type Viewer = { tier: Tier; points: number; owned: Map<string, number> } | null

/** What `claimObstacle` needs to know of a template. */
export const claimable = ({ template, version, stock }: TemplateRow): Claimable => ({
  state: template.state, claimFrom: version.claimFrom, claimUntil: version.claimUntil, remaining: stock.stock === null ? null : Math.max(0, stock.stock - stock.claimed),
  perMember: version.perMember, minimumTier: version.minimumTier, pointsPrice: version.pointsPrice,
})

async function viewerOf(ctx: Ctx, rows: readonly TemplateRow[]): Promise<Viewer> {
  const memberId = memberIdOf(ctx)
  if (memberId === null) return null
  const priced = rows.some((row) => row.version.pointsPrice > 0)
  const [tier, points, owned] = await Promise.all([tierOf(ctx, memberId), priced ? pointsOf(ctx, memberId) : 0, countOwned(ctx, rows.map((row) => row.template.templateId), [memberId])])
  return { tier, points, owned: new Map(owned.map((row) => [row.templateId, row.owned])) }
}

async function shown(ctx: Ctx, rows: readonly TemplateRow[]): Promise<PublicTemplate[]> {
  const [viewer, places] = await Promise.all([viewerOf(ctx, rows), placesOf(ctx, rows.flatMap((row) => row.version.storeIds))])
  return rows.map((row) => {
    const id = row.template.templateId
    const of = claimable(row)
    const owned = viewer?.owned.get(id) ?? 0
    return { templateId: id, ...fieldsOf(row.version), ...whereOf(row.version, places), claimed: row.stock.claimed, remaining: of.remaining, obstacle: claimObstacle(of, viewer && { ...viewer, owned }, ctx.now), owned }
  })
}

/** The coupon centre: what can be claimed now or soon, and what stops this visitor. */
export async function browseCentre(ctx: Ctx, query: ListQuery & { kind?: Kind; q?: string | undefined }): Promise<Reply<'GET /api/coupon-templates'>> {
  const filter: CentreFilter = { kind: query.kind, text: query.q, now: ctx.now }
  const page = paging(query, { claimFrom: templateColumns.claimFrom }, templateId, 'claimFrom')
  const [rows, total] = await Promise.all([listCentre(ctx, filter, page), countCentre(ctx, filter)])
  const cut = pageOf(rows, query, (row) => [row.version.claimFrom, row.template.templateId])
  return { items: await shown(ctx, cut.rows), nextCursor: cut.nextCursor, total }
}

/** One template; one that was never published is not found. */
export async function showTemplate(ctx: Ctx, id: string): Promise<PublicTemplate> {
  const row = await findTemplate(ctx, id, 'publishedVersion')
  if (!row) throw new Refusal('not_found', { what: 'template' })
  return (await shown(ctx, [row]))[0]!
}

/** What a coupon is worth, in the few characters that a shop's line has room for. */
export function faceOf(worth: TemplateRow['version']['worth']): { face: string; faceEn: string } {
  const yuan = (fen: number) => (fen % 100 === 0 ? String(fen / 100) : (fen / 100).toFixed(2))
  switch (worth.kind) {
    case 'cash': {
      const [off, from] = [yuan(worth.amountFen), yuan(worth.minimumSpendFen)]
      return worth.minimumSpendFen > 0 ? { face: `满${from}减${off}`, faceEn: `¥${off} off ${from}` } : { face: `¥${off}`, faceEn: `¥${off} off` }
    }
    case 'discount': return { face: `${(1000 - worth.offPerMille) / 100}折`, faceEn: `${worth.offPerMille / 10}% off` }
    case 'parking': {
      const whole = worth.minutes % 60 === 0
      return whole ? { face: `停车${worth.minutes / 60}小时`, faceEn: `${worth.minutes / 60} h parking` } : { face: `停车${worth.minutes}分钟`, faceEn: `${worth.minutes} min parking` }
    }
    case 'exchange':
    case 'gift': return { face: worth.thing, faceEn: worth.thingEn }
  }
}

/** Offers that can be claimed now, by the stores that take them; coupons good at every shop are nobody's offer. */
export async function offersByStore(ctx: Ctx, storeIds: readonly string[]): Promise<Map<string, Offer[]>> {
  const offers = new Map<string, Offer[]>()
  if (storeIds.length === 0) return offers
  for (const offer of await listOffers(ctx, storeIds, ctx.now)) {
    for (const id of offer.storeIds.filter((storeId) => storeIds.includes(storeId))) offers.set(id, [...(offers.get(id) ?? []), { templateId: offer.templateId, title: offer.title, titleEn: offer.titleEn, ...faceOf(offer.worth) }])
  }
  return offers
}
