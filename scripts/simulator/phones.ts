import { payAlipay } from './alipay-trade.ts'
import { rsaVerify } from './crypto.ts'
import type { Courier } from './deliver.ts'
import type { Person } from './people.ts'
import type { Trade } from './state.ts'
import { openTrades } from './trades.ts'
import { payWechat } from './wechat-pay.ts'
import { yuan, type World } from './world.ts'

/** What `wx.requestPayment` was called with; its signature is checked as the WeChat client does. */
export interface PaySheet { timeStamp: string; nonceStr: string; package: string; signType: string; paySign: string }

/** Names one order: by any of its numbers, by the code to scan, or by the parameters of the pay sheet. */
export interface PayTarget {
  outTradeNo?: string
  prepayId?: string
  codeUrl?: string
  tradeNo?: string
  requestPayment?: PaySheet
  /** `cancel` closes the sheet without paying. */
  outcome?: 'pay' | 'cancel'
  /** false returns before the callback's first try is over. */
  waitForCallback?: boolean
}
export interface PayResult { result: 'paid' | 'cancelled'; vendor: Trade['vendor']; outTradeNo: string; tradeNo: string; totalFen: number }

/** A phone that cannot do what it is asked; `code` is stable, the message is for people. */
export class PhoneRefusal extends Error {
  readonly code: string
  readonly status: 404 | 409
  constructor(code: string, message: string, status: 404 | 409 = 409) {
    super(message)
    this.code = code
    this.status = status
  }
}

/** The person behind a phone number (made on demand), openid, open_id or name. */
export const whose = (world: World, key: string): Person => {
  const person = world.find(key) ?? (/^1\d{10}$/.test(key) ? world.person(key) : undefined)
  if (!person) throw new PhoneRefusal('person_unknown', `nobody has ${key}`, 404)
  return person
}

const prepayIdOf = (target: PayTarget): string | undefined => target.prepayId ?? target.requestPayment?.package.replace(/^prepay_id=/, '')

const findTrade = (world: World, target: PayTarget): Trade => {
  const prepayId = prepayIdOf(target)
  openTrades(world)
  const found = world.state.trades.findLast(trade =>
    (target.outTradeNo !== undefined && trade.outTradeNo === target.outTradeNo) || (prepayId !== undefined && trade.prepayId === prepayId)
    || (target.codeUrl !== undefined && trade.codeUrl === target.codeUrl) || (target.tradeNo !== undefined && trade.tradeNo === target.tradeNo))
  if (!found) throw new PhoneRefusal('trade_unknown', 'no such order at WeChat Pay or Alipay', 404)
  return found
}

const checkSheet = (world: World, trade: Trade, sheet: PaySheet): void => {
  const text = `${trade.appId}\n${sheet.timeStamp}\n${sheet.nonceStr}\n${sheet.package}\n`
  if (sheet.signType !== 'RSA' || !rsaVerify(text, sheet.paySign, world.config.wechatPay.merchantPublicKey)) throw new PhoneRefusal('pay_sign_invalid', '支付验证签名失败')
}

/** A phone scans a code: the order shows up on it. For Alipay this is when the trade begins to exist. */
export const scan = (world: World, key: string, codeUrl: string): Trade => {
  const person = whose(world, key)
  const trade = findTrade(world, { codeUrl })
  if (trade.state !== 'open' || trade.payableUntil <= world.clock.now()) throw new PhoneRefusal('code_expired', '二维码已过期')
  trade.exists = true
  world.log({ vendor: trade.vendor, zh: `${person.name} 扫码 ${trade.outTradeNo}`, en: `${person.phone} scanned ${trade.outTradeNo}` })
  return trade
}

/** A person pays (or cancels) an order. Refuses what the real phone refuses: closed, paid, expired, somebody else's, badly signed. */
export const pay = async (world: World, courier: Courier, key: string, target: PayTarget): Promise<PayResult> => {
  const person = whose(world, key)
  const trade = findTrade(world, target)
  const answer = { vendor: trade.vendor, outTradeNo: trade.outTradeNo, tradeNo: trade.tradeNo, totalFen: trade.totalFen }
  if (target.requestPayment) checkSheet(world, trade, target.requestPayment)
  if (trade.state === 'paid') throw new PhoneRefusal('already_paid', '该订单已支付')
  if (trade.state === 'closed') throw new PhoneRefusal('trade_closed', '订单已关闭')
  if (trade.payableUntil <= world.clock.now()) throw new PhoneRefusal('trade_expired', '订单已过期，请重新下单')
  const mine = [person.alipayOpenId, person.alipayUserId, ...Object.values(person.openids)]
  if (trade.payerId && !mine.includes(trade.payerId)) throw new PhoneRefusal('not_the_payer', '下单账号与支付账号不一致')
  if (target.outcome === 'cancel') {
    world.log({ vendor: trade.vendor, zh: `${person.name} 取消支付 ${trade.outTradeNo}`, en: `${person.phone} cancelled ${trade.outTradeNo}` })
    return { result: 'cancelled', ...answer }
  }
  world.log({ vendor: trade.vendor, level: 'good', zh: `${person.name} 支付 ¥${yuan(trade.totalFen)}`, en: `${person.phone} paid ¥${yuan(trade.totalFen)}` })
  const called = trade.vendor === 'wechatpay' ? payWechat(world, courier, trade, person.phone) : payAlipay(world, courier, trade, person.phone)
  world.changed()
  if (target.waitForCallback !== false) await called
  return { result: 'paid', ...answer }
}
