import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope } from 'vue'
import { useIdle } from './idle.ts'

beforeEach(() => { vi.useFakeTimers({ now: 0 }); localStorage.clear() })
afterEach(() => vi.useRealTimers())

const watchFor = (afterMs: number) => {
  const onEnd = vi.fn()
  const keep = vi.fn()
  const scope = effectScope()
  const idle = scope.run(() => useIdle(afterMs, onEnd, { keep }))!
  return { idle, onEnd, keep, scope }
}

test('it warns a minute before and ends once', () => {
  const { idle, onEnd, scope } = watchFor(300_000)
  vi.advanceTimersByTime(239_000)
  expect(idle.warning.value).toBe(false)
  vi.advanceTimersByTime(1_000)
  expect([idle.warning.value, idle.secondsLeft.value]).toEqual([true, 60])
  vi.advanceTimersByTime(120_000)
  expect(onEnd).toHaveBeenCalledTimes(1)
  scope.stop()
})

test('work puts it off; once the warning shows only its button does', () => {
  const { idle, onEnd, scope } = watchFor(300_000)
  vi.advanceTimersByTime(200_000)
  dispatchEvent(new Event('keydown'))
  vi.advanceTimersByTime(200_000)
  expect(idle.warning.value).toBe(false)
  vi.advanceTimersByTime(45_000)
  dispatchEvent(new Event('pointerdown'))
  expect(idle.warning.value).toBe(true)
  idle.stay()
  expect(idle.warning.value).toBe(false)
  expect(onEnd).not.toHaveBeenCalled()
  scope.stop()
})

test('work in another tab counts', () => {
  const { idle, scope } = watchFor(300_000)
  vi.advanceTimersByTime(200_000)
  dispatchEvent(Object.assign(new Event('storage'), { key: 'atrium.console.lastTouch', newValue: '200000' }))
  vi.advanceTimersByTime(100_000)
  expect(idle.warning.value).toBe(false)
  scope.stop()
})

test('a tab that slept looks what the others heard before it ends anything', () => {
  const { onEnd, scope } = watchFor(300_000)
  localStorage.setItem('atrium.console.lastTouch', '250000')
  vi.setSystemTime(400_000)
  vi.advanceTimersByTime(1000)
  expect(onEnd).not.toHaveBeenCalled()
  scope.stop()
})

test('the server is told that somebody types, each two minutes at most, and never for nobody', () => {
  const { keep, scope } = watchFor(1_800_000)
  for (let minute = 0; minute < 10; minute += 1) { dispatchEvent(new Event('keydown')); vi.advanceTimersByTime(60_000) }
  expect(keep).toHaveBeenCalledTimes(5)
  vi.advanceTimersByTime(1_000_000)
  expect(keep.mock.calls.length).toBeLessThanOrEqual(6)
  scope.stop()
})
