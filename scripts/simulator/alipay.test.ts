import { generateKeyPairSync } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { startWorld, type Arrived, type TestWorld } from './testing.ts'

const PHONE = '13905160003'
const HOUR = 3_600_000
let world: TestWorld
let number = 0

beforeAll(async () => { world = await startWorld() })
afterAll(() => world.stop())
afterEach(() => world.clear())

const sure = { validateSign: true }
const exec = (method: string, bizContent: object, extra: object = {}) => world.ali().exec(method, { bizContent, ...extra }, sure)
const trade = async (changes: object = {}) => {
  const biz = {
    out_trade_no: `A${Date.now()}${++number}`, total_amount: '18.80', subject: '云龙天地停车费', product_code: 'JSAPI_PAY', op_app_id: world.bff.alipay.appId,
    buyer_open_id: (await world.sim.person(PHONE)).alipayOpenId, ...changes,
  }
  return { no: biz.out_trade_no, create: () => exec('alipay.trade.create', biz, { notify_url: `${world.mall.url}/callback/alipay/payment` }) }
}
const paidTrade = async () => {
  const { no, create } = await trade()
  const { tradeNo } = await create()
  await world.sim.pay(PHONE, { tradeNo: tradeNo as string })
  return no
}
const precreate = (no: string) => exec('alipay.trade.precreate', { out_trade_no: no, total_amount: '6.00', subject: '停车费' }, { notify_url: `${world.mall.url}/callback/alipay/payment` })
const form = (arrived: Arrived) => Object.fromEntries(new URLSearchParams(arrived.body))
const settle = () => world.sim.advance(1_000)

describe('sign-in', () => {
  test('an auth code becomes an open_id, once', async () => {
    const code = await world.sim.alipayAuthCode(PHONE)
    const call = () => world.ali().exec('alipay.system.oauth.token', { grantType: 'authorization_code', code }, sure)
    expect(await call()).toMatchObject({ openId: (await world.sim.person(PHONE)).alipayOpenId, accessToken: expect.stringMatching(/^composeB/) })
    // The gateway words this refusal as a bare error_response, which the SDK cannot verify: it throws, with the raw text.
    await expect(call()).rejects.toMatchObject({ responseDataRaw: expect.stringContaining('isv.code-invalid') })
  })

  test('the phone response verifies and decrypts to the phone number', async () => {
    const { response, sign } = await world.sim.alipayPhoneResponse(PHONE)
    const sdk = world.ali() as unknown as { rsaCheck(text: string, sign: string): boolean; aesDecrypt(text: string): string }
    expect(sdk.rsaCheck(`"${response}"`, sign)).toBe(true)
    expect(sdk.rsaCheck(`"${response}x"`, sign)).toBe(false)
    expect(JSON.parse(sdk.aesDecrypt(response))).toEqual({ code: '10000', msg: 'Success', mobile: PHONE })
  })
})

describe('trades', () => {
  test('create, pay, query', async () => {
    const { no, create } = await trade()
    const { code, tradeNo } = await create()
    expect(code).toBe('10000')
    expect(await exec('alipay.trade.query', { out_trade_no: no })).toMatchObject({ tradeStatus: 'WAIT_BUYER_PAY', totalAmount: '18.80' })
    await world.sim.pay(PHONE, { tradeNo: tradeNo as string })
    expect(await exec('alipay.trade.query', { out_trade_no: no })).toMatchObject({ tradeStatus: 'TRADE_SUCCESS', buyerPayAmount: '18.80', tradeNo })
  })

  test('a repeat gives the same trade; another amount, a paid and a closed one are refused', async () => {
    const { no, create } = await trade()
    const first = await create()
    expect((await create()).tradeNo).toBe(first.tradeNo)
    expect((await (await trade({ out_trade_no: no, total_amount: '18.81' })).create()).subCode).toBe('ACQ.CONTEXT_INCONSISTENT')
    expect((await exec('alipay.trade.close', { out_trade_no: no })).code).toBe('10000')
    expect((await create()).subCode).toBe('ACQ.TRADE_HAS_CLOSE')
    const paid = await paidTrade()
    expect((await (await trade({ out_trade_no: paid })).create()).subCode).toBe('ACQ.TRADE_HAS_SUCCESS')
    expect((await exec('alipay.trade.close', { out_trade_no: paid })).subCode).toBe('ACQ.REASON_TRADE_STATUS_INVALID')
  })

  test.each([
    ['amount with three decimals', { total_amount: '1.001' }], ['no amount', { total_amount: '0.00' }], ['number with a dash', { out_trade_no: 'A-1' }],
    ['subject with a slash', { subject: 'a/b' }], ['another product', { product_code: 'FACE_TO_FACE_PAYMENT' }], ['no app', { op_app_id: '' }],
  ])('refuses %s', async (_name, changes) => {
    expect(await (await trade(changes)).create()).toMatchObject({ code: '40004', subCode: 'ACQ.INVALID_PARAMETER' })
  })

  test('a code is a trade only once it is scanned, and anybody may pay it', async () => {
    const no = `A${Date.now()}${++number}`
    const { qrCode } = await precreate(no)
    expect(qrCode).toMatch(/^https:\/\/qr\.alipay\.com\/bax/)
    expect((await exec('alipay.trade.query', { out_trade_no: no })).subCode).toBe('ACQ.TRADE_NOT_EXIST')
    await world.sim.scan('13800001111', qrCode as string)
    expect((await exec('alipay.trade.query', { out_trade_no: no })).tradeStatus).toBe('WAIT_BUYER_PAY')
    expect(await world.sim.pay('13800001111', { codeUrl: qrCode as string })).toMatchObject({ vendor: 'alipay', totalFen: 600 })
  })

  test('cancel kills a code nobody scanned', async () => {
    const no = `A${Date.now()}${++number}`
    const { qrCode } = await precreate(no)
    expect(await exec('alipay.trade.cancel', { out_trade_no: no })).toMatchObject({ code: '10000', action: 'close', retryFlag: 'N' })
    await expect(world.sim.pay(PHONE, { codeUrl: qrCode as string })).rejects.toThrow('trade_closed')
  })

  test('a wrong key is refused as isv.invalid-signature with a reply that verifies', async () => {
    const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' }) as string
    const reply = await world.ali(stranger.replaceAll(/-----.*-----|\n/g, '')).exec('alipay.trade.query', { bizContent: { out_trade_no: 'x' } }, sure)
    expect(reply).toMatchObject({ code: '40002', subCode: 'isv.invalid-signature' })
  })

  test('a reply signed by a stranger is caught by the client', async () => {
    await world.sim.fault({ vendor: 'alipay', kind: 'bad-signature' })
    await expect((await trade()).create()).rejects.toThrow('验签失败')
  })
})

