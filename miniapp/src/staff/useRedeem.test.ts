import { createPinia, setActivePinia } from 'pinia'
import type * as Vue from 'vue'
import { beforeEach, expect, test, vi } from 'vitest'
import { taro } from '@/testing/taro'

vi.hoisted(() => { process.env.TARO_ENV = 'weapp'; process.env.TARO_APP_API = '' })
vi.mock('@tarojs/taro', async () => (await import('@/testing/taro')).taro.module())
vi.mock('vue', async (original) => ({ ...(await original<typeof Vue>()), onUnmounted: vi.fn() }))
await import('@/i18n/common')
await import('@/i18n/refusals')
const { useRedeem } = await import('./useRedeem')
const { useStaff } = await import('./useStaff')

const [first, second] = ['447102938475', '447102938483']
const lookedUp = (code: string, obstacle: string | null = null) => ({ status: 200, body: { couponNumber: code, title: code, obstacle, receipt: null } })
const receipt = { status: 200, body: { redemptionId: 'r', redemptionNumber: 'R1' } }
const day = { status: 200, body: { items: [], totals: { redemptions: 0, valueFen: 0, restored: 0 } } }
type Sent = { url: string; headers: Record<string, string>; body: { code: string; how: string } }
const redemptions = () => (taro.sent as unknown as Sent[]).filter((sent) => sent.url.endsWith('/redeem'))
/** Lets every answer that is on its way arrive. */
const settle = () => new Promise((done) => { setTimeout(done) })

function till() {
  useStaff().me = { stores: [{ storeId: 's' }], permissions: [] } as never
  return useRedeem()
}
beforeEach(() => {
  setActivePinia(createPinia())
  taro.reset()
})

test('a network that goes at the confirmation leaves the coupon on its card and says so; again is the same act', async () => {
  taro.answers.push(lookedUp(first), 'silence', receipt, day)
  const desk = till()
  desk.typed(first)
  await settle()
  await desk.redeem()
  expect(desk.lookup.value).toMatchObject({ couponNumber: first })
  expect(desk.problem.value).toEqual({ kind: 'offline' })
  await desk.redeem()
  expect(desk.receipt.value).toMatchObject({ redemptionNumber: 'R1' })
  expect([desk.lookup.value, desk.problem.value]).toEqual([null, null])
  const [lost, again] = redemptions()
  expect(again).toEqual(lost)
})

test('a refused redemption takes the card away and names the reason, until one looks again', async () => {
  taro.answers.push(lookedUp(first), { status: 409, body: { code: 'coupon_redeemed' } }, lookedUp(first, 'coupon_redeemed'))
  const desk = till()
  desk.typed(first)
  await settle()
  await desk.redeem()
  expect(desk.lookup.value).toBeNull()
  expect(desk.problem.value).toMatchObject({ kind: 'refused', code: 'coupon_redeemed' })
  await desk.look()
  expect(desk.problem.value).toBeNull()
  expect(desk.blocked.value).toBe('coupon_redeemed')
})

test('an answer about a code that is no longer asked for is dropped; what the card shows is redeemed', async () => {
  let answerFirst = (): void => undefined
  const slow = new Promise<ReturnType<typeof lookedUp>>((done) => { answerFirst = () => done(lookedUp(first)) })
  taro.answers.push(() => slow, lookedUp(second), receipt, day)
  const desk = till()
  desk.typed(first)
  desk.clear()
  desk.typed(second)
  await settle()
  expect(desk.lookup.value).toMatchObject({ couponNumber: second })
  answerFirst()
  await settle()
  expect(desk.lookup.value).toMatchObject({ couponNumber: second })
  await desk.redeem()
  expect(redemptions().map((sent) => sent.body.code)).toEqual([second])
})

test('a code that was cleared shows nothing when its answer comes', async () => {
  taro.answers.push(lookedUp(first))
  const desk = till()
  desk.typed(first)
  expect(desk.looking.value).toBe(true)
  desk.clear()
  expect(desk.looking.value).toBe(false)
  await settle()
  expect(desk.lookup.value).toBeNull()
})

test('the server hears how the code came, at the lookup and at the redemption', async () => {
  taro.answers.push(lookedUp(first), lookedUp(first), receipt, day)
  const desk = till()
  desk.typed(first)
  await settle()
  taro.scanned = `${first}00123456`
  await desk.scanCode()
  await settle()
  await desk.redeem()
  expect((taro.sent as unknown as Sent[]).filter((sent) => sent.body).map((sent) => sent.body.how)).toEqual(['typed', 'scanned', 'scanned'])
})

test('while a coupon is being redeemed the field rests', async () => {
  taro.answers.push(lookedUp(first), receipt, day)
  const desk = till()
  desk.typed(first)
  await settle()
  const done = desk.redeem()
  desk.typed(second)
  expect(desk.code.value).toBe(first)
  await done
  expect(desk.receipt.value).not.toBeNull()
})
