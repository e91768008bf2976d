import { AlipaySdk } from 'alipay-sdk'
import { z } from 'zod'
import { fenToYuan, yuanToFen } from '@atrium/shared/money.ts'
import { fromShanghaiTime, shanghaiTime } from '@atrium/shared/time.ts'
import type { Config } from '../../config.ts'
import { type PaymentGateway, type PaymentOrder, type Placed, ProviderUnclear, type RefundAnswer, type RefundOrder, type TradeAnswer } from '../../payment/gateway.ts'
import { readNotice } from './notice.ts'

const timeoutMs = 5_000
const Common = z.object({ code: z.string(), subCode: z.string().optional(), subMsg: z.string().optional() })
const Trade = z.object({ outTradeNo: z.string(), tradeNo: z.string(), totalAmount: z.string(), tradeStatus: z.enum(['WAIT_BUYER_PAY', 'TRADE_SUCCESS', 'TRADE_FINISHED', 'TRADE_CLOSED']), sendPayDate: z.string().optional() })
const RefundReply = z.object({ outTradeNo: z.string(), fundChange: z.string() })
const RefundQuery = z.object({ outRequestNo: z.string().optional(), refundStatus: z.string().optional(), refundAmount: z.string().optional(), gmtRefundPay: z.string().optional() })

/** A business refusal (`ACQ.…`) or a call that the gateway would not read. */
class Refused extends Error {
  readonly subCode: string
  constructor(subCode: string, message: string) {
    super(`${subCode}: ${message}`)
    this.subCode = subCode
  }
}

const read = <T>(schema: z.ZodType<T>, data: unknown): T => {
  const parsed = schema.safeParse(data)
  if (!parsed.success) throw new ProviderUnclear(`Alipay answered in an unknown form: ${parsed.error.issues[0]?.path.join('.')}`)
  return parsed.data
}

