import { Refusal } from '@atrium/shared/refusal.ts'
import { sessionRules } from '@atrium/shared/identity/rules.ts'
import type { Reply } from '@atrium/shared/contracts.ts'
import { type Ctx, type Deps, type MemberCaller, memberOf } from '../../context.ts'
import { newId } from '../../db/id.ts'
import { newToken, tokenHash } from '../../db/sealed.ts'
import { inTransaction } from '../../db/transaction.ts'
import { announce } from '../../outbox/announce.ts'
import { endSessionRow, findByAccess, findSession, insertRefresh, insertSession, lockRefresh, openSessions, renewSession, touchSession, useRefresh } from '../store/sessions.ts'
import { markSeen } from '../store/people.ts'

export type Session = Reply<'POST /api/identity/refresh'>
type MemberChannel = MemberCaller['channel']

const cacheMs = 5_000
const seenMs = 60_000
const maxCached = 20_000
type Known = { caller: Omit<MemberCaller, 'address'>; until: number }
/** What this process knows: tokens it has just checked, and sessions it has just ended. */
type Cache = { known: Map<string, Known>; ended: Map<string, number> }
const caches = new WeakMap<Deps, Cache>()

function cacheOf(deps: Deps): Cache {
  let cache = caches.get(deps)
  if (!cache) caches.set(deps, (cache = { known: new Map(), ended: new Map() }))
  return cache
}

/**
 * The member whose access token this is, or null when it does not hold. An answer is kept for five seconds, so a session that another
 * process ended stops here within that time, and one that this process ended stops at once.
 */
export async function authenticateMember(deps: Deps, token: string, address: string): Promise<MemberCaller | null> {
  const cache = cacheOf(deps)
  const now = deps.now()
  const hit = cache.known.get(token)
  if (hit && hit.until > now.getTime() && !cache.ended.has(hit.caller.sessionId)) return { ...hit.caller, address }
  const row = await findByAccess(deps.db, tokenHash({ deps }, token))
  if (!row || row.endedAt || row.accessExpiresAt <= now || cache.ended.has(row.sessionId)) {
    cache.known.delete(token)
    return null
  }
  const caller = { kind: 'member' as const, memberId: row.memberId, sessionId: row.sessionId, channel: row.channel }
  if (cache.known.size >= maxCached) cache.known.clear()
  cache.known.set(token, { caller, until: Math.min(now.getTime() + cacheMs, row.accessExpiresAt.getTime()) })
  if (now.getTime() - row.lastSeenAt.getTime() > seenMs) {
    await touchSession(deps.db, row.sessionId, now)
    await markSeen({ db: deps.db, mallId: row.mallId }, row.memberId, now, new Date(now.getTime() - seenMs))
  }
  return { ...caller, address }
}

const derived = (ctx: Ctx, use: string, refreshToken: string) => tokenHash(ctx, `${use}\n${refreshToken}`).toString('base64url')

/**
 * The tokens of one turn. The access token and the next refresh token follow from this one by a key that only we hold, so whoever refreshes
 * twice within the grace gets the same tokens twice, and nothing has to be written for it.
 */
const tokensOf = (ctx: Ctx, refreshToken: string) => {
  const accessToken = `at_${derived(ctx, 'access', refreshToken)}`
  return {
    accessToken, refreshToken, accessHash: tokenHash(ctx, accessToken), refreshHash: tokenHash(ctx, refreshToken),
    accessExpiresAt: new Date(ctx.now.getTime() + sessionRules.accessMs), refreshExpiresAt: new Date(ctx.now.getTime() + sessionRules.refreshMs),
  }
}
type Tokens = ReturnType<typeof tokensOf>
const replyOf = (tokens: Tokens, memberId: string, joined: boolean): Session => ({
  accessToken: tokens.accessToken, accessExpiresAt: tokens.accessExpiresAt.toISOString(), refreshToken: tokens.refreshToken, refreshExpiresAt: tokens.refreshExpiresAt.toISOString(), memberId, joined,
})

