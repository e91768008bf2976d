import fc from 'fast-check'
import { expect, test } from 'vitest'
import { explain, growthExpiresAt, growthFor, pointsExpireAt, pointsFor, takeBackFor } from './rules.ts'

test.each([
  [99, 'silver', 0], [100, 'silver', 1], [800, 'silver', 8], [800, 'gold', 12], [300, 'gold', 4], [18_650, 'gold', 279], [800, 'crimson', 16], [0, 'crimson', 0],
] as const)('%i fen paid by %s earn %i points', (fen, tier, points) => {
  expect(pointsFor(fen, tier)).toBe(points)
})

test('growth is one for each yuan, whatever the tier', () => {
  expect(growthFor(18_650)).toBe(186)
})

test.each([
  ['full refund', 12, 800, 800, 0, 12],
  ['half refund rounds in favour of the mall', 13, 800, 400, 0, 7],
  ['second half takes the rest', 13, 800, 800, 7, 6],
  ['nothing paid, nothing taken', 0, 0, 0, 0, 0],
  ['told twice takes nothing more', 12, 800, 800, 12, 0],
] as const)('%s: of %i points, %i paid, %i refunded, %i taken → %i', (_name, earned, paid, refunded, taken, expected) => {
  expect(takeBackFor(earned, paid, refunded, taken)).toBe(expected)
})

test('part refunds together take exactly what was earned', () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 100_000 }), fc.array(fc.integer({ min: 1, max: 50_000 }), { minLength: 1, maxLength: 8 }), (earned, parts) => {
    const paid = parts.reduce((a, b) => a + b, 0)
    let [refunded, taken] = [0, 0]
    for (const part of parts) {
      refunded += part
      taken += takeBackFor(earned, paid, refunded, taken)
    }
    expect(taken).toBe(earned)
  }))
})

test.each([
  ['2026-11-20T04:00:00.000Z', '2027-12-31T16:00:00.000Z'],
  ['2026-12-31T15:59:59.999Z', '2027-12-31T16:00:00.000Z'],
  ['2026-12-31T16:00:00.000Z', '2028-12-31T16:00:00.000Z'],
])('points earned at %s expire at %s', (earned, expires) => {
  expect(pointsExpireAt(new Date(earned)).toISOString()).toBe(expires)
})

test('growth counts for a year', () => {
  expect(growthExpiresAt(new Date('2026-11-20T04:00:00.000Z')).toISOString()).toBe('2027-11-20T04:00:00.000Z')
})

test('an entry says why it exists', () => {
  expect(explain('parking_paid', { amountFen: 800, perMille: 1500, paymentId: 'P1' })).toEqual({
    title: '停车缴费', titleEn: 'Parking paid', detail: '支付 ¥8.00，1.5 倍积分', detailEn: 'Paid ¥8.00, ×1.5 points', link: '/payment/P1',
  })
  expect(explain('parking_paid', { amountFen: 800, perMille: 1000, paymentId: null }).detail).toBe('支付 ¥8.00')
  expect(explain('claim', { title: '桂花拿铁', titleEn: 'Osmanthus latte', couponId: 'C1' })).toMatchObject({ detail: '桂花拿铁', detailEn: 'Osmanthus latte', link: '/coupon/C1' })
  expect(explain('expire', { earnedOn: '2025-03-01' }).detail).toBe('2025-03-01 获得的积分到期')
  expect(explain('refund', { amountFen: 400, paymentId: null }).detailEn).toBe('Refund of ¥4.00, taken back in proportion')
  expect(explain('adjust', { reason: '小票未录' }).detail).toBe('小票未录')
})
