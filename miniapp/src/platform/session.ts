import type { Reply } from '@atrium/shared/contracts.ts'
import { send } from './http'
import { recall, remember } from './storage'

/** Tokens of a member, or of a shop assistant, on this device. Staff tokens have no refresh: they end and one signs in again. */
export type Session = { accessToken: string; refreshToken?: string; memberId?: string }
type Kind = 'member' | 'staff'

const held: Record<Kind, Session | null> = { member: recall<Session | null>('session.member', null), staff: recall<Session | null>('session.staff', null) }
const listeners = new Set<(kind: Kind, session: Session | null) => void>()

const kindOf = (route: string): Kind => (route.includes(' /admin/') ? 'staff' : 'member')

/** The session that a route travels with, if there is one. */
export const sessionFor = (route: string): Session | null => held[kindOf(route)]

/** The session in force. */
export const currentSession = (kind: Kind): Session | null => held[kind]

/** Puts a session in force and keeps it on this device; `null` signs out. */
export function keepSession(kind: Kind, session: Session | null): void {
  held[kind] = session
  remember(`session.${kind}`, session)
  for (const listener of listeners) listener(kind, session)
}

/** Ends the session that a route travels with. */
export const dropSession = (route: string): void => keepSession(kindOf(route), null)

/** Hears of sign-in and sign-out; answers what stops listening. */
export function onSession(listener: (kind: Kind, session: Session | null) => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** What the identity endpoints answer, as this device keeps it. */
export const fromReply = (reply: Reply<'POST /api/identity/refresh'>): Session => ({ accessToken: reply.accessToken, refreshToken: reply.refreshToken, memberId: reply.memberId })

let renewal: Promise<boolean> | null = null

/**
 * Exchanges the refresh token once for all callers that met a 401 together: a refresh token works a single time.
 * False when the session is over; silence of the network throws and leaves the session alone.
 */
export function refreshSession(expired: Session): Promise<boolean> {
  // Another tab may have renewed it meanwhile.
  const kept = recall<Session | null>('session.member', null)
  if (kept && kept.accessToken !== held.member?.accessToken) keepSession('member', kept)
  const newer = held.member
  if (newer && newer.accessToken !== expired.accessToken) return Promise.resolve(true)
  renewal ??= renew(expired).finally(() => { renewal = null })
  return renewal
}

async function renew(expired: Session): Promise<boolean> {
  if (!expired.refreshToken) {
    keepSession('member', null)
    return false
  }
  const reply = await send({ url: `${process.env.TARO_APP_API}/api/identity/refresh`, method: 'POST', headers: { 'content-type': 'application/json', accept: 'application/json' }, body: JSON.stringify({ refreshToken: expired.refreshToken }) })
  if (reply.status >= 500) return false
  if (reply.status !== 200) {
    keepSession('member', null)
    return false
  }
  keepSession('member', fromReply(JSON.parse(reply.body) as Reply<'POST /api/identity/refresh'>))
  return true
}
