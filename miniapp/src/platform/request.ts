import { Refusal, type RefusalCode } from '@atrium/shared/refusal.ts'
import type { Input, Reply, Route } from '@atrium/shared/contracts.ts'
import { channel } from './channel'
import { Offline, send, type HttpReply } from './http'
import { dropSession, refreshSession, sessionFor } from './session'

export { Offline, Refusal }

/** The server failed in a way nobody expected; `requestId` is what a person can quote. */
export class Fault extends Error {
  readonly requestId: string
  constructor(requestId: string) {
    super('fault')
    this.name = 'Fault'
    this.requestId = requestId
  }
}

/** What all three faces can send: `wx.request` and `my.request` know no PATCH. */
type Sendable = Exclude<Route, `PATCH ${string}`>
type Part<K extends Route, P extends 'params' | 'query' | 'body'> = Input<K>[P]
type Needed<K extends Route, P extends 'params' | 'query' | 'body'> = undefined extends Part<K, P> ? { [N in P]?: Part<K, P> } : {} extends Part<K, P> ? { [N in P]?: Part<K, P> } : { [N in P]: Part<K, P> }
/** What a call of `K` takes: only the parts its contract has. `key` repeats a write whose outcome is unknown. */
export type CallInput<K extends Route> = Needed<K, 'params'> & Needed<K, 'query'> & Needed<K, 'body'> & { key?: string }

const readRetries = [300, 900]
const wait = (ms: number): Promise<void> => new Promise((done) => { setTimeout(done, ms) })

/** A fresh idempotency key. Unguessable is not needed, unique is: time and 64 random bits. */
export const freshKey = (): string => `${Date.now().toString(36)}-${[0, 0].map(() => Math.floor(Math.random() * 2 ** 32).toString(36)).join('')}`

/** Address of a route with its path and query filled in. */
export function urlOf(route: string, params: Record<string, string> = {}, query: Record<string, unknown> = {}): string {
  const path = route.slice(route.indexOf(' ') + 1).replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))
  const pairs = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== '')
  const text = pairs.map(([key, value]) => `${key}=${encodeURIComponent(String(value))}`).join('&')
  return process.env.TARO_APP_API + path + (text ? `?${text}` : '')
}

/** Reads a reply: 2xx is the value, problem details with a known code a `Refusal`, all else a `Fault`. */
export function understand(reply: HttpReply): unknown {
  const value = parse(reply.body)
  if (reply.status >= 200 && reply.status < 300) return value
  // The facts of a refusal stand beside its code (RFC 9457 extension members).
  const problem = (value ?? {}) as { code?: string; requestId?: string } & Record<string, unknown>
  if (problem.code && problem.code !== 'fault') throw new Refusal(problem.code as RefusalCode, problem)
  throw new Fault(problem.requestId ?? reply.headers['x-request-id'] ?? '')
}

const parse = (text: string): unknown => {
  try {
    return text ? JSON.parse(text) : null
  } catch {
    return null
  }
}

type Outgoing = { route: string; url: string; method: string; body: string | undefined; key: string | undefined }

async function once(out: Outgoing): Promise<HttpReply> {
  const session = sessionFor(out.route)
  const headers: Record<string, string> = { accept: 'application/json', 'x-channel': channel }
  if (session) headers.authorization = `Bearer ${session.accessToken}`
  if (out.body !== undefined) headers['content-type'] = 'application/json'
  if (out.key) headers['idempotency-key'] = out.key
  return send({ url: out.url, method: out.method, headers, body: out.body })
}

/** Sends with the session in force; a 401 renews it once and sends again, a second 401 ends it. When it cannot be renewed now, the reason is the answer. */
async function withSession(out: Outgoing): Promise<HttpReply> {
  const held = sessionFor(out.route)
  const reply = await once(out)
  if (reply.status !== 401 || !held) return reply
  if (out.route.includes('/admin/')) {
    if (!out.route.includes('/sign-in')) dropSession(out.route)
    return reply
  }
  const renewal = await refreshSession(held)
  if (renewal !== 'renewed') return renewal === 'over' ? reply : renewal
  const again = await once(out)
  if (again.status === 401) dropSession(out.route)
  return again
}

/** Reads are repeated twice when nothing came back or the server is busy; writes never on their own. */
async function patiently(out: Outgoing): Promise<HttpReply> {
  const pauses = out.method === 'GET' ? readRetries : []
  for (const pause of pauses) {
    try {
      const reply = await withSession(out)
      if (reply.status !== 502 && reply.status !== 503 && reply.status !== 504) return reply
    } catch (failure) {
      if (!(failure instanceof Offline)) throw failure
    }
    await wait(pause)
  }
  return withSession(out)
}

/**
 * Calls an endpoint of the contract: `call('GET /api/coupons', { query: { state: 'available' } })`.
 * Answers the reply. Throws `Refusal` (an expected no), `Offline` (nothing came back) or `Fault` (the server failed).
 * Writes carry an idempotency key; pass the same `key` to repeat one whose outcome is unknown.
 */
export async function call<K extends Sendable>(route: K, ...[input]: {} extends CallInput<K> ? [CallInput<K>?] : [CallInput<K>]): Promise<Reply<K>> {
  const given = (input ?? {}) as { params?: Record<string, string>; query?: Record<string, unknown>; body?: unknown; key?: string }
  const method = route.slice(0, route.indexOf(' '))
  const writes = method !== 'GET'
  const out: Outgoing = { route, url: urlOf(route, given.params, given.query), method, body: writes ? JSON.stringify(given.body ?? {}) : undefined, key: writes ? given.key ?? freshKey() : undefined }
  return understand(await patiently(out)) as Reply<K>
}
