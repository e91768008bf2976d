import { Hono } from 'hono'
import { compactTime, rfc3339 } from './clock.ts'
import { randomDigits, randomHex, randomToken } from './crypto.ts'
import type { Courier } from './deliver.ts'
import { misbehave, type Env } from './misbehave.ts'
import type { Refund, Trade } from './state.ts'
import { fingerprint, refundedFen, refundsOf, tradeByNo, tradeByOrderNo } from './trades.ts'
import { badParameter, notice, PayRefusal, signedExchange, wechatPaySender, wordRefusal } from './wechat-pay-wire.ts'
import type { World } from './world.ts'

const PAYABLE_MS = 2 * 3_600_000
const AUTO_CLOSE_MS = 7 * 86_400_000
const REFUND_TAKES_MS = 1_500
const REFUND_WITHIN_MS = 365 * 86_400_000
const MOST_REFUNDS = 50

const STATE_WORDS: Record<string, string> = { SUCCESS: '支付成功', REFUND: '转入退款', NOTPAY: '订单未支付', CLOSED: '订单已关闭' }

interface OrderBody {
  appid?: string; mchid?: string; description?: string; out_trade_no?: string; notify_url?: string; time_expire?: string; attach?: string
  amount?: { total?: number; currency?: string }; payer?: { openid?: string }
}
interface RefundBody { transaction_id?: string; out_trade_no?: string; out_refund_no?: string; reason?: string; notify_url?: string; amount?: { refund?: number; total?: number; currency?: string } }

const orderMissing = () => new PayRefusal(404, 'ORDER_NOT_EXIST', '订单不存在', 268512771)

