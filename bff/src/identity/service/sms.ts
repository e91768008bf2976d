import { createHmac, randomInt } from 'node:crypto'
import { type SmsCounts, codeTryVerdict, smsRules, smsVerdict } from '@atrium/shared/identity/rules.ts'
import type { Input, Reply } from '@atrium/shared/contracts.ts'
import { Refusal, refuseUnless } from '@atrium/shared/refusal.ts'
import { businessDay, hourMs, startOfBusinessDay } from '@atrium/shared/time.ts'
import type { Ctx } from '../../context.ts'
import { newId } from '../../db/id.ts'
import { blindIndexOf } from '../../db/sealed.ts'
import { inTransaction } from '../../db/transaction.ts'
import { roomOf } from '../../http/rate-limit.ts'
import { refuseUnagreed } from '../../privacy/service.ts'
import { countMessage, countTry, findCode, forgetSending, saveCode, useCode } from '../store/sms.ts'
import { phoneIndexOf } from './people.ts'
import type { Session } from './sessions.ts'
import { isKnownPhone, signInByPhone } from './sign-in.ts'

const codeHashOf = (ctx: Ctx, phoneIndex: Buffer, code: string): Buffer =>
  createHmac('sha256', Buffer.from(ctx.deps.config.keys.session, 'base64')).update('sms-code').update(phoneIndex).update(code).digest()

/**
 * Sends a code of six digits, the same way for known and unknown numbers. Refuses `sms_resend_too_soon` within a minute, `rate_limited` past the
 * budgets of the phone or the address, `provider_unavailable` when nobody carries it (then the next try need not wait).
 */
export async function sendCode(ctx: Ctx, phone: string): Promise<Reply<'POST /api/identity/sms/send'>> {
  const phoneIndex = phoneIndexOf(ctx, phone)
  const code = String(randomInt(10 ** smsRules.digits)).padStart(smsRules.digits, '0')
  const codeHash = codeHashOf(ctx, phoneIndex, code)
  await inTransaction(ctx, async (tx) => {
    const counts = await countIn(tx, phoneIndex)
    const last = await findCode(tx.db, phoneIndex)
    const verdict = smsVerdict(last?.sentAt ?? null, counts, tx.now, roomOf(tx.deps, tx.caller))
    if (verdict) throw new Refusal(verdict.code, { retryAfterMs: verdict.retryAfterMs })
    await saveCode(tx.db, { phoneIndex, codeHash, sentAt: tx.now, expiresAt: new Date(tx.now.getTime() + smsRules.lifeMs) })
  })
  try {
    await ctx.deps.sms.send({ phone, template: 'sign_in_code', params: { code, minutes: String(smsRules.lifeMs / 60_000) }, requestId: newId(ctx.now) })
  } catch (error) {
    await forgetSending(ctx.db, phoneIndex, codeHash, new Date(ctx.now.getTime() - smsRules.resendMs))
    throw error
  }
  return { resendAfterMs: smsRules.resendMs, expiresAfterMs: smsRules.lifeMs }
}

async function countIn(tx: Ctx, phoneIndex: Buffer): Promise<SmsCounts> {
  const address = blindIndexOf(tx, 'sms.address', tx.caller.kind === 'system' ? 'system' : tx.caller.address)
  const hour = new Date(Math.floor(tx.now.getTime() / hourMs) * hourMs)
  const day = startOfBusinessDay(businessDay(tx.now))
  const windows = [phoneIndex, address].flatMap((subject) => [{ subject, windowName: 'hour' as const, windowStart: hour }, { subject, windowName: 'day' as const, windowStart: day }])
  const [phoneHour, phoneDay, addressHour, addressDay] = (await countMessage(tx.db, windows)) as [number, number, number, number]
  return { phoneHour, phoneDay, addressHour, addressDay }
}

/** Signs in with phone and code. Each try counts before the code is compared, so that five guesses are all there are. */
export async function signInBySms(ctx: Ctx, body: Input<'POST /api/identity/sms/sign-in'>['body']): Promise<Session> {
  const phoneIndex = phoneIndexOf(ctx, body.phone)
  await countTry(ctx.db, phoneIndex)
  const sent = await findCode(ctx.db, phoneIndex)
  refuseUnless(codeTryVerdict(sent, ctx.now))
  const codeHash = codeHashOf(ctx, phoneIndex, body.code)
  if (!sent!.codeHash.equals(codeHash)) throw new Refusal('sms_code_wrong', { triesLeft: smsRules.maxTries - sent!.tries })
  // The code stays good while a newcomer reads the notice.
  if (!(await isKnownPhone(ctx, body.phone))) refuseUnagreed(body.noticeVersion)
  return inTransaction(ctx, async (tx) => {
    if (!(await useCode(tx.db, phoneIndex, codeHash, tx.now))) throw new Refusal('sms_code_expired')
    return signInByPhone(tx, body.phone, 'h5', body)
  })
}
