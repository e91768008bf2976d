import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serve, type ServerType } from '@hono/node-server'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { makeDemoConfig } from '../../../scripts/demo-config.ts'
import { freePort } from '../../../scripts/kit/processes.ts'
import { type SimulatorClient, simulatorClient } from '../../../scripts/simulator/client.ts'
import { type Simulator, startSimulator } from '../../../scripts/simulator/server.ts'
import { channelAccounts } from '@atrium/schema/identity.ts'
import type { Config } from '../config.ts'
import { type TestPark, testPark } from '../parking/test-park.ts'
import { newId } from '../db/id.ts'
import { blindIndexOf, seal } from '../db/sealed.ts'
import { testConfig } from '../http/test-kit.ts'
import { alipayGateway } from '../vendors/alipay/gateway.ts'
import { vzenithGate } from '../vendors/vzenith/gate.ts'
import { wechatPayGateway } from '../vendors/wechat-pay/gateway.ts'

// The whole way with the real protocols: our clients and callbacks, the simulator's providers, cameras and faults, keys of their own.
const plate = '苏C8K6Q2'
const phone = '13905160001'
// In the morning, since hours are passed and a stay over midnight costs otherwise.
const start = '2026-11-20T02:30:00.000Z'
let p: TestPark
let server: ServerType
let simulator: Simulator
let sim: SimulatorClient
let cameras: { entry: string; exit: string }
let appId: string
const home = mkdtempSync(join(tmpdir(), 'atrium-pay-'))

beforeAll(async () => {
  const bffPort = await freePort()
  const simulatorPort = await freePort()
  const demo = makeDemoConfig({ home, bffPort, simulatorPort })
  const parts: Pick<Config, 'baseUrl' | 'wechatPay' | 'alipay' | 'vzenith'> = demo.bff
  appId = demo.bff.wechatPay.appId
  let now = () => Date.parse(start)
  p = await testPark({ start, deps: { gateways: { wechat: wechatPayGateway(parts), alipay: alipayGateway(parts) }, gates: vzenithGate(parts), config: { ...testConfig('mysql://unused'), ...parts } } })
  now = () => p.clock.now().getTime()
  cameras = { entry: p.camera('entry'), exit: p.camera('exit') }
  const config = { ...demo.simulator, vzenith: { ...demo.simulator.vzenith, cameras: [{ serialno: cameras.entry, name: '入口', laneKind: 'entry' as const, carPark: 'P1' }, { serialno: cameras.exit, name: '出口', laneKind: 'exit' as const, carPark: 'P1' }] } }
  simulator = await startSimulator({ config, port: simulatorPort, polling: false, now: () => now() })
  sim = simulatorClient(simulator.url)
  server = serve({ fetch: p.app.fetch, port: bffPort, hostname: '127.0.0.1' })
})
afterAll(async () => {
  await simulator?.stop()
  server?.close()
  rmSync(home, { recursive: true, force: true })
})
afterEach(async () => {
  await sim.clearFaults()
  await sim.jam(cameras.exit, false)
})

/** Drives in, stays 65 minutes and orders a payment by a code. Each test has a plate of its own. */
async function ordered(own: string, method: 'wechat_native' | 'alipay_qr' = 'wechat_native') {
  expect(await sim.drive({ plate: own, camera: cameras.entry })).toMatchObject({ info: 'ok' })
  p.minutes(65)
  const parkingId = (await stay(own)).parkingId
  const quote = (await p.call('POST /api/parking/sessions/{parkingId}/quote', { params: { parkingId }, body: {} })).body
  const payment = (await p.call('POST /api/parking/pay', { body: { quoteId: quote.quoteId, method } })).body
  return { parkingId, payment, codeUrl: payment.action.kind === 'qr' ? payment.action.content : '' }
}
const stay = async (own: string) => (await p.sessions()).findLast((s) => s.plate === own)!
const show = async (paymentId: string) => (await p.call('GET /api/payments/{paymentId}', { params: { paymentId } })).body
const until = async (state: string, paymentId: string, seconds = 20) => {
  for (let i = 0; i < 12 && (await show(paymentId)).state !== state; i += 1) {
    p.seconds(seconds)
    await p.work()
  }
  expect(await show(paymentId)).toMatchObject({ state })
}

