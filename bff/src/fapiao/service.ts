import { randomInt } from 'node:crypto'
import type { Reply } from '@atrium/shared/contracts.ts'
import { type TitleDetails, linesOf, parkingRateOn } from '@atrium/shared/fapiao/rules.ts'
import { Refusal } from '@atrium/shared/refusal.ts'
import { businessDay } from '@atrium/shared/time.ts'
import { type Ctx, memberOf } from '../context.ts'
import { duplicateKey } from '../db/errors.ts'
import { newId } from '../db/id.ts'
import { open, seal } from '../db/sealed.ts'
import { announce } from '../outbox/announce.ts'
import { forInvoice, invoiceable } from '../payment/service.ts'
import { type FapiaoRow, type LineRow, findFapiao, holdLines, holdersOf, insertFapiao, insertTrail, isLive, linesOfFapiao, listFapiao, lockFapiao, releaseLines, updateFapiao } from './store.ts'
import { titleFor } from './titles.ts'

type Fapiao = Reply<'GET /api/fapiao/{fapiaoId}'>
const purpose = 'fapiao.title'

/** 20 characters for the provider: time, then seven unguessable digits. */
export const newOrderNumber = (now: Date): string => `F${now.toISOString().slice(2, 19).replace(/\D/g, '')}${String(randomInt(10_000_000)).padStart(7, '0')}`

export const titleOf = (ctx: Ctx, row: FapiaoRow): TitleDetails => JSON.parse(open(ctx, purpose, row.title)) as TitleDetails

/** A fapiao as its member sees it. */
export function shape(ctx: Ctx, row: FapiaoRow, lines: LineRow[]): Fapiao {
  const title = titleOf(ctx, row)
  return {
    fapiaoId: row.fapiaoId, state: row.state, titleKind: row.titleKind, titleName: title.name, creditCode: title.creditCode, grossFen: row.grossFen, netFen: row.netFen, taxFen: row.taxFen, taxRatePerMille: row.taxRatePerMille,
    number: row.number, issuedAt: row.issuedAt?.toISOString() ?? null, requestedAt: row.requestedAt.toISOString(), failure: row.state === 'failed' ? row.failure : null, retryAt: row.state === 'asking' ? row.askAt?.toISOString() ?? null : null,
    hasPdf: row.pdfUrl !== null,
    lines: lines.filter((l) => l.fapiaoId === row.fapiaoId).map(({ paymentId, title: text, titleEn, grossFen, netFen, taxFen }) => ({ paymentId, title: text, titleEn, grossFen, netFen, taxFen })),
  }
}

/** Payments of the member with money in them that no live fapiao holds. */
export async function eligible(ctx: Ctx): Promise<Reply<'GET /api/fapiao/eligible'>> {
  const payments = await invoiceable(ctx, memberOf(ctx).memberId)
  const held = new Set((await holdersOf(ctx, payments.map((p) => p.paymentId))).filter((h) => isLive(h.state)).map((h) => h.paymentId))
  return { items: payments.filter((p) => !held.has(p.paymentId)).map(({ paymentId, title, titleEn, paidAt, invoiceableFen }) => ({ paymentId, title, titleEn, paidAt: paidAt.toISOString(), invoiceableFen })) }
}

/**
 * Asks for one fapiao over the member's own paid payments: what was really paid, less refunds. Stores the intent; the worker issues it.
 * Refuses payments of others or without money (`nothing_to_invoice`) and those a live fapiao holds (`already_invoiced`); one whose fapiao
 * failed is taken over.
 */
export async function request(ctx: Ctx, input: { titleId: string; paymentIds: string[] }): Promise<Fapiao> {
  const { memberId } = memberOf(ctx)
  const title = await titleFor(ctx, input.titleId)
  const paymentIds = [...new Set(input.paymentIds)]
  const payments = (await forInvoice(ctx, paymentIds, true)).filter((p) => p.memberId === memberId && p.invoiceableFen > 0)
  if (payments.length !== paymentIds.length) throw new Refusal('nothing_to_invoice')
  await takeOver(ctx, paymentIds)
  const taxRatePerMille = parkingRateOn(businessDay(ctx.now))
  const { lines, ...sums } = linesOf(payments.map((p) => ({ paymentId: p.paymentId, title: p.title, titleEn: p.titleEn, grossFen: p.invoiceableFen })), taxRatePerMille)
  const fapiaoId = newId(ctx.now)
  const row = { fapiaoId, memberId, orderNumber: newOrderNumber(ctx.now), state: 'requested', titleKind: title.kind, title: seal(ctx, purpose, JSON.stringify(title.details)), ...sums, taxRatePerMille, requestedAt: ctx.now } as const
  await insertFapiao(ctx, row, lines).catch((error: unknown) => {
    // Another request took a payment between our look and our row.
    throw duplicateKey(error) === 'fapiaoLine_live' ? new Refusal('already_invoiced', { paymentIds }) : error
  })
  await trail(ctx, fapiaoId, '已提交开票', 'Requested', null)
  await announce(ctx, 'fapiao.requested', { fapiaoId, memberId })
  await announceChange(ctx, { fapiaoId, memberId }, 'requested')
  return mine(ctx, fapiaoId)
}