describe('notifications', () => {
  test('verify, say what was paid, and stop at "success"', async () => {
    world.mall.answer = () => ({ status: 200, body: 'success' })
    const no = await paidTrade()
    await world.sim.advance(26 * HOUR)
    expect(world.mall.arrived).toHaveLength(1)
    const params = form(world.mall.arrived[0]!)
    expect(world.ali().checkNotifySignV2(params)).toBe(true)
    expect(world.ali().checkNotifySignV2({ ...params, total_amount: '0.01' })).toBe(false)
    expect(params).toMatchObject({ out_trade_no: no, trade_status: 'TRADE_SUCCESS', total_amount: '18.80', app_id: world.bff.alipay.appId, seller_id: world.bff.alipay.sellerId })
  })

  test('any other answer is retried: 8 tries in 25 hours with one notify_id', async () => {
    world.mall.answer = () => ({ status: 200, body: 'success\n' })
    await paidTrade()
    await world.sim.advance(4 * 60_000 + 1_000)
    expect(world.mall.arrived).toHaveLength(2)
    await world.sim.advance(30 * HOUR)
    expect(world.mall.arrived).toHaveLength(8)
    expect(new Set(world.mall.arrived.map(one => form(one).notify_id)).size).toBe(1)
  })

  test('a forged one does not verify', async () => {
    world.mall.answer = () => ({ status: 200, body: 'success' })
    await world.sim.fault({ vendor: 'alipay', kind: 'callback-forge' })
    await paidTrade()
    expect(world.mall.arrived.map(one => world.ali().checkNotifySignV2(form(one)))).toEqual([false, true])
  })
})

describe('refunds', () => {
  const refund = (no: string, amount: string, requestNo?: string) => exec('alipay.trade.refund', { out_trade_no: no, refund_amount: amount, ...(requestNo && { out_request_no: requestNo }) })

  test('refund_fee is cumulative, a repeat changes nothing, the sum stops at what was paid', async () => {
    world.mall.answer = () => ({ status: 200, body: 'success' })
    const no = await paidTrade()
    expect(await refund(no, '8.80', 'r1')).toMatchObject({ fundChange: 'Y', refundFee: '8.80' })
    expect(await refund(no, '8.80', 'r1')).toMatchObject({ fundChange: 'N', refundFee: '8.80' })
    expect((await refund(no, '8.00', 'r1')).subCode).toBe('ACQ.DISCORDANT_REPEAT_REQUEST')
    expect((await refund(no, '10.01', 'r2')).subCode).toBe('ACQ.REFUND_AMT_NOT_EQUAL_TOTAL')
    expect((await refund(no, '5.00')).subCode).toBe('ACQ.INVALID_PARAMETER')
    await settle()
    expect((await exec('alipay.trade.query', { out_trade_no: no })).tradeStatus).toBe('TRADE_SUCCESS')
    expect(await refund(no, '10.00', 'r2')).toMatchObject({ fundChange: 'Y', refundFee: '18.80' })
    await settle()
    expect((await exec('alipay.trade.query', { out_trade_no: no })).tradeStatus).toBe('TRADE_CLOSED')
    expect(world.mall.arrived.map(form).slice(1).map(one => [one.trade_status, one.refund_fee, one.out_biz_no])).toEqual([['TRADE_SUCCESS', '8.80', 'r1'], ['TRADE_CLOSED', '18.80', 'r2']])
  })

  test('the refund query knows a refund, and answers 10000 without a status for an unknown one', async () => {
    const no = await paidTrade()
    await refund(no, '1.00', 'q1')
    const query = (requestNo: string) => exec('alipay.trade.fastpay.refund.query', { out_trade_no: no, out_request_no: requestNo })
    expect(await query('q1')).toMatchObject({ refundStatus: 'REFUND_SUCCESS', refundAmount: '1.00' })
    expect(await query('q2')).toEqual(expect.not.objectContaining({ refundStatus: expect.anything() }))
  })
})