/** Refuses an order as the provider's parameter rules do. */
const checkOrder = (world: World, body: OrderBody, kind: 'jsapi' | 'native'): void => {
  const { mchId, appId } = world.config.wechatPay
  if (!/^[0-9A-Za-z_\-|*]{6,32}$/.test(body.out_trade_no ?? '')) throw badParameter('/out_trade_no', '6 到 32 个字符，只能是数字、大小写字母 _-|*')
  if (!body.description || [...body.description].length > 127) throw badParameter('/description', '1 到 127 个字符')
  if (!Number.isInteger(body.amount?.total) || body.amount!.total! < 1) throw badParameter('/amount/total', '最小值 1 的整数（分）')
  if ((body.amount!.currency ?? 'CNY') !== 'CNY') throw badParameter('/amount/currency', '只支持 CNY')
  if (!/^https?:\/\/[^?#\s]+$/.test(body.notify_url ?? '')) throw badParameter('/notify_url', '必须是可直接访问的 URL，不能带参数')
  if ((body.attach?.length ?? 0) > 128) throw badParameter('/attach', '最长 128 个字符')
  if (body.time_expire && Number.isNaN(Date.parse(body.time_expire))) throw badParameter('/time_expire', '须为 RFC3339 格式')
  if (kind === 'jsapi' && !body.payer?.openid) throw badParameter('/payer/openid', '必填')
  if (body.mchid !== mchId || body.appid !== appId) throw new PayRefusal(400, 'APPID_MCHID_NOT_MATCH', 'appid和mch_id不匹配，请检查后再试', 268445527)
  if (kind === 'jsapi' && !world.state.people.some(person => person.openids[appId] === body.payer!.openid)) throw badParameter('/payer/openid', 'openid 与 appid 不匹配')
}

/** Places an order, or finds the identical one again. */
const placeOrder = (world: World, body: OrderBody, kind: 'jsapi' | 'native'): Trade => {
  checkOrder(world, body, kind)
  const now = world.clock.now()
  const mark = fingerprint({ ...body, kind })
  const known = tradeByOrderNo(world, 'wechatpay', body.out_trade_no!)
  if (known?.state === 'paid') throw new PayRefusal(400, 'ORDERPAID', '该订单已支付', 268498689)
  if (known?.state === 'closed') throw new PayRefusal(400, 'ORDER_CLOSED', '该订单已关闭', 268447914)
  if ((known && known.fingerprint !== mark) || world.state.burntOrderNos.includes(body.out_trade_no!)) throw new PayRefusal(400, 'INVALID_REQUEST', '请求重入时，参数与首次请求时不一致', 268498688)
  if (known) return known
  const expiresAt = body.time_expire ? Date.parse(body.time_expire) : now + AUTO_CLOSE_MS
  if (expiresAt <= now) throw badParameter('/time_expire', '须晚于当前时间')
  const trade: Trade = {
    vendor: 'wechatpay', kind, appId: body.appid!, outTradeNo: body.out_trade_no!, tradeNo: `4200${randomDigits(6)}${compactTime(now).slice(0, 8)}${randomDigits(10)}`,
    prepayId: kind === 'jsapi' ? `wx${compactTime(now)}${randomHex(10)}` : undefined,
    codeUrl: kind === 'native' ? `weixin://wxpay/bizpayurl?pr=${randomToken(12).replace(/[-_]/g, 'A')}zz` : undefined,
    description: body.description!, attach: body.attach, totalFen: body.amount!.total!, notifyUrl: body.notify_url, payerId: body.payer?.openid,
    createdAt: now, expiresAt, payableUntil: Math.min(expiresAt, now + PAYABLE_MS), state: 'open', exists: true, fingerprint: mark,
  }
  world.state.trades.push(trade)
  world.log({ vendor: 'wechatpay', zh: `下单 ${trade.outTradeNo}`, en: `Order ${trade.outTradeNo} (${kind})` })
  return trade
}

/** An order as a query and a callback show it. */
export const transaction = (world: World, trade: Trade): Record<string, unknown> => {
  const state = trade.state === 'paid' ? (refundsOf(world, trade).length > 0 ? 'REFUND' : 'SUCCESS') : trade.state === 'open' ? 'NOTPAY' : 'CLOSED'
  const common = { mchid: world.config.wechatPay.mchId, appid: trade.appId, out_trade_no: trade.outTradeNo, attach: trade.attach ?? '', promotion_detail: [], trade_state: state, trade_state_desc: STATE_WORDS[state] }
  if (trade.state !== 'paid') return { ...common, amount: { total: trade.totalFen, currency: 'CNY', payer_total: trade.totalFen }, payer: {} }
  const payer = world.state.people.find(person => person.phone === trade.payerPhone)
  return {
    ...common,
    transaction_id: trade.tradeNo, trade_type: trade.kind === 'jsapi' ? 'JSAPI' : 'NATIVE', bank_type: 'OTHERS', success_time: rfc3339(trade.paidAt!),
    payer: { openid: payer ? world.openid(payer, trade.appId) : '' },
    amount: { total: trade.totalFen, payer_total: trade.totalFen, currency: 'CNY', payer_currency: 'CNY' },
  }
}

const refundView = (trade: Trade, refund: Refund): Record<string, unknown> => ({
  refund_id: refund.refundId, out_refund_no: refund.outRefundNo, transaction_id: trade.tradeNo, out_trade_no: trade.outTradeNo,
  channel: 'ORIGINAL', user_received_account: '支付用户零钱', funds_account: 'AVAILABLE', promotion_detail: [],
  create_time: rfc3339(refund.createdAt), status: refund.state.toUpperCase(), ...(refund.successAt && { success_time: rfc3339(refund.successAt) }),
  amount: { total: trade.totalFen, refund: refund.amountFen, payer_total: trade.totalFen, payer_refund: refund.amountFen, settlement_refund: refund.amountFen, settlement_total: trade.totalFen, discount_refund: 0, currency: 'CNY', from: [] },
})

const finishRefund = async (world: World, courier: Courier, refund: Refund): Promise<void> => {
  const trade = tradeByOrderNo(world, 'wechatpay', refund.outTradeNo)
  if (!trade || !world.state.refunds.includes(refund)) return
  const abnormal = world.faults.take('wechatpay', 'refund-abnormal', refund.outRefundNo)
  refund.state = abnormal ? 'abnormal' : 'success'
  if (!abnormal) refund.successAt = world.clock.now()
  world.log({ vendor: 'wechatpay', level: abnormal ? 'bad' : 'good', zh: `退款 ${refund.outRefundNo} ${abnormal ? '异常' : '到账'}`, en: `Refund ${refund.outRefundNo} ${refund.state}` })
  const status = refund.state.toUpperCase()
  await courier.send('wechatpay', 'refund', refund.notifyUrl, notice(world, `REFUND.${status}`, 'refund', abnormal ? '退款异常' : '退款成功', {
    mchid: world.config.wechatPay.mchId, out_trade_no: trade.outTradeNo, transaction_id: trade.tradeNo, out_refund_no: refund.outRefundNo, refund_id: refund.refundId,
    refund_status: status, ...(refund.successAt && { success_time: rfc3339(refund.successAt) }), user_received_account: '支付用户零钱',
    amount: { total: trade.totalFen, refund: refund.amountFen, payer_total: trade.totalFen, payer_refund: refund.amountFen },
  }))
}

/** Takes a refund in, or finds the identical one again; the sum never passes what was paid. */
const takeRefund = (world: World, courier: Courier, body: RefundBody): Record<string, unknown> => {
  if (!/^[0-9A-Za-z_\-|*@]{1,64}$/.test(body.out_refund_no ?? '')) throw badParameter('/out_refund_no', '1 到 64 个字符，只能是数字、大小写字母 _-|*@')
  if (!Number.isInteger(body.amount?.refund) || body.amount!.refund! < 1) throw badParameter('/amount/refund', '最小值 1 的整数（分）')
  if (!Number.isInteger(body.amount?.total)) throw badParameter('/amount/total', '必填')
  const trade = body.transaction_id ? tradeByNo(world, 'wechatpay', body.transaction_id) : body.out_trade_no ? tradeByOrderNo(world, 'wechatpay', body.out_trade_no) : undefined
  if (!trade || trade.state !== 'paid') throw new PayRefusal(404, 'RESOURCE_NOT_EXISTS', '订单不存在', 268512771)
  const mark = fingerprint([trade.outTradeNo, body.amount!.refund, body.amount!.total])
  const known = world.state.refunds.find(one => one.vendor === 'wechatpay' && one.outRefundNo === body.out_refund_no)
  if (known && known.fingerprint === mark) return refundView(trade, known)
  if (known || body.amount!.total !== trade.totalFen) throw new PayRefusal(400, 'INVALID_REQUEST', '订单金额或退款金额与之前请求不一致，请核实后再试', 268498688)
  if (refundedFen(world, trade) + body.amount!.refund! > trade.totalFen) throw new PayRefusal(400, 'INVALID_REQUEST', '累计退款金额大于支付金额', 268498688)
  if (refundsOf(world, trade).length >= MOST_REFUNDS) throw new PayRefusal(400, 'INVALID_REQUEST', '部分退款次数已达到上限', 268498688)
  if (world.clock.now() - trade.paidAt! > REFUND_WITHIN_MS) throw new PayRefusal(400, 'INVALID_REQUEST', '订单已经超过退款期限', 268498688)
  const refund: Refund = {
    vendor: 'wechatpay', outTradeNo: trade.outTradeNo, outRefundNo: body.out_refund_no!, refundId: `5030${randomDigits(6)}${compactTime(world.clock.now()).slice(0, 8)}${randomDigits(11)}`,
    amountFen: body.amount!.refund!, reason: body.reason, notifyUrl: body.notify_url, state: 'processing', createdAt: world.clock.now(), fingerprint: mark,
  }
  world.state.refunds.push(refund)
  world.log({ vendor: 'wechatpay', zh: `受理退款 ${refund.outRefundNo}`, en: `Refund ${refund.outRefundNo} accepted` })
  const view = refundView(trade, refund)
  world.clock.after(REFUND_TAKES_MS, () => finishRefund(world, courier, refund))
  return view
}

/** Refunds that were under way when the simulator stopped are finished after it starts again. */
export const resumeRefunds = (world: World, courier: Courier): void => {
  for (const refund of world.state.refunds.filter(one => one.vendor === 'wechatpay' && one.state === 'processing')) {
    world.clock.after(REFUND_TAKES_MS, () => finishRefund(world, courier, refund))
  }
}

/** The payer typed the password: the order is paid and the callback goes out. Resolves after the callback's first try. */
export const payWechat = async (world: World, courier: Courier, trade: Trade, phone: string): Promise<void> => {
  trade.state = 'paid'
  trade.paidAt = world.clock.now()
  trade.payerPhone = phone
  await courier.send('wechatpay', 'payment', trade.notifyUrl, notice(world, 'TRANSACTION.SUCCESS', 'transaction', '支付成功', transaction(world, trade)))
}

/** WeChat Pay API v3: api.mch.weixin.qq.com, public-key mode. */
export const wechatPayRoutes = (world: World, courier: Courier): Hono<Env> => {
  const app = new Hono<Env>()
  courier.register('wechatpay', wechatPaySender(world))
  app.onError(wordRefusal)
  app.use(misbehave(world, 'wechatpay', c => c.req.path), signedExchange(world))

  const ofUs = (mchid: string | undefined) => {
    if (mchid !== world.config.wechatPay.mchId) throw badParameter('/mchid', '与请求签名的商户号不一致')
  }

  app.post('/v3/pay/transactions/jsapi', async c => c.json({ prepay_id: placeOrder(world, await c.req.json(), 'jsapi').prepayId }))
  app.post('/v3/pay/transactions/native', async c => c.json({ code_url: placeOrder(world, await c.req.json(), 'native').codeUrl }))

  app.get('/v3/pay/transactions/out-trade-no/:no', c => {
    ofUs(c.req.query('mchid'))
    const trade = tradeByOrderNo(world, 'wechatpay', c.req.param('no'))
    if (!trade) throw orderMissing()
    return c.json(transaction(world, trade))
  })

  app.get('/v3/pay/transactions/id/:id', c => {
    ofUs(c.req.query('mchid'))
    const trade = tradeByNo(world, 'wechatpay', c.req.param('id'))
    if (trade?.state !== 'paid') throw orderMissing()
    return c.json(transaction(world, trade))
  })

  app.post('/v3/pay/transactions/out-trade-no/:no/close', async c => {
    ofUs((await c.req.json<{ mchid?: string }>()).mchid)
    const trade = tradeByOrderNo(world, 'wechatpay', c.req.param('no'))
    if (trade?.state === 'paid') throw new PayRefusal(400, 'ORDERPAID', '该订单已支付', 268449538)
    if (trade) {
      trade.closedAt ??= world.clock.now()
      trade.state = 'closed'
      world.log({ vendor: 'wechatpay', zh: `关单 ${trade.outTradeNo}`, en: `Order ${trade.outTradeNo} closed` })
    } else {
      // Closing a number that was never used succeeds and uses it up, as integrators have seen.
      world.state.burntOrderNos.push(c.req.param('no'))
      world.changed()
    }
    return c.body(null, 204)
  })

  app.post('/v3/refund/domestic/refunds', async c => c.json(takeRefund(world, courier, await c.req.json())))

  app.get('/v3/refund/domestic/refunds/:no', c => {
    const refund = world.state.refunds.find(one => one.vendor === 'wechatpay' && one.outRefundNo === c.req.param('no'))
    if (!refund) throw new PayRefusal(404, 'RESOURCE_NOT_EXISTS', '退款单不存在', 268512771)
    return c.json(refundView(tradeByOrderNo(world, 'wechatpay', refund.outTradeNo)!, refund))
  })

  return app
}
