import type * as Vue from 'vue'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { taro } from '@/testing/taro'

vi.hoisted(() => { process.env.TARO_ENV = 'weapp'; process.env.TARO_APP_API = '' })
vi.mock('@tarojs/taro', async () => (await import('@/testing/taro')).taro.module())
vi.mock('vue', async (original) => ({ ...(await original<typeof Vue>()), onUnmounted: vi.fn() }))
const { usePayment } = await import('./usePayment')

const payment = (change = {}) => ({ status: 200, body: { paymentId: 'p', state: 'paid', amountFen: 800, refundedFen: 0, pointsEarned: 0, expiresAt: '2026-11-20T04:15:00.000Z', action: { kind: 'none' }, ...change } })
beforeEach(() => { vi.useFakeTimers(); taro.reset() })
afterEach(() => { vi.useRealTimers() })

test('a payment on its way is asked for again until it is settled', async () => {
  const { payment: shown, load, watchOutcome, stopWatching } = usePayment('p')
  taro.answers.push(payment({ state: 'asking' }), payment({ state: 'failed' }))
  await load()
  watchOutcome()
  await vi.advanceTimersByTimeAsync(20_000)
  expect([shown.value?.state, taro.sent.length]).toEqual(['failed', 2])
  stopWatching()
})

test('points and a refund that come later are shown, as long as the page is', async () => {
  const { payment: shown, load, watchAftermath, stopWatching } = usePayment('p')
  taro.answers.push(payment(), payment({ pointsEarned: 8 }), payment({ state: 'refunded', refundedFen: 800 }))
  await load()
  watchAftermath()
  await vi.advanceTimersByTimeAsync(5000)
  expect(shown.value?.pointsEarned).toBe(8)
  await vi.advanceTimersByTimeAsync(5000)
  expect(shown.value?.state).toBe('refunded')
  stopWatching()
  await vi.advanceTimersByTimeAsync(20_000)
  expect(taro.sent).toHaveLength(3)
})
