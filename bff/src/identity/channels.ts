/** What we need from the apps through which people come, and from whoever carries our messages. Vendors implement these. */

/** Who opened the app, as the channel knows them. Session keys of the channel never come this far. */
export type ChannelIdentity = { openId: string; unionId: string | null }

/** WeChat: refuses `channel_sign_in_failed`, `phone_code_invalid`, `provider_unavailable`. */
export type WechatChannel = {
  /** Exchanges the code of `wx.login`, which works once. */
  identify: (code: string) => Promise<ChannelIdentity>
  /** Exchanges the code of the phone button, which works once, for a mainland number of 11 digits. */
  phoneOf: (phoneCode: string) => Promise<string>
}

/** Alipay: refuses `channel_sign_in_failed`, `phone_code_invalid`, `provider_unavailable`. */
export type AlipayChannel = {
  /** Exchanges the code of `my.getAuthCode`. `openId` is the open_id, or the user_id of older apps. */
  identify: (authCode: string) => Promise<ChannelIdentity>
  /** Verifies and opens the encrypted reply of `my.getPhoneNumber` (the JSON text as the phone got it). */
  phoneOf: (phoneResponse: string) => Promise<string>
}

/** Carries one message; `requestId` makes a repeat harmless. Refuses `provider_unavailable`. */
export type SmsSender = { send: (message: { phone: string; template: 'sign_in_code'; params: Record<string, string>; requestId: string }) => Promise<void> }
