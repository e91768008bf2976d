import { effectScope, ref, type EffectScope } from 'vue'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'

// Each call waits until the test answers it: late answers are what this is about.
type Waiting = { endpoint: string; input: { body?: { method?: string } }; answer: (reply: unknown) => Promise<unknown>; fail: () => Promise<unknown> }
let waiting: Waiting[] = []
const settle = () => vi.advanceTimersByTimeAsync(0)
const call = (endpoint: string, input: Waiting['input']) => new Promise((resolve, reject) => {
  waiting.push({ endpoint, input, answer: (reply) => { resolve(reply); return settle() }, fail: () => { reject(new Offline()); return settle() } })
})
class Offline extends Error {}
vi.mock('@/platform/request', () => ({ call, freshKey: () => 'key', Offline, Refusal: class extends Error {}, Fault: class extends Error {} }))
vi.mock('@/i18n', () => ({ text: (key: string) => key, speak: () => {} }))
vi.mock('@/ui/toast', () => ({ toast: () => {} }))
vi.mock('@kiosk/shell/useNow', () => ({ useNow: () => ref(new Date()) }))
const { useKioskPay } = await import('./useKioskPay')
const { useFindCar } = await import('./useFindCar')
const { stay } = await import('./stay')
const { idleSeconds, useIdle } = await import('@kiosk/shell/useIdle')
const { useScreen } = await import('@kiosk/shell/useScreen')

const [idle, screen] = [useIdle(), useScreen()]
const inFive = () => new Date(Date.now() + 300_000).toISOString()
const quote = () => ({ quoteId: 'q1', dueFen: 1500, validUntil: inFive() })
const paymentOf = (method: string, state = 'waiting', paymentId = method) => ({ paymentId, method, state, expiresAt: inFive() })
const asked = () => waiting.map((one) => one.endpoint)
const last = () => waiting[waiting.length - 1]!

let scope: EffectScope
let pay: ReturnType<typeof useKioskPay>
const leave = () => { scope.stop(); screen.wipe() }

beforeEach(() => {
  vi.useFakeTimers()
  waiting = []
  idle.release()
  screen.wipe()
  screen.open('pay')
  stay.value = { parkingId: 'p1', quote: quote() } as unknown as typeof stay.value
  scope = effectScope()
  pay = scope.run(useKioskPay)!
})
afterEach(() => {
  scope.stop()
  vi.useRealTimers()
})

async function showing(method = 'wechat_native'): Promise<void> {
  void pay.begin()
  await last().answer(paymentOf(method))
}

describe('paying at the kiosk', () => {
  test('a code holds the countdown until it is paid', async () => {
    await showing()
    expect([pay.payment.value?.state, idle.held.value]).toEqual(['waiting', true])
    await vi.advanceTimersByTimeAsync(2_000)
    await last().answer(paymentOf('wechat_native', 'paid'))
    expect([pay.payment.value?.state, idle.held.value]).toEqual(['paid', false])
  })
  test('a code that comes when the visitor left is given up: nothing is held, shown or watched', async () => {
    void pay.begin()
    const late = last()
    leave()
    await late.answer(paymentOf('wechat_native'))
    await vi.advanceTimersByTimeAsync(10_000)
    expect([idle.held.value, pay.payment.value, asked()]).toEqual([false, null, ['POST /api/parking/pay', 'POST /api/payments/{paymentId}/cancel']])
  })
  test('a look that is answered when the visitor left does not touch the countdown of the next', async () => {
    await showing()
    await vi.advanceTimersByTimeAsync(2_000)
    const late = last()
    leave()
    idle.hold()
    await late.answer(paymentOf('wechat_native', 'paid'))
    expect(idle.held.value).toBe(true)
  })
  test('without a network the countdown is held to the end of the code and not longer', async () => {
    await showing()
    for (let passed = 0; passed < 298; passed += 2) {
      await vi.advanceTimersByTimeAsync(2_000)
      await last().fail()
    }
    expect(idle.held.value).toBe(true)
    await vi.advanceTimersByTimeAsync(4_000)
    await last().fail()
    expect(idle.held.value).toBe(false)
    for (let i = 0; i < idleSeconds; i += 1) idle.tick()
    expect(screen.screen.value.name).toBe('attract')
  })
  test('wallets pressed in haste open one code, and it says for which wallet it is', async () => {
    void pay.begin()
    void pay.choose('alipay_qr')
    await last().answer(paymentOf('wechat_native'))
    expect([asked(), pay.wallet.value]).toEqual([['POST /api/parking/pay'], 'wechat_native'])
    void pay.choose('alipay_qr')
    void pay.choose('wechat_native')
    await last().answer(paymentOf('wechat_native', 'closed'))
    await last().answer(quote())
    expect(last().input.body?.method).toBe('alipay_qr')
    await last().answer(paymentOf('alipay_qr'))
    expect([pay.wallet.value, pay.payment.value?.paymentId, asked()]).toEqual(['alipay_qr', 'alipay_qr', ['POST /api/parking/pay', 'POST /api/payments/{paymentId}/cancel', 'POST /api/parking/sessions/{parkingId}/quote', 'POST /api/parking/pay']])
  })
  test('a code that could not be given up stays the one on the screen', async () => {
    await showing()
    void pay.choose('alipay_qr')
    await last().fail()
    await last().fail()
    expect([pay.wallet.value, pay.payment.value?.state, pay.busy.value, asked().filter((one) => one === 'POST /api/parking/pay').length]).toEqual(['wechat_native', 'waiting', false, 1])
  })
})

describe('looking a car up', () => {
  const finding = () => scope.run(useFindCar)!
  beforeEach(() => { screen.home(); stay.value = null })
  test('opens its bill', async () => {
    void finding().find('苏C8K6Q2')
    await last().answer({ item: { parkingId: 'p2', quote: quote() } })
    expect([screen.screen.value.name, stay.value?.parkingId]).toEqual(['pay', 'p2'])
  })
  test.each([['another screen', () => scope.stop()], ['another visitor', () => { screen.wipe(); screen.home() }]])('an answer that finds %s opens nothing', async (_what, goes) => {
    void finding().find('苏C8K6Q2')
    goes()
    await last().answer({ item: { parkingId: 'p2', quote: quote() } })
    expect([screen.screen.value.name, stay.value]).toEqual(['home', null])
  })
})
