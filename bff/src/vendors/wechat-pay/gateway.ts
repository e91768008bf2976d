import { createSign } from 'node:crypto'
import { Decorator, Formatter } from 'wechatpay-axios-plugin'
import { z } from 'zod'
import type { Config } from '../../config.ts'
import { type PaymentGateway, type PaymentOrder, type Placed, ProviderUnclear, type RefundAnswer, type RefundOrder, type TradeAnswer } from '../../payment/gateway.ts'
import { readNotice } from './notice.ts'
import { Transaction, factOf } from './transaction.ts'

const timeoutMs = 5_000
const RefundReply = z.object({ refund_id: z.string().min(1), out_refund_no: z.string(), status: z.enum(['SUCCESS', 'CLOSED', 'PROCESSING', 'ABNORMAL']), success_time: z.string().optional(), amount: z.object({ refund: z.int() }) })

/** What the HTTP client throws. */
type HttpFailure = { code?: string; response?: { status: number; data?: { code?: string; message?: string } } }

/** A refusal of WeChat Pay in its own words. */
class Refused extends Error {
  readonly code: string
  constructor(code: string, message: string) {
    super(`${code}: ${message}`)
    this.code = code
  }
}

/** RFC 3339 in Beijing time, to the second, as WeChat Pay writes it. */
const rfc3339 = (at: Date): string => `${new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 19)}+08:00`

const read = <T>(schema: z.ZodType<T>, data: unknown): T => {
  const parsed = schema.safeParse(data)
  if (!parsed.success) throw new ProviderUnclear(`WeChat Pay answered in an unknown form: ${parsed.error.issues[0]?.path.join('.')}`)
  return parsed.data
}

