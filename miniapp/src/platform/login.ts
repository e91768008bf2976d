import Taro from '@tarojs/taro'
import { channel } from './channel'

/** The one-time code that says who holds the phone: `wx.login` or Alipay's auth code. Null when the app refuses. */
export async function channelCode(): Promise<string | null> {
  try {
    if (channel === 'weapp') return (await Taro.login()).code || null
    if (channel === 'alipay') return (await askAlipay<{ authCode?: string }>('getAuthCode', { scopes: ['auth_base'] })).authCode ?? null
    return null
  } catch {
    return null
  }
}

/** What WeChat's phone button answers: a code of its own, or nothing when the person declined. */
export const phoneCodeOf = (event: { detail?: { code?: string } }): string | null => event.detail?.code ?? null

/** Alipay's encrypted phone reply, asked for after its phone button; null when declined. */
export async function alipayPhone(): Promise<string | null> {
  try {
    const reply = await askAlipay<{ response?: string }>('getPhoneNumber', {})
    return reply.response ?? null
  } catch {
    return null
  }
}

type AlipayCall = (options: Record<string, unknown>) => void
/** Alipay's own object. A name of every module there; `globalThis` is not. */
declare const my: Record<string, AlipayCall | undefined> | undefined

/** Calls one of Alipay's own functions, which Taro does not wrap, as a promise. */
function askAlipay<T>(name: string, options: Record<string, unknown>): Promise<T> {
  const run = typeof my === 'undefined' ? undefined : my[name]
  if (!run) return Promise.reject(new Error(`${name} is missing`))
  return new Promise((success, fail) => run({ ...options, success, fail }))
}
