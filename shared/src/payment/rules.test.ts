import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { paymentStates } from './contract.ts'
import { askAgainMs, canRefund, expiryOf, isOpen, leastOpenMs, mayMove, mostOpenMs, refundable, wasPaid } from './rules.ts'

const now = new Date('2026-11-20T06:00:00Z')
const at = (seconds: number) => new Date(now.getTime() + seconds * 1000)

test.each([[-60, 120], [10, 120], [300, 300], [3600, 600]])('a price that holds %d s gives the payer %d s', (holds, open) => expect(expiryOf(now, at(holds))).toEqual(at(open)))

test('whatever the price does, the payer has between two and ten minutes', () => {
  fc.assert(fc.property(fc.integer({ min: -1e7, max: 1e7 }), (ms) => {
    const open = expiryOf(now, new Date(now.getTime() + ms)).getTime() - now.getTime()
    expect(open).toBeGreaterThanOrEqual(leastOpenMs)
    expect(open).toBeLessThanOrEqual(mostOpenMs)
  }))
})

test('the provider is asked soon at first and each minute later', () => expect([0, 1, 5, 99].map(askAgainMs)).toEqual([3000, 5000, 60_000, 60_000]))

describe('states', () => {
  test('a payment is open, paid or over', () => {
    expect(paymentStates.filter(isOpen)).toEqual(['created', 'waiting', 'asking'])
    expect(paymentStates.filter(wasPaid)).toEqual(['paid', 'refunding', 'refunded'])
  })
  test('money that comes late is taken in, refunded stays refunded', () => {
    expect(mayMove('closed', 'paid') && mayMove('failed', 'paid')).toBe(true)
    expect(paymentStates.some((to) => mayMove('refunded', to))).toBe(false)
    expect(mayMove('paid', 'closed')).toBe(false)
  })
})

test.each([
  ['paid', 800, 0, false, 800, null], ['paid', 800, 300, false, 500, null], ['paid', 800, 300, false, 501, 'refund_exceeds_paid'], ['paid', 800, 0, true, 100, 'refund_in_progress'],
  ['closed', 800, 0, false, 100, 'payment_closed'], ['waiting', 800, 0, false, 100, 'payment_closed'], ['refunded', 800, 800, false, 1, 'refund_exceeds_paid'],
] as const)('%s %d fen, %d gone back, one under way %s: %d more → %s', (state, amountFen, committedFen, underWay, more, verdict) =>
  expect(canRefund({ state, amountFen, committedFen, underWay }, more)).toBe(verdict))

test('nothing can go back that never came', () => expect(refundable({ state: 'closed', amountFen: 800, committedFen: 0 })).toBe(0))