describe.each(['wechat_native', 'alipay_qr'] as const)('%s', (method) => {
  const vendor = method === 'wechat_native' ? 'wechatpay' : 'alipay'
  const tag = method === 'wechat_native' ? '1' : '2'

  test('in, pay by the code, out through a barrier that says it opened', async () => {
    const own = `苏CA${tag}001`
    const { payment, codeUrl } = await ordered(own, method)
    expect(payment).toMatchObject({ state: 'waiting', amountFen: 800 })
    await sim.pay(phone, { codeUrl })
    expect(await show(payment.paymentId)).toMatchObject({ state: 'paid' })
    expect(await sim.drive({ plate: own, camera: cameras.exit })).toMatchObject({ info: 'ok', barrier: 'open' })
    expect(await stay(own)).toMatchObject({ state: 'closed', paidFen: 800 })
  })

  test.each(['callback-duplicate', 'callback-forge', 'callback-reorder', 'callback-lose'] as const)('%s: the same result', async (kind) => {
    const own = `苏CB${tag}${{ 'callback-duplicate': '01', 'callback-forge': '02', 'callback-reorder': '03', 'callback-lose': '04' }[kind]}1`
    const { payment, codeUrl } = await ordered(own, method)
    await sim.fault({ vendor, kind, times: kind === 'callback-lose' ? -1 : 1 })
    await sim.pay(phone, { codeUrl })
    await until('paid', payment.paymentId)
    expect(await stay(own)).toMatchObject({ state: 'paid', paidFen: 800 })
  })

  test('the order accepted, its reply lost: one order, and it can be paid', async () => {
    // Alipay's SDK tries once more by itself when the line breaks.
    await sim.fault({ vendor, kind: 'reply-lost', match: vendor === 'wechatpay' ? 'native' : 'precreate', times: vendor === 'alipay' ? 2 : 1 })
    const { payment } = await ordered(`苏CC${tag}001`, method)
    expect(payment.state).toBe('asking')
    await until('waiting', payment.paymentId, 5)
    const { action } = await show(payment.paymentId)
    await sim.pay(phone, { codeUrl: action.kind === 'qr' ? action.content : '' })
    await until('paid', payment.paymentId)
  })

  test('a reply signed by a stranger is no answer', async () => {
    await sim.fault({ vendor, kind: 'bad-signature' })
    const { payment } = await ordered(`苏CC${tag}002`, method)
    expect(payment.state).toBe('asking')
    await until('waiting', payment.paymentId, 5)
  })

  test('closing races paying: paid stays paid', async () => {
    const { payment, codeUrl } = await ordered(`苏CD${tag}001`, method)
    await sim.fault({ vendor, kind: 'callback-lose', times: -1 })
    await sim.pay(phone, { codeUrl })
    expect((await p.call('POST /api/payments/{paymentId}/cancel', { params: { paymentId: payment.paymentId } })).body).toMatchObject({ state: 'paid' })
  })

  test('a code that was given up cannot be paid any more', async () => {
    const { payment, codeUrl } = await ordered(`苏CD${tag}002`, method)
    expect((await p.call('POST /api/payments/{paymentId}/cancel', { params: { paymentId: payment.paymentId } })).body).toMatchObject({ state: 'closed' })
    await expect(sim.pay(phone, { codeUrl })).rejects.toThrow(/trade_|not|closed|payable/i)
  })

  test('a refund whose reply is lost goes through once', async () => {
    const { payment, codeUrl } = await ordered(`苏CE${tag}001`, method)
    await sim.pay(phone, { codeUrl })
    await sim.fault({ vendor, kind: 'reply-lost', match: 'refund' })
    await p.call('POST /admin/payments/{paymentId}/refund', { as: p.asStaff('finance'), params: { paymentId: payment.paymentId }, body: { amountFen: 300, reason: '多收了停车费' } })
    for (let i = 0; i < 6 && (await show(payment.paymentId)).refundedFen === 0; i += 1) {
      await sim.advance(2_000)
      p.seconds(20)
      await p.work()
    }
    expect(await show(payment.paymentId)).toMatchObject({ state: 'paid', refundedFen: 300 })
    expect((await sim.world()).refunds.filter((refund) => refund.outTradeNo === payment.paymentNumber)).toHaveLength(1)
  })
})

