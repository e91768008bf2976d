import { askAgainMs, isOpen, wasPaid } from '@atrium/shared/payment/rules.ts'
import type { Ctx } from '../context.ts'
import { open } from '../db/sealed.ts'
import { inTransaction } from '../db/transaction.ts'
import { type PaymentGateway, type PaymentOrder, type TradeAnswer, ProviderUnclear } from './gateway.ts'
import { changed, settleOver, settlePaid, tell } from './settle.ts'
import { type PaymentRow, findPayment, lockPayment, movePayment, updatePayment } from './store.ts'

export const payerPurpose = 'payment.payer'

export function gatewayOf(ctx: Ctx, payment: PaymentRow): PaymentGateway {
  if (payment.provider === 'none') throw new Error('a payment of nothing has no provider')
  return ctx.deps.gateways[payment.provider]
}

const orderOf = (ctx: Ctx, payment: PaymentRow): PaymentOrder => ({
  paymentNumber: payment.paymentNumber, amountFen: payment.amountFen, subject: payment.subject, kind: payment.method === 'wechat_jsapi' || payment.method === 'alipay_trade' ? 'in_app' : 'code',
  payer: payment.payer ? open(ctx, payerPurpose, payment.payer) : null, createdAt: payment.createdAt, expiresAt: payment.expiresAt,
})

/** Changes an open payment under its lock; one that is no longer open is left alone. */
const whileOpen = (ctx: Ctx, paymentId: string, work: (tx: Ctx, payment: PaymentRow) => Promise<void>): Promise<void> => inTransaction(ctx, async (tx) => {
  const payment = await lockPayment(tx, paymentId)
  if (payment && isOpen(payment.state)) await work(tx, payment)
})

/** The outcome is open: the payment is asked about until somebody knows. */
const becomeAsking = (ctx: Ctx, paymentId: string, error: ProviderUnclear) => whileOpen(ctx, paymentId, async (tx, payment) => {
  if (payment.state === 'asking') return
  await movePayment(tx, payment, 'asking', { askAt: new Date(tx.now.getTime() + askAgainMs(0)) })
  await tell(tx, paymentId, { fact: '服务商未答复，改为查询', factEn: 'No answer, asking instead', detail: error.message, ok: false })
  await changed(tx, payment, 'asking')
})

/** Sends the order to the provider. The same number goes out however often this runs, so the provider takes it once. */
export async function place(ctx: Ctx, paymentId: string): Promise<void> {
  const payment = await findPayment(ctx, paymentId)
  if (!payment || !isOpen(payment.state) || payment.action) return
  try {
    const placed = await gatewayOf(ctx, payment).place(orderOf(ctx, payment))
    if (placed.state === 'placed') {
      await whileOpen(ctx, paymentId, async (tx, row) => {
        await movePayment(tx, row, 'waiting', { action: placed.action, askAt: new Date(tx.now.getTime() + askAgainMs(0)) })
        await tell(tx, paymentId, { fact: '下单成功，等待付款', factEn: 'Ordered, waiting for the payer', ok: true })
        await changed(tx, row, 'waiting')
      })
    } else if (placed.state === 'refused' && payment.asks === 0) {
      await settleOver(ctx, paymentId, 'failed', { fact: '服务商拒绝下单', factEn: 'The provider refused the order', detail: placed.reason, ok: false })
    } else if (placed.state === 'closed_already') {
      await settleOver(ctx, paymentId, 'closed', { fact: '订单已在服务商处关闭', factEn: 'Closed at the provider', ok: null })
    } else {
      // Paid already, or an order sent before is refused now although it may stand: only asking tells.
      await becomeAsking(ctx, paymentId, new ProviderUnclear(placed.state === 'refused' ? placed.reason : 'paid already'))
    }
  } catch (error) {
    if (!(error instanceof ProviderUnclear)) throw error
    await becomeAsking(ctx, paymentId, error)
  }
}

