import type * as Vue from 'vue'
import { beforeEach, expect, test, vi } from 'vitest'
import { taro } from '@/testing/taro'

vi.hoisted(() => { process.env.TARO_ENV = 'weapp'; process.env.TARO_APP_API = '' })
vi.mock('@tarojs/taro', async () => (await import('@/testing/taro')).taro.module())
vi.mock('vue', async (original) => ({ ...(await original<typeof Vue>()), onUnmounted: (leave: () => void) => { page.unload = leave } }))
vi.mock('@/platform/page', () => ({ onPageShow: (show: () => void) => { page.show = show }, onPageHide: (hide: () => void) => { page.hide = hide } }))
const { useBrightScreen } = await import('./useBrightScreen')

const page = { show: () => undefined as void, hide: () => undefined as void, unload: () => undefined as void }
const settled = () => new Promise((done) => { setTimeout(done, 0) })
beforeEach(() => { taro.reset() })

test('the screen is bright while the code shows', async () => {
  const bright = useBrightScreen(() => true)
  page.show()
  await settled()
  expect(taro.screen).toEqual({ brightness: 1, on: true })
  expect(bright.value).toBe(true)
})

test.each(['hide', 'unload'] as const)('%s puts it back', async (way) => {
  useBrightScreen(() => true)
  page.show()
  await settled()
  page[way]()
  await settled()
  expect(taro.screen).toEqual({ brightness: 0.4, on: false })
})

test('so does leaving before the phone answered', async () => {
  useBrightScreen(() => true)
  page.show()
  page.unload()
  await settled()
  expect(taro.screen).toEqual({ brightness: 0.4, on: false })
})

test('without a code to show it stays as it is', async () => {
  useBrightScreen(() => false)
  page.show()
  await settled()
  expect(taro.screen).toEqual({ brightness: 0.4, on: false })
})
