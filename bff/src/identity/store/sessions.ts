import { and, desc, eq, gt, isNull, lt, sql } from 'drizzle-orm'
import { memberSessions, refreshTokens } from '@atrium/schema/identity.ts'
import type { Executor } from '../../context.ts'

export type SessionRow = typeof memberSessions.$inferSelect

export const insertSession = (db: Executor, session: typeof memberSessions.$inferInsert) => db.insert(memberSessions).values(session)
export const insertRefresh = (db: Executor, token: typeof refreshTokens.$inferInsert) => db.insert(refreshTokens).values(token)

const preparedFind = new WeakMap<Executor, ReturnType<typeof prepareFind>>()
const prepareFind = (db: Executor) =>
  db.select({ sessionId: memberSessions.sessionId, mallId: memberSessions.mallId, memberId: memberSessions.memberId, channel: memberSessions.channel, accessExpiresAt: memberSessions.accessExpiresAt, lastSeenAt: memberSessions.lastSeenAt, endedAt: memberSessions.endedAt })
    .from(memberSessions).where(eq(memberSessions.accessHash, sql.placeholder('hash'))).prepare()

/** The session that an access token opens; every first call of a member in five seconds asks for it. */
export async function findByAccess(db: Executor, hash: Buffer) {
  let prepared = preparedFind.get(db)
  if (!prepared) preparedFind.set(db, (prepared = prepareFind(db)))
  const [row] = await prepared.execute({ hash })
  return row ?? null
}

export async function findSession(db: Executor, sessionId: string): Promise<SessionRow | null> {
  const [row] = await db.select().from(memberSessions).where(eq(memberSessions.sessionId, sessionId))
  return row ?? null
}

export async function lockRefresh(db: Executor, tokenHash: Buffer) {
  const [row] = await db.select().from(refreshTokens).where(eq(refreshTokens.tokenHash, tokenHash)).for('update')
  return row ?? null
}

export const useRefresh = (db: Executor, tokenHash: Buffer, now: Date) => db.update(refreshTokens).set({ usedAt: now }).where(eq(refreshTokens.tokenHash, tokenHash))

export const renewSession = (db: Executor, sessionId: string, to: { accessHash: Buffer; accessExpiresAt: Date; lastSeenAt: Date; expiresAt: Date }) =>
  db.update(memberSessions).set(to).where(eq(memberSessions.sessionId, sessionId))

export const touchSession = (db: Executor, sessionId: string, now: Date) => db.update(memberSessions).set({ lastSeenAt: now }).where(eq(memberSessions.sessionId, sessionId))

/** True when the session was open until now. */
export async function endSessionRow(db: Executor, sessionId: string, now: Date, reason: string): Promise<boolean> {
  const [result] = await db.update(memberSessions).set({ endedAt: now, endReason: reason }).where(and(eq(memberSessions.sessionId, sessionId), isNull(memberSessions.endedAt)))
  return result.affectedRows === 1
}

export const openSessions = (db: Executor, memberId: string, now: Date): Promise<SessionRow[]> =>
  db.select().from(memberSessions).where(and(eq(memberSessions.memberId, memberId), isNull(memberSessions.endedAt), gt(memberSessions.expiresAt, now))).orderBy(desc(memberSessions.lastSeenAt), desc(memberSessions.sessionId))

/** Forgets sessions and tokens that ended long ago, at most `limit` of each. */
export async function forgetSessions(db: Executor, before: Date, limit: number): Promise<void> {
  await db.delete(memberSessions).where(lt(memberSessions.expiresAt, before)).limit(limit)
  await db.delete(refreshTokens).where(lt(refreshTokens.expiresAt, before)).limit(limit)
}
