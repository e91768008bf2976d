import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { taro } from '@/testing/taro'

vi.hoisted(() => { process.env.TARO_ENV = 'weapp'; process.env.TARO_APP_API = 'https://mall.test' })
vi.mock('@tarojs/taro', async () => (await import('@/testing/taro')).taro.module())
await import('@tarojs/taro')

const noon = Date.parse('2026-11-20T04:00:00.000Z')
const stamp = (ms: number) => new Date(ms).toUTCString()

/** A fresh start of the app on a phone whose clock shows `at`. */
async function phoneAt(at: number) {
  vi.resetModules()
  vi.setSystemTime(at)
  return { ...(await import('./clock')), ...(await import('./http')) }
}
beforeEach(() => { vi.useFakeTimers(); taro.reset() })
afterEach(() => { vi.useRealTimers() })

test.each([['right', 0, 0, 0], ['right, over a slow line', 0, 4_000, 0], ['ten minutes slow', -600_000, 0, 600_500], ['an hour fast', 3_600_000, 0, -3_599_500]])(
  'a phone whose clock is %s', async (_, wrongBy, tookMs, ahead) => {
    const { hearClock, mallTime } = await phoneAt(noon + wrongBy)
    const sentAt = Date.now()
    vi.advanceTimersByTime(tookMs)
    hearClock(stamp(noon), sentAt)
    expect(mallTime() - Date.now()).toBe(ahead)
  })

test('what a reply says is kept for when there is no network, and silence says nothing', async () => {
  const { send } = await phoneAt(noon - 600_000)
  taro.answers.push({ status: 200, headers: { Date: stamp(noon) } }, { status: 200 })
  await send({ url: '/', method: 'GET', headers: {} })
  await send({ url: '/', method: 'GET', headers: {} })
  const { mallTime } = await phoneAt(noon - 600_000)
  expect(mallTime()).toBe(noon + 500)
})
