import { expect, test } from 'vitest'
import { codeTryVerdict, smsVerdict } from './rules.ts'

const now = new Date('2026-11-20T04:00:00.000Z')
const ago = (ms: number) => new Date(now.getTime() - ms)
const none = { phoneHour: 0, phoneDay: 0, addressHour: 0, addressDay: 0 }

test.each([
  ['the first', null, none, null],
  ['a second after 59 s', ago(59_000), none, 'sms_resend_too_soon'],
  ['a second after 60 s', ago(60_000), none, null],
  ['the fifth in an hour', ago(60_000), { ...none, phoneHour: 4 }, null],
  ['the sixth in an hour', ago(60_000), { ...none, phoneHour: 5 }, 'rate_limited'],
  ['the eleventh of a day', ago(60_000), { ...none, phoneDay: 10 }, 'rate_limited'],
  ['the 61st from an address in an hour', null, { ...none, addressHour: 60 }, 'rate_limited'],
  ['the 201st from an address in a day', null, { ...none, addressDay: 200 }, 'rate_limited'],
] as const)('%s message: %s', (_name, last, counts, code) => {
  expect(smsVerdict(last, counts, now)?.code ?? null).toBe(code)
})

test('an address that many share has more room, a phone has not', () => {
  expect([smsVerdict(null, { ...none, addressHour: 60, addressDay: 200 }, now, 20), smsVerdict(null, { ...none, phoneHour: 5 }, now, 20)?.code]).toEqual([null, 'rate_limited'])
})

test('too soon says when to come back', () => {
  expect(smsVerdict(ago(45_000), none, now)).toEqual({ code: 'sms_resend_too_soon', retryAfterMs: 15_000 })
})

test.each([
  ['no code was sent', null, 'sms_code_expired'],
  ['good', { expiresAt: new Date(now.getTime() + 1), usedAt: null, tries: 1 }, null],
  ['at its end', { expiresAt: now, usedAt: null, tries: 1 }, 'sms_code_expired'],
  ['used', { expiresAt: new Date(now.getTime() + 1), usedAt: ago(1), tries: 1 }, 'sms_code_expired'],
  ['fifth try', { expiresAt: new Date(now.getTime() + 1), usedAt: null, tries: 5 }, null],
  ['sixth try', { expiresAt: new Date(now.getTime() + 1), usedAt: null, tries: 6 }, 'sms_too_many_tries'],
] as const)('%s → %s', (_name, code, verdict) => {
  expect(codeTryVerdict(code, now)).toBe(verdict)
})
