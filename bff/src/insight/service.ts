import type { Reply } from '@atrium/shared/contracts.ts'
import { insideByHour, spread, total } from '@atrium/shared/insight/rules.ts'
import { addDays, businessDay, businessHour, dayMs, startOfBusinessDay } from '@atrium/shared/time.ts'
import type { Ctx } from '../context.ts'
import { problems } from './problems.ts'
import { type FigureName, countByHour, countInside, listByStore, listMethods, listTemplates, sumCapacity } from './store.ts'

type Dashboard = Reply<'GET /admin/dashboard'>
type Figure = Dashboard['figures']['visits']

const topStores = 8
const topTemplates = 6

/** Today up to now beside yesterday up to the same moment, with the hours of both days. */
export async function dashboard(ctx: Ctx): Promise<Dashboard> {
  const today = businessDay(ctx.now)
  const [from, yesterday] = [startOfBusinessDay(today), startOfBusinessDay(addDays(today, -1))]
  const sameMoment = new Date(ctx.now.getTime() - dayMs)
  const begun = businessHour(ctx.now) + 1

  const figure = async (name: FigureName): Promise<Figure> => {
    const [now, before] = await Promise.all([countByHour(ctx, name, from, ctx.now), countByHour(ctx, name, yesterday, sameMoment)])
    return { value: total(now), before: total(before), spark: spread(now, begun) }
  }
  const flow = async (start: Date, until: Date, hours: number) => {
    const [before, entries, exits] = await Promise.all([countInside(ctx, start), countByHour(ctx, 'entries', start, until), countByHour(ctx, 'exits', start, until)])
    return insideByHour(before, entries, exits, hours)
  }
  const [visits, joined, redeemed, entries, exits, paidFen, issued, insideNow, insideBefore, insideHours, insideHoursBefore, paidBefore, capacity, byStore, templates, methods, found] = await Promise.all([
    figure('visits'), figure('joined'), figure('redemptions'), figure('entries'), figure('exits'), figure('paidFen'), figure('fapiao'), countInside(ctx, ctx.now), countInside(ctx, sameMoment), flow(from, ctx.now, begun), flow(yesterday, from, 24),
    countByHour(ctx, 'paidFen', yesterday, from), sumCapacity(ctx), listByStore(ctx, from, ctx.now, topStores), listTemplates(ctx, topTemplates), listMethods(ctx, from, ctx.now), problems(ctx),
  ])
  const paidYesterday = spread(paidBefore, 24)
  return {
    now: ctx.now.toISOString(), problems: found, capacity, redemptionsByStore: byStore, methods,
    figures: { visits, joined, redemptions: redeemed, entries, exits, inside: { value: insideNow, before: insideBefore, spark: insideHours }, paidFen, fapiao: issued },
    hours: Array.from({ length: 24 }, (_, hour) => ({ hour, paidFen: paidFen.spark[hour] ?? 0, paidFenBefore: paidYesterday[hour]!, inside: insideHours[hour] ?? 0, insideBefore: insideHoursBefore[hour]! })),
    coupons: templates.map(({ templateId, title, titleEn, claimed, redeemed: times, stock }) => ({ templateId, title, titleEn, claimed, redeemed: times, stock })),
  }
}
