import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { quoteOf, type QuoteInput } from './quote.ts'
import { priceOfStay, type Tariff } from './tariff.ts'

const tariff: Tariff = { freeMinutes: 30, firstMinutes: 30, firstFen: 400, unitMinutes: 30, unitFen: 400, dayCapFen: 6000, graceMinutes: 15 }
const entryAt = new Date('2026-11-20T05:06:00Z')
const after = (minutes: number) => new Date(entryAt.getTime() + minutes * 60_000)
const coupon = (minutes: number, couponId = 'C1') => ({ couponId, minutes, title: `停车券 ${minutes} 分钟`, titleEn: `Parking coupon ${minutes} min` })
const quote = (over: Partial<QuoteInput> & { minutes: number; tier?: number; coupons?: ReturnType<typeof coupon>[] }) =>
  quoteOf({ tariff, entryAt, now: after(over.minutes), entitlement: { tierMinutes: over.tier ?? 0, coupons: over.coupons ?? [] }, paidFen: 0, paidAt: null, leaveBy: null, ...over })
const lines = (q: ReturnType<typeof quote>) => q.parts.map((p) => [p.kind, p.minutes, p.fen])

test('four hours with a gold member and a one-hour coupon', () => {
  const q = quote({ minutes: 252, tier: 120, coupons: [coupon(60)] })
  expect(lines(q)).toEqual([['free', 30, 0], ['tier_hours', 120, 1600], ['parking_coupon', 60, 800], ['due', 42, 800]])
  expect(q).toMatchObject({ stayMinutes: 252, tariffFen: 3200, dueFen: 800, nextDueFen: 1200, validUntil: after(270), tierMinutes: 120, couponIds: ['C1'] })
})

describe('quotes as a table', () => {
  test.each([
    // minutes parked, tier minutes, coupon minutes → due, valid until minute, then due
    [10, 0, 0, 0, 30, 400], [30, 0, 0, 0, 30, 400], [31, 0, 0, 400, 60, 800], [61, 120, 0, 0, 150, 400], [150, 120, 0, 0, 150, 400], [151, 120, 0, 400, 180, 800],
    [252, 0, 60, 2400, 270, 2800], [20 * 60, 0, 0, 6000, 24 * 60, 6400], [10, 180, 60, 0, 270, 400],
  ])('%d min, tier %d, coupon %d: %d fen until minute %d, then %d', (minutes, tier, off, dueFen, until, next) => {
    expect(quote({ minutes, tier, coupons: off ? [coupon(off)] : [] })).toMatchObject({ dueFen, validUntil: after(until), nextDueFen: next })
  })
})

test('the cap is a line of its own', () => {
  expect(lines(quote({ minutes: 600 }))).toEqual([['free', 30, 0], ['cap', 0, 1600], ['due', 570, 6000]])
})

test('a coupon that saves nothing is left with the member', () => {
  expect(quote({ minutes: 20, coupons: [coupon(60)] }).couponIds).toEqual([])
  expect(quote({ minutes: 23 * 60, coupons: [coupon(60)] }).couponIds).toEqual([])
  expect(quote({ minutes: 100, tier: 120, coupons: [coupon(60)] })).toMatchObject({ couponIds: [], dueFen: 0, tierMinutes: 70 })
})

describe('after the payment', () => {
  const paid = { paidFen: 3200, paidAt: after(252), leaveBy: after(267) }
  test('nothing is due while the time to leave runs, even over a new unit', () => {
    expect(quote({ minutes: 266, ...paid, leaveBy: after(275) })).toMatchObject({ dueFen: 0, validUntil: after(275), nextDueFen: 400 })
    expect(quote({ minutes: 274, ...paid, leaveBy: after(275) })).toMatchObject({ dueFen: 0, tariffFen: 3200 })
  })
  test('whoever stays on pays from the payment on, and no unit twice', () => {
    expect(quote({ minutes: 269, ...paid })).toMatchObject({ dueFen: 0, nextDueFen: 400, validUntil: after(270) })
    const q = quote({ minutes: 331, ...paid })
    expect(lines(q)).toEqual([['free', 30, 0], ['paid_before', 222, 3200], ['due', 79, 1200]])
  })
})

