import { beforeAll, expect, test, vi } from 'vitest'

vi.hoisted(() => { process.env.TARO_ENV = 'weapp'; process.env.TARO_APP_API = '' })
vi.mock('@tarojs/taro', async () => (await import('@/testing/taro')).taro.module())
const { speak } = await import('@/i18n')
await import('@/i18n/common')
const f = await import('./format')
const now = new Date('2026-11-20T06:00:00Z')

beforeAll(() => speak('zh-CN'))

test.each([[800, '¥8.00'], [-1600, '−¥16.00'], [0, '¥0.00'], [128050, '¥1,280.50']])('%d fen reads %s', (fen, shown) => expect(f.yuan(fen)).toBe(shown))
test.each([[5000, '50'], [5050, '50.50'], [123400, '1,234']])('%d fen on a ticket reads %s', (fen, shown) => expect(f.shortYuan(fen)).toBe(shown))
test.each([[12860, '12,860'], [-2000, '−2,000'], [999, '999']])('%d reads %s', (n, shown) => expect(f.grouped(n)).toBe(shown))
test.each([[40, '40分'], [86, '1小时26分'], [120, '2小时'], [0, '0分']])('%d minutes read %s', (minutes, shown) => expect(f.duration(minutes)).toBe(shown))

test.each([
  ['2026-11-20T06:32:00Z', '今天 14:32'],
  ['2026-11-21T02:00:00Z', '明天 10:00'],
  ['2026-11-19T15:59:00Z', '昨天 23:59'],
  ['2026-12-31T14:00:00Z', '12月31日 22:00'],
  ['2027-01-01T00:00:00Z', '2027年1月1日 08:00'],
])('%s is %s in Xuzhou', (iso, shown) => expect(f.moment(iso, now)).toBe(shown))

test('the weekday is the one of the business day, not of UTC', () => expect(f.dayAndWeekday('2026-11-20T17:00:00Z', now)).toBe('11月21日 周六'))
test.each([[852_000, '14:12'], [59_001, '1:00'], [-5, '0:00']])('%d ms left read %s', (ms, shown) => expect(f.countdown(ms)).toBe(shown))
test('digits come in fours without a tail', () => expect(f.groupsOf4('447109265538')).toBe('4471 0926 5538'))

test('English has its own words', () => {
  speak('en')
  expect(f.moment('2026-11-20T06:32:00Z', now)).toBe('Today 14:32')
  expect(f.listed(['A', 'B'])).toBe('A, B')
  speak('zh-CN')
})
