import { couponStocks, couponTemplateHistory, couponTemplateVersions, couponTemplates } from '@atrium/schema/coupon.ts'
import { addDays, businessDay, startOfBusinessDay } from '@atrium/shared/time.ts'
import { insertRows } from '../insert.ts'
import { daysAgo, type DemoStaff, type DemoStore, type World } from '../world.ts'
import { templateSeeds, type TemplateSeed } from './seeds.ts'

export interface DemoTemplate extends TemplateSeed { templateId: string; storeIds: string[]; claimFrom: Date; claimUntil: Date; /** Filled as a year of coupons is drawn. */ claimed: number; redeemed: number }

const acts: Record<TemplateSeed['state'], readonly string[]> = {
  draft: ['draft'], submitted: ['draft', 'submit'], published: ['draft', 'submit', 'approve', 'publish'], paused: ['draft', 'submit', 'approve', 'publish', 'pause'], ended: ['draft', 'submit', 'approve', 'publish', 'end'],
}

/** Templates as seeds tell, with their stores and days. */
export const planTemplates = (world: World, stores: readonly DemoStore[]): DemoTemplate[] => {
  const today = businessDay(world.now)
  return templateSeeds.map(seed => ({
    ...seed, templateId: world.id(daysAgo(world, Math.max(2, -seed.claim[0]))), storeIds: seed.shops === 'all' ? [] : seed.shops.map(name => stores.find(s => s.name === name)!.storeId),
    claimFrom: startOfBusinessDay(addDays(today, seed.claim[0])), claimUntil: startOfBusinessDay(addDays(today, seed.claim[1])), claimed: 0, redeemed: 0,
  }))
}

/** Writes the templates with version, stock and history. The counts are those that the drawn coupons came to. */
export const writeTemplates = async (world: World, templates: readonly DemoTemplate[], staff: readonly DemoStaff[]): Promise<void> => {
  const { connection, mallId } = world
  const [author, approver] = [staff.find(s => s.role === 'marketing')!, staff.find(s => s.role === 'operations')!]
  const rows = templates.map(t => {
    const written = daysAgo(world, Math.max(3, 4 - t.claim[0]))
    const done = acts[t.state]
    const at = (i: number) => new Date(t.state === 'submitted' || t.state === 'draft' ? world.now.getTime() - (done.length - i) * 5_400_000 : written.getTime() + i * 14_400_000)
    const submitted = done.includes('submit')
    const approved = done.includes('approve')
    return { t, written, done, at, row: {
      templateId: t.templateId, mallId, version: 1, publishedVersion: approved ? 1 : null, state: t.state, redeemed: t.redeemed, createdById: author.staffId, createdBy: author.name,
      submittedById: submitted ? author.staffId : null, submittedBy: submitted ? author.name : null, submittedAt: submitted ? at(1) : null, approvedById: approved ? approver.staffId : null, approvedBy: approved ? approver.name : null, returnReason: null,
      updatedAt: at(done.length - 1), createdAt: at(0),
    } }
  })
  await insertRows(connection, couponTemplates, rows.map(r => r.row))
  await insertRows(connection, couponTemplateVersions, rows.map(({ t, row }) => ({
    templateId: t.templateId, version: 1, mallId, title: t.title, titleEn: t.titleEn, kind: t.worth.kind, worth: t.worth, stock: t.stock, perMember: t.perMember, pointsPrice: t.pointsPrice, minimumTier: t.minimumTier, claimFrom: t.claimFrom, claimUntil: t.claimUntil,
    validity: t.validity, storeIds: t.storeIds, funder: t.funder, terms: t.terms, termsEn: t.termsEn, createdAt: row.createdAt,
  })))
  await insertRows(connection, couponStocks, templates.map(t => ({ templateId: t.templateId, mallId, stock: t.stock, claimed: t.claimed })))
  await insertRows(connection, couponTemplateHistory, rows.flatMap(({ t, done, at }) => done.map((act, i) => {
    const by = act === 'approve' ? approver : author
    return { entryId: world.id(at(i)), mallId, templateId: t.templateId, version: 1, act, byId: by.staffId, byName: by.name, note: null, at: at(i) }
  })))
}
