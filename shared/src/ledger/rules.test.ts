import { expect, test } from 'vitest'
import { takeFromLots } from './rules.ts'

const lots = [
  { lotId: 'C', remaining: 30, expiresAt: new Date('2027-12-31') },
  { lotId: 'A', remaining: 10, expiresAt: new Date('2026-12-31') },
  { lotId: 'B', remaining: 0, expiresAt: new Date('2025-12-31') },
]
test.each([
  [5, null, [{ lotId: 'A', amount: 5 }], 0],
  [15, null, [{ lotId: 'A', amount: 10 }, { lotId: 'C', amount: 5 }], 0],
  [15, 'C', [{ lotId: 'C', amount: 15 }], 0],
  [50, null, [{ lotId: 'A', amount: 10 }, { lotId: 'C', amount: 30 }], 10],
] as const)('taking %i (first %s) takes what expires soonest', (amount, first, takings, short) => {
  expect(takeFromLots(lots, amount, first)).toEqual({ takings, short })
})
