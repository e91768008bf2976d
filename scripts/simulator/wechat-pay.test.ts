import { generateKeyPairSync } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { Aes, Formatter, Rsa, startWorld, type Arrived, type TestWorld } from './testing.ts'

const PHONE = '13905160001'
const HOUR = 3_600_000
let world: TestWorld
let number = 0

beforeAll(async () => { world = await startWorld() })
afterAll(() => world.stop())
afterEach(() => world.clear())

const order = async (kind: 'jsapi' | 'native' = 'jsapi', changes: object = {}) => {
  const { appId, mchId } = world.bff.wechatPay
  const body = {
    appid: appId, mchid: mchId, description: '停车费 Parking', out_trade_no: `T${Date.now()}${++number}`, notify_url: `${world.mall.url}/callback/wechat-pay/payment`,
    amount: { total: 1200, currency: 'CNY' },
    ...(kind === 'jsapi' && { payer: { openid: (await world.sim.person(PHONE)).openids[appId] } }), ...changes,
  }
  return { body, no: body.out_trade_no, place: (client = world.pay()) => client.v3.pay.transactions[kind].post(body) }
}
const query = (no: string) => world.pay().v3.pay.transactions.outTradeNo._no_.get({ no, params: { mchid: world.bff.wechatPay.mchId } })
const refund = (no: string, outRefundNo: string, fen: number) => world.pay().v3.refund.domestic.refunds.post({ out_trade_no: no, out_refund_no: outRefundNo, notify_url: `${world.mall.url}/callback/wechat-pay/refund`, amount: { refund: fen, total: 1200, currency: 'CNY' } })
const refusal = async (call: Promise<unknown>) => {
  const { response } = await call.then(() => { throw new Error('was not refused') }, (error: { response: { status: number; data: { code: string } } }) => error)
  return [response.status, response.data.code]
}
const paidOrder = async () => {
  const { no, place } = await order()
  await place()
  await world.sim.pay(PHONE, { outTradeNo: no })
  return no
}
const opened = (arrived: Arrived) => {
  const { resource } = JSON.parse(arrived.body)
  return JSON.parse(Aes.AesGcm.decrypt(resource.ciphertext, world.bff.wechatPay.apiV3Key, resource.nonce, resource.associated_data))
}
const verifies = ({ headers, body }: Arrived) =>
  Rsa.verify(Formatter.response(headers['wechatpay-timestamp'], headers['wechatpay-nonce'], body), headers['wechatpay-signature'], world.bff.wechatPay.publicKey)

describe('orders', () => {
  test('a JSAPI order gives a prepay_id, is payable by its payer and then queried as SUCCESS', async () => {
    const { no, place } = await order()
    const { data } = await place()
    expect(data.prepay_id).toMatch(/^wx\d{14}[0-9a-f]{20}$/)
    expect((await query(no)).data.trade_state).toBe('NOTPAY')
    await world.sim.pay(PHONE, { prepayId: data.prepay_id })
    expect((await query(no)).data).toMatchObject({ trade_state: 'SUCCESS', amount: { total: 1200 }, payer: { openid: (await world.sim.person(PHONE)).openids[world.bff.wechatPay.appId] } })
  })

  test('a native order gives a code that anybody may pay', async () => {
    const { place } = await order('native')
    const { data } = await place()
    expect(data.code_url).toMatch(/^weixin:\/\/wxpay\/bizpayurl\?pr=/)
    expect(await world.sim.pay('13912345678', { codeUrl: data.code_url })).toMatchObject({ result: 'paid', totalFen: 1200 })
  })

  test('the same order twice gives the same prepay_id; other parameters are refused', async () => {
    const { body, place } = await order()
    const first = (await place()).data
    expect((await place()).data).toEqual(first)
    body.amount.total = 1300
    expect(await refusal(place())).toEqual([400, 'INVALID_REQUEST'])
  })

  test.each([
    ['no amount', { amount: { total: 0, currency: 'CNY' } }, 400, 'PARAM_ERROR'],
    ['fraction of a fen', { amount: { total: 1.5, currency: 'CNY' } }, 400, 'PARAM_ERROR'],
    ['short number', { out_trade_no: 'T1' }, 400, 'PARAM_ERROR'],
    ['notify_url with a query', { notify_url: 'http://127.0.0.1/x?y=1' }, 400, 'PARAM_ERROR'],
    ['openid of nobody', { payer: { openid: 'oNobody' } }, 400, 'PARAM_ERROR'],
    ['other appid', { appid: 'wx0000000000000000' }, 400, 'APPID_MCHID_NOT_MATCH'],
  ])('refuses %s', async (_name, changes, status, code) => {
    expect(await refusal((await order('jsapi', changes)).place())).toEqual([status, code])
  })

  test('a signature of another key is refused with 401 SIGN_ERROR and nothing is kept', async () => {
    const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' }) as string
    const { no, place } = await order()
    expect(await refusal(place(world.pay(stranger)))).toEqual([401, 'SIGN_ERROR'])
    expect(await refusal(query(no))).toEqual([404, 'ORDER_NOT_EXIST'])
  })

  test('close answers 204, a closed order is neither payable nor reusable, a paid one cannot be closed', async () => {
    const { no, place } = await order()
    await place()
    const close = (outTradeNo: string) => world.pay().v3.pay.transactions.outTradeNo._no_.close.post({ mchid: world.bff.wechatPay.mchId }, { no: outTradeNo })
    expect((await close(no)).status).toBe(204)
    expect((await close(no)).status).toBe(204)
    await expect(world.sim.pay(PHONE, { outTradeNo: no })).rejects.toThrow('trade_closed')
    expect(await refusal(place())).toEqual([400, 'ORDER_CLOSED'])
    expect(await refusal(close(await paidOrder()))).toEqual([400, 'ORDERPAID'])
  })

  test('time_expire closes the order; another person cannot pay it; a wrong pay-sheet signature is refused', async () => {
    const { no, place } = await order('jsapi', { time_expire: new Date(world.simulator.clock.now() + 60_000).toISOString() })
    const { data } = await place()
    await expect(world.sim.pay('13905160002', { outTradeNo: no })).rejects.toThrow('not_the_payer')
    const sheet = { timeStamp: '1', nonceStr: 'n', package: `prepay_id=${data.prepay_id}`, signType: 'RSA' }
    await expect(world.sim.pay(PHONE, { requestPayment: { ...sheet, paySign: 'AAAA' } })).rejects.toThrow('pay_sign_invalid')
    await world.sim.advance(61_000)
    await expect(world.sim.pay(PHONE, { outTradeNo: no })).rejects.toThrow('trade_closed')
    expect((await query(no)).data.trade_state).toBe('CLOSED')
  })

  test('the pay-sheet parameters signed by the merchant are accepted', async () => {
    const { appId, merchantPrivateKey } = world.bff.wechatPay
    const { data } = await (await order()).place()
    const sheet = { timeStamp: '1700000000', nonceStr: 'nonce', package: `prepay_id=${data.prepay_id}`, signType: 'RSA' }
    const paySign = Rsa.sign(`${appId}\n${sheet.timeStamp}\n${sheet.nonceStr}\n${sheet.package}\n`, merchantPrivateKey)
    expect(await world.sim.pay(PHONE, { requestPayment: { ...sheet, paySign } })).toMatchObject({ result: 'paid' })
  })
})

