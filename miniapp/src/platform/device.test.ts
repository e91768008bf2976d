import { expect, test, vi } from 'vitest'

vi.hoisted(() => { process.env.TARO_ENV = 'h5' })
vi.mock('@tarojs/taro', async () => (await import('@/testing/taro')).taro.module())
const { deviceName } = await import('./device')
const { default: api } = await import('@tarojs/taro') as unknown as { default: Record<string, unknown> }

test.each([
  [{ brand: 'HUAWEI', model: 'P70' }, 'HUAWEI P70'],
  [{ brand: 'unknown', model: 'iPhone' }, 'iPhone'],
  [{ brand: 'unknown', model: 'unknown' }, 'Phone'],
])('%o is called %s', (info, name) => {
  api.getSystemInfoSync = () => info
  expect(deviceName()).toBe(name)
})
