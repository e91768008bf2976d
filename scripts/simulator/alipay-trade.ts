import { beijing, compactTime } from './clock.ts'
import { randomDigits, randomToken } from './crypto.ts'
import type { Courier } from './deliver.ts'
import type { Trade } from './state.ts'
import { businessFailed } from './alipay-wire.ts'
import { fingerprint, refundedFen, refundsOf, tradeByNo, tradeByOrderNo } from './trades.ts'
import { yuan, type World } from './world.ts'

export interface TradeContext { world: World; courier: Courier; notifyUrl?: string }
type Biz = Record<string, unknown>

const AUTO_CLOSE_MS = 15 * 86_400_000
const CODE_LIVES_MS = 2 * 3_600_000
const REFUND_WITHIN_MS = 365 * 86_400_000
const UNITS: Record<string, number> = { m: 60_000, h: 3_600_000, d: 86_400_000 }

const OK = { code: '10000', msg: 'Success' }
const text = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '')
const invalid = (name: string) => businessFailed('INVALID_PARAMETER', `参数无效：${name}`)

/** `"18.80"` → 1880; refuses more than two decimals, zero and what passes 100 million yuan. */
const fen = (value: unknown, name: string): number => {
  const match = /^(\d{1,9})(?:\.(\d{1,2}))?$/.exec(text(value))
  const amount = match ? Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0')) : 0
  if (amount < 1 || amount > 10_000_000_000) throw invalid(name)
  return amount
}

const expiry = (biz: Biz, now: number): number => {
  const at = text(biz.time_expire)
  if (at) return Date.parse(`${at.replace(' ', 'T')}+08:00`)
  const span = /^(\d+)([mhd])$/.exec(text(biz.timeout_express))
  return now + (span ? Number(span[1]) * UNITS[span[2]!]! : AUTO_CLOSE_MS)
}

const newTrade = ({ world, notifyUrl }: TradeContext, biz: Biz, kind: 'create' | 'precreate'): Trade => {
  const now = world.clock.now()
  const outTradeNo = text(biz.out_trade_no)
  if (!/^[A-Za-z0-9_]{1,64}$/.test(outTradeNo)) throw invalid('out_trade_no')
  const subject = text(biz.subject)
  if (!subject || [...subject].length > 256 || /[/=&]/.test(subject)) throw invalid('subject')
  const totalFen = fen(biz.total_amount, 'total_amount')
  const payerId = text(biz.buyer_open_id) || text(biz.buyer_id) || undefined
  const mark = fingerprint([totalFen, kind, payerId])
  const known = tradeByOrderNo(world, 'alipay', outTradeNo)
  if (known?.state === 'paid') throw businessFailed('TRADE_HAS_SUCCESS', '交易已被支付')
  if (known?.state === 'closed') throw businessFailed('TRADE_HAS_CLOSE', '交易已经关闭')
  if (known && known.fingerprint !== mark) throw businessFailed('CONTEXT_INCONSISTENT', '交易信息被篡改')
  if (known) return known
  const expiresAt = expiry(biz, now)
  if (!(expiresAt > now)) throw invalid('time_expire')
  const trade: Trade = {
    vendor: 'alipay', kind, appId: world.config.alipay.appId, outTradeNo, tradeNo: `${compactTime(now).slice(0, 8)}2200${randomDigits(16)}`,
    codeUrl: kind === 'precreate' ? `https://qr.alipay.com/bax${randomDigits(5)}${randomToken(12).toLowerCase().replace(/[-_]/g, 'q')}` : undefined,
    description: subject, attach: text(biz.passback_params) || undefined, totalFen, notifyUrl, payerId, createdAt: now, expiresAt,
    payableUntil: kind === 'precreate' ? Math.min(expiresAt, now + CODE_LIVES_MS) : expiresAt, state: 'open', exists: kind === 'create', fingerprint: mark,
  }
  world.state.trades.push(trade)
  world.log({ vendor: 'alipay', zh: `下单 ${outTradeNo}`, en: `Trade ${outTradeNo} (${kind})` })
  return trade
}

/** `alipay.trade.create` for a mini-program: → `trade_no` for `my.tradePay`. */
export const createTrade = (context: TradeContext, biz: Biz): object => {
  if (text(biz.product_code) !== 'JSAPI_PAY') throw invalid('product_code')
  if (!text(biz.op_app_id)) throw invalid('op_app_id')
  const buyer = text(biz.buyer_open_id) || text(biz.buyer_id)
  if (!buyer) throw invalid('buyer_open_id')
  if (!context.world.find(buyer)) throw businessFailed('BUYER_NOT_EXIST', '买家不存在')
  const trade = newTrade(context, biz, 'create')
  return { ...OK, out_trade_no: trade.outTradeNo, trade_no: trade.tradeNo }
}

