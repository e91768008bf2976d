import { createPinia, setActivePinia } from 'pinia'
import type * as Vue from 'vue'
import { expect, test, vi } from 'vitest'
import { taro } from '@/testing/taro'

vi.hoisted(() => { process.env.TARO_ENV = 'h5'; process.env.TARO_APP_API = '' })
vi.mock('@tarojs/taro', async () => (await import('@/testing/taro')).taro.module())
vi.mock('vue', async (original) => ({ ...(await original<typeof Vue>()), onUnmounted: vi.fn() }))
vi.mock('@/platform/aria', () => ({ announceLanguage: vi.fn() }))
await import('@/i18n/common')
await import('@/i18n/refusals')
const { useJoin } = await import('./useJoin')

test('a wrong code says how many tries are left, until the next try', async () => {
  setActivePinia(createPinia())
  const { agreed, phone, code, signInBySms, triesLeft } = useJoin()
  agreed.value = true
  phone.value = '13905168801'
  code.value = '000000'
  taro.answers.push({ status: 422, body: { code: 'sms_code_wrong', triesLeft: 4 } }, { status: 422, body: { code: 'sms_code_expired' } })
  expect(triesLeft.value).toBeNull()
  await signInBySms()
  expect([triesLeft.value, code.value]).toEqual([4, ''])
  await signInBySms()
  expect(triesLeft.value).toBeNull()
})
