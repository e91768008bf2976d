import { expect, test, vi } from 'vitest'

vi.hoisted(() => { process.env.TARO_ENV = 'weapp'; process.env.TARO_APP_API = '' })
vi.mock('@tarojs/taro', async () => (await import('@/testing/taro')).taro.module())
const { listen, splitEvents } = await import('./live')

test('events come apart at blank lines; the unfinished one waits', () => {
  const event = { id: '1', type: 'payment.paid', at: '2026-11-20T00:00:00.000Z', data: {} }
  const { events, left } = splitEvents(`: hello\n\nevent: x\ndata: ${JSON.stringify(event)}\n\ndata: {"id"`)
  expect(events).toEqual([event])
  expect(left).toBe('data: {"id"')
})

test('a broken event is left out and does not stop the next', () => {
  expect(splitEvents('data: {oops\n\ndata: {"id":"2","type":"a","at":"","data":{}}\r\n\r\n').events).toHaveLength(1)
})

test('mini-programs ask again in between, until they stop', () => {
  vi.useFakeTimers()
  const refresh = vi.fn()
  const stop = listen(['payment.'], refresh, 2000)
  vi.advanceTimersByTime(6100)
  expect(refresh).toHaveBeenCalledTimes(3)
  stop()
  vi.advanceTimersByTime(6000)
  expect(refresh).toHaveBeenCalledTimes(3)
  vi.useRealTimers()
})
