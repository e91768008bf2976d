import { createPinia, setActivePinia } from 'pinia'
import { effectScope, nextTick, type EffectScope } from 'vue'
import type * as Vue from 'vue'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { taro } from '@/testing/taro'

vi.hoisted(() => { process.env.TARO_ENV = 'weapp'; process.env.TARO_APP_API = '' })
vi.mock('@tarojs/taro', async () => (await import('@/testing/taro')).taro.module())
vi.mock('vue', async (original) => ({ ...(await original<typeof Vue>()), onUnmounted: vi.fn() }))
await import('@/i18n/common')
await import('@/i18n/refusals')
const { keepSession } = await import('@/platform/session')
const { currentToast } = await import('@/ui/toast')
const { useParking } = await import('./useParking')

const noon = Date.parse('2026-11-20T04:00:00.000Z')
const iso = (minutes: number) => new Date(noon + minutes * 60_000).toISOString()
const part = (kind: string, couponId: string | null = null) => ({ kind, minutes: 60, fen: 0, title: '', titleEn: '', couponId })
const quote = (change = {}) => ({ quoteId: 'q', parkingId: 'p', at: iso(0), stayMinutes: 65, tariffFen: 800, parts: [part('due')], dueFen: 800, validUntil: iso(10), nextDueFen: 1200, graceMinutes: 30, ...change })
const stay = (change = {}) => ({ parkingId: 'p', plate: '苏C8K6Q2', state: 'open', entryAt: iso(-65), paidAt: null, leaveBy: null, quote: quote(), coupons: [], ...change })
const overstayed = (change = {}) => stay({ state: 'paid', paidAt: iso(-40), leaveBy: iso(-10), paymentId: 'old', quote: quote({ dueFen: 400 }), ...change })

/** What the server says now, by route; `requote` answers a request for a new quote. */
let world: { running: unknown[]; requote: (body: { couponId: string | null }) => { status: number; body: unknown }; pay: { status: number; body: unknown } }
const ok = (body: unknown) => ({ status: 200, body })
const refused = (code: string) => ({ status: 422, body: { code } })
const asked = (part: string) => taro.sent.filter((sent) => sent.url.includes(part))
const until = async (ms: number) => { await vi.advanceTimersByTimeAsync(ms); await nextTick() }

let scope: EffectScope
function open() {
  scope = effectScope()
  return scope.run(useParking)!
}
beforeEach(() => {
  vi.useFakeTimers({ now: noon })
  setActivePinia(createPinia())
  taro.reset()
  currentToast.value = null
  keepSession('member', { accessToken: 'a', refreshToken: 'r' })
  world = { running: [stay()], requote: () => ok(quote({ at: iso(11), validUntil: iso(30) })), pay: ok({ paymentId: 'new', state: 'waiting' }) }
  taro.answers.push(...Array.from({ length: 60 }, () => (sent: { url: string; body: unknown }) => {
    if (sent.url.includes('/running')) return ok({ items: world.running })
    if (sent.url.includes('/quote')) return world.requote(sent.body as { couponId: string | null })
    if (sent.url.includes('/pay')) return world.pay
    if (sent.url.includes('/lookup')) return ok({ item: stay() })
    return ok({ items: [], limit: 5 })
  }))
})
afterEach(() => { scope.stop(); vi.useRealTimers() })

test.each([
  ['a car inside', stay(), true, false],
  ['a car that paid', stay({ state: 'paid', paidAt: iso(-1), leaveBy: iso(29), quote: quote({ dueFen: 0 }) }), false, false],
  ['a car that overstayed the time to leave', overstayed(), true, true],
  ['a car at a broken barrier', stay({ state: 'stuck', quote: quote({ dueFen: 400 }) }), false, false],
])('%s can be paid for: %s', async (_, car, payable, over) => {
  world.running = [car]
  const parking = open()
  await parking.load()
  expect([parking.payable.value, parking.over.value]).toEqual([payable, over])
})

test('who overstays pays the rest', async () => {
  world.running = [overstayed()]
  const parking = open()
  await parking.load()
  await parking.pay()
  expect(asked('/pay')[0]?.body).toEqual({ quoteId: 'q', method: 'wechat_jsapi' })
  expect(taro.went).toEqual(['open /payment/pay?id=new'])
})

test('the time to leave runs out while the page shows: the price comes by itself, without the coupon that is used up', async () => {
  world.running = [stay({ state: 'paid', paidAt: iso(-20), leaveBy: iso(10), quote: quote({ dueFen: 0, parts: [part('parking_coupon', 'used')] }) })]
  world.requote = () => ok(quote({ at: iso(10), dueFen: 400, validUntil: iso(40) }))
  const parking = open()
  await parking.load()
  parking.watchGate()
  await until(10 * 60_000)
  expect(asked('/quote')[0]?.body).toEqual({ couponId: null, useTierHours: true })
  expect(parking.payable.value).toBe(true)
})

test('a price told before the payment is not due after it', async () => {
  const parking = open()
  await parking.load()
  world.requote = () => ok(quote({ at: iso(0) }))
  await parking.renew(null)
  world.running = [stay({ state: 'paid', paidAt: iso(1), leaveBy: iso(31), quote: quote({ at: iso(1), dueFen: 0 }) })]
  await parking.running.load()
  expect(parking.payable.value).toBe(false)
})

test('a coupon that covers the rest of an overstay still has to be used', async () => {
  world.running = [overstayed({ coupons: [{ couponId: 'c' }] })]
  world.requote = ({ couponId }) => ok(quote({ at: iso(1), dueFen: 0, parts: [part('parking_coupon', couponId)] }))
  const parking = open()
  await parking.load()
  await parking.renew('c')
  expect([parking.payable.value, parking.couponInUse.value]).toEqual([true, 'c'])
})

test('a page that nobody looks at asks for no price', async () => {
  const parking = open()
  await parking.load()
  parking.watchGate()
  parking.stopWatching()
  await until(60 * 60_000)
  expect(asked('/quote')).toEqual([])
})

test('a car that left meanwhile goes from the page without a word', async () => {
  const parking = open()
  await parking.load()
  parking.watchGate()
  world.requote = () => refused('parking_unknown')
  world.running = []
  await until(10 * 60_000)
  expect(parking.stay.value).toBeNull()
  expect(currentToast.value).toBeNull()
})

test('a guest with a car that was found joins to pay, and finds the car again', async () => {
  keepSession('member', null)
  const parking = open()
  parking.found.value = stay() as never
  await parking.pay()
  expect(taro.went).toEqual(['open /identity/join'])
  expect(asked('/pay')).toEqual([])
  keepSession('member', { accessToken: 'a', refreshToken: 'r' })
  world.running = []
  await parking.load()
  await parking.pay()
  expect(asked('/pay')).toHaveLength(1)
})

test('a member without an account at the provider joins by the phone button', async () => {
  world.pay = refused('payer_unknown')
  const parking = open()
  await parking.load()
  await parking.pay()
  expect(taro.went).toEqual(['open /identity/join'])
  expect(asked('/quote')).toEqual([])
})
