import { afterEach, expect, test, vi } from 'vitest'
import { effectScope } from 'vue'
import { connect } from './call.ts'
import { soonAfter, sseParser, useLive } from './live.ts'

afterEach(() => { vi.useRealTimers() })

test('messages are whole even when they come in pieces', () => {
  const parser = sseParser()
  expect(parser.push('id: 1\nevent: coupon.redeemed\ndata: {"a"')).toEqual([])
  expect(parser.push(':1}\r\n\r\n: heartbeat\n\ndata: x\ndata: y\n\n')).toEqual(['{"a":1}', 'x\ny'])
})

const stream = (...chunks: string[]) => new Response(new ReadableStream({ start: (c) => { for (const chunk of chunks) c.enqueue(new TextEncoder().encode(chunk)); c.close() } }))

/** Listens where each connection answers what stands next in `answers`, the last one again and again. */
const listening = (...answers: ((signal: AbortSignal) => Response)[]) => {
  vi.useFakeTimers()
  let asked = 0
  connect({ fetch: (async (_: string, request: RequestInit) => answers[Math.min(asked++, answers.length - 1)]!(request.signal!)) as typeof fetch })
  const onChange = vi.fn()
  const scope = effectScope()
  const { state } = scope.run(() => useLive(onChange))!
  return { onChange, state, scope, asked: () => asked }
}
const event = (id: string) => `id: ${id}\ndata: {"id":"${id}","type":"payment.paid","at":"x","data":{}}\n\n`
const silence = () => new Response(new ReadableStream({ start: (c) => c.enqueue(new TextEncoder().encode(': listening\n\n')) }))

test('events are heard; what was missed while the line was lost counts as one', async () => {
  const { onChange, state, scope, asked } = listening(() => stream(event('e1')), silence)
  await vi.advanceTimersByTimeAsync(10)
  expect([onChange.mock.calls.length, state.value]).toEqual([1, 'lost'])
  await vi.advanceTimersByTimeAsync(1100)
  expect([onChange.mock.calls.length, state.value]).toEqual([2, 'live'])
  scope.stop()
  const before = asked()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(asked()).toBe(before)
})

test('a line that says nothing is dead: it is shown as lost and opened anew', async () => {
  const { state, scope, asked } = listening(silence)
  await vi.advanceTimersByTimeAsync(44_000)
  expect([state.value, asked()]).toEqual(['live', 1])
  await vi.advanceTimersByTimeAsync(1500)
  expect(state.value).toBe('lost')
  await vi.advanceTimersByTimeAsync(1500)
  expect([state.value, asked()]).toEqual(['live', 2])
  scope.stop()
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
