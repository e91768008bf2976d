import { type TemplateAct, type TemplateInput, costCeilingFen, differenceOf, ownTemplate, stateAfter, templateFaults } from '@atrium/shared/coupon/rules.ts'
import type { Reply } from '@atrium/shared/contracts.ts'
import { Refusal } from '@atrium/shared/refusal.ts'
import { dayMs } from '@atrium/shared/time.ts'
import { type Ctx, note, reachableStoreIds, staffOf } from '../../context.ts'
import { newId } from '../../db/id.ts'
import { inTransaction } from '../../db/transaction.ts'
import { type ListQuery, pageOf, paging } from '../../http/paging.ts'
import { announce } from '../../outbox/announce.ts'
import {
  type AdminFilter, type TemplateRow, changeTemplate, changeVersion, countForStaff, dailyOf, findTemplate, findVersion, insertHistory, insertTemplate, insertVersion, listForStaff, listHistory, listSubmitted, lockStock, setStock, templateColumns,
  templateId as idColumn,
} from '../store/templates.ts'
import { placesOf } from './places.ts'
import { fieldsOf, whereOf } from './shape.ts'

type AdminTemplate = Reply<'POST /admin/coupon-templates'>

async function shown(ctx: Ctx, rows: readonly TemplateRow[]): Promise<AdminTemplate[]> {
  const places = await placesOf(ctx, rows.flatMap((row) => row.version.storeIds))
  return rows.map(({ template: t, version, stock }) => {
    const { logo: _logo, ...where } = whereOf(version, places)
    return {
      templateId: t.templateId, ...fieldsOf(version), ...where, version: t.version, state: t.state, claimed: stock.claimed, redeemed: t.redeemed, createdBy: t.createdBy, createdById: t.createdById,
      submittedBy: t.submittedBy, approvedBy: t.approvedBy, returnReason: t.returnReason, updatedAt: t.updatedAt.toISOString(),
    }
  })
}

/** Templates within reach: mall staff see all, tenants those that their shops take. */
export async function listTemplates(ctx: Ctx, query: ListQuery & Omit<AdminFilter, 'text' | 'storeIds'> & { q?: string | undefined }): Promise<Reply<'GET /admin/coupon-templates'>> {
  const filter: AdminFilter = { state: query.state, kind: query.kind, funder: query.funder, text: query.q, storeIds: reachableStoreIds(ctx) }
  const { updatedAt, claimed, redeemed, title } = templateColumns
  const page = paging(query, { updatedAt, claimed, redeemed, title }, idColumn, '-updatedAt')
  const [rows, total] = await Promise.all([listForStaff(ctx, filter, page), countForStaff(ctx, filter)])
  const mark = (row: TemplateRow) => ({ updatedAt: row.template.updatedAt, claimed: row.stock.claimed, redeemed: row.template.redeemed, title: row.version.title })[page.sortKey as 'title']
  const cut = pageOf(rows, query, (row) => [mark(row), row.template.templateId])
  return { items: await shown(ctx, cut.rows), nextCursor: cut.nextCursor, total }
}

async function within(ctx: Ctx, templateId: string): Promise<TemplateRow> {
  const row = await findTemplate(ctx, templateId, 'version')
  const reach = reachableStoreIds(ctx)
  const reached = row && (reach === null || row.version.storeIds.length === 0 || row.version.storeIds.some((id) => reach.includes(id)))
  if (!reached) throw new Refusal('not_found', { what: 'template' })
  return row
}

/** One template with its life so far and the last thirty days. */
export async function showForStaff(ctx: Ctx, templateId: string): Promise<Reply<'GET /admin/coupon-templates/{templateId}'>> {
  const row = await within(ctx, templateId)
  const [[template], daily, history] = await Promise.all([shown(ctx, [row]), dailyOf(ctx, templateId, new Date(ctx.now.getTime() - 30 * dayMs)), listHistory(ctx, templateId)])
  return { ...template!, daily, history: history.map((h) => ({ at: h.at.toISOString(), by: h.byName, act: h.act, note: h.note })) }
}

function contentOf(input: TemplateInput) {
  const faults = templateFaults(input)
  if (faults.length) throw new Refusal('validation_failed', { errors: faults })
  return { ...input, kind: input.worth.kind, claimFrom: new Date(input.claimFrom), claimUntil: new Date(input.claimUntil) }
}

/** Drafts a template; nothing of it is seen by members before someone else approves it. */
export const draft = (ctx: Ctx, input: TemplateInput): Promise<AdminTemplate> => inTransaction(ctx, async (tx) => {
  const staff = staffOf(tx)
  const templateId = newId(tx.now)
  await insertTemplate(tx, { templateId, version: 1, state: 'draft', createdById: staff.staffId, createdBy: staff.name, updatedAt: tx.now }, { templateId, version: 1, ...contentOf(input) })
  return recorded(tx, templateId, 'create', null)
})