/** Payments held by failed fapiao are let go; one that a live fapiao holds is refused. */
async function takeOver(ctx: Ctx, paymentIds: string[]): Promise<void> {
  const holders = await holdersOf(ctx, paymentIds, true)
  if (holders.some((h) => isLive(h.state))) throw new Refusal('already_invoiced', { paymentIds: holders.filter((h) => isLive(h.state)).map((h) => h.paymentId) })
  for (const fapiaoId of new Set(holders.map((h) => h.fapiaoId))) await releaseLines(ctx, fapiaoId)
}

export async function mine(ctx: Ctx, fapiaoId: string): Promise<Fapiao> {
  const row = await findFapiao(ctx, fapiaoId, memberOf(ctx).memberId)
  if (!row) throw new Refusal('not_found', { what: 'fapiao' })
  return shape(ctx, row, await linesOfFapiao(ctx, [fapiaoId]))
}

export async function myList(ctx: Ctx, query: Parameters<typeof listFapiao>[1]): Promise<Reply<'GET /api/fapiao'>> {
  const page = await listFapiao(ctx, { ...query, memberId: memberOf(ctx).memberId })
  const lines = await linesOfFapiao(ctx, page.rows.map((r) => r.fapiaoId))
  return { items: page.rows.map((row) => shape(ctx, row, lines)), nextCursor: page.nextCursor, total: page.total }
}

/**
 * Tries a failed fapiao again under a new order number: the provider has said no to the old one for good. Refuses any other state, payments that
 * another fapiao holds by now, and (`nothing_to_invoice`) a line over more than its payment still holds: the member asks anew for the rest.
 */
export async function retry(ctx: Ctx, fapiaoId: string, memberId?: string): Promise<void> {
  const over = await linesOfFapiao(ctx, [fapiaoId])
  const holds = new Map((await forInvoice(ctx, over.map((l) => l.paymentId), true)).map((p) => [p.paymentId, p.invoiceableFen]))
  const row = await lockFapiao(ctx, fapiaoId)
  if (!row || (memberId && row.memberId !== memberId)) throw new Refusal('not_found', { what: 'fapiao' })
  if (row.state !== 'failed') throw new Refusal('fapiao_state', { state: row.state })
  if (over.some((l) => l.grossFen > (holds.get(l.paymentId) ?? 0))) throw new Refusal('nothing_to_invoice')
  const holders = await holdersOf(ctx, over.map((l) => l.paymentId), true)
  if (holders.some((h) => h.fapiaoId !== fapiaoId)) throw new Refusal('fapiao_state', { state: 'replaced' })
  await holdLines(ctx, fapiaoId)
  await updateFapiao(ctx, fapiaoId, { state: 'requested', orderNumber: newOrderNumber(ctx.now), failure: null, askAt: null, attempts: 0 })
  await trail(ctx, fapiaoId, '重新开票', 'Tried again', null)
  await announce(ctx, 'fapiao.requested', { fapiaoId, memberId: row.memberId })
  await announceChange(ctx, row, 'requested')
}

/** The PDF of an issued fapiao, from the provider. */
export async function pdf(ctx: Ctx, fapiaoId: string): Promise<{ bytes: Uint8Array; number: string }> {
  const row = await findFapiao(ctx, fapiaoId, memberOf(ctx).memberId)
  if (!row) throw new Refusal('not_found', { what: 'fapiao' })
  if (!row.pdfUrl || !row.number) throw new Refusal('fapiao_not_issued', { state: row.state })
  try {
    return { bytes: await ctx.deps.issuer.download(row.pdfUrl), number: row.number }
  } catch (error) {
    ctx.log.warn({ err: error, fapiaoId }, 'pdf could not be fetched')
    throw new Refusal('provider_unavailable')
  }
}

/** Tells payments and live streams how a fapiao stands now. */
export async function announceChange(ctx: Ctx, { fapiaoId, memberId }: Pick<FapiaoRow, 'fapiaoId' | 'memberId'>, state: FapiaoRow['state']): Promise<void> {
  const lines = await linesOfFapiao(ctx, [fapiaoId])
  await announce(ctx, 'fapiao.changed', { fapiaoId, memberId, state, paymentIds: lines.map((l) => l.paymentId) })
}

/** Adds a fact to the trail of a fapiao. */
export const trail = (ctx: Ctx, fapiaoId: string, fact: string, factEn: string, detail: string | null) =>
  insertTrail(ctx, { trailId: newId(ctx.now), fapiaoId, at: ctx.now, fact, factEn, detail: detail?.slice(0, 200) ?? null })

export { failedFapiao, issuedBetween, statesByPayment } from './store.ts'
