import type { RefusalCode } from '../refusal.ts'

/** Sign-in codes by SMS: how long, how often, how many. */
export const smsRules = {
  digits: 6, lifeMs: 5 * 60_000, resendMs: 60_000, maxTries: 5,
  phone: { hour: 5, day: 10 },
  /** One address may stand for a whole office; it gets more, and it has its own end. */
  address: { hour: 60, day: 200 },
} as const

/** A refresh token that comes again within `graceMs`, its successor unused, met a lost reply or a second tab: not a thief. */
export const sessionRules = { accessMs: 10 * 60_000, refreshMs: 30 * 86_400_000, graceMs: 60_000 } as const

export type SmsCounts = { phoneHour: number; phoneDay: number; addressHour: number; addressDay: number }

/** Whether one more message may go out; the counts do not yet hold it. An address that many share has `room` times the budget. */
export function smsVerdict(lastSentAt: Date | null, counts: SmsCounts, now: Date, room = 1): { code: RefusalCode; retryAfterMs: number } | null {
  const since = lastSentAt ? now.getTime() - lastSentAt.getTime() : Infinity
  if (since < smsRules.resendMs) return { code: 'sms_resend_too_soon', retryAfterMs: smsRules.resendMs - since }
  if (counts.phoneHour >= smsRules.phone.hour || counts.addressHour >= smsRules.address.hour * room) return { code: 'rate_limited', retryAfterMs: 3_600_000 }
  if (counts.phoneDay >= smsRules.phone.day || counts.addressDay >= smsRules.address.day * room) return { code: 'rate_limited', retryAfterMs: 86_400_000 }
  return null
}

/** What a try at a code meets before the code itself is compared; the try is counted already. */
export function codeTryVerdict(code: { expiresAt: Date; usedAt: Date | null; tries: number } | null, now: Date): RefusalCode | null {
  if (!code || code.usedAt || code.expiresAt <= now) return 'sms_code_expired'
  return code.tries > smsRules.maxTries ? 'sms_too_many_tries' : null
}
