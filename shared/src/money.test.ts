import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fenToYuan, formatFen, splitFen, yuanToFen } from './money.ts'

describe('money', () => {
  test.each([[0, '0.00'], [5, '0.05'], [128050, '1,280.50'], [100000000, '1,000,000.00'], [-1200, '−12.00']])('%d fen reads %s', (fen, text) => expect(formatFen(fen)).toBe(text))
  test.each([['12', 1200], ['12.3', 1230], ['0.01', 1], ['1.234', null], ['-1', null], ['1e3', null], ['', null]])('%s yuan is %s fen', (yuan, fen) => expect(yuanToFen(yuan)).toBe(fen))
  test('yuan and fen are inverse', () => fc.assert(fc.property(fc.nat(), (fen) => yuanToFen(fenToYuan(fen)) === fen)))
  test('a fraction of a fen is refused', () => { expect(() => formatFen(0.5)).toThrow(RangeError); expect(() => splitFen(1.5, [1])).toThrow(RangeError) })
  test.each([[299, [1, 1, 1], [100, 100, 99]], [100, [0, 1], [0, 100]], [1, [1, 1], [1, 0]], [0, [0, 0], [0, 0]]])('%d split over %j is %j', (total, weights, parts) => expect(splitFen(total, weights)).toEqual(parts))
  test('parts always sum to the whole and stay within one fen of their share', () => fc.assert(fc.property(fc.nat(10 ** 9), fc.array(fc.nat(10 ** 6), { minLength: 1, maxLength: 20 }), (total, weights) => {
    const sum = weights.reduce((a, b) => a + b, 0)
    fc.pre(sum > 0)
    const parts = splitFen(total, weights)
    expect(parts.reduce((a, b) => a + b, 0)).toBe(total)
    parts.forEach((p, i) => expect(Math.abs(p - (total * weights[i]!) / sum)).toBeLessThanOrEqual(1))
  })))
})
