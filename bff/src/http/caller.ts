import type { Context } from 'hono'
import { getCookie } from 'hono/cookie'
import { Refusal } from '@atrium/shared/refusal.ts'
import type { Caller, Deps, MemberCaller, StaffCaller } from '../context.ts'

/** Recognise callers by their tokens; features implement them, `createApp` hands them in. */
export type Authenticators = {
  member: (deps: Deps, token: string, address: string) => Promise<MemberCaller | null>
  staff: (deps: Deps, token: string, address: string) => Promise<StaffCaller | null>
}

export const staffCookie = 'atrium_staff'

/** Network address of the caller; from the proxy's header only where the configuration says that there is one. */
export function addressOf(c: Context, trustProxy: boolean): string {
  if (trustProxy) return c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() ?? 'unknown'
  const env = c.env as { incoming?: { socket?: { remoteAddress?: string } } } | undefined
  return env?.incoming?.socket?.remoteAddress ?? 'local'
}

/**
 * Who calls: staff on `/admin/` by bearer token or cookie, members elsewhere by bearer token. A bearer token that no longer holds is refused
 * with `session_expired`, so that a face renews its session instead of showing a member the guest's view; such a cookie is nobody's.
 */
export async function callerOf(c: Context, deps: Deps, auth: Authenticators): Promise<Caller> {
  const address = addressOf(c, deps.config.trustProxy)
  const bearer = /^Bearer (\S{10,4000})$/.exec(c.req.header('authorization') ?? '')?.[1]
  const staffPath = c.req.path.startsWith('/admin/')
  const token = bearer ?? (staffPath ? getCookie(c, staffCookie) : undefined)
  if (!token) return { kind: 'guest', address }
  const caller = staffPath ? await auth.staff(deps, token, address) : await auth.member(deps, token, address)
  // A browser keeps sending the cookie of a session that has ended: that must not stop anybody from signing in again.
  if (!caller && !bearer) return { kind: 'guest', address }
  if (!caller) throw new Refusal('session_expired')
  return caller
}
