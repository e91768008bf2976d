import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import { taro } from '@/testing/taro'

vi.hoisted(() => { process.env.TARO_ENV = 'weapp'; process.env.TARO_APP_API = '' })
vi.mock('@tarojs/taro', async () => (await import('@/testing/taro')).taro.module())
const { currentLanguage, speak } = await import('@/i18n')
const { keepSession } = await import('@/platform/session')
const { usePreferences } = await import('@/settings/usePreferences')
const { useMember } = await import('./useMember')

beforeEach(() => {
  taro.reset()
  setActivePinia(createPinia())
  keepSession('member', { accessToken: 'a', refreshToken: 'r', memberId: 'm' })
  taro.answers.push(...Array.from({ length: 4 }, () => ({ status: 200, body: { me: { language: 'zh-CN', elderView: false } } })))
  usePreferences().elder = true
  speak('en')
})

test('a newcomer keeps the language and the view chosen before, and brings them along', async () => {
  await useMember().arrive(true)
  expect(taro.sent.find((sent) => sent.method === 'PUT')).toMatchObject({ url: '/api/member/me', body: { elderView: true, language: 'en' } })
  expect([usePreferences().elder, currentLanguage()]).toEqual([true, 'en'])
})

test('who comes back finds what they chose elsewhere', async () => {
  await useMember().arrive(false)
  expect(taro.sent.some((sent) => sent.method === 'PUT')).toBe(false)
  expect([usePreferences().elder, currentLanguage()]).toEqual([false, 'zh-CN'])
})