/** `alipay.trade.precreate`: → `qr_code`. The trade itself comes into being when the code is scanned. */
export const precreateTrade = (context: TradeContext, biz: Biz): object => {
  const trade = newTrade(context, biz, 'precreate')
  return { ...OK, out_trade_no: trade.outTradeNo, qr_code: trade.codeUrl }
}

const existing = (world: World, biz: Biz): Trade => {
  const trade = text(biz.trade_no) ? tradeByNo(world, 'alipay', text(biz.trade_no)) : tradeByOrderNo(world, 'alipay', text(biz.out_trade_no))
  if (!trade?.exists) throw businessFailed('TRADE_NOT_EXIST', '交易不存在')
  return trade
}

const statusOf = (world: World, trade: Trade): string => {
  if (trade.state === 'open') return 'WAIT_BUYER_PAY'
  if (trade.state === 'closed' || refundedFen(world, trade) === trade.totalFen) return 'TRADE_CLOSED'
  return world.clock.now() - trade.paidAt! > REFUND_WITHIN_MS ? 'TRADE_FINISHED' : 'TRADE_SUCCESS'
}

const buyerOf = (world: World, trade: Trade): { buyer_logon_id: string; buyer_open_id: string; buyer_user_id: string } | undefined => {
  const person = world.state.people.find(one => one.phone === trade.payerPhone) ?? (trade.payerId ? world.find(trade.payerId) : undefined)
  return person && { buyer_logon_id: `${person.phone.slice(0, 3)}******${person.phone.slice(-2)}`, buyer_open_id: person.alipayOpenId, buyer_user_id: person.alipayUserId }
}

/** `alipay.trade.query` */
export const queryTrade = ({ world }: TradeContext, biz: Biz): object => {
  const trade = existing(world, biz)
  const paid = trade.state === 'paid' ? yuan(trade.totalFen) : '0.00'
  return {
    ...OK, ...buyerOf(world, trade), buyer_pay_amount: paid, invoice_amount: paid, out_trade_no: trade.outTradeNo, point_amount: '0.00', receipt_amount: paid,
    ...(trade.paidAt && { send_pay_date: beijing(trade.paidAt), fund_bill_list: [{ amount: paid, fund_channel: 'ALIPAYACCOUNT' }] }),
    total_amount: yuan(trade.totalFen), trade_no: trade.tradeNo, trade_status: statusOf(world, trade),
  }
}

/** The parameters of a notification; `notify_id` stays the same over its repeats. */
const notification = (world: World, trade: Trade, extra: Record<string, string> = {}): Record<string, string> => {
  const total = yuan(trade.totalFen)
  const now = world.clock.now()
  const buyer = buyerOf(world, trade)
  return {
    app_id: trade.appId, auth_app_id: trade.appId, buyer_id: buyer?.buyer_user_id ?? '', buyer_open_id: buyer?.buyer_open_id ?? '', buyer_logon_id: buyer?.buyer_logon_id ?? '',
    buyer_pay_amount: total, charset: 'utf-8', fund_bill_list: JSON.stringify([{ amount: total, fundChannel: 'ALIPAYACCOUNT' }]),
    gmt_create: beijing(trade.createdAt), gmt_payment: beijing(trade.paidAt ?? now), invoice_amount: total, notify_id: `${compactTime(now).slice(0, 8)}00222${randomDigits(20)}`,
    notify_time: beijing(now), notify_type: 'trade_status_sync', out_trade_no: trade.outTradeNo, point_amount: '0.00', receipt_amount: total,
    seller_id: world.config.alipay.sellerId, subject: trade.description, total_amount: total, trade_no: trade.tradeNo, trade_status: statusOf(world, trade), version: '1.0',
    ...(trade.attach && { passback_params: trade.attach }), ...extra,
  }
}

/** The payer confirmed: the trade is paid and the notification goes out. Resolves after its first try. */
export const payAlipay = async (world: World, courier: Courier, trade: Trade, phone: string): Promise<void> => {
  trade.exists = true
  trade.state = 'paid'
  trade.paidAt = world.clock.now()
  trade.payerPhone = phone
  await courier.send('alipay', 'payment', trade.notifyUrl, notification(world, trade))
}

