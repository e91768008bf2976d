import type { Reply, Row } from '../platform/api.ts'
import { hasText, text } from '../platform/copy.ts'
import type { Tone } from '../ui/Tag.vue'

export type Payment = Row<'GET /admin/payments'>
export type PaymentDetail = Reply<'GET /admin/payments/{paymentId}'>
export type PaymentState = Payment['state']

export const paymentStates: readonly PaymentState[] = ['created', 'waiting', 'asking', 'paid', 'failed', 'closed', 'refunding', 'refunded']
export const methods: readonly Payment['method'][] = ['wechat_jsapi', 'wechat_native', 'alipay_trade', 'alipay_qr', 'none']
const tones: Record<PaymentState, Tone> = { created: 'plain', waiting: 'info', asking: 'bad', paid: 'good', failed: 'plain', closed: 'plain', refunding: 'warn', refunded: 'plain' }

/** The state in one word: a payment of which some came back says so instead of 已付. */
export function stateOf(payment: Pick<Payment, 'state' | 'refundedFen' | 'amountFen'>): { label: string; tone: Tone } {
  if (payment.state === 'paid' && payment.refundedFen > 0 && payment.refundedFen < payment.amountFen) return { label: text('payment.part'), tone: 'value' }
  return { label: text(`payment.stateOf.${payment.state}`), tone: tones[payment.state] }
}

/** State of the invoice of a payment, in words; null says none was asked for. */
export const fapiaoText = (state: string | null): string => (state === null ? '—' : hasText(`fapiao.stateOf.${state}`) ? text(`fapiao.stateOf.${state}`) : state)
