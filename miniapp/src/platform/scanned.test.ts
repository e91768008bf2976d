import { beforeEach, expect, test, vi } from 'vitest'

const lane = '01K7PYXXC9J5DQB9F3GG7Z4J3P'
const opened = vi.hoisted(() => ({ params: {} as Record<string, string>, query: {} as Record<string, string> }))
vi.mock('@tarojs/taro', () => ({ default: { getEnterOptionsSync: () => ({ query: opened.query }) } }))
vi.mock('./navigate', () => ({ pageParams: () => opened.params }))

/** What the page makes of how it was opened, in the build of one channel. */
const on = async (channel: 'weapp' | 'alipay' | 'h5') => {
  vi.resetModules()
  vi.stubEnv('TARO_ENV', channel)
  return (await import('./scanned')).scannedExit()
}
beforeEach(() => { opened.params = {}; opened.query = {} })

test('the web comes with the lane', async () => {
  opened.params = { lane }
  expect(await on('h5')).toBe(lane)
})

test('WeChat hands the address over with the page', async () => {
  opened.params = { q: `https://mall.test/exit/${lane}` }
  expect(await on('weapp')).toBe(lane)
})

test('Alipay hands it over with the start, and nobody else is asked for it', async () => {
  opened.query = { qrCode: `https://mall.test/exit/${lane}?from=poster` }
  expect(await on('alipay')).toBe(lane)
  expect(await on('weapp')).toBeNull()
})

test.each(['https://mall.test/exit/', 'https://mall.test/exit/short', 'https://mall.test/other', ''])('%j names no exit', async (q) => {
  opened.params = { q }
  opened.query = { qrCode: q }
  expect(await on('alipay')).toBeNull()
})
