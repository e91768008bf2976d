import { beforeEach, expect, test } from 'vitest'
import { setLanguage } from '../platform/copy.ts'
import { scaleUpTo } from '../ui/chart.ts'
import { bandOf, chartOf, versus, type Today } from './figures.ts'
import './copy.ts'

beforeEach(() => setLanguage('zh-CN'))

test.each([
  [1842, 1645, '+12% 较昨天同时', true], [147, 153, '−4% 较昨天同时', false], [100, 100, '与昨天同时持平', false], [5, 0, '昨天同时没有', false], [0, 0, '\u00a0', false],
])('%d after %d reads %s', (value, before, note, up) => expect(versus({ value, before })).toEqual({ note, up }))

const figure = (value: number, before = 0) => ({ value, before, spark: [] })
const today = { capacity: 1240, figures: { visits: figure(1), joined: figure(1), redemptions: figure(1), entries: figure(1), exits: figure(1), inside: figure(931, 762), paidFen: figure(1), fapiao: figure(1) }, hours: [6, 7, 8].map((hour) => ({ hour, paidFen: hour * 100, paidFenBefore: 50, inside: hour * 100, insideBefore: 900 })) } as unknown as Today

test('occupancy is a share of the bays, today and yesterday', () => expect(bandOf(today).find((s) => s.key === 'rate')).toMatchObject({ value: '75%', note: '昨 61% 同时', up: true }))

test('the chart stops at the hour that runs; yesterday is whole', () => {
  const look = chartOf(today, 'inside', 7)
  expect(look.series.map((s) => s.values)).toEqual([[600, 700, null], [900, 900, 900]])
  expect([look.nowAt, look.limit?.value]).toEqual([1, 1240])
  expect(chartOf(today, 'paid', 7).limit).toBeUndefined()
  expect(chartOf({ ...today, capacity: 9000 }, 'inside', 7).limit).toBeUndefined()
})

test.each([[1314, 400], [660, 200], [64, 20], [9.5, 4], [6360, 2000]])('an axis up to %d has lines each %d', (top, interval) => expect(scaleUpTo(top)).toEqual({ max: top, interval }))