/**
 * Changes a draft, or begins a new version of what was approved or paused: members keep the version they claimed. Refuses `template_state` while it is
 * published or waits for approval, and `stock_below_issued`.
 */
export const edit = (ctx: Ctx, templateId: string, input: TemplateInput): Promise<AdminTemplate> => inTransaction(ctx, async (tx) => {
  const { template, stock } = await locked(tx, templateId, 'edit')
  const content = contentOf(input)
  if (content.stock !== null && content.stock < stock.claimed) throw new Refusal('stock_below_issued', { claimed: stock.claimed })
  const inForce = template.version === template.publishedVersion
  const version = template.version + (inForce ? 1 : 0)
  if (inForce) await insertVersion(tx, { templateId, version, ...content })
  else await changeVersion(tx, templateId, version, content)
  await changeTemplate(tx, templateId, { state: 'draft', version, approvedById: null, approvedBy: null, submittedById: null, submittedBy: null, submittedAt: null, updatedAt: tx.now })
  return recorded(tx, templateId, 'edit', null)
})

type Step = Exclude<TemplateAct, 'edit'>

/**
 * Moves a template along its life. Refuses `template_state` for an edge that is not there, `approve_own` when who wrote or submitted it approves or
 * returns it. `reason` is told to whoever submitted it.
 */
export const move = (ctx: Ctx, templateId: string, act: Step, reason: string | null = null): Promise<AdminTemplate> => inTransaction(ctx, async (tx) => {
  const staff = staffOf(tx)
  const { template, version, state } = await locked(tx, templateId, act)
  if ((act === 'approve' || act === 'return') && (await isOwn(tx, template, staff.staffId))) throw new Refusal('approve_own')
  if (act === 'publish') await setStock(tx, templateId, version.stock)
  await changeTemplate(tx, templateId, {
    state, updatedAt: tx.now,
    ...(act === 'submit' && { submittedById: staff.staffId, submittedBy: staff.name, submittedAt: tx.now, returnReason: null }),
    ...(act === 'approve' && { approvedById: staff.staffId, approvedBy: staff.name }),
    ...(act === 'return' && { returnReason: reason }),
    ...(act === 'publish' && { publishedVersion: template.version }),
  })
  return recorded(tx, templateId, act, reason)
})

/** Own is what one created, submitted or changed in this version. */
async function isOwn(ctx: Ctx, template: TemplateRow['template'], staffId: string): Promise<boolean> {
  if (ownTemplate(template, staffId)) return true
  return (await listHistory(ctx, template.templateId)).some((entry) => entry.byId === staffId && entry.version === template.version && entry.act === 'edit')
}

/** Takes the lock that claims take as well, so that a claim is either before the step or after it. */
async function locked(tx: Ctx, templateId: string, act: TemplateAct): Promise<TemplateRow & { state: NonNullable<ReturnType<typeof stateAfter>> }> {
  await lockStock(tx, templateId)
  const row = await findTemplate(tx, templateId, 'version')
  if (!row) throw new Refusal('not_found', { what: 'template' })
  const state = stateAfter(row.template.state, act)
  if (!state) throw new Refusal('template_state', { state: row.template.state })
  return { ...row, state }
}

async function recorded(tx: Ctx, templateId: string, act: string, reason: string | null): Promise<AdminTemplate> {
  const row = (await findTemplate(tx, templateId, 'version'))!
  const staff = staffOf(tx)
  await insertHistory(tx, { entryId: newId(tx.now), templateId, version: row.template.version, act, byId: staff.staffId, byName: staff.name, note: reason, at: tx.now })
  await announce(tx, 'template.changed', { templateId, act, state: row.template.state })
  note(tx, { subject: templateId, act, version: row.template.version, ...(reason && { reason }) })
  return (await shown(tx, [row]))[0]!
}

/** What waits for approval, with the difference to what is in force and the most it can cost. `mine`: one's own, which somebody else must decide. */
export async function approvals(ctx: Ctx): Promise<Reply<'GET /admin/approvals'>> {
  const staff = staffOf(ctx)
  const rows = await listSubmitted(ctx)
  const items = await Promise.all(rows.map(async ({ template: t, version }) => {
    const inForce = t.publishedVersion === null ? null : await findVersion(ctx, t.templateId, t.publishedVersion)
    return {
      templateId: t.templateId, title: version.title, titleEn: version.titleEn, submittedBy: t.submittedBy ?? t.createdBy, submittedAt: (t.submittedAt ?? t.updatedAt).toISOString(), mine: await isOwn(ctx, t, staff.staffId),
      costCeilingFen: costCeilingFen(version.worth, version.stock), difference: differenceOf(inForce && fieldsOf(inForce), fieldsOf(version)),
    }
  }))
  return { items }
}
