import type { Reply } from '@atrium/shared/contracts.ts'
import { send, type HttpReply } from './http'
import { recall, remember } from './storage'

/** Tokens of a member, or of a shop assistant, on this device. Staff tokens have no refresh: they end and one signs in again. */
export type Session = { accessToken: string; refreshToken?: string; memberId?: string }
type Kind = 'member' | 'staff'

/** What this device keeps for the member who is signed in. It is gone with the session, whichever way that ends. */
const personal = ['home', 'card', 'coupons'] as const
type Personal = (typeof personal)[number]

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
  if (kind === 'member' && session === null) for (const name of personal) remember(name, null)
  for (const listener of listeners) listener(kind, session)
}

/** Reads what is kept for the member in force; a guest gets `otherwise`. */
export const recallMine = <T>(name: Personal, otherwise: T): T => (held.member ? recall(name, otherwise) : otherwise)

/** Keeps something for the member in force; an answer that comes after the session is over leaves no trace. */
export function rememberMine(name: Personal, value: unknown): void {
  if (held.member) remember(name, value)
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

/** What came of a renewal: done, the session is over, or what the server answered instead, which says nothing about the session. */
type Renewal = 'renewed' | 'over' | HttpReply
let renewal: Promise<Renewal> | null = null

/**
 * Exchanges the refresh token once for all callers that met a 401 together: a refresh token works a single time. Only a 401 ends the
 * session; silence of the network throws and leaves it alone.
 */
export async function refreshSession(expired: Session): Promise<Renewal> {
  if (takeNewer(expired)) return 'renewed'
  renewal ??= renew(expired).finally(() => { renewal = null })
  return renewal
}

/** Whether newer tokens of the same member are here: renewed by another call, or by another tab, which left them in the storage. */
function takeNewer(expired: Session): boolean {
  const isNewer = (session: Session | null) => session !== null && session.memberId === expired.memberId && session.accessToken !== expired.accessToken
  if (isNewer(held.member)) return true
  const kept = recall<Session | null>('session.member', null)
  if (isNewer(kept)) keepSession('member', kept)
  return isNewer(kept)
}

async function renew(expired: Session): Promise<Renewal> {
  const reply = await send({ url: `${process.env.TARO_APP_API}/api/identity/refresh`, method: 'POST', headers: { 'content-type': 'application/json', accept: 'application/json' }, body: JSON.stringify({ refreshToken: expired.refreshToken }) })
  if (reply.status === 200) {
    keepSession('member', fromReply(JSON.parse(reply.body) as Reply<'POST /api/identity/refresh'>))
    return 'renewed'
  }
  if (reply.status !== 401) return reply
  // The other tab may have been quicker by a moment.
  if (takeNewer(expired)) return 'renewed'
  keepSession('member', null)
  return 'over'
}
