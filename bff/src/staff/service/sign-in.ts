import type { Context } from 'hono'
import { deleteCookie, setCookie } from 'hono/cookie'
import type { Input, Reply } from '@atrium/shared/contracts.ts'
import { Refusal, type RefusalCode } from '@atrium/shared/refusal.ts'
import { roles } from '@atrium/shared/staff/permissions.ts'
import { afterFailure, isLocked, signInLimits } from '@atrium/shared/staff/rules.ts'
import { recordAudit } from '../../audit/service.ts'
import { type Ctx, note, staffOf } from '../../context.ts'
import { newId } from '../../db/id.ts'
import { blindIndexOf, newToken, open, tokenHash } from '../../db/sealed.ts'
import { inTransaction } from '../../db/transaction.ts'
import { staffCookie } from '../../http/caller.ts'
import { passwordMatches, totpStep } from '../secrets.ts'
import { reachOf, staffMe } from '../service.ts'
import { type StaffRow, type Tries, changeStaff, endSession, findByAccount, findStaff, findTicket, insertSession, insertTicket, lockAttempts, lockStaff, saveAttempts, useTicket } from '../store.ts'

type Who = Parameters<typeof recordAudit>[2]
type Verdict<T> = { refusal: RefusalCode; facts: Record<string, unknown> } | { refusal: null; value: T }

/** Blind index under which failures of an account name are counted. */
export const accountIndexOf = (ctx: Pick<Ctx, 'deps'>, account: string): Buffer => blindIndexOf(ctx, 'staff.account', account)

const later = (now: Date, ms: number): Date => new Date(now.getTime() + ms)
const whoIs = (row: StaffRow | null): Who => (row ? { staffId: row.staffId, name: row.name, role: row.role } : { staffId: null, name: 'unknown account', role: null })

/** Whether the lock-out lets a try through: an address that the owner signed in from has its own budget, whatever happens elsewhere. */
const isKnown = ({ here }: Tries, now: Date): boolean => here.succeededAt !== null && now.getTime() - here.succeededAt.getTime() < signInLimits.knownMs
const lockOf = (tries: Tries, now: Date) => [tries.here, ...(isKnown(tries, now) ? [] : [tries.everywhere])].find((attempts) => isLocked(attempts, now)) ?? null

const failed = (tries: Tries, now: Date): Tries => ({
  here: { ...tries.here, ...afterFailure(tries.here, now) }, everywhere: isKnown(tries, now) ? tries.everywhere : afterFailure(tries.everywhere, now, signInLimits.failuresEverywhere),
})

/**
 * Runs a step of signing in under the lock-out of its account. `judge` answers null for a failure; `last` is the step that ends it well. Failures are counted
 * and audited in a transaction that commits; only then is the refusal thrown.
 */
async function underLockOut<T>(ctx: Ctx, step: { act: string; accountIndex: Buffer; who: Who; wrong: RefusalCode; last?: true }, judge: (tx: Ctx) => Promise<T | null>): Promise<T> {
  const addressIndex = blindIndexOf(ctx, 'staff.address', addressOf(ctx))
  const verdict = await inTransaction(ctx, async (tx): Promise<Verdict<T>> => {
    const save = (tries: Tries) => saveAttempts(tx, step.accountIndex, addressIndex, tries, tx.now)
    const tries = await lockAttempts(tx, step.accountIndex, addressIndex, tx.now)
    const value = lockOf(tries, tx.now) ? null : await judge(tx)
    if (value !== null) {
      // What others try elsewhere is not forgiven by somebody who is at home here.
      const none = { failures: 0, lockedUntil: null }
      if (step.last) await save({ here: { ...none, succeededAt: tx.now }, everywhere: isKnown(tries, tx.now) ? tries.everywhere : none })
      await recordAudit(tx, { act: step.act, outcome: 'done', refusal: null }, step.who)
      return { refusal: null, value }
    }
    const after = lockOf(tries, tx.now) ? tries : failed(tries, tx.now)
    await save(after)
    const lock = lockOf(after, tx.now)
    const refusal = lock ? 'account_locked' as const : step.wrong
    await recordAudit(tx, { act: step.act, outcome: 'refused', refusal }, step.who)
    return { refusal, facts: lock ? { lockedUntil: lock.lockedUntil!.toISOString() } : {} }
  })
  if (verdict.refusal !== null) throw new Refusal(verdict.refusal, verdict.facts)
  return verdict.value
}