describe('a pay sheet in the mini-program', () => {
  /** A member with an account at the provider, and a payment for a car of 65 minutes. */
  const sheet = async (own: string, method: 'wechat_jsapi' | 'alipay_trade') => {
    const person = await sim.person(phone)
    const memberId = newId(p.clock.now())
    const provider = method === 'wechat_jsapi' ? 'wechat' : 'alipay'
    const openId = provider === 'wechat' ? person.openids[appId]! : person.alipayOpenId
    await p.deps.db.insert(channelAccounts).values({ accountId: newId(p.clock.now()), memberId, provider, openId: seal(p.ctx(), 'channelAccounts.openId', openId), openIdIndex: blindIndexOf(p.ctx(), 'test', memberId), linkedAt: p.clock.now() })
    await sim.drive({ plate: own, camera: cameras.entry })
    p.minutes(65)
    const as = p.asMember(memberId, 'weapp')
    const quote = (await p.call('POST /api/parking/sessions/{parkingId}/quote', { as, params: { parkingId: (await stay(own)).parkingId }, body: {} })).body
    return { as, payment: (await p.call('POST /api/parking/pay', { as, body: { quoteId: quote.quoteId, method } })).body }
  }

  test('WeChat: the sheet is signed as the phone checks it, for the payer alone', async () => {
    const { as, payment } = await sheet('苏CK0001', 'wechat_jsapi')
    if (payment.action.kind !== 'wechat_jsapi') throw new Error('no pay sheet')
    await expect(sim.pay('13905160002', { requestPayment: payment.action })).rejects.toThrow(/not_the_payer/)
    await sim.pay(phone, { requestPayment: payment.action })
    expect((await p.call('GET /api/payments/{paymentId}', { as, params: { paymentId: payment.paymentId } })).body).toMatchObject({ state: 'paid' })
  })

  test('Alipay: the trade is the payer’s', async () => {
    const { as, payment } = await sheet('苏CK0002', 'alipay_trade')
    if (payment.action.kind !== 'alipay_trade') throw new Error('no trade')
    await sim.pay(phone, { tradeNo: payment.action.tradeNo })
    expect((await p.call('GET /api/payments/{paymentId}', { as, params: { paymentId: payment.paymentId } })).body).toMatchObject({ state: 'paid' })
  })
})

test('a signature probe is refused, the payment goes on', async () => {
  const { payment, codeUrl } = await ordered('苏CF0001')
  await sim.fault({ vendor: 'wechatpay', kind: 'callback-probe' })
  await sim.pay(phone, { codeUrl })
  expect(await show(payment.paymentId)).toMatchObject({ state: 'paid' })
  expect((await sim.world()).events.some((event) => /probe → 401/.test(event.en))).toBe(true)
})

test('cameras that repeat, barriers that jam once: one stay, one opening', async () => {
  await sim.fault({ vendor: 'vzenith', kind: 'camera-repeat', copies: 3 })
  expect(await sim.drive({ plate, camera: cameras.entry })).toMatchObject({ info: 'ok' })
  expect((await p.sessions()).filter((s) => s.plate === plate)).toHaveLength(1)
  await sim.fault({ vendor: 'vzenith', kind: 'barrier-jam', match: cameras.exit })
  expect(await sim.drive({ plate, camera: cameras.exit })).toMatchObject({ barrier: 'jammed' })
  expect(await stay(plate)).toMatchObject({ state: 'leaving' })
  p.seconds(7)
  await sim.poll(cameras.exit)
  expect(await stay(plate)).toMatchObject({ state: 'closed' })
})

test('a barrier that nobody gets open: the control room sees it, the money goes back', async () => {
  const own = '苏CG0001'
  const { payment, codeUrl } = await ordered(own)
  await sim.pay(phone, { codeUrl })
  await sim.jam(cameras.exit)
  await sim.drive({ plate: own, camera: cameras.exit })
  for (let i = 0; i < 4; i += 1) {
    p.seconds(15)
    await p.work()
    await sim.poll(cameras.exit)
  }
  expect((await p.call('GET /admin/parking/alarms', { as: p.asStaff('parking') })).body.items[0]).toMatchObject({ kind: 'stuck_paid' })
  p.minutes(11)
  await p.work()
  await sim.advance(2_000)
  await until('refunded', payment.paymentId)
  expect(await stay(own)).toMatchObject({ state: 'refunded', refundedFen: 800 })
})

test('a camera that was off-line replays what it saw: booked, not opened for', async () => {
  const own = '苏CH0001'
  await sim.offline(cameras.entry)
  await sim.drive({ plate: own, camera: cameras.entry })
  p.minutes(5)
  await sim.offline(cameras.entry, false)
  expect(await stay(own)).toMatchObject({ state: 'open' })
  expect((await sim.world()).cameras.find((one) => one.serialno === cameras.entry)?.barrier).not.toBe('opening')
})
