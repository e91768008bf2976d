import type { Ctx } from '../context.ts'
import { newId } from '../db/id.ts'
import { inTransaction } from '../db/transaction.ts'
import { NoticeRefused, type PaidFact } from './gateway.ts'
import { hintRefund } from './refund.ts'
import { FactMismatch, settlePaid, tell } from './settle.ts'
import { countAttempt, findByNumber, findRefundByNumber, insertMessage, markProcessed, openMessages } from './store.ts'

export type Provider = 'wechat' | 'alipay'
export type Answer = { status: number; type: string; body: string }

/** A message as it lies in the inbox: facts of a payment, or the number of a refund to ask about. */
type Message = { kind: 'paid'; paymentId: string; fact: Omit<PaidFact, 'paidAt'> & { paidAt: string } } | { kind: 'refund'; refundId: string }

/**
 * Takes a provider's callback: verified over the raw bytes, stored once under the vendor's own id, acknowledged, then processed. What is not
 * proven, or speaks of another sum or of no payment of ours, is refused with 4xx and leaves nothing behind.
 */
export async function receive(ctx: Ctx, provider: Provider, raw: { headers: Record<string, string>; body: Buffer }): Promise<Answer> {
  const gateway = ctx.deps.gateways[provider]
  try {
    const notice = gateway.readNotice({ ...raw, now: ctx.now })
    if (notice.kind === 'other') return gateway.acknowledge(true)
    const { mallId, message } = notice.kind === 'paid' ? await paidMessage(ctx, provider, notice.fact) : await refundMessage(ctx, notice.refundNumber)
    const scoped = { ...ctx, mallId }
    const inboxId = newId(ctx.now)
    const isNew = await insertMessage(scoped, { inboxId, vendor: provider, vendorMessageId: notice.messageId, kind: message.kind, payload: message, receivedAt: ctx.now })
    if (isNew) await work(scoped, inboxId, message)
    return gateway.acknowledge(true)
  } catch (error) {
    if (!(error instanceof NoticeRefused)) throw error
    ctx.log.warn({ provider, why: error.message, requestId: ctx.requestId }, 'callback refused')
    return gateway.acknowledge(false)
  }
}

async function paidMessage(ctx: Ctx, provider: Provider, fact: PaidFact): Promise<{ mallId: string; message: Message }> {
  const payment = await findByNumber(ctx.db, fact.paymentNumber)
  if (!payment || payment.provider !== provider) throw new NoticeRefused('no such payment')
  if (payment.amountFen !== fact.amountFen) {
    await inTransaction({ ...ctx, mallId: payment.mallId }, (tx) => tell(tx, payment.paymentId, { fact: '通知金额不符，未入账', factEn: 'Callback with another sum, not booked', ok: false }))
    throw new NoticeRefused('another sum')
  }
  return { mallId: payment.mallId, message: { kind: 'paid', paymentId: payment.paymentId, fact: { ...fact, paidAt: fact.paidAt.toISOString() } } }
}

async function refundMessage(ctx: Ctx, refundNumber: string): Promise<{ mallId: string; message: Message }> {
  const refund = await findRefundByNumber(ctx.db, refundNumber)
  if (!refund) throw new NoticeRefused('no such refund')
  return { mallId: refund.mallId, message: { kind: 'refund', refundId: refund.refundId } }
}

/** Works a stored message off. A failure is logged and left for the worker: the message is safe, so the provider still hears yes. */
async function work(ctx: Ctx, inboxId: string, message: Message): Promise<void> {
  try {
    if (message.kind === 'paid') await settlePaid(ctx, message.paymentId, { ...message.fact, paidAt: new Date(message.fact.paidAt) }, 'callback')
    // A refund's callback is a hint: the worker asks by its number.
    else await hintRefund(ctx, message.refundId)
    await markProcessed(ctx, inboxId, ctx.now)
  } catch (error) {
    ctx.log.error({ err: error, inboxId }, 'message not worked off')
    await countAttempt(ctx, inboxId, error instanceof FactMismatch ? error.message : String(error))
  }
}

const leftMs = 5_000

/** Works off what a crash left in the inbox, in every mall. */
export async function workInbox(ctx: Ctx): Promise<void> {
  for (const row of await openMessages(ctx.db, new Date(ctx.now.getTime() - leftMs), 50)) await work({ ...ctx, mallId: row.mallId }, row.inboxId, row.payload as Message)
}