/** Ends an unpaid payment at the provider. Throws ProviderUnclear when it did not say. */
async function closeAtProvider(ctx: Ctx, payment: PaymentRow, words: { fact: string; factEn: string }): Promise<void> {
  const gateway = gatewayOf(ctx, payment)
  if ((await gateway.close(payment.paymentNumber)) === 'closed') return settleOver(ctx, payment.paymentId, 'closed', words)
  const answer = await gateway.query(payment.paymentNumber, ctx.now)
  if (answer.state !== 'paid') throw new ProviderUnclear('paid while closing, but not found as paid')
  return settlePaid(ctx, payment.paymentId, answer.fact, 'query')
}

/** Moves the next question on before this one is asked, so that a provider that is down is not asked in a tight loop. Null when there is nothing to ask. */
const takeTurn = (ctx: Ctx, paymentId: string): Promise<PaymentRow | null> => inTransaction(ctx, async (tx) => {
  const payment = await lockPayment(tx, paymentId)
  if (!payment || payment.provider === 'none' || wasPaid(payment.state) || (!isOpen(payment.state) && payment.askAt === null)) return null
  await updatePayment(tx, paymentId, { asks: payment.asks + 1, askAt: new Date(tx.now.getTime() + askAgainMs(payment.asks)) })
  return payment
})

/**
 * Asks the provider how a payment stands and books the answer. One that has run out is closed there; an order the provider never got, or
 * whose code was lost on the way, is sent again under the same number. Throws ProviderUnclear when nobody can tell; the payment stays open then.
 */
export async function ask(ctx: Ctx, paymentId: string): Promise<void> {
  const payment = await takeTurn(ctx, paymentId)
  if (!payment) return
  const over = !isOpen(payment.state)
  try {
    const answer = await gatewayOf(ctx, payment).query(payment.paymentNumber, ctx.now)
    if (over) return await lookOnceMore(ctx, payment, answer)
    if (answer.state === 'paid') return await settlePaid(ctx, paymentId, answer.fact, 'query')
    if (answer.state === 'closed') return await settleOver(ctx, paymentId, 'closed', { fact: '查询得知已关闭', factEn: 'Query says closed' })
    if (ctx.now >= payment.expiresAt) return await closeAtProvider(ctx, payment, { fact: '超时未付，已关闭', factEn: 'Ran out unpaid, closed' })
    if (!payment.action) return await place(ctx, paymentId)
    if (payment.state === 'asking') {
      await whileOpen(ctx, paymentId, async (tx, row) => {
        await movePayment(tx, row, 'waiting')
        await tell(tx, paymentId, { fact: '查询得知等待付款', factEn: 'Query says waiting' })
        await changed(tx, row, 'waiting')
      })
    }
  } catch (error) {
    if (error instanceof ProviderUnclear && !over) await becomeAsking(ctx, paymentId, error)
    throw error
  }
}

/** A payment that is over is looked at once more: late money is booked and goes back. */
async function lookOnceMore(ctx: Ctx, payment: PaymentRow, answer: TradeAnswer): Promise<void> {
  if (answer.state === 'paid') return settlePaid(ctx, payment.paymentId, answer.fact, 'query')
  await inTransaction(ctx, async (tx) => {
    const row = await lockPayment(tx, payment.paymentId)
    if (row && (row.state === 'closed' || row.state === 'failed')) await updatePayment(tx, payment.paymentId, { askAt: null })
  })
}

/** Gives a payment up: the wish is stored (it runs out now), then the provider is told. If the money was faster it stays paid. */
export async function giveUp(ctx: Ctx, paymentId: string, words: { fact: string; factEn: string }): Promise<void> {
  await whileOpen(ctx, paymentId, async (tx) => {
    await updatePayment(tx, paymentId, { expiresAt: tx.now, askAt: new Date(tx.now.getTime() + askAgainMs(0)) })
    await tell(tx, paymentId, { fact: '要求关闭', factEn: 'Asked to close' })
  })
  const payment = await findPayment(ctx, paymentId)
  if (!payment || !isOpen(payment.state)) return
  try {
    await closeAtProvider(ctx, payment, words)
  } catch (error) {
    if (error instanceof ProviderUnclear) await becomeAsking(ctx, paymentId, error)
    throw error
  }
}