/** WeChat Pay API v3 in public-key mode: JSAPI and native orders, query, close, refund, callbacks. */
export function wechatPayGateway({ wechatPay, baseUrl }: Pick<Config, 'wechatPay' | 'baseUrl'>): PaymentGateway {
  const { mchId: mchid, appId: appid, publicKeyId, merchantPrivateKey } = wechatPay
  const options = {
    mchid, serial: wechatPay.merchantSerial, privateKey: merchantPrivateKey, certs: { [publicKeyId]: wechatPay.publicKey }, baseURL: `${wechatPay.apiBase.replace(/\/$/, '')}/`, timeout: timeoutMs,
    // Asks that replies be signed by the key we hold, also while a merchant is moving off platform certificates.
    headers: { 'Wechatpay-Serial': publicKeyId },
  }
  const client = Decorator.jsonBased(options)

  /** Sends a call; 5xx, 429, 202, time-outs and replies that are not proven leave the outcome open. */
  const send = async (method: 'GET' | 'POST', url: string, data?: object, params?: object): Promise<unknown> => {
    try {
      const reply = await client.request({ method, url, data, params })
      if (reply.status === 202) throw new ProviderUnclear('WeChat Pay took the call in and has not decided')
      return reply.data
    } catch (error) {
      if (error instanceof ProviderUnclear) throw error
      const { response, code } = error as HttpFailure
      // EV3_…: the reply's own signature is missing, old or wrong, so whatever it says is not the provider's word.
      if (!response || code?.startsWith('EV3_')) throw new ProviderUnclear(`WeChat Pay: ${code ?? 'no answer'}`)
      const { status, data: body } = response
      if (status >= 500 || status === 429 || !body?.code) throw new ProviderUnclear(`WeChat Pay answered ${status}`)
      throw new Refused(body.code, body.message ?? '')
    }
  }

  const paySheet = (prepayId: string, at: Date) => {
    const timeStamp = String(Math.floor(at.getTime() / 1000))
    const nonceStr = Formatter.nonce()
    const pack = `prepay_id=${prepayId}`
    const paySign = createSign('RSA-SHA256').update(`${appid}\n${timeStamp}\n${nonceStr}\n${pack}\n`).sign(merchantPrivateKey, 'base64')
    return { kind: 'wechat_jsapi', timeStamp, nonceStr, package: pack, signType: 'RSA', paySign } as const
  }

  const place = async (order: PaymentOrder): Promise<Placed> => {
    const body = {
      appid, mchid, description: order.subject, out_trade_no: order.paymentNumber, notify_url: `${baseUrl}/callback/wechat-pay/payment`, time_expire: rfc3339(order.expiresAt),
      amount: { total: order.amountFen, currency: 'CNY' }, ...(order.kind === 'in_app' && { payer: { openid: order.payer } }),
    }
    try {
      const data = await send('POST', `v3/pay/transactions/${order.kind === 'in_app' ? 'jsapi' : 'native'}`, body)
      if (order.kind === 'code') return { state: 'placed', action: { kind: 'qr', content: read(z.object({ code_url: z.string().startsWith('weixin://') }), data).code_url } }
      return { state: 'placed', action: paySheet(read(z.object({ prepay_id: z.string().min(1) }), data).prepay_id, order.createdAt) }
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      if (error.code === 'ORDERPAID') return { state: 'paid_already' }
      if (error.code === 'ORDER_CLOSED' || error.code === 'ORDERCLOSED') return { state: 'closed_already' }
      return { state: 'refused', reason: error.message }
    }
  }

  const query = async (paymentNumber: string): Promise<TradeAnswer> => {
    let data: unknown
    try {
      data = await send('GET', `v3/pay/transactions/out-trade-no/${paymentNumber}`, undefined, { mchid })
    } catch (error) {
      if (error instanceof Refused && /NOT_?EXIST/.test(error.code)) return { state: 'unknown' }
      throw error instanceof Refused ? new ProviderUnclear(error.message) : error
    }
    const transaction = read(Transaction, data)
    if (transaction.out_trade_no !== paymentNumber || transaction.mchid !== mchid || transaction.appid !== appid) throw new ProviderUnclear('WeChat Pay answered about another order')
    if (transaction.trade_state === 'NOTPAY' || transaction.trade_state === 'USERPAYING') return { state: 'waiting' }
    if (transaction.trade_state !== 'SUCCESS' && transaction.trade_state !== 'REFUND') return { state: 'closed' }
    const fact = factOf(transaction)
    if (!fact) throw new ProviderUnclear('WeChat Pay says paid without a transaction, a time or yuan')
    return { state: 'paid', fact }
  }

  const close = async (paymentNumber: string): Promise<'closed' | 'paid'> => {
    try {
      await send('POST', `v3/pay/transactions/out-trade-no/${paymentNumber}/close`, { mchid })
      return 'closed'
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      if (error.code === 'ORDERPAID') return 'paid'
      if (/CLOSED|NOT_?EXIST/.test(error.code)) return 'closed'
      throw new ProviderUnclear(error.message)
    }
  }

  const refundAnswer = (order: RefundOrder, data: unknown): RefundAnswer => {
    const reply = read(RefundReply, data)
    if (reply.out_refund_no !== order.refundNumber || reply.amount.refund !== order.amountFen) throw new ProviderUnclear('WeChat Pay answered about another refund')
    if (reply.status === 'SUCCESS') {
      const doneAt = new Date(reply.success_time ?? '')
      if (Number.isNaN(doneAt.getTime())) throw new ProviderUnclear('WeChat Pay says refunded without a time')
      return { state: 'refunded', providerNumber: reply.refund_id, doneAt }
    }
    if (reply.status === 'CLOSED') return { state: 'failed', reason: '退款已关闭' }
    return { state: 'under_way', note: reply.status === 'ABNORMAL' ? '退款异常：需在商户平台处理到其他账户' : null }
  }

  const refund = async (order: RefundOrder): Promise<RefundAnswer> => {
    try {
      return refundAnswer(order, await send('POST', 'v3/refund/domestic/refunds', {
        transaction_id: order.providerNumber, out_refund_no: order.refundNumber, reason: order.reason.slice(0, 80), notify_url: `${baseUrl}/callback/wechat-pay/refund`,
        amount: { refund: order.amountFen, total: order.paidFen, currency: 'CNY' },
      }))
    } catch (error) {
      // Not enough balance and the like may pass: the same number is tried again.
      if (error instanceof Refused) return /NOT_ENOUGH|FREQUENCY|SYSTEM/.test(error.code) ? { state: 'under_way', note: error.message } : { state: 'failed', reason: error.message }
      throw error
    }
  }

  const queryRefund = async (order: RefundOrder): Promise<RefundAnswer> => {
    try {
      return refundAnswer(order, await send('GET', `v3/refund/domestic/refunds/${order.refundNumber}`))
    } catch (error) {
      if (error instanceof Refused && /NOT_?EXIST/.test(error.code)) return { state: 'unknown' }
      throw error instanceof Refused ? new ProviderUnclear(error.message) : error
    }
  }

  return {
    place, query, close, refund, queryRefund,
    readNotice: (raw) => readNotice(wechatPay, raw),
    acknowledge: (taken) => (taken ? { status: 204, type: 'application/json', body: '' } : { status: 401, type: 'application/json', body: '{"code":"FAIL","message":"not accepted"}' }),
  }
}
