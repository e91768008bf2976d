import type { Input, Reply } from '@atrium/shared/contracts.ts'
import { Refusal } from '@atrium/shared/refusal.ts'
import { type Ctx, note, staffOf } from '../context.ts'
import { newId } from '../db/id.ts'
import { inTransaction } from '../db/transaction.ts'
import { type ListQuery, pageOf, paging } from '../http/paging.ts'
import { announce } from '../outbox/announce.ts'
import { type NoticeFilter, type NoticeRow, changeNotice, countNotices, findNotice, idColumn, insertNotice, listNotices, sortColumns } from './store.ts'

type AdminNotice = Reply<'POST /admin/notices'>
type NoticeInput = Input<'POST /admin/notices'>['body']
type Query = ListQuery & Omit<NoticeFilter, 'text'> & { q?: string | undefined }

const iso = (at: Date | null) => at?.toISOString() ?? null
const brief = (row: NoticeRow) => ({
  noticeId: row.noticeId, kind: row.kind, title: row.title, titleEn: row.titleEn, summary: row.summary, summaryEn: row.summaryEn, art: row.art, place: row.place, placeEn: row.placeEn,
  startsAt: iso(row.startsAt), endsAt: iso(row.endsAt), publishedAt: iso(row.publishedAt),
})
const whole = (row: NoticeRow) => ({ ...brief(row), body: row.body, bodyEn: row.bodyEn })
const forStaff = (row: NoticeRow): AdminNotice => ({ ...whole(row), state: row.state, createdBy: row.createdBy, updatedAt: row.updatedAt.toISOString() })

async function list(ctx: Ctx, query: Query, fallback: '-publishedAt' | '-updatedAt') {
  const page = paging(query, sortColumns, idColumn, fallback)
  const filter = { ...query, text: query.q }
  const [rows, total] = await Promise.all([listNotices(ctx, filter, page), countNotices(ctx, filter)])
  return { ...pageOf(rows, query, (row) => [row[page.sortKey as keyof typeof sortColumns], row.noticeId]), total }
}

/** Published notices, newest first. */
export async function browseNotices(ctx: Ctx, query: Query): Promise<Reply<'GET /api/notices'>> {
  const { rows, nextCursor, total } = await list(ctx, { ...query, state: 'published' }, '-publishedAt')
  return { items: rows.map(brief), nextCursor, total }
}

/** One published notice; drafts and withdrawn ones are not found. */
export async function showNotice(ctx: Ctx, noticeId: string): Promise<Reply<'GET /api/notices/{noticeId}'>> {
  const row = await findNotice(ctx, noticeId)
  if (row?.state !== 'published') throw new Refusal('not_found', { what: 'notice' })
  return whole(row)
}

export async function listNoticesForStaff(ctx: Ctx, query: Query): Promise<Reply<'GET /admin/notices'>> {
  const { rows, nextCursor, total } = await list(ctx, query, '-updatedAt')
  return { items: rows.map(forStaff), nextCursor, total }
}

/** How many notices visitors can read now. */
export const countPublished = (ctx: Ctx): Promise<number> => countNotices(ctx, { state: 'published' })

const columns = (body: NoticeInput) => ({ ...body, startsAt: body.startsAt ? new Date(body.startsAt) : null, endsAt: body.endsAt ? new Date(body.endsAt) : null })

/** Writes a draft. */
export async function writeNotice(ctx: Ctx, body: NoticeInput): Promise<AdminNotice> {
  const { staffId, name } = staffOf(ctx)
  const noticeId = newId(ctx.now)
  return inTransaction(ctx, async (tx) => {
    await insertNotice(tx, { ...columns(body), noticeId, state: 'draft', publishedAt: null, createdById: staffId, createdBy: name, updatedAt: tx.now })
    note(tx, { subject: noticeId, title: body.title })
    return forStaff((await findNotice(tx, noticeId))!)
  })
}

/** Changes what a notice says; a published one shows the change at once. */
export const editNotice = (ctx: Ctx, noticeId: string, body: NoticeInput): Promise<AdminNotice> => change(ctx, noticeId, columns(body))

/** Shows a notice to visitors; publishing again moves nothing. */
export const publishNotice = (ctx: Ctx, noticeId: string): Promise<AdminNotice> => change(ctx, noticeId, { state: 'published' })

/** Takes a notice away from visitors. */
export const withdrawNotice = (ctx: Ctx, noticeId: string): Promise<AdminNotice> => change(ctx, noticeId, { state: 'withdrawn' })

const change = (ctx: Ctx, noticeId: string, values: Partial<NoticeRow>): Promise<AdminNotice> => inTransaction(ctx, async (tx) => {
  const before = await findNotice(tx, noticeId)
  if (!before) throw new Refusal('not_found', { what: 'notice' })
  const publishedAt = values.state === 'published' && before.state !== 'published' ? tx.now : before.publishedAt
  await changeNotice(tx, noticeId, { ...values, publishedAt, updatedAt: tx.now })
  note(tx, { subject: noticeId, title: values.title ?? before.title, before: before.state, after: values.state ?? before.state })
  await announce(tx, 'notice.changed', { noticeId })
  return forStaff((await findNotice(tx, noticeId))!)
})
