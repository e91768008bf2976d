/** With the simulator as outside world: codes, phone numbers and payments of a person who exists there. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Formatter, Rsa, startWorld, type TestWorld } from '../simulator/testing.ts'
import type { Platform } from './core/types.ts'
import { buildFixture } from './fixture-build.ts'
import { launchMiniProgram, type Journey } from './launch.ts'
import { store } from './testing.ts'

const PERSON = '13905160001'

let world: TestWorld
let app: Journey
const open = (platform: Platform) => async () => {
  app = await launchMiniProgram({ dist: await buildFixture(platform), platform, url: '/shell/mine/index', world: world.simulator.url, phone: PERSON, privacy: 'agreed' })
}
/** The result the page shows after `name `, as data. */
const result = async (name: string) => JSON.parse((await app.text('.said')).slice(name.length + 1)) as Record<string, string>

beforeAll(async () => { world = await startWorld() })
afterAll(async () => { await world?.stop() })

describe('WeChat', () => {
  beforeAll(open('weapp'), 120_000)
  afterAll(async () => { await app?.close() })

  /** Places a JSAPI order of 12.00 and stores the parameters of its pay sheet, as a server would sign them. */
  const placeOrder = async (outTradeNo: string, forged = false) => {
    const { appId, mchId, merchantPrivateKey } = world.bff.wechatPay
    const { data } = await world.pay().v3.pay.transactions.jsapi.post({
      appid: appId, mchid: mchId, description: '停车费', out_trade_no: outTradeNo, notify_url: `${world.mall.url}/callback/wechat-pay/payment`,
      amount: { total: 1200, currency: 'CNY' }, payer: { openid: (await world.sim.person(PERSON)).openids[appId] },
    })
    const sheet = { timeStamp: '1795132800', nonceStr: 'nonce', package: `prepay_id=${data.prepay_id as string}` }
    const paySign = Rsa.sign(Formatter.joinedByLineFeed(appId, sheet.timeStamp, forged ? 'other' : sheet.nonceStr, sheet.package), merchantPrivateKey)
    await store(app, 'weapp', 'payment', { ...sheet, signType: 'RSA', paySign })
  }

  test('the login code is the person\'s', async () => {
    await app.tap('.login')
    await app.waitText(/login .*"code":"(?!host-)/)
    const { appId, appSecret } = world.bff.wechat
    const { code } = await result('login')
    const session = await (await fetch(`${world.simulator.url}/wechat/sns/jscode2session?appid=${appId}&secret=${appSecret}&js_code=${code}&grant_type=authorization_code`)).json() as { openid: string }
    expect(session.openid).toBe((await world.sim.person(PERSON)).openids[appId])
  })

  test('a well-signed order is paid', async () => {
    await placeOrder('HOST001')
    await app.tap('.pay')
    await app.waitText('requestPayment:ok')
    expect(await world.sim.trade('HOST001')).toMatchObject({ state: 'paid', totalFen: 1200 })
  })

  test('a badly signed order is refused with the wallet\'s words', async () => {
    await placeOrder('HOST002', true)
    await app.tap('.pay')
    await app.waitText(/pay failed requestPayment:fail 支付验证签名失败/)
    expect(await world.sim.trade('HOST002')).toMatchObject({ state: 'open' })
  })

  test('a person may close the pay sheet', async () => {
    await placeOrder('HOST003')
    await app.phone.set({ pay: 'cancel' })
    await app.tap('.pay')
    await app.waitText('pay failed requestPayment:fail cancel')
    expect(await world.sim.trade('HOST003')).toMatchObject({ state: 'open' })
    await app.phone.set({ pay: 'pay' })
  })

  test('the phone can be handed to somebody else', async () => {
    await placeOrder('HOST004')
    await app.phone.become('13905160002')
    await app.tap('.pay')
    await app.waitText(/pay failed .*下单账号与支付账号不一致/)
  })
})

describe('Alipay', () => {
  beforeAll(open('alipay'), 120_000)
  afterAll(async () => { await app?.close() })

  const createTrade = async (outTradeNo: string) => {
    const bizContent = {
      out_trade_no: outTradeNo, total_amount: '12.00', subject: '停车费', product_code: 'JSAPI_PAY', op_app_id: world.bff.alipay.appId,
      buyer_open_id: (await world.sim.person(PERSON)).alipayOpenId,
    }
    const { tradeNo } = await world.ali().exec('alipay.trade.create', { bizContent, notify_url: `${world.mall.url}/callback/alipay/payment` }, { validateSign: true })
    await store(app, 'alipay', 'payment', { tradeNO: tradeNo as string })
  }

  test('the auth code and the encrypted phone number come from the simulator', async () => {
    await app.tap('.login')
    await app.waitText(/login .*"authCode":"(?!host-)/)
    await app.tap('.phone')
    await app.waitText(/phone .*RSA2/)
    const { response } = await result('phone')
    expect(Object.keys(JSON.parse(response!) as object).sort()).toEqual(['charset', 'encrypt_type', 'response', 'sign', 'sign_type'])
  })

  test('a trade is paid, or left unpaid when the person cancels', async () => {
    await createTrade('HOSTA1')
    await app.phone.set({ pay: 'cancel' })
    await app.tap('.pay')
    await app.waitText('"resultCode":"6001"')
    await app.phone.set({ pay: 'pay' })
    await app.tap('.pay')
    await app.waitText('"resultCode":"9000"')
    expect(await world.sim.trade('HOSTA1')).toMatchObject({ state: 'paid', totalFen: 1200 })
  })

  test('an unknown trade is refused', async () => {
    await store(app, 'alipay', 'payment', { tradeNO: '2026112022000000000001' })
    await app.tap('.pay')
    await app.waitText(/pay failed .*no such order/)
  })
})
