import type * as Vue from 'vue'
import { expect, test, vi } from 'vitest'
import { taro } from '@/testing/taro'

vi.hoisted(() => { process.env.TARO_ENV = 'weapp'; process.env.TARO_APP_API = '' })
vi.mock('@tarojs/taro', async () => (await import('@/testing/taro')).taro.module())
vi.mock('vue', async (original) => ({ ...(await original<typeof Vue>()), onUnmounted: vi.fn() }))
const { needsSignIn } = await import('@/flow/problem')
const { usePlates } = await import('./usePlates')

test('a guest is asked to sign in, not told that no plate is left', async () => {
  taro.answers.push({ status: 401, body: { code: 'unauthenticated' } })
  const { plates } = usePlates()
  await plates.load()
  expect(plates.data.value).toBeNull()
  expect(needsSignIn(plates.problem.value)).toBe(true)
})
