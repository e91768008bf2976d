import { afterEach, expect, test, vi } from 'vitest'
import { effectScope } from 'vue'
import { connect } from './call.ts'
import { soonAfter, sseParser, useLive, type LiveEvent } from './live.ts'

afterEach(() => { vi.useRealTimers() })

test('messages are whole even when they come in pieces', () => {
  const parser = sseParser()
  expect(parser.push('id: 1\nevent: coupon.redeemed\ndata: {"a"')).toEqual([])
  expect(parser.push(':1}\r\n\r\n: heartbeat\n\ndata: x\ndata: y\n\n')).toEqual([{ id: '1', data: '{"a":1}' }, { id: null, data: 'x\ny' }])
})

const stream = (...chunks: string[]) => new Response(new ReadableStream({ start: (c) => { for (const chunk of chunks) c.enqueue(new TextEncoder().encode(chunk)); c.close() } }))

test('events are heard, and after a break it goes on behind the last one', async () => {
  vi.useFakeTimers()
  const asked: (string | undefined)[] = []
  connect({ fetch: (async (_: string, request: RequestInit) => {
    asked.push((request.headers as Record<string, string>)['last-event-id'])
    return stream(`id: e${asked.length}\ndata: {"id":"e${asked.length}","type":"payment.paid","at":"x","data":{}}\n\n`)
  }) as typeof fetch })
  const heard: LiveEvent[] = []
  const scope = effectScope()
  const live = scope.run(() => useLive((event) => heard.push(event)))!
  await vi.advanceTimersByTimeAsync(10)
  expect([heard.length, live.state.value]).toEqual([1, 'lost'])
  await vi.advanceTimersByTimeAsync(2100)
  expect(asked.slice(0, 2)).toEqual([undefined, 'e1'])
  expect(heard.length).toBeGreaterThan(1)
  scope.stop()
  const before = asked.length
  await vi.advanceTimersByTimeAsync(60_000)
  expect(asked).toHaveLength(before)
})

test('a burst of events reloads once', () => {
  vi.useFakeTimers()
  const reload = vi.fn()
  const scope = effectScope()
  const hear = scope.run(() => soonAfter(reload, 400))!
  for (let i = 0; i < 20; i += 1) hear()
  vi.advanceTimersByTime(400)
  expect(reload).toHaveBeenCalledTimes(1)
  scope.stop()
})