const anyInput = fc.record({
  minutes: fc.integer({ min: 0, max: 4 * 24 * 60 }), seconds: fc.integer({ min: 0, max: 59 }), tier: fc.integer({ min: 0, max: 240 }), coupons: fc.array(fc.integer({ min: 10, max: 600 }), { maxLength: 3 }),
  paid: fc.integer({ min: 0, max: 20_000 }), grace: fc.option(fc.integer({ min: 0, max: 6000 })),
  tariff: fc.record({ freeMinutes: fc.integer({ min: 0, max: 60 }), firstMinutes: fc.integer({ min: 0, max: 120 }), firstFen: fc.integer({ min: 0, max: 1500 }), unitMinutes: fc.integer({ min: 5, max: 120 }), unitFen: fc.integer({ min: 0, max: 1500 }), dayCapFen: fc.oneof(fc.constant(0), fc.integer({ min: 1000, max: 9000 })), graceMinutes: fc.constant(15) }),
}).map((r): QuoteInput => ({
  tariff: r.tariff, entryAt, now: new Date(after(r.minutes).getTime() + r.seconds * 1000), entitlement: { tierMinutes: r.tier, coupons: r.coupons.map((m, i) => coupon(m, `C${i}`)) },
  paidFen: r.paid, paidAt: r.paid ? after(Math.min(r.minutes, 60)) : null, leaveBy: r.grace === null ? null : after(r.grace),
}))
const sum = (q: ReturnType<typeof quoteOf>, key: 'fen' | 'minutes') => q.parts.reduce((total, part) => total + part[key], 0)

describe('for every stay', () => {
  test('the parts sum to the tariff, their minutes to the stay, and none is negative', () => {
    fc.assert(fc.property(anyInput, (input) => {
      const q = quoteOf(input)
      expect(sum(q, 'fen')).toBe(q.tariffFen)
      expect(sum(q, 'minutes')).toBe(q.stayMinutes)
      expect(q.parts.every((p) => p.fen >= 0 && p.minutes >= 0)).toBe(true)
      expect(q.parts.at(-1)).toMatchObject({ kind: 'due', fen: q.dueFen })
    }), { numRuns: 500 })
  })
  test('the quote holds to its end and rises right after', () => {
    fc.assert(fc.property(anyInput, (input) => {
      const q = quoteOf(input)
      expect(quoteOf({ ...input, now: q.validUntil }).dueFen).toBe(q.dueFen)
      expect(quoteOf({ ...input, now: new Date(q.validUntil.getTime() + 1) }).dueFen).toBe(q.nextDueFen)
      expect(q.nextDueFen).toBeGreaterThanOrEqual(q.dueFen)
    }), { numRuns: 300 })
  })
  test('an entitlement never raises the price, and what is not needed can be left out', () => {
    fc.assert(fc.property(anyInput, (input) => {
      const q = quoteOf(input)
      expect(q.dueFen).toBeLessThanOrEqual(quoteOf({ ...input, entitlement: { tierMinutes: 0, coupons: [] } }).dueFen)
      const lean = { tierMinutes: q.tierMinutes, coupons: input.entitlement.coupons.filter((c) => q.couponIds.includes(c.couponId)) }
      expect(quoteOf({ ...input, entitlement: lean }).dueFen).toBe(q.dueFen)
    }), { numRuns: 300 })
  })
  test('paying what is due leaves nothing due', () => {
    fc.assert(fc.property(anyInput, (input) => {
      const q = quoteOf(input)
      expect(quoteOf({ ...input, paidFen: input.paidFen + q.dueFen, paidAt: input.now }).dueFen).toBe(0)
      expect(q.dueFen).toBeLessThanOrEqual(priceOfStay(input.tariff, Math.max(0, input.now.getTime() - entryAt.getTime())))
    }), { numRuns: 300 })
  })
})
