import { describe, expect, test } from 'vitest'
import { curveOf, priceOf, priceOfStay, signOf, type Tariff } from './tariff.ts'

const p1: Tariff = { freeMinutes: 30, firstMinutes: 30, firstFen: 400, unitMinutes: 30, unitFen: 400, dayCapFen: 6000, graceMinutes: 15 }
const p2: Tariff = { freeMinutes: 15, firstMinutes: 60, firstFen: 500, unitMinutes: 30, unitFen: 200, dayCapFen: 5000, graceMinutes: 20 }
const open: Tariff = { freeMinutes: 0, firstMinutes: 0, firstFen: 0, unitMinutes: 60, unitFen: 600, dayCapFen: 0, graceMinutes: 10 }

/** `1d2h5m3s` in milliseconds. */
const ms = (text: string): number =>
  [...text.matchAll(/(\d+)([dhms])/g)].reduce((sum, [, n, unit]) => sum + Number(n) * { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000 }[unit as 'd']!, 0)

describe('half an hour free, then 4 yuan each half hour, at most 60 yuan in 24 hours', () => {
  test.each([
    ['0m', 0], ['1s', 0], ['29m59s', 0], ['30m', 0], ['30m1s', 400], ['1h', 400], ['1h1s', 800], ['1h30m', 800], ['4h12m', 3200],
    ['7h59m', 6000], ['8h', 6000], ['8h30m', 6000], ['24h', 6000], ['24h1s', 6400], ['24h30m', 6400], ['24h30m1s', 6800], ['31h30m', 12_000], ['48h', 12_000], ['3d', 18_000], ['3d1s', 18_400],
  ])('%s parked costs %d fen', (stay, fen) => expect(priceOfStay(p1, ms(stay))).toBe(fen))
})

describe('a quarter free, first hour 5 yuan, then 2 yuan each half hour, at most 50 yuan', () => {
  test.each([['14m', 0], ['15m', 0], ['15m1s', 500], ['1h15m', 500], ['1h15m1s', 700], ['1h45m', 700], ['1h46m', 900], ['12h30m', 5000], ['24h', 5000], ['24h1s', 5500]])(
    '%s parked costs %d fen', (stay, fen) => expect(priceOfStay(p2, ms(stay))).toBe(fen))
})

test.each([['0m', 0], ['1s', 600], ['1h', 600], ['1h1s', 1200], ['24h', 14_400]])('without free time and cap, %s costs %d fen', (stay, fen) => expect(priceOfStay(open, ms(stay))).toBe(fen))

test('a clock set back costs nothing', () => expect(priceOf(p1, new Date('2026-11-20T10:00:00Z'), new Date('2026-11-20T09:00:00Z'))).toBe(0))

test('the sign reads like the sign at the gate', () => {
  expect(signOf(p1).map((l) => l.text)).toEqual(['首 30 分钟免费', '之后每 30 分钟 4 元', '每 24 小时最高 60 元', '付款后 15 分钟内离场'])
  expect(signOf(p2).map((l) => l.text)).toEqual(['首 15 分钟免费', '之后首 1 小时 5 元', '再每 30 分钟 2 元', '每 24 小时最高 50 元', '付款后 20 分钟内离场'])
  expect(signOf(open).map((l) => l.textEn)).toEqual(['¥6 per hour', 'Leave within 10 minutes of paying'])
})

test('the curve never falls and ends at the cap', () => {
  const fen = curveOf(p1).map((p) => p.fen)
  expect(fen).toEqual([...fen].sort((a, b) => a - b))
  expect(fen.at(-1)).toBe(6000)
})
