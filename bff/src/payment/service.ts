import { randomInt } from 'node:crypto'
import type { Reply } from '@atrium/shared/contracts.ts'
import { isOpen } from '@atrium/shared/payment/rules.ts'
import { Refusal } from '@atrium/shared/refusal.ts'
import { businessDay } from '@atrium/shared/time.ts'
import { type Ctx, memberIdOf, memberOf } from '../context.ts'
import { newId } from '../db/id.ts'
import { seal } from '../db/sealed.ts'
import { announce } from '../outbox/announce.ts'
import { ask, giveUp, payerPurpose, place } from './ask.ts'
import { ProviderUnclear } from './gateway.ts'
import { purposeOf } from './purpose.ts'
import { requestRefund } from './refund.ts'
import { tell } from './settle.ts'
import { type InvoiceFacts, type PayMethod, type PaymentRow, findOpenOf, findPayment, insertPayment, keptOf, listOfMember, lockPayment, openOf, paidByIds, paidOfMember, sumsBetween, troublesOf, updatePayment } from './store.ts'

export { servePurpose } from './purpose.ts'
export type { Purpose } from './purpose.ts'
export type { PaymentRow } from './store.ts'

type Payment = Reply<'GET /api/payments/{paymentId}'>

/** `P`, the business day and ten unguessable digits: out_trade_no at the provider. */
const newPaymentNumber = (now: Date): string => `P${businessDay(now).replaceAll('-', '')}${String(randomInt(10_000_000_000)).padStart(10, '0')}`

export type OpenPayment = {
  purpose: 'parking'; subjectId: string; quoteId: string; subject: string; subjectEn: string; memberId: string | null; plate: string | null
  method: PayMethod; amountFen: number; expiresAt: Date; payer: string | null; invoice: InvoiceFacts
}

/** Stores the intent to be paid, in the caller's transaction. `start` then sends it to the provider, outside of it. */
export async function openPayment(ctx: Ctx, input: OpenPayment): Promise<string> {
  const paymentId = newId(ctx.now)
  const { payer, ...row } = input
  await insertPayment(ctx, {
    ...row, paymentId, paymentNumber: newPaymentNumber(ctx.now), openQuoteId: input.quoteId, provider: input.method.startsWith('wechat') ? 'wechat' : 'alipay', state: 'created',
    payer: payer === null ? null : seal(ctx, payerPurpose, payer), createdAt: ctx.now, askAt: new Date(ctx.now.getTime() + 3_000),
  })
  await tell(ctx, paymentId, { fact: '创建支付单', factEn: 'Created', detail: row.subject })
  return paymentId
}

/** Books a payment of nothing: a debt that discounts have covered. It is paid at once and needs no provider. */
export async function payNothing(ctx: Ctx, input: Omit<OpenPayment, 'method' | 'amountFen' | 'payer'>): Promise<PaymentRow> {
  const paymentId = newId(ctx.now)
  await insertPayment(ctx, { ...input, paymentId, paymentNumber: newPaymentNumber(ctx.now), method: 'none', provider: 'none', state: 'paid', amountFen: 0, kept: true, paidAt: ctx.now, createdAt: ctx.now })
  await tell(ctx, paymentId, { fact: '优惠抵清，无需付款', factEn: 'Covered by discounts, nothing to pay', ok: true })
  await announce(ctx, 'payment.changed', { paymentId, state: 'paid', ...(input.memberId && { memberId: input.memberId }), parkingId: input.subjectId })
  return (await findPayment(ctx, paymentId))!
}

/** Sends a stored payment to its provider and answers how it stands then. */
export async function start(ctx: Ctx, paymentId: string): Promise<Payment> {
  await place(ctx, paymentId)
  return shown(ctx, (await findPayment(ctx, paymentId))!)
}

/** The open payment of a quote, if there is one. */
export const openPaymentOf = (ctx: Ctx, quoteId: string) => findOpenOf(ctx, quoteId)

/** Open payments for a subject, of any quote. */
export const openPaymentsFor = (ctx: Ctx, purpose: 'parking', subjectId: string) => openOf(ctx, purpose, subjectId)

/** Closes an open payment because another takes its place. Throws ProviderUnclear when the provider did not say; answers how it stands. */
export async function supersede(ctx: Ctx, paymentId: string): Promise<PaymentRow> {
  try {
    await giveUp(ctx, paymentId, { fact: '换了支付方式，已关闭', factEn: 'Another way was chosen, closed' })
  } catch (error) {
    throw unavailable(error)
  }
  return (await findPayment(ctx, paymentId))!
}

/** Gives back what is still held for a subject, in the caller's transaction: every fen, and at once what a payment of nothing took instead of money. Answers the sum. */
export async function refundAll(ctx: Ctx, purpose: 'parking', subjectId: string, reason: string): Promise<number> {
  let sum = 0
  for (const { paymentId } of await keptOf(ctx, purpose, subjectId)) {
    const payment = (await lockPayment(ctx, paymentId))!
    const amountFen = payment.amountFen - payment.committedFen
    if (amountFen > 0) await requestRefund(ctx, payment, { amountFen, reason, byName: null })
    else if (payment.amountFen === 0) await purposeOf(payment).refunded(ctx, payment, 0)
    sum += amountFen
  }
  return sum
}

const unavailable = (error: unknown): unknown => (error instanceof ProviderUnclear ? new Refusal('provider_unavailable') : error)

