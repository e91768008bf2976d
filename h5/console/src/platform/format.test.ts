import { expect, test } from 'vitest'
import { clock, daySpan, dayOf, duration, isNewEnergy, longDay, moment, money, plate, shortMoney, signed, todayOnly } from './format.ts'

const now = Date.parse('2026-11-21T14:26:08+08:00')

test.each([[0, '¥0.00'], [5, '¥0.05'], [600, '¥6.00'], [6045850, '¥60,458.50'], [-50, '−¥0.50'], [123456789, '¥1,234,567.89']])('%d fen is %s', (fen, text) => expect(money(fen)).toBe(text))
test.each([[4000, '¥40'], [2990, '¥29.90']])('%d fen is shortly %s', (fen, text) => expect(shortMoney(fen)).toBe(text))
test.each([[216, '+216'], [-38, '−38'], [0, '0'], [12345, '+12,345']])('a change of %d is %s', (n, text) => expect(signed(n)).toBe(text))

test('a day is a day in Shanghai, not in Greenwich', () => {
  expect(dayOf('2026-11-20T16:00:00.000Z')).toBe('2026-11-21')
  expect(dayOf('2026-11-20T15:59:59.999Z')).toBe('2026-11-20')
  expect(clock('2026-11-20T16:05:00.000Z')).toBe('00:05')
  expect(todayOnly(now)).toBe('2026-11-21..2026-11-21')
})

test.each([
  ['2026-11-21T06:00:00.000Z', '14:00:00'],
  ['2026-11-18T12:11:00.000Z', '11-18 20:11'],
  ['2025-12-31T16:30:00.000Z', '01-01 00:30'],
  ['2025-12-31T15:30:00.000Z', '2025-12-31 23:30'],
])('%s is written %s', (iso, text) => expect(moment(iso, now)).toBe(text))

test.each([
  [38_000, '38 秒', '38 s'], [360_000, '6 分', '6 min'], [16_560_000, '4 小时 36 分', '4 h 36 min'], [7_200_000, '2 小时', '2 h'], [200_000_000, '2 天 7 小时', '2 d 7 h'], [-5, '0 秒', '0 s'],
])('%d ms takes %s', (ms, zh, en) => expect([duration(ms, 'zh-CN'), duration(ms, 'en')]).toEqual([zh, en]))

test('a long day in both languages', () => {
  expect(longDay(now, 'zh-CN')).toBe('11月21日 周六')
  expect(longDay(now, 'en')).toMatch(/Sat.*21.*Nov|Sat, Nov 21/)
})

test('spans say when an end is open', () => {
  expect(daySpan('2026-10-31T16:00:00Z', '2026-11-30T15:59:59Z')).toBe('11-01 – 11-30')
  expect([daySpan('2026-10-31T16:00:00Z', null), daySpan(null, '2026-11-30T15:59:59Z'), daySpan(null, null)]).toEqual(['11-01 –', '– 11-30', '—'])
})

test.each([['苏CF9283', '苏C·F9283', false], ['苏CD15208', '苏C·D15208', true], ['WJ苏1234X', 'WJ苏1234X', false], ['沪A·D***34', '沪A·D***34', false]])('%s hangs as %s', (number, shown, green) => {
  expect(plate(number)).toBe(shown)
  expect(isNewEnergy(number)).toBe(green)
})
