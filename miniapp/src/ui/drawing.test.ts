import { expect, test } from 'vitest'
import { code128Svg } from './code128'
import { ring, svgUri } from './drawing'
import { qrSvg } from '@atrium/shared/design/qr.ts'

/** Reads the bars back into symbol values, as a scanner would. */
function widthsOf(svg: string): number[] {
  const bars = [...svg.matchAll(/M(\d+) 0h(\d+)v/g)].map(([, x, width]) => ({ x: Number(x), width: Number(width) }))
  return bars.flatMap((bar, i) => (i === 0 ? [bar.width] : [bar.x - (bars[i - 1]!.x + bars[i - 1]!.width), bar.width]))
}

test('Code 128 C carries start, pairs, check symbol and stop', () => {
  const widths = widthsOf(code128Svg('1234'))
  // start C 211232, 12 → 112232, 34 → 131123, check (105 + 12 + 2 × 34) mod 103 = 82 → 121241, stop 2331112
  expect(widths.join('').match(/^(.{6})(.{6})(.{6})(.{6})(.+)$/)?.slice(1)).toEqual(['211232', '112232', '131123', '121241', '2331112'])
})
test('an odd number of digits or a letter is not a bar code', () => {
  expect(() => code128Svg('123')).toThrow(RangeError)
  expect(() => code128Svg('12ab')).toThrow(RangeError)
})
test('a QR code has three round eyes and no squares left in their place', () => {
  const svg = qrSvg('44710926553812345678', true)
  expect(svg.match(/fill-rule="evenodd"/g)).toHaveLength(3)
  expect(svg).not.toContain('M0 0h7')
})
test('a mark in the middle costs size, not readability', () => {
  const side = (svg: string) => Number(/viewBox="0 0 (\d+)/.exec(svg)?.[1])
  expect(side(qrSvg('44710926553812345678', true))).toBeGreaterThan(side(qrSvg('44710926553812345678')))
})
test.each([[0, false], [0.5, true], [1, true]])('a ring of %d draws its arc: %s', (fraction, arc) => expect(ring(fraction, { on: '#000', off: '#fff' }).includes('dasharray')).toBe(arc))
test('an SVG in a style has nothing that ends the style', () => expect(svgUri('<svg fill="#fff" width="100%"/>')).toBe("data:image/svg+xml,%3Csvg fill='%23fff' width='100%25'/%3E"))