/** A payment as its payer sees it. */
export async function shown(ctx: Ctx, row: PaymentRow): Promise<Payment> {
  const leaveBy = row.paidAt && row.kept ? await purposeOf(row).leaveBy(ctx, row.subjectId) : null
  return {
    paymentId: row.paymentId, paymentNumber: row.paymentNumber, purpose: row.purpose, subject: row.subject, subjectEn: row.subjectEn, parkingId: row.subjectId, amountFen: row.amountFen, refundedFen: row.refundedFen,
    method: row.method, state: row.state, action: row.state === 'waiting' && row.action ? row.action : { kind: 'none' }, createdAt: row.createdAt.toISOString(), expiresAt: row.expiresAt.toISOString(),
    paidAt: row.paidAt?.toISOString() ?? null, leaveBy: leaveBy?.toISOString() ?? null, pointsEarned: row.pointsEarned, failure: row.failure,
  }
}

/** A payment that the caller may see: a guest's by its id, a member's by its member alone. Refuses others as `not_found`. */
async function theirs(ctx: Ctx, paymentId: string): Promise<PaymentRow> {
  const row = await findPayment(ctx, paymentId)
  if (!row || (row.memberId !== null && row.memberId !== memberIdOf(ctx))) throw new Refusal('not_found', { what: 'payment' })
  return row
}

export const one = async (ctx: Ctx, paymentId: string): Promise<Payment> => shown(ctx, await theirs(ctx, paymentId))

/** Asks the provider now. Refuses `provider_unavailable` when it does not say; the payment is asked about again later by itself. */
export async function check(ctx: Ctx, paymentId: string): Promise<Payment> {
  const row = await theirs(ctx, paymentId)
  if (isOpen(row.state)) {
    try {
      await ask(ctx, paymentId)
    } catch (error) {
      throw unavailable(error)
    }
  }
  return one(ctx, paymentId)
}

/** Gives an unpaid payment up. Refuses `payment_paid` when it was paid before; money that comes in meanwhile stays paid. */
export async function cancel(ctx: Ctx, paymentId: string): Promise<Payment> {
  const row = await theirs(ctx, paymentId)
  if (row.paidAt) throw new Refusal('payment_paid', { paymentId })
  if (isOpen(row.state)) {
    try {
      await giveUp(ctx, paymentId, { fact: '付款人取消，已关闭', factEn: 'Cancelled by the payer, closed' })
    } catch (error) {
      throw unavailable(error)
    }
  }
  return one(ctx, paymentId)
}

export async function mine(ctx: Ctx, query: Parameters<typeof listOfMember>[2]): Promise<Reply<'GET /api/payments'>> {
  const { rows, nextCursor, total } = await listOfMember(ctx, memberOf(ctx).memberId, query)
  return { items: await Promise.all(rows.map((row) => shown(ctx, row))), nextCursor, total }
}

/** A payment as a fapiao needs it: `invoiceableFen` is what was paid less what went or goes back. */
export type Invoiceable = { paymentId: string; memberId: string | null; title: string; titleEn: string; paidAt: Date; invoiceableFen: number; plate: string; entryAt: Date; exitAt: Date | null; address: string }

const invoiceOf = (row: PaymentRow): Invoiceable[] =>
  row.invoice && row.paidAt && row.kept
    ? [{ paymentId: row.paymentId, memberId: row.memberId, title: row.invoice.title, titleEn: row.invoice.titleEn, paidAt: row.paidAt, invoiceableFen: row.amountFen - row.committedFen, plate: row.invoice.plate, entryAt: new Date(row.invoice.from), exitAt: row.invoice.until ? new Date(row.invoice.until) : null, address: row.invoice.address }]
    : []

/** The member's payments that still hold money, newest first. */
export const invoiceable = async (ctx: Ctx, memberId: string): Promise<Invoiceable[]> => (await paidOfMember(ctx, memberId)).flatMap(invoiceOf)

/** These payments as a fapiao needs them; unpaid and superfluous ones are left out. With `lock` no refund starts until the transaction ends. */
export const forInvoice = async (ctx: Ctx, paymentIds: readonly string[], lock = false): Promise<Invoiceable[]> => (await paidByIds(ctx, paymentIds, lock)).flatMap(invoiceOf)

/** Says when what was paid for ended (the car left), for the fapiao. Runs in the caller's transaction. */
export async function endInvoicePeriod(ctx: Ctx, purpose: 'parking', subjectId: string, until: Date): Promise<void> {
  for (const row of await keptOf(ctx, purpose, subjectId)) if (row.invoice) await updatePayment(ctx, row.paymentId, { invoice: { ...row.invoice, until: until.toISOString() } })
}

/** The fapiao of payments, by payment. */
export const fapiaoOf = async (ctx: Ctx, paymentIds: readonly string[]): Promise<Map<string, string | null>> => new Map((await paidByIds(ctx, paymentIds)).map((row) => [row.paymentId, row.fapiaoId]))

/** Money in between two instants, by hour of the business day and by method, in fen. */
export const figures = (ctx: Ctx, from: Date, until: Date) => sumsBetween(ctx, from, until)

const slowMs = 5 * 60_000
/** Payments nobody can tell the outcome of, and refunds that do not get through, both for more than five minutes. */
export async function troubles(ctx: Ctx): Promise<{ asking: { paymentId: string; paymentNumber: string; amountFen: number; at: Date }[]; refunds: { refundId: string; paymentId: string; amountFen: number; failure: string | null; at: Date }[] }> {
  const found = await troublesOf(ctx, new Date(ctx.now.getTime() - slowMs))
  return {
    asking: found.asking.map((row) => ({ paymentId: row.paymentId, paymentNumber: row.paymentNumber, amountFen: row.amountFen, at: row.createdAt })),
    refunds: found.refunds.map((row) => ({ refundId: row.refundId, paymentId: row.paymentId, amountFen: row.amountFen, failure: row.failure, at: row.createdAt })),
  }
}