/** `alipay.trade.refund`: `out_request_no` is the idempotency key; `refund_fee` is the cumulative sum. */
export const refundTrade = ({ world, courier }: TradeContext, biz: Biz): object => {
  const trade = existing(world, biz)
  const amountFen = fen(biz.refund_amount, 'refund_amount')
  const requestNo = text(biz.out_request_no) || trade.outTradeNo
  if (!text(biz.out_request_no) && amountFen < trade.totalFen) throw invalid('out_request_no')
  if (trade.state !== 'paid') throw businessFailed('TRADE_STATUS_ERROR', '交易状态不合法')
  const known = refundsOf(world, trade).find(refund => refund.outRefundNo === requestNo)
  if (known && known.amountFen !== amountFen) throw businessFailed('DISCORDANT_REPEAT_REQUEST', '不一致的请求')
  if (!known) {
    if (statusOf(world, trade) === 'TRADE_FINISHED') throw businessFailed('TRADE_HAS_FINISHED', '交易已完结')
    if (refundedFen(world, trade) + amountFen > trade.totalFen) throw businessFailed('REFUND_AMT_NOT_EQUAL_TOTAL', '退款金额超限')
    const now = world.clock.now()
    world.state.refunds.push({ vendor: 'alipay', outTradeNo: trade.outTradeNo, outRefundNo: requestNo, refundId: randomDigits(20), amountFen, reason: text(biz.refund_reason), state: 'success', createdAt: now, successAt: now, fingerprint: String(amountFen) })
    world.log({ vendor: 'alipay', level: 'good', zh: `退款 ${requestNo} ¥${yuan(amountFen)}`, en: `Refund ${requestNo} ¥${yuan(amountFen)}` })
    const notice = notification(world, trade, { refund_fee: yuan(refundedFen(world, trade)), gmt_refund: `${beijing(now)}.000`, out_biz_no: requestNo })
    world.clock.after(0, () => courier.send('alipay', 'refund', trade.notifyUrl, notice))
  }
  return {
    ...OK, ...buyerOf(world, trade), fund_change: known ? 'N' : 'Y', gmt_refund_pay: beijing(world.clock.now()), out_trade_no: trade.outTradeNo,
    refund_fee: yuan(refundedFen(world, trade)), send_back_fee: known ? '0.00' : yuan(amountFen), trade_no: trade.tradeNo,
  }
}

/** `alipay.trade.fastpay.refund.query`: a refund that is not known answers 10000 without `refund_status`. */
export const queryRefund = ({ world }: TradeContext, biz: Biz): object => {
  const trade = existing(world, biz)
  if (!text(biz.out_request_no)) throw invalid('out_request_no')
  const refund = refundsOf(world, trade).find(one => one.outRefundNo === text(biz.out_request_no))
  if (!refund) return OK
  return {
    ...OK, out_request_no: refund.outRefundNo, out_trade_no: trade.outTradeNo, refund_amount: yuan(refund.amountFen), refund_status: 'REFUND_SUCCESS',
    total_amount: yuan(trade.totalFen), trade_no: trade.tradeNo, gmt_refund_pay: beijing(refund.successAt!),
  }
}

const shut = (world: World, trade: Trade): void => {
  trade.state = 'closed'
  trade.closedAt = world.clock.now()
  world.log({ vendor: 'alipay', zh: `关单 ${trade.outTradeNo}`, en: `Trade ${trade.outTradeNo} closed` })
}

/** `alipay.trade.close`: only a trade that waits for its buyer. */
export const closeTrade = ({ world }: TradeContext, biz: Biz): object => {
  const trade = existing(world, biz)
  if (trade.state !== 'open') throw businessFailed('REASON_TRADE_STATUS_INVALID', '交易状态不合法')
  shut(world, trade)
  return { ...OK, out_trade_no: trade.outTradeNo, trade_no: trade.tradeNo }
}

/** `alipay.trade.cancel`: closes an unpaid trade (a code nobody scanned as well), gives a paid one back in full. */
export const cancelTrade = (context: TradeContext, biz: Biz): object => {
  const { world } = context
  const trade = tradeByOrderNo(world, 'alipay', text(biz.out_trade_no))
  const answer = { ...OK, out_trade_no: text(biz.out_trade_no), retry_flag: 'N' }
  if (!trade) return answer
  const leftFen = trade.totalFen - refundedFen(world, trade)
  if (trade.state === 'paid' && leftFen > 0) refundTrade(context, { out_trade_no: trade.outTradeNo, refund_amount: yuan(leftFen), out_request_no: `cancel_${trade.outTradeNo}` })
  const action = trade.state === 'paid' ? 'refund' : 'close'
  if (trade.state === 'open') shut(world, trade)
  return { ...answer, ...(trade.exists && { trade_no: trade.tradeNo }), action }
}
