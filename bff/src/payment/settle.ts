import { isOpen, lateLookMs, wasPaid } from '@atrium/shared/payment/rules.ts'
import type { Ctx } from '../context.ts'
import { newId } from '../db/id.ts'
import { inTransaction } from '../db/transaction.ts'
import { announce } from '../outbox/announce.ts'
import type { PaidFact } from './gateway.ts'
import { purposeOf } from './purpose.ts'
import { requestRefund } from './refund.ts'
import { type PaymentRow, insertFact, lockPayment, movePayment } from './store.ts'

/** The provider speaks of another sum than we asked for: nothing is booked, a person must look. */
export class FactMismatch extends Error {}

type Words = { fact: string; factEn: string; detail?: string | null; ok?: boolean | null }

/** Adds a line to the payment's timeline. */
export const tell = (ctx: Ctx, paymentId: string, { fact, factEn, detail = null, ok = null }: Words) =>
  insertFact(ctx, { entryId: newId(ctx.now), paymentId, at: ctx.now, fact, factEn, detail, ok })

/** Tells the live streams that a payment stands otherwise. */
export const changed = (ctx: Ctx, payment: PaymentRow, state: PaymentRow['state']) =>
  announce(ctx, 'payment.changed', { paymentId: payment.paymentId, state, ...(payment.memberId && { memberId: payment.memberId }), parkingId: payment.subjectId })

/**
 * Books money that the provider has proven, once, whoever says it (callback, query) and however often. Credits the purpose in the same
 * transaction; what came after the payment was over, or for a debt already settled, goes back in full by itself.
 * Throws FactMismatch when the sum is another.
 */
export const settlePaid = (ctx: Ctx, paymentId: string, fact: PaidFact, source: 'callback' | 'query'): Promise<void> => inTransaction(ctx, async (tx) => {
  const payment = await lockPayment(tx, paymentId)
  if (!payment) throw new Error('a payment vanished')
  if (wasPaid(payment.state)) {
    if (payment.providerNumber !== fact.providerNumber) throw new FactMismatch('another transaction for a payment that is paid')
    return
  }
  if (fact.amountFen !== payment.amountFen || fact.paymentNumber !== payment.paymentNumber) throw new FactMismatch(`expected ${payment.amountFen} fen, told ${fact.amountFen}`)
  const inTime = isOpen(payment.state)
  const verdict = inTime ? await purposeOf(payment).paid(tx, payment, fact) : 'superfluous'
  const kept = verdict === 'kept'
  await movePayment(tx, payment, 'paid', { paidAt: fact.paidAt, providerNumber: fact.providerNumber, kept, openQuoteId: null, askAt: null, failure: null })
  await tell(tx, paymentId, { fact: source === 'callback' ? '收到支付通知，验签通过' : '查询得知已支付', factEn: source === 'callback' ? 'Callback received and verified' : 'Query says paid', detail: fact.providerNumber, ok: true })
  const paid: PaymentRow = { ...payment, state: 'paid', paidAt: fact.paidAt, providerNumber: fact.providerNumber, kept }
  if (kept) await announce(tx, 'payment.paid', { paymentId, memberId: payment.memberId, amountFen: payment.amountFen, purpose: payment.purpose, parkingId: payment.subjectId })
  else await requestRefund(tx, paid, { amountFen: payment.amountFen, reason: inTime ? '重复支付，自动全额退回' : '关闭后到账，自动全额退回', byName: null })
  await changed(tx, payment, 'paid')
})

/** Ends a payment without money: `closed` at the provider, or `failed` because the provider would not take it. */
export const settleOver = (ctx: Ctx, paymentId: string, state: 'closed' | 'failed', words: Words): Promise<void> => inTransaction(ctx, async (tx) => {
  const payment = await lockPayment(tx, paymentId)
  if (!payment || !isOpen(payment.state)) return
  await purposeOf(payment).released(tx, payment)
  // One more look later: a code that was scanned as it closed may have been paid after all.
  const askAt = new Date(Math.max(tx.now.getTime(), payment.expiresAt.getTime()) + lateLookMs)
  await movePayment(tx, payment, state, { closedAt: tx.now, openQuoteId: null, askAt, failure: state === 'failed' ? (words.detail ?? null) : null, action: null })
  await tell(tx, paymentId, words)
  await changed(tx, payment, state)
})
