import { Refusal } from '@atrium/shared/refusal.ts'
import type { AlipayChannel, ChannelIdentity, SmsSender, WechatChannel } from '../identity/channels.ts'

/** The outside world of a sign-in test: codes are `wx:<openid>` and phone codes are the number itself. */
export function testChannels() {
  const sent: { phone: string; code: string; requestId: string }[] = []
  const world = { smsDown: false, phoneAsked: 0, sent, codeFor: (phone: string) => sent.findLast((m) => m.phone === phone)?.code ?? '' }
  const identify = async (code: string): Promise<ChannelIdentity> => {
    const [openId, unionId] = (/^wx:(.+)$/.exec(code)?.[1] ?? '').split('+')
    if (!openId) throw new Refusal('channel_sign_in_failed')
    return { openId, unionId: unionId ?? null }
  }
  const phoneOf = async (code: string) => {
    world.phoneAsked += 1
    if (!/^1\d{10}$/.test(code)) throw new Refusal('phone_code_invalid')
    return code
  }
  const wechat: WechatChannel = { identify, phoneOf }
  const alipay: AlipayChannel = { identify, phoneOf }
  const sms: SmsSender = {
    send: async ({ phone, params, requestId }) => {
      if (world.smsDown) throw new Refusal('provider_unavailable')
      sent.push({ phone, code: params.code!, requestId })
    },
  }
  return { world, deps: { channels: { wechat, alipay }, sms } }
}
