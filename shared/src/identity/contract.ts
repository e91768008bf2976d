import { z } from 'zod'
import { contract } from '../contract.ts'
import { Channel, Done, Id, Iso, Phone } from '../pieces.ts'

/** Access token for ten minutes, refresh token for thirty days; a refresh token works once and is then replaced. */
export const Session = z.object({ accessToken: z.string(), accessExpiresAt: Iso, refreshToken: z.string(), refreshExpiresAt: Iso, memberId: Id, joined: z.boolean() })

/** Known channel accounts sign in at once; an unknown one must bring a phone number and the privacy notice it agreed to. */
const SignIn = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('signed_in'), session: Session }),
  z.object({ outcome: z.literal('phone_needed') }),
])
const agreed = { noticeVersion: z.string().max(20).optional(), device: z.string().trim().max(60).optional() }
const minute = 60_000

export const identityContract = contract({
  'POST /api/identity/wechat/sign-in': {
    who: 'guest', limit: { max: 30, windowMs: minute }, summary: 'Sign in with wx.login; the first time with the code of the phone button',
    body: z.object({ code: z.string().min(1).max(128), phoneCode: z.string().min(1).max(128).optional(), ...agreed }),
    reply: SignIn, refuses: ['channel_sign_in_failed', 'phone_code_invalid', 'consent_required', 'provider_unavailable'],
  },
  'POST /api/identity/alipay/sign-in': {
    who: 'guest', limit: { max: 30, windowMs: minute }, summary: 'Sign in with my.getAuthCode; the first time with the encrypted reply of my.getPhoneNumber',
    body: z.object({ authCode: z.string().min(1).max(128), phoneResponse: z.string().min(1).max(4000).optional(), ...agreed }),
    reply: SignIn, refuses: ['channel_sign_in_failed', 'phone_code_invalid', 'consent_required', 'provider_unavailable'],
  },
  'POST /api/identity/sms/send': {
    who: 'guest', limit: { max: 10, windowMs: minute }, summary: 'Send a sign-in code by SMS; the reply is the same for known and unknown numbers',
    body: z.object({ phone: Phone }), reply: z.object({ resendAfterMs: z.int(), expiresAfterMs: z.int() }), refuses: ['sms_resend_too_soon', 'provider_unavailable'],
  },
  'POST /api/identity/sms/sign-in': {
    who: 'guest', limit: { max: 20, windowMs: minute }, summary: 'Sign in with phone and SMS code',
    body: z.object({ phone: Phone, code: z.string().regex(/^\d{6}$/), ...agreed }),
    reply: Session, refuses: ['sms_code_wrong', 'sms_code_expired', 'sms_too_many_tries', 'consent_required'],
  },
  'POST /api/identity/refresh': { who: 'guest', limit: { max: 10, windowMs: minute, by: 'refreshToken' }, summary: 'Exchange a refresh token for new tokens', body: z.object({ refreshToken: z.string().min(20).max(200) }), reply: Session, refuses: [] },
  'GET /api/identity/sessions': {
    who: 'member', summary: 'Where I am signed in',
    reply: z.object({ items: z.array(z.object({ sessionId: Id, channel: Channel, device: z.string(), createdAt: Iso, lastSeenAt: Iso, current: z.boolean() })) }), refuses: [],
  },
  'DELETE /api/identity/sessions/{sessionId}': { who: 'member', idempotent: true, summary: 'Sign one device out', reply: Done, refuses: [] },
  'POST /api/identity/sign-out': { who: 'member', idempotent: true, summary: 'Sign out here, or on all devices', body: z.object({ everywhere: z.boolean().default(false) }), reply: Done, refuses: [] },
})
