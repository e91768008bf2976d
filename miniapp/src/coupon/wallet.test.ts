import { createPinia, setActivePinia } from 'pinia'
import { effectScope } from 'vue'
import type * as Vue from 'vue'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { taro } from '@/testing/taro'

vi.hoisted(() => { process.env.TARO_ENV = 'weapp'; process.env.TARO_APP_API = '' })
vi.mock('@tarojs/taro', async () => (await import('@/testing/taro')).taro.module())
vi.mock('vue', async (original) => ({ ...(await original<typeof Vue>()), onUnmounted: vi.fn() }))
await import('@/i18n/common')
await import('@/i18n/refusals')
const { keepSession } = await import('@/platform/session')
const { useCouponCode } = await import('./useCouponCode')
const { useCoupons } = await import('./useCoupons')

const now = Date.parse('2026-11-20T04:00:00.000Z')
const coupon = (couponId: string, days: number, change = {}) => ({ couponId, couponNumber: '447102938475', state: 'available', validUntil: new Date(now + days * 86_400_000).toISOString(), secret: 'ab'.repeat(32), ...change })
const page = (...items: unknown[]) => ({ status: 200, body: { items, nextCursor: null, total: items.length } })
const unauthenticated = { status: 401, body: { code: 'unauthenticated' } }
const ids = (list: { couponId: string }[]) => list.map((one) => one.couponId)
/** Runs a composable off-line or on-line to the end of its retries. */
const until = (work: Promise<unknown>) => Promise.all([work, vi.advanceTimersByTimeAsync(3000)])
const open = <T>(composable: () => T): T => effectScope().run(composable)!

beforeEach(() => {
  vi.useFakeTimers({ now })
  setActivePinia(createPinia())
  taro.reset()
  keepSession('member', { accessToken: 'a', refreshToken: 'r' })
})
afterEach(() => { vi.useRealTimers() })

test('coupons seen once show off-line, and so do their codes', async () => {
  taro.answers.push(page(coupon('soon', 1), coupon('late', 9)))
  await until(open(useCoupons).load())
  const again = open(useCoupons)
  await until(again.load())
  expect(ids(again.items.value)).toEqual(['soon', 'late'])
  expect(again.problem.value).toEqual({ kind: 'offline' })
  const shown = open(() => useCouponCode('late'))
  await until(shown.load())
  expect(shown.offline.value).toBe(true)
  expect(shown.code.value).toMatch(/^447102938475\d{8}$/)
})

test('what ended meanwhile is not shown off-line, nor what was used', async () => {
  taro.answers.push(page(coupon('ends', 1), coupon('used', 5), coupon('stays', 9)), { status: 200, body: coupon('used', 5, { state: 'redeemed', secret: null }) })
  await until(open(useCoupons).load())
  await until(open(() => useCouponCode('used')).load())
  vi.setSystemTime(now + 2 * 86_400_000)
  expect(ids(open(useCoupons).items.value)).toEqual(['stays'])
})

test('the end of the session takes every secret off the phone and every code off the screen', async () => {
  taro.answers.push(page(coupon('c', 9)), unauthenticated, unauthenticated)
  const list = open(useCoupons)
  await until(list.load())
  const shown = open(() => useCouponCode('c'))
  expect(shown.code.value).not.toBeNull()
  await until(shown.load())
  expect(shown.code.value).toBeNull()
  expect([...taro.storage.values()].join()).not.toContain('abab')
  keepSession('member', { accessToken: 'of another', refreshToken: 'r' })
  expect(open(useCoupons).items.value).toEqual([])
})
