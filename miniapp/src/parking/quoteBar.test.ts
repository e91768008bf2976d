import { expect, test } from 'vitest'
import { quoteBar, type Quote } from './quoteBar'

const part = (kind: Quote['parts'][number]['kind'], minutes: number) => ({ kind, minutes, fen: 0, title: '', titleEn: '', couponId: null })
const entryAt = '2026-11-20T05:06:00.000Z'
const minute = 60_000

test('parts share the bar by their minutes and the last pales from now on', () => {
  const bar = quoteBar({ stayMinutes: 252, parts: [part('free', 30), part('tier_hours', 120), part('parking_coupon', 60), part('due', 60)] }, entryAt)
  expect(bar?.parts.map((one) => one.share)).toEqual([30 / 270, 120 / 270, 60 / 270, 60 / 270])
  expect(bar?.now).toBeCloseTo(252 / 270)
})
test('the marks are the times at which the parts meet; the first and last are always there', () => {
  const bar = quoteBar({ stayMinutes: 252, parts: [part('free', 30), part('tier_hours', 120), part('due', 120)] }, entryAt)
  expect(bar?.marks.map((mark) => Math.round((mark.ms - Date.parse(entryAt)) / minute))).toEqual([0, 150, 270])
})
test('large letters need more room between two times', () => {
  const stay = { stayMinutes: 210, parts: [part('free', 45), part('tier_hours', 120), part('due', 45)] }
  const times = (elder: boolean) => quoteBar(stay, entryAt, elder)?.marks.map((mark) => Math.round((mark.ms - Date.parse(entryAt)) / minute))
  expect(times(false)).toEqual([0, 45, 165, 210])
  expect(times(true)).toEqual([0, 210])
})
test('parts without minutes (a cap, what was paid before) take no room', () => {
  const bar = quoteBar({ stayMinutes: 60, parts: [part('free', 30), part('cap', 0), part('due', 30)] }, entryAt)
  expect(bar?.parts.map((one) => one.kind)).toEqual(['free', 'due'])
})
test('a stay longer than its parts still ends at now', () => {
  expect(quoteBar({ stayMinutes: 100, parts: [part('free', 30)] }, entryAt)).toMatchObject({ now: 1, parts: [{ kind: 'free', share: 0.3 }] })
})
test('nothing to draw without minutes', () => expect(quoteBar({ stayMinutes: 0, parts: [part('due', 0)] }, entryAt)).toBeNull())
