import { expect, test } from 'vitest'
import { insideByHour, runsLow, spread, total } from './rules.ts'

test('hours without a row count nothing', () => expect(spread([{ hour: 2, count: 5 }], 4)).toEqual([0, 0, 5, 0]))
test('a total is the sum of its hours', () => expect(total([{ hour: 1, count: 2 }, { hour: 9, count: 3 }])).toBe(5))
test('who came and did not leave is inside', () => {
  expect(insideByHour(3, [{ hour: 1, count: 4 }], [{ hour: 0, count: 1 }, { hour: 2, count: 6 }], 4)).toEqual([2, 6, 0, 0])
})
test.each([[600, 542, true], [600, 540, false], [600, 600, false], [null, 10, false]])('of %s coupons %d claimed runs low: %s', (stock, claimed, low) => expect(runsLow(stock, claimed)).toBe(low))
