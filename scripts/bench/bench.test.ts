import { expect, test } from 'vitest'
import { lineOf, perSecond, reaches } from './bench.ts'

test.each([
  ['a ratio that is reached', { ours: 40, bare: 100, atLeast: 0.35 }, true],
  ['a ratio that is missed', { ours: 30, bare: 100, atLeast: 0.35 }, false],
  ['a size under its bound', { ours: 590, atMost: 600 }, true],
  ['a size over its bound', { ours: 601, atMost: 600 }, false],
  ['no bound', { ours: 1 }, true]
])('%s', (name, numbers, expected) => expect(reaches({ name, unit: 'KB', ...numbers })).toBe(expected))

test('a line says both numbers, the ratio and the bound', () => {
  expect(lineOf({ name: 'coupon list', ours: 4200, bare: 10_000, unit: '/s', atLeast: 0.35 })).toBe('✓ coupon list: 4,200 /s, bare 10,000: 42 % (at least 35 %)')
})

test('perSecond counts every call of every caller', async () => {
  let calls = 0
  const rate = await perSecond(async () => { calls++; await new Promise(resolve => setTimeout(resolve, 5)) }, { callers: 4, durationMs: 100 })
  expect(calls).toBeGreaterThanOrEqual(4)
  expect(rate).toBeLessThanOrEqual(calls * 10)
  expect(rate).toBeGreaterThan(0)
})
