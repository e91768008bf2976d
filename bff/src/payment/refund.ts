import { randomInt } from 'node:crypto'
import { askRefundAgainMs } from '@atrium/shared/payment/rules.ts'
import { businessDay } from '@atrium/shared/time.ts'
import type { Ctx } from '../context.ts'
import { newId } from '../db/id.ts'
import { inTransaction } from '../db/transaction.ts'
import { announce } from '../outbox/announce.ts'
import { type RefundAnswer, type RefundOrder, ProviderUnclear } from './gateway.ts'
import { purposeOf } from './purpose.ts'
import { type PaymentRow, type RefundRow, findPayment, insertFact, insertRefund, lockPayment, lockRefund, movePayment, updateRefund } from './store.ts'

/** `R`, the business day and ten unguessable digits. */
const newRefundNumber = (now: Date): string => `R${businessDay(now).replaceAll('-', '')}${String(randomInt(10_000_000_000)).padStart(10, '0')}`

const tell = (ctx: Ctx, paymentId: string, fact: string, factEn: string, detail: string | null, ok: boolean | null) =>
  insertFact(ctx, { entryId: newId(ctx.now), paymentId, at: ctx.now, fact, factEn, detail, ok })

/**
 * Stores the intent to give money back, in the caller's transaction, with the payment locked. The worker sends it; from here on the sum counts
 * as committed, so that two refunds together never pass what was paid.
 */
export async function requestRefund(ctx: Ctx, payment: PaymentRow, input: { amountFen: number; reason: string; byName: string | null }): Promise<RefundRow> {
  if (input.amountFen > payment.amountFen - payment.committedFen) throw new Error('a refund beyond what was paid')
  const row = { refundId: newId(ctx.now), paymentId: payment.paymentId, refundNumber: newRefundNumber(ctx.now), state: 'created' as const, createdAt: ctx.now, askAt: ctx.now, ...input }
  await insertRefund(ctx, row)
  await movePayment(ctx, payment, 'refunding', { committedFen: payment.committedFen + input.amountFen })
  await tell(ctx, payment.paymentId, '发起退款', 'Refund requested', `${row.refundNumber} · ${input.reason}`, null)
  await announce(ctx, 'payment.refund_requested', { refundId: row.refundId, paymentId: payment.paymentId, amountFen: input.amountFen, ...(payment.memberId && { memberId: payment.memberId }) })
  return { mallId: ctx.mallId, doneAt: null, asks: 0, providerNumber: null, failure: null, ...row }
}

/**
 * Takes a refund one step on: sends it, or asks how it stands and sends the same number again when the provider never heard of it. Safe to run
 * at any time and as often as one likes.
 */
export async function pushRefund(ctx: Ctx, refundId: string): Promise<void> {
  const refund = await takeTurn(ctx, refundId)
  if (!refund) return
  const payment = await findPayment(ctx, refund.paymentId)
  if (!payment?.providerNumber || payment.provider === 'none') throw new Error('a refund of a payment that nobody holds')
  const gateway = ctx.deps.gateways[payment.provider]
  const order: RefundOrder = { refundNumber: refund.refundNumber, paymentNumber: payment.paymentNumber, providerNumber: payment.providerNumber, amountFen: refund.amountFen, paidFen: payment.amountFen, reason: refund.reason }
  let answer: RefundAnswer
  try {
    answer = refund.asks === 0 ? await gateway.refund(order) : await gateway.queryRefund(order)
    if (answer.state === 'unknown') answer = await gateway.refund(order)
  } catch (error) {
    if (!(error instanceof ProviderUnclear)) throw error
    ctx.log.warn({ refundId, err: error }, 'refund unclear')
    return
  }
  await applyRefund(ctx, refund, answer)
}

const isUnderWay = (refund: RefundRow): boolean => refund.state === 'created' || refund.state === 'asking'

/** Moves a refund's next turn on before the provider is called: a crash in the middle leaves it due again, not lost. */
const takeTurn = (ctx: Ctx, refundId: string): Promise<RefundRow | null> => inTransaction(ctx, async (tx) => {
  const refund = await lockRefund(tx, refundId)
  if (!refund || !isUnderWay(refund)) return null
  await updateRefund(tx, refundId, { state: 'asking', asks: refund.asks + 1, askAt: new Date(tx.now.getTime() + askRefundAgainMs(refund.asks)) })
  return refund
})

/** The provider hints that a refund moved: it is asked about at the next sweep. */
export const hintRefund = (ctx: Ctx, refundId: string): Promise<void> => inTransaction(ctx, async (tx) => {
  const refund = await lockRefund(tx, refundId)
  if (refund && isUnderWay(refund)) await updateRefund(tx, refundId, { askAt: tx.now })
})

/** Books what the provider said of a refund under the number that was asked about; news of a number given up since are no news. */
const applyRefund = (ctx: Ctx, { refundId, paymentId, refundNumber }: RefundRow, answer: RefundAnswer): Promise<void> => inTransaction(ctx, async (tx) => {
  const payment = await lockPayment(tx, paymentId)
  const refund = payment && (await lockRefund(tx, refundId))
  if (!payment || !refund || !isUnderWay(refund) || refund.refundNumber !== refundNumber) return
  if (answer.state === 'refunded') {
    const refundedFen = payment.refundedFen + refund.amountFen
    const state = refundedFen === payment.amountFen ? 'refunded' : refundedFen === payment.committedFen ? 'paid' : 'refunding'
    await updateRefund(tx, refundId, { state: 'refunded', doneAt: answer.doneAt, providerNumber: answer.providerNumber, askAt: null, failure: null })
    await movePayment(tx, payment, state, { refundedFen })
    await tell(tx, paymentId, '退款到账', 'Refunded', refund.refundNumber, true)
    if (payment.kept) await purposeOf(payment).refunded(tx, payment, refund.amountFen)
    await announce(tx, 'payment.refunded', { paymentId, refundId, memberId: payment.memberId, amountFen: refund.amountFen, refundedFen, paidFen: payment.amountFen, purpose: payment.purpose, parkingId: payment.subjectId, kept: payment.kept })
    await announce(tx, 'payment.changed', { paymentId, state, ...(payment.memberId && { memberId: payment.memberId }), parkingId: payment.subjectId })
  } else if (answer.state === 'failed' && refund.byName !== null) {
    await updateRefund(tx, refundId, { state: 'failed', askAt: null, failure: answer.reason })
    const committedFen = payment.committedFen - refund.amountFen
    await movePayment(tx, payment, committedFen === payment.refundedFen ? 'paid' : 'refunding', { committedFen })
    await tell(tx, paymentId, '退款失败', 'Refund failed', answer.reason, false)
  } else if (answer.state === 'failed') {
    // A refund that the house owes by itself is never given up, but its number is: at the next turn nobody knows the new one, so it is sent.
    await updateRefund(tx, refundId, { refundNumber: newRefundNumber(tx.now), failure: answer.reason })
    await tell(tx, paymentId, '退款未到账，换号再退', 'Refund not through, tried under a new number', `${refundNumber} · ${answer.reason}`, false)
  } else {
    // A person sees why it does not get through.
    const note = answer.state === 'under_way' ? answer.note : null
    if (note && note !== refund.failure) await tell(tx, paymentId, '退款未到账', 'Refund not through', note, false)
    await updateRefund(tx, refundId, { failure: note })
  }
})
