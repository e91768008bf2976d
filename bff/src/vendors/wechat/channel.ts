import { z } from 'zod'
import { Refusal } from '@atrium/shared/refusal.ts'
import type { Config } from '../../config.ts'
import type { WechatChannel } from '../../identity/channels.ts'

const timeoutMs = 5_000
/** Renewed this long before its end: WeChat honours the old and the new token during the last five minutes. */
const marginMs = 4 * 60_000

// session_key is in the reply as well; it is not named here, so it goes no further.
const Session = z.object({ errcode: z.number().optional(), openid: z.string().min(1).optional(), unionid: z.string().min(1).optional() })
const Token = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() })
const PhoneReply = z.object({ errcode: z.number(), phone_info: z.object({ purePhoneNumber: z.string(), countryCode: z.string(), watermark: z.object({ appid: z.string() }) }).optional() })

/** −1 busy; 45011 too many calls of one user in a minute. */
const busy = new Set([-1, 45011])
/** The token is wrong, missing or over: ask for another one. */
const tokenOver = new Set([40001, 40014, 42001])

/** The server side of WeChat sign-in: jscode2session, stable_token (kept until shortly before its end), getuserphonenumber. */
export function wechatChannel({ wechat }: Pick<Config, 'wechat'>): WechatChannel {
  let token: { value: string; until: number } | null = null
  let asking: Promise<string> | null = null

  async function call<T>(schema: z.ZodType<T>, path: string, body?: object): Promise<T> {
    try {
      const response = await fetch(`${wechat.apiBase}${path}`, {
        signal: AbortSignal.timeout(timeoutMs), ...(body && { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      })
      if (!response.ok) throw new Error(`HTTP ${response.status}`)
      return schema.parse(await response.json())
    } catch (cause) {
      // The cause may quote a reply; it goes to no log and no face.
      throw new Refusal('provider_unavailable', { vendor: 'wechat', cause: cause instanceof Error ? cause.name : 'unknown' })
    }
  }

  async function askToken(): Promise<string> {
    const reply = await call(Token, '/cgi-bin/stable_token', { grant_type: 'client_credential', appid: wechat.appId, secret: wechat.appSecret })
    const now = performance.now()
    token = { value: reply.access_token, until: now + Math.max(reply.expires_in * 1000 - marginMs, 0) }
    return token.value
  }

  /** One token for all callers; those who come while it is asked for wait for the same answer. */
  function accessToken(): Promise<string> {
    if (token && token.until > performance.now()) return Promise.resolve(token.value)
    asking ??= askToken().finally(() => { asking = null })
    return asking
  }

  return {
    identify: async (code) => {
      const query = new URLSearchParams({ appid: wechat.appId, secret: wechat.appSecret, js_code: code, grant_type: 'authorization_code' })
      const reply = await call(Session, `/sns/jscode2session?${query}`)
      if (busy.has(reply.errcode ?? 0)) throw new Refusal('provider_unavailable', { vendor: 'wechat' })
      if (reply.errcode || !reply.openid) throw new Refusal('channel_sign_in_failed', { vendorCode: reply.errcode ?? 0 })
      return { openId: reply.openid, unionId: reply.unionid ?? null }
    },
    phoneOf: async (phoneCode) => {
      const ask = async () => call(PhoneReply, `/wxa/business/getuserphonenumber?access_token=${encodeURIComponent(await accessToken())}`, { code: phoneCode })
      let reply = await ask()
      if (tokenOver.has(reply.errcode)) {
        token = null
        reply = await ask()
      }
      if (busy.has(reply.errcode) || tokenOver.has(reply.errcode)) throw new Refusal('provider_unavailable', { vendor: 'wechat' })
      const phone = reply.phone_info
      if (reply.errcode !== 0 || !phone || phone.watermark.appid !== wechat.appId || phone.countryCode !== '86' || !/^1[3-9]\d{9}$/.test(phone.purePhoneNumber)) throw new Refusal('phone_code_invalid', { vendorCode: reply.errcode })
      return phone.purePhoneNumber
    },
  }
}
