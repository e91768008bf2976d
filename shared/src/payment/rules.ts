import type { RefusalCode } from '../refusal.ts'

export type PaymentState = 'created' | 'waiting' | 'asking' | 'paid' | 'failed' | 'closed' | 'refunding' | 'refunded'
/** What the face must do now to let the payer pay (the contract's `action`). */
export type PaymentAction =
  | { kind: 'none' }
  | { kind: 'wechat_jsapi'; timeStamp: string; nonceStr: string; package: string; signType: 'RSA'; paySign: string }
  | { kind: 'alipay_trade'; tradeNo: string }
  | { kind: 'qr'; content: string }
export type RefundState = 'created' | 'asking' | 'refunded' | 'failed'

/** Edges a payment may move along. `failed` and `closed` may still become paid: money that came in after all is never denied. */
const edges: Record<PaymentState, readonly PaymentState[]> = {
  created: ['waiting', 'asking', 'paid', 'failed', 'closed'],
  waiting: ['asking', 'paid', 'closed', 'failed'],
  asking: ['waiting', 'paid', 'closed', 'failed'],
  failed: ['paid'],
  closed: ['paid'],
  paid: ['refunding', 'refunded'],
  refunding: ['paid', 'refunded'],
  refunded: [],
}

/** Whether a payment may go from one state to the other. */
export const mayMove = (from: PaymentState, to: PaymentState): boolean => edges[from].includes(to)

/** Whether the provider may still bring news: the sweeper asks for these. */
export const isOpen = (state: PaymentState): boolean => state === 'created' || state === 'waiting' || state === 'asking'

/** Whether money came in for it, some of which may have gone back. */
export const wasPaid = (state: PaymentState): boolean => state === 'paid' || state === 'refunding' || state === 'refunded'

const minuteMs = 60_000
/** A payer has at least so long to type a password, however soon the price rises. */
export const leastOpenMs = 2 * minuteMs
/** And at most so long: a price must not be kept for an afternoon. */
export const mostOpenMs = 10 * minuteMs
/** A closed or failed payment is asked about once more so long after it ended: money may have come in while it closed. */
export const lateLookMs = 10 * minuteMs

/** When a payment for a price that holds until `validUntil` runs out. */
export const expiryOf = (now: Date, validUntil: Date): Date =>
  new Date(Math.min(now.getTime() + mostOpenMs, Math.max(now.getTime() + leastOpenMs, validUntil.getTime())))

const ladderMs = [3_000, 5_000, 10_000, 15_000, 30_000, 60_000]

/** How long to wait before the provider is asked again after `tries` questions: seconds at first, then a minute. */
export const askAgainMs = (tries: number): number => ladderMs[Math.min(tries, ladderMs.length - 1)]!

const refundLadderMs = [5_000, 15_000, 60_000, 300_000, 900_000, 3_600_000]
/** The same for a refund, which a bank may take days over. */
export const askRefundAgainMs = (tries: number): number => refundLadderMs[Math.min(tries, refundLadderMs.length - 1)]!

/** What can still go back: paid less what went back or is on its way. */
export const refundable = (payment: { state: PaymentState; amountFen: number; committedFen: number }): number =>
  wasPaid(payment.state) ? payment.amountFen - payment.committedFen : 0

/** Whether `amountFen` of a payment may be refunded now; `committedFen` are refunds done and under way together. */
export function canRefund(payment: { state: PaymentState; amountFen: number; committedFen: number; underWay: boolean }, amountFen: number): RefusalCode | null {
  if (!wasPaid(payment.state)) return 'payment_closed'
  if (payment.underWay) return 'refund_in_progress'
  return amountFen > payment.amountFen - payment.committedFen ? 'refund_exceeds_paid' : null
}
