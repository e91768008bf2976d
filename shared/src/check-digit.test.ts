import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hasCheckDigit, withCheckDigit } from './check-digit.ts'

const digits = fc.array(fc.nat(9), { minLength: 2, maxLength: 12 }).map((d) => d.join(''))

describe('check digit', () => {
  test('what carries it passes', () => fc.assert(fc.property(digits, (d) => hasCheckDigit(withCheckDigit(d)))))
  test('one wrong digit is found', () => fc.assert(fc.property(digits, fc.nat(), fc.integer({ min: 1, max: 9 }), (d, at, by) => {
    const good = withCheckDigit(d)
    const i = at % good.length
    return !hasCheckDigit(good.slice(0, i) + String((Number(good[i]) + by) % 10) + good.slice(i + 1))
  })))
  test('swapped neighbours are found', () => fc.assert(fc.property(digits, fc.nat(), (d, at) => {
    const good = withCheckDigit(d)
    const i = at % (good.length - 1)
    fc.pre(good[i] !== good[i + 1])
    return !hasCheckDigit(good.slice(0, i) + good[i + 1] + good[i] + good.slice(i + 2))
  })))
  test('only digits', () => { expect(() => withCheckDigit('12a')).toThrow(RangeError); expect(hasCheckDigit('')).toBe(false) })
})
