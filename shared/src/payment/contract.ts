import { z } from 'zod'
import { can, contract } from '../contract.ts'
import { Fen, Id, Iso, Reason, SignedFen, listQuery, listReply } from '../pieces.ts'

/** How the payer pays: inside WeChat, inside Alipay, or by a code shown on H5 and kiosk. `none`: nothing was due. */
export const payMethods = ['wechat_jsapi', 'wechat_native', 'alipay_trade', 'alipay_qr'] as const
/**
 * `created` stored, provider not asked yet; `waiting` for the payer; `asking` outcome unknown, the provider is being asked; `paid`; `failed` the provider refused;
 * `closed` without money; `refunding`; `refunded` in full (in part: `paid` with `refundedFen` > 0).
 */
export const paymentStates = ['created', 'waiting', 'asking', 'paid', 'failed', 'closed', 'refunding', 'refunded'] as const
const Method = z.enum([...payMethods, 'none'])
/** What the face must do now to let the payer pay. */
const Action = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }),
  z.object({ kind: z.literal('wechat_jsapi'), timeStamp: z.string(), nonceStr: z.string(), package: z.string(), signType: z.literal('RSA'), paySign: z.string() }),
  z.object({ kind: z.literal('alipay_trade'), tradeNo: z.string() }),
  z.object({ kind: z.literal('qr'), content: z.string() }),
])
export const Payment = z.object({ paymentId: Id, paymentNumber: z.string(), purpose: z.enum(['parking']), subject: z.string(), subjectEn: z.string(), parkingId: Id.nullable(), amountFen: Fen, refundedFen: Fen, method: Method, state: z.enum(paymentStates), action: Action, createdAt: Iso, expiresAt: Iso, paidAt: Iso.nullable(), leaveBy: Iso.nullable(), pointsEarned: z.int(), failure: z.string().nullable() })
const AdminPayment = z.object({ paymentId: Id, paymentNumber: z.string(), subject: z.string(), subjectEn: z.string(), amountFen: Fen, refundedFen: Fen, method: Method, state: z.enum(paymentStates), createdAt: Iso, paidAt: Iso.nullable(), memberMasked: z.string().nullable(), memberId: Id.nullable(), plate: z.string().nullable(), providerNumber: z.string().nullable(), fapiaoState: z.string().nullable() })
const Refund = z.object({ refundId: Id, refundNumber: z.string(), amountFen: Fen, state: z.enum(['created', 'asking', 'refunded', 'failed']), reason: z.string(), by: z.string().nullable(), createdAt: Iso, doneAt: Iso.nullable() })
const callback = { who: 'vendor', kind: 'raw', body: z.unknown(), reply: z.unknown(), refuses: [] } as const

export const paymentContract = contract({
  'GET /api/payments/{paymentId}': { who: 'guest', limit: { max: 240, windowMs: 60_000 }, summary: 'How a payment stands; its unguessable id is the key for guests, a member payment needs its member', reply: Payment, refuses: [] },
  'POST /api/payments/{paymentId}/check': { who: 'guest', limit: { max: 60, windowMs: 60_000 }, summary: 'Ask the provider now and answer the truth', reply: Payment, refuses: ['provider_unavailable'] },
  'POST /api/payments/{paymentId}/cancel': { who: 'guest', idempotent: true, summary: 'Give up an unpaid payment; if the money came in meanwhile it stays paid', reply: Payment, refuses: ['payment_paid', 'provider_unavailable'] },
  'GET /api/payments': { who: 'member', summary: 'My payments', query: listQuery(['createdAt'], { state: z.enum(paymentStates).optional() }), reply: listReply(Payment), refuses: [] },
  'GET /admin/payments': {
    who: can('payment.read'), within: 'mall', summary: 'Payments; q is a payment number, provider number or plate', query: listQuery(['createdAt', 'amountFen', 'paidAt'], { state: z.enum(paymentStates).optional(), method: Method.optional(), from: Iso.optional(), until: Iso.optional() }),
    reply: listReply(AdminPayment).extend({ totals: z.object({ askedFen: Fen, paidFen: Fen, refundedFen: Fen, netFen: SignedFen }) }), refuses: [],
  },
  'GET /admin/payments/{paymentId}': { who: can('payment.read'), within: 'mall', summary: 'One payment with its timeline and refunds', reply: AdminPayment.extend({ timeline: z.array(z.object({ at: Iso, fact: z.string(), factEn: z.string(), detail: z.string().nullable(), ok: z.boolean().nullable() })), refunds: z.array(Refund), refundableFen: Fen, parkingId: Id.nullable() }), refuses: [] },
  'POST /admin/payments/{paymentId}/refund': { who: can('payment.refund'), within: 'mall', idempotent: true, summary: 'Refund in full or in part; points are taken back', body: z.object({ amountFen: Fen.min(1), reason: Reason }), reply: Refund, refuses: ['refund_exceeds_paid', 'refund_in_progress', 'payment_closed'] },
  'POST /callback/wechat-pay/payment': { ...callback, summary: 'WeChat Pay says a transaction succeeded (signed, encrypted)' },
  'POST /callback/wechat-pay/refund': { ...callback, summary: 'WeChat Pay says how a refund ended (signed, encrypted)' },
  'POST /callback/alipay/payment': { ...callback, summary: 'Alipay says how a trade stands (signed form)' },
})
