import { createPinia, setActivePinia } from 'pinia'
import type * as Vue from 'vue'
import { beforeEach, expect, test, vi } from 'vitest'
import { taro } from '@/testing/taro'

vi.hoisted(() => { process.env.TARO_ENV = 'weapp'; process.env.TARO_APP_API = '' })
vi.mock('@tarojs/taro', async () => (await import('@/testing/taro')).taro.module())
vi.mock('vue', async (original) => ({ ...(await original<typeof Vue>()), onUnmounted: vi.fn() }))
await import('@/i18n/common')
await import('@/i18n/refusals')
const { keepSession } = await import('@/platform/session')
const { useCentre } = await import('./useCentre')

beforeEach(() => {
  setActivePinia(createPinia())
  taro.reset()
  keepSession('member', { accessToken: 'a', refreshToken: 'r' })
})

test('claiming again after a lost answer is the same act, though the row was renewed meanwhile', async () => {
  const template = (claimed: number) => ({ templateId: 't', title: '券', claimed })
  const claims: string[] = []
  let claimAnswer: 'lost' | { couponId: string } = 'lost'
  taro.answers.push(...Array.from({ length: 20 }, () => (sent: { url: string; headers: Record<string, string> }) => {
    if (sent.url.endsWith('/member/home')) return { status: 200, body: {} }
    if (!sent.url.endsWith('/claim')) return { status: 200, body: sent.url.endsWith('/t') ? template(11) : { items: [template(10)], nextCursor: null, total: 1 } }
    claims.push(sent.headers['idempotency-key']!)
    if (claimAnswer === 'lost') throw new Error('request:fail')
    return { status: 200, body: claimAnswer }
  }))
  const centre = useCentre()
  await centre.load()
  expect(await centre.claim(centre.items.value[0]!)).toBe(false)
  expect(centre.items.value[0]).toMatchObject({ claimed: 11 })
  claimAnswer = { couponId: 'c' }
  expect(await centre.claim(centre.items.value[0]!)).toBe(true)
  expect(claims[1]).toBe(claims[0])
})