describe('callbacks', () => {
  test('a payment callback verifies, decrypts and says what was paid', async () => {
    const no = await paidOrder()
    const [arrived] = world.mall.of('/wechat-pay/payment')
    expect(verifies(arrived!)).toBe(true)
    expect(arrived!.headers['wechatpay-serial']).toBe(world.bff.wechatPay.publicKeyId)
    expect(opened(arrived!)).toMatchObject({ out_trade_no: no, trade_state: 'SUCCESS', mchid: world.bff.wechatPay.mchId, amount: { total: 1200, currency: 'CNY' } })
  })

  test('an unanswered callback is retried 15 times within 24 h 4 min, with one id, then given up', async () => {
    world.mall.answer = () => ({ status: 500 })
    await paidOrder()
    expect(world.mall.arrived).toHaveLength(1)
    await world.sim.advance(61_000)
    expect(world.mall.arrived).toHaveLength(4)
    await world.sim.advance(24 * HOUR + 3 * 60_000)
    expect(world.mall.arrived).toHaveLength(16)
    await world.sim.advance(48 * HOUR)
    expect(world.mall.arrived).toHaveLength(16)
    expect(new Set(world.mall.arrived.map(one => JSON.parse(one.body).id)).size).toBe(1)
    expect(world.mall.arrived.every(verifies)).toBe(true)
  })

  test('the retry stops at the first 200', async () => {
    world.mall.answer = () => ({ status: world.mall.arrived.length < 3 ? 500 : 200 })
    await paidOrder()
    await world.sim.advance(25 * HOUR)
    expect(world.mall.arrived).toHaveLength(3)
  })

  test('forged and probe callbacks do not verify; the genuine one follows', async () => {
    await world.sim.fault({ vendor: 'wechatpay', kind: 'callback-forge' })
    await world.sim.fault({ vendor: 'wechatpay', kind: 'callback-probe' })
    await paidOrder()
    expect(world.mall.arrived.map(verifies)).toEqual([false, false, true])
    expect(world.mall.arrived[1]!.headers['wechatpay-signature']).toMatch(/^WECHATPAY\/SIGNTEST\//)
  })

  test('lost, delayed, duplicated and overtaken callbacks', async () => {
    await world.sim.fault({ vendor: 'wechatpay', kind: 'callback-lose', times: -1 })
    await paidOrder()
    await world.sim.advance(25 * HOUR)
    expect(world.mall.arrived).toHaveLength(0)
    await world.sim.clearFaults()

    await world.sim.fault({ vendor: 'wechatpay', kind: 'callback-delay', delayMs: HOUR })
    await paidOrder()
    expect(world.mall.arrived).toHaveLength(0)
    await world.sim.advance(HOUR)
    expect(world.mall.arrived).toHaveLength(1)

    await world.sim.fault({ vendor: 'wechatpay', kind: 'callback-duplicate', copies: 14 })
    await paidOrder()
    expect(world.mall.arrived).toHaveLength(16)

    await world.sim.fault({ vendor: 'wechatpay', kind: 'callback-reorder' })
    const first = await paidOrder()
    const second = await paidOrder()
    expect(world.mall.arrived.slice(16).map(one => opened(one).out_trade_no)).toEqual([second, first])
  })
})

describe('refunds', () => {
  test('partial refunds add up to what was paid and not a fen more', async () => {
    const no = await paidOrder()
    expect((await refund(no, `${no}r1`, 500)).data).toMatchObject({ status: 'PROCESSING', amount: { refund: 500, total: 1200 } })
    expect(await refusal(refund(no, `${no}r2`, 701))).toEqual([400, 'INVALID_REQUEST'])
    await refund(no, `${no}r3`, 700)
    expect(await refusal(refund(no, `${no}r4`, 1))).toEqual([400, 'INVALID_REQUEST'])
    await world.sim.advance(5_000)
    expect((await query(no)).data.trade_state).toBe('REFUND')
    const notices = world.mall.of('/wechat-pay/refund')
    expect(notices.map(opened).map(one => [one.refund_status, one.amount.refund])).toEqual([['SUCCESS', 500], ['SUCCESS', 700]])
    expect(notices.map(one => JSON.parse(one.body).event_type)).toEqual(['REFUND.SUCCESS', 'REFUND.SUCCESS'])
  })

  test('the same out_refund_no refunds once; another amount under it is refused', async () => {
    const no = await paidOrder()
    const first = (await refund(no, `${no}r`, 300)).data
    expect((await refund(no, `${no}r`, 300)).data.refund_id).toBe(first.refund_id)
    expect(await refusal(refund(no, `${no}r`, 301))).toEqual([400, 'INVALID_REQUEST'])
    await world.sim.advance(5_000)
    expect(world.mall.of('/refund')).toHaveLength(1)
    expect((await world.pay().v3.refund.domestic.refunds._no_.get({ no: `${no}r` })).data).toMatchObject({ status: 'SUCCESS', amount: { refund: 300 } })
  })

  test('an unpaid order cannot be refunded; an unknown refund is not found; a refund can end ABNORMAL', async () => {
    const { no, place } = await order()
    await place()
    expect(await refusal(refund(no, `${no}r`, 1))).toEqual([404, 'RESOURCE_NOT_EXISTS'])
    expect(await refusal(world.pay().v3.refund.domestic.refunds._no_.get({ no: 'nothing' }))).toEqual([404, 'RESOURCE_NOT_EXISTS'])
    await world.sim.fault({ vendor: 'wechatpay', kind: 'refund-abnormal' })
    const paid = await paidOrder()
    await refund(paid, `${paid}r`, 100)
    await world.sim.advance(5_000)
    expect(JSON.parse(world.mall.of('/refund')[0]!.body).event_type).toBe('REFUND.ABNORMAL')
  })
})

describe('faults of the provider', () => {
  test('5xx and 429 do nothing, n times', async () => {
    const { no, place } = await order()
    await world.sim.fault({ vendor: 'wechatpay', kind: 'http-500', match: 'jsapi' })
    await world.sim.fault({ vendor: 'wechatpay', kind: 'rate-limited', match: 'jsapi' })
    expect(await refusal(place())).toEqual([500, 'SYSTEM_ERROR'])
    expect(await refusal(place())).toEqual([429, 'RATELIMIT_EXCEEDED'])
    expect(await refusal(query(no))).toEqual([404, 'ORDER_NOT_EXIST'])
    expect((await place()).data.prepay_id).toBeTruthy()
  })

  test('"accepted but reply lost" breaks the line after the refund was taken', async () => {
    const no = await paidOrder()
    await world.sim.fault({ vendor: 'wechatpay', kind: 'reply-lost', match: 'refunds' })
    await expect(refund(no, `${no}r`, 400)).rejects.toMatchObject({ code: 'ECONNRESET' })
    expect((await refund(no, `${no}r`, 400)).data.amount.refund).toBe(400)
    expect((await world.sim.world()).refunds).toHaveLength(1)
  })

  test('a hanging request times out at the caller and does nothing', async () => {
    const { no, place } = await order()
    await world.sim.fault({ vendor: 'wechatpay', kind: 'timeout', delayMs: 5_000 })
    await expect(place(world.pay(undefined, 500))).rejects.toMatchObject({ code: 'ECONNABORTED' })
    expect(await refusal(query(no))).toEqual([404, 'ORDER_NOT_EXIST'])
  })

  test('a reply signed by a stranger is caught by the client', async () => {
    await world.sim.fault({ vendor: 'wechatpay', kind: 'bad-signature' })
    await expect((await order()).place()).rejects.toMatchObject({ code: 'EV3_RES_HEADER_SIGNATURE_DIGEST' })
  })
})
