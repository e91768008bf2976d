import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { askAgainMs, linesOf, netOf, parkingRateOn, titleRefusal } from './rules.ts'

const details = { name: '彭城数据有限公司', creditCode: '91350100M000100Y43', address: null, phone: null, bank: null, account: null }

describe('fapiao rules', () => {
  test.each([[900, 90, 826, 74], [1, 90, 1, 0], [100, 90, 92, 8], [109, 90, 100, 9], [0, 90, 0, 0], [1000, 0, 1000, 0]])('%d fen at %d ‰: net %d, tax %d', (gross, rate, netFen, taxFen) => expect(netOf(gross, rate)).toEqual({ netFen, taxFen }))
  test('the tax stays within what providers accept: 6 fen a line', () => fc.assert(fc.property(fc.nat(10 ** 8), (gross) => {
    const { netFen, taxFen } = netOf(gross, 90)
    expect(Math.abs(netFen * 0.09 - taxFen)).toBeLessThanOrEqual(6)
  })))
  test('lines add up by line and in all', () => fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: 10 ** 6 }), { minLength: 1, maxLength: 50 }), (amounts) => {
    const { lines, grossFen, netFen, taxFen } = linesOf(amounts.map((a) => ({ grossFen: a })), 90)
    expect(netFen + taxFen).toBe(grossFen)
    expect(lines.reduce((s, l) => s + l.taxFen, 0)).toBe(taxFen)
    expect(lines.reduce((s, l) => s + l.netFen, 0)).toBe(netFen)
    for (const line of lines) expect(line.netFen + line.taxFen).toBe(line.grossFen)
  })))
  test.each([['company', '91350100M000100Y43', null], ['company', '91350100M000100Y44', 'credit_code_invalid'], ['company', null, 'credit_code_invalid'], ['personal', null, null]] as const)('%s title with %s: %s', (kind, creditCode, refusal) => expect(titleRefusal(kind, { ...details, creditCode })).toBe(refusal))
  test('asked at growing gaps', () => expect([0, 1, 2, 20].map(askAgainMs)).toEqual([3_000, 6_000, 12_000, 600_000]))
  test('the rate of today', () => expect(parkingRateOn('2026-11-20')).toBe(90))
})
