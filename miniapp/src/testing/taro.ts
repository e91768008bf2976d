import { vi } from 'vitest'

type Answer = { status: number; body?: unknown; headers?: Record<string, string> }
type Sent = { url: string; method: string; headers: Record<string, string>; body: unknown }

/** A stand-in for Taro in tests: storage in memory, requests answered by `answers` in turn, navigation recorded. */
export const taro = {
  storage: new Map<string, string>(),
  sent: [] as Sent[],
  answers: [] as (Answer | 'silence' | ((sent: Sent) => Answer | Promise<Answer>))[],
  went: [] as string[],
  screen: { brightness: 0.4, on: false },
  scanned: '',

  /** Forgets everything between two tests. */
  reset(): void {
    taro.storage.clear()
    taro.sent.length = 0
    taro.answers.length = 0
    taro.went.length = 0
    taro.screen = { brightness: 0.4, on: false }
  },

  /** The module that `vi.mock('@tarojs/taro', …)` puts in place. */
  module() {
    const request = async (options: { url: string; method: string; header: Record<string, string>; data?: string }) => {
      const sent = { url: options.url, method: options.method, headers: options.header, body: options.data ? JSON.parse(options.data) as unknown : undefined }
      taro.sent.push(sent)
      const next = taro.answers.shift() ?? 'silence'
      if (next === 'silence') throw { errMsg: 'request:fail' }
      const answer = typeof next === 'function' ? await next(sent) : next
      return { statusCode: answer.status, data: JSON.stringify(answer.body ?? null), header: answer.headers ?? {} }
    }
    const go = (kind: string) => async ({ url }: { url: string }) => { taro.went.push(`${kind} ${url}`) }
    const api = {
      request, navigateTo: go('open'), redirectTo: go('replace'), switchTab: go('tab'), navigateBack: async () => { taro.went.push('back') },
      getCurrentPages: () => [1, 2], getCurrentInstance: () => ({ router: { params: {} } }), getSystemInfoSync: () => ({ brand: 'Test', model: 'Phone', language: 'zh_CN', statusBarHeight: 44, windowWidth: 390 }),
      getStorageSync: (key: string) => taro.storage.get(key) ?? '', setStorageSync: (key: string, value: string) => { taro.storage.set(key, value) }, removeStorageSync: (key: string) => { taro.storage.delete(key) },
      getScreenBrightness: async () => ({ value: taro.screen.brightness }), setScreenBrightness: async ({ value }: { value: number }) => { taro.screen.brightness = value }, setKeepScreenOn: async ({ keepScreenOn }: { keepScreenOn: boolean }) => { taro.screen.on = keepScreenOn },
      scanCode: async () => ({ result: taro.scanned }), vibrateShort: async () => undefined, requestPayment: vi.fn(async () => undefined), login: vi.fn(async () => ({ code: 'login-code' })),
    }
    return { default: api, useDidShow: vi.fn(), useDidHide: vi.fn(), useReachBottom: vi.fn() }
  },
}