/** Opens a session on a device. Call it in the transaction that decided who the member is. */
export async function openSession(tx: Ctx, of: { memberId: string; channel: MemberChannel; device: string | undefined; joined: boolean }): Promise<Session> {
  const tokens = tokensOf(tx, newToken('rt'))
  const sessionId = newId(tx.now)
  await insertSession(tx.db, {
    sessionId, mallId: tx.mallId, memberId: of.memberId, channel: of.channel, device: of.device ?? '', accessHash: tokens.accessHash, accessExpiresAt: tokens.accessExpiresAt,
    startedAt: tx.now, lastSeenAt: tx.now, expiresAt: tokens.refreshExpiresAt,
  })
  await insertRefresh(tx.db, { tokenHash: tokens.refreshHash, sessionId, issuedAt: tx.now, expiresAt: tokens.refreshExpiresAt })
  await markSeen(tx, of.memberId, tx.now, tx.now)
  return replyOf(tokens, of.memberId, of.joined)
}

/**
 * New tokens for an unused refresh token, and the same once more for whoever lost the reply or has two tabs (`sessionRules.graceMs`). One that comes back
 * later means that somebody copied it: the whole session ends. Refuses `session_expired` for that and for anything unknown, ended or too old.
 */
export async function refreshSession(ctx: Ctx, refreshToken: string): Promise<Session> {
  const hash = tokenHash(ctx, refreshToken)
  const session = await inTransaction(ctx, async (tx) => {
    const token = await lockRefresh(tx.db, hash)
    if (!token) return null
    const row = (await findSession(tx.db, token.sessionId))
    if (!row || row.endedAt || token.expiresAt <= tx.now) return null
    const tokens = tokensOf(tx, `rt_${derived(tx, 'refresh', refreshToken)}`)
    if (token.usedAt) {
      const next = await lockRefresh(tx.db, tokens.refreshHash)
      if (next && !next.usedAt && tx.now.getTime() - token.usedAt.getTime() < sessionRules.graceMs) return replyOf({ ...tokens, accessExpiresAt: row.accessExpiresAt, refreshExpiresAt: next.expiresAt }, row.memberId, false)
      await end(tx, row, 'token_reused')
      return null
    }
    await useRefresh(tx.db, hash, tx.now)
    await insertRefresh(tx.db, { tokenHash: tokens.refreshHash, sessionId: row.sessionId, issuedAt: tx.now, expiresAt: tokens.refreshExpiresAt })
    await renewSession(tx.db, row.sessionId, { accessHash: tokens.accessHash, accessExpiresAt: tokens.accessExpiresAt, lastSeenAt: tx.now, expiresAt: tokens.refreshExpiresAt })
    return replyOf(tokens, row.memberId, false)
  })
  if (!session) throw new Refusal('session_expired')
  return session
}

async function end(tx: Ctx, session: { sessionId: string; memberId: string }, reason: string): Promise<void> {
  if (!(await endSessionRow(tx.db, session.sessionId, tx.now, reason))) return
  const { ended } = cacheOf(tx.deps)
  const now = tx.now.getTime()
  for (const [sessionId, until] of ended) if (until < now) ended.delete(sessionId)
  // Longer than a cached answer lives, so that no request before the commit brings it back.
  ended.set(session.sessionId, now + 2 * cacheMs)
  await announce(tx, 'session.revoked', { memberId: session.memberId, sessionId: session.sessionId })
}

/** Where the member is signed in, most recently used first. */
export async function listSessions(ctx: Ctx): Promise<Reply<'GET /api/identity/sessions'>> {
  const me = memberOf(ctx)
  const rows = await openSessions(ctx.db, me.memberId, ctx.now)
  return { items: rows.map((row) => ({ sessionId: row.sessionId, channel: row.channel, device: row.device, createdAt: row.startedAt.toISOString(), lastSeenAt: row.lastSeenAt.toISOString(), current: row.sessionId === me.sessionId })) }
}

/** Signs one of the member's devices out; somebody else's session is not found. */
export async function revokeSession(ctx: Ctx, sessionId: string): Promise<void> {
  const session = await findSession(ctx.db, sessionId)
  if (!session || session.memberId !== memberOf(ctx).memberId) throw new Refusal('not_found', { what: 'session' })
  await inTransaction(ctx, (tx) => end(tx, session, 'revoked'))
}

/** Signs this device out, or all of the member's devices. */
export async function signOut(ctx: Ctx, everywhere: boolean): Promise<void> {
  const me = memberOf(ctx)
  await inTransaction(ctx, async (tx) => {
    const sessions = everywhere ? await openSessions(tx.db, me.memberId, tx.now) : [me]
    for (const { sessionId } of sessions) await end(tx, { sessionId, memberId: me.memberId }, 'signed_out')
  })
}