/** Alipay gateway v2: trade create and precreate, query, close, refund, notifications. */
export function alipayGateway({ alipay, baseUrl }: Pick<Config, 'alipay' | 'baseUrl'>): PaymentGateway {
  const sdk = new AlipaySdk({ appId: alipay.appId, privateKey: alipay.privateKey.trim(), keyType: 'PKCS8', alipayPublicKey: alipay.alipayPublicKey.trim(), gateway: alipay.gateway, timeout: timeoutMs })

  /** Sends a call. The SDK does not verify replies unless it is told to. What is not answered, not proven or not decided leaves the outcome open. */
  const send = async (method: string, bizContent: object, notify = false): Promise<unknown> => {
    let data: unknown
    try {
      data = await sdk.exec(method, { bizContent, ...(notify && { notifyUrl: `${baseUrl}/callback/alipay/payment` }) }, { validateSign: true })
    } catch (error) {
      throw new ProviderUnclear(`Alipay: ${error instanceof Error ? error.message.slice(0, 80) : 'no answer'}`)
    }
    const { code, subCode = '', subMsg = '' } = read(Common, data)
    if (code === '10000') return data
    if (code === '20000' || code === '10003' || subCode === 'ACQ.SYSTEM_ERROR' || subCode === 'aop.ACQ.SYSTEM_ERROR') throw new ProviderUnclear(`Alipay answered ${code} ${subCode}`)
    throw new Refused(subCode || code, subMsg)
  }

  const place = async (order: PaymentOrder): Promise<Placed> => {
    // The gateway refuses `/ = &` in a subject.
    const biz = { outTradeNo: order.paymentNumber, totalAmount: fenToYuan(order.amountFen), subject: order.subject.replace(/[/=&]/g, ' '), timeExpire: shanghaiTime(order.expiresAt) }
    try {
      if (order.kind === 'code') {
        const data = await send('alipay.trade.precreate', biz, true)
        return { state: 'placed', action: { kind: 'qr', content: read(z.object({ qrCode: z.url() }), data).qrCode } }
      }
      const data = await send('alipay.trade.create', { ...biz, productCode: 'JSAPI_PAY', opAppId: alipay.appId, buyerOpenId: order.payer }, true)
      return { state: 'placed', action: { kind: 'alipay_trade', tradeNo: read(z.object({ tradeNo: z.string().min(1) }), data).tradeNo } }
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      if (error.subCode === 'ACQ.TRADE_HAS_SUCCESS') return { state: 'paid_already' }
      if (error.subCode === 'ACQ.TRADE_HAS_CLOSE') return { state: 'closed_already' }
      return { state: 'refused', reason: error.message }
    }
  }

  const query = async (paymentNumber: string): Promise<TradeAnswer> => {
    let data: unknown
    try {
      data = await send('alipay.trade.query', { outTradeNo: paymentNumber })
    } catch (error) {
      if (error instanceof Refused && error.subCode === 'ACQ.TRADE_NOT_EXIST') return { state: 'unknown' }
      throw error instanceof Refused ? new ProviderUnclear(error.message) : error
    }
    const trade = read(Trade, data)
    if (trade.outTradeNo !== paymentNumber) throw new ProviderUnclear('Alipay answered about another trade')
    if (trade.tradeStatus === 'WAIT_BUYER_PAY') return { state: 'waiting' }
    if (trade.tradeStatus === 'TRADE_CLOSED') return { state: 'closed' }
    const amountFen = yuanToFen(trade.totalAmount)
    const paidAt = fromShanghaiTime(trade.sendPayDate ?? '')
    if (amountFen === null || !paidAt) throw new ProviderUnclear('Alipay says paid without an amount or a time')
    return { state: 'paid', fact: { paymentNumber, providerNumber: trade.tradeNo, amountFen, paidAt } }
  }

  const close = async (paymentNumber: string): Promise<'closed' | 'paid'> => {
    try {
      await send('alipay.trade.close', { outTradeNo: paymentNumber })
      return 'closed'
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      if (error.subCode === 'ACQ.TRADE_NOT_EXIST') {
        // A code that nobody has scanned is no trade yet and cannot be closed: cancel kills it. Should it be paid in this instant, cancel gives the money back.
        await send('alipay.trade.cancel', { outTradeNo: paymentNumber }).catch((e: unknown) => { throw e instanceof Refused ? new ProviderUnclear(e.message) : e })
        return 'closed'
      }
      const answer = await query(paymentNumber)
      if (answer.state === 'paid' || answer.state === 'closed') return answer.state
      throw new ProviderUnclear(error.message)
    }
  }

  const queryRefund = async (order: RefundOrder): Promise<RefundAnswer> => {
    let data: unknown
    try {
      data = await send('alipay.trade.fastpay.refund.query', { tradeNo: order.providerNumber, outRequestNo: order.refundNumber, queryOptions: ['gmt_refund_pay'] })
    } catch (error) {
      if (error instanceof Refused && /NOT_EXIST/.test(error.subCode)) return { state: 'unknown' }
      throw error instanceof Refused ? new ProviderUnclear(error.message) : error
    }
    const refund = read(RefundQuery, data)
    if (refund.refundStatus !== 'REFUND_SUCCESS') return { state: 'unknown' }
    if (refund.outRequestNo !== order.refundNumber || yuanToFen(refund.refundAmount ?? '') !== order.amountFen) throw new ProviderUnclear('Alipay answered about another refund')
    const doneAt = fromShanghaiTime((refund.gmtRefundPay ?? '').slice(0, 19))
    if (!doneAt) throw new ProviderUnclear('Alipay says refunded without a time')
    return { state: 'refunded', providerNumber: order.refundNumber, doneAt }
  }

  const refund = async (order: RefundOrder): Promise<RefundAnswer> => {
    try {
      const data = await send('alipay.trade.refund', { tradeNo: order.providerNumber, refundAmount: fenToYuan(order.amountFen), outRequestNo: order.refundNumber, refundReason: order.reason.slice(0, 80) })
      read(RefundReply, data)
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      return /NOT_ENOUGH|BALANCE/.test(error.subCode) ? { state: 'under_way', note: error.message } : { state: 'failed', reason: error.message }
    }
    // The reply names only the sum of all refunds of the trade, so this one is asked for by its number.
    return queryRefund(order)
  }

  return {
    place, query, close, refund, queryRefund,
    readNotice: (raw) => readNotice(alipay, (params) => sdk.checkNotifySignV2(params), raw),
    acknowledge: (taken) => ({ status: taken ? 200 : 400, type: 'text/plain', body: taken ? 'success' : 'fail' }),
  }
}