/**
 * First step: the password. Answers a ticket for the second. An unknown account, a disabled one and a wrong password get the same reply after the
 * same work, and the same lock-out.
 */
export async function signIn(ctx: Ctx, body: Input<'POST /admin/sign-in'>['body']): Promise<Reply<'POST /admin/sign-in'>> {
  const account = body.account.trim().toLowerCase()
  const row = await findByAccount(ctx, account)
  const right = await passwordMatches(row?.passwordHash ?? null, body.password)
  const ticket = newToken('ticket')
  const expiresAt = later(ctx.now, signInLimits.ticketMs)
  return underLockOut(ctx, { act: 'POST /admin/sign-in', accountIndex: accountIndexOf(ctx, account), who: whoIs(row), wrong: 'sign_in_failed' }, async (tx) => {
    if (!row || !right || row.disabledAt) return null
    await insertTicket(tx, tokenHash(tx, ticket), row.staffId, expiresAt)
    return { ticket, expiresAt: expiresAt.toISOString() }
  })
}

/**
 * Second step: the six digits. Opens a session as a cookie for the console or a bearer token for the staff pages of the phone app. A code works once:
 * its time step and all before it are spent. Refuses an unknown, used or old ticket as `sign_in_failed`.
 */
export async function signInWithTotp(ctx: Ctx, body: Input<'POST /admin/sign-in/totp'>['body'], c: Context): Promise<Reply<'POST /admin/sign-in/totp'>> {
  const ticketHash = tokenHash(ctx, body.ticket)
  const ticket = await findTicket(ctx, ticketHash)
  const row = ticket && !ticket.usedAt && ticket.expiresAt > ctx.now ? await findStaff(ctx, ticket.staffId) : null
  if (!row || row.disabledAt) throw new Refusal('sign_in_failed')
  const token = newToken('staff')
  const sessionId = newId(ctx.now)
  const step = { act: 'POST /admin/sign-in/totp', accountIndex: row.accountIndex, who: whoIs(row), wrong: 'totp_wrong' as const, last: true as const }
  await underLockOut(ctx, step, async (tx) => {
    const { totpSecret, totpStep: usedStep } = (await lockStaff(tx, row.staffId))!
    const spent = totpStep(open(tx, 'staff.totpSecret', totpSecret), body.code, tx.now, usedStep)
    if (spent === null || !(await useTicket(tx, ticketHash, tx.now))) return null
    await changeStaff(tx, row.staffId, { totpStep: spent, lastSignInAt: tx.now })
    await insertSession(tx, { sessionId, staffId: row.staffId, tokenHash: tokenHash(tx, token), address: addressOf(tx), lastSeenAt: tx.now, expiresAt: later(tx.now, signInLimits.absoluteMs) })
    note(tx, { subject: sessionId, as: body.as })
    return true
  })
  if (body.as === 'cookie') {
    setCookie(c, staffCookie, token, { httpOnly: true, sameSite: 'Strict', secure: ctx.deps.config.baseUrl.startsWith('https:'), path: '/admin', maxAge: signInLimits.absoluteMs / 1000 })
  }
  const caller = { kind: 'staff' as const, staffId: row.staffId, name: row.name, role: row.role, mallId: row.mallId, reach: roles[row.role].reach, tenantId: row.tenantId, storeIds: await reachOf(ctx, row), sessionId, address: addressOf(ctx) }
  return { me: await staffMe({ ...ctx, caller }), token: body.as === 'token' ? token : null }
}

const addressOf = (ctx: Ctx): string => ('address' in ctx.caller ? ctx.caller.address : 'local').slice(0, 45)

/** Ends this session and takes the cookie away. */
export async function signOut(ctx: Ctx, c: Context): Promise<Reply<'POST /admin/sign-out'>> {
  await endSession(ctx, staffOf(ctx).sessionId, ctx.now, 'signed out')
  deleteCookie(c, staffCookie, { path: '/admin' })
  return { ok: true }
}
