import { describe, expect, test } from 'vitest'
import { addDays, businessDay, businessHour, fromShanghaiTime, isOpenAt, shanghaiTime, startOfBusinessDay } from './time.ts'

describe('time', () => {
  test.each([['2026-11-20T15:59:59.999Z', '2026-11-20', 23], ['2026-11-20T16:00:00.000Z', '2026-11-21', 0], ['2028-02-28T17:00:00.000Z', '2028-02-29', 1]])('%s belongs to %s, hour %d', (iso, day, hour) => {
    expect(businessDay(new Date(iso))).toBe(day)
    expect(businessHour(new Date(iso))).toBe(hour)
  })
  test('a business day starts at its own first instant', () => expect(businessDay(startOfBusinessDay('2026-11-20'))).toBe('2026-11-20'))
  test.each([['2026-12-31', 1, '2027-01-01'], ['2028-02-28', 1, '2028-02-29'], ['2026-03-01', -1, '2026-02-28']])('%s and %d days is %s', (day, n, expected) => expect(addDays(day, n)).toBe(expected))
  test('provider time round trip', () => expect(shanghaiTime(fromShanghaiTime('2026-11-20 00:00:01')!)).toBe('2026-11-20 00:00:01'))
  test.each(['2026-13-01 00:00:00', 'yesterday', '2026-11-20T00:00:00'])('%s is no provider time', (text) => expect(fromShanghaiTime(text)).toBeNull())
  test.each([['10:00', '22:00', '2026-11-20T02:00:00Z', true], ['10:00', '22:00', '2026-11-20T14:00:00Z', false], ['18:00', '02:00', '2026-11-20T17:30:00Z', true], ['18:00', '02:00', '2026-11-20T04:00:00Z', false]])('%s–%s at %s: open %s', (from, until, iso, open) => expect(isOpenAt(from, until, new Date(iso))).toBe(open))
})
