import { Refusal, refusalStatus, type RefusalCode } from '@atrium/shared/refusal.ts'
import type { AdminKey, Arguments, Extra, Reply } from './api.ts'

/** One wrong value in what was sent: where (`#/body/title`) and what is wrong with it. */
export type FieldProblem = { pointer: string; detail: string }

/** The problem details (RFC 9457) the BFF answers; members beside the named ones are the facts of the refusal. */
export type Problem = { status: number; code?: string; errors?: FieldProblem[]; requestId?: string } & Record<string, unknown>

/** An expected "no", with the field problems a form maps to its fields. */
export class Refused extends Refusal {
  readonly status: number
  readonly errors: FieldProblem[]
  constructor(code: RefusalCode, problem: Problem) {
    super(code, problem)
    this.status = problem.status
    this.errors = problem.errors ?? []
  }
}

/** Something nobody expected: `requestId` is what an operator tells support. `offline` when no answer came at all. */
export class Fault extends Error {
  readonly status: number
  readonly requestId: string | null
  constructor(status: number, requestId: string | null) {
    super(status === 0 ? 'offline' : `fault ${status}`)
    this.name = 'Fault'
    this.status = status
    this.requestId = requestId
  }
  get offline(): boolean { return this.status === 0 }
}

type Wire = { fetch: typeof fetch; onSignedOut: () => void }
const wire: Wire = { fetch: (...args) => globalThis.fetch(...args), onSignedOut: () => {} }

/** Hands over what the client needs from outside: how to fetch, and what to do when the session has ended. */
export const connect = (parts: Partial<Wire>): void => void Object.assign(wire, parts)

/** Opens `path` as the console fetches everything; for streams, which `call` does not read. */
export const openStream = (path: string, signal: AbortSignal): Promise<Response> =>
  wire.fetch(path, { headers: { accept: 'text/event-stream' }, credentials: 'same-origin', signal })

/** Reads a public address of the same origin that is not an operator's endpoint. */
export async function openJson<T>(path: string): Promise<T> {
  const response = await attempt(path, { headers: { accept: 'application/json' }, credentials: 'same-origin' })
  if (!response.ok) throw await troubleIn(response)
  return response.json() as Promise<T>
}

type Loose = Extra & { params?: Record<string, string>; query?: Record<string, unknown>; body?: unknown }

/** Fills `{name}` of a path and appends the query; empty values are left out. Exported for links to files. */
export function address(key: string, input: Pick<Loose, 'params' | 'query'> = {}): string {
  const path = key.slice(key.indexOf(' ') + 1).replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(input.params?.[name] ?? ''))
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(input.query ?? {}))
    if (value !== undefined && value !== null && value !== '') query.set(name, String(value))
  return query.size ? `${path}?${query}` : path
}

/** Whether a refusal says that nobody is signed in, rather than that this person may not. */
export const isNobody = (code: string | undefined): boolean => code === 'unauthenticated' || code === 'session_expired'

const isCode = (code: string | undefined): code is RefusalCode => code !== undefined && code in refusalStatus

async function answerOf(response: Response): Promise<Problem> {
  const body = await response.json().catch(() => ({})) as Partial<Problem>
  return { ...body, status: response.status }
}

/** How long a write without an answer keeps its key: long enough to press again, too short for the same act to be meant anew. */
const lostLifeMs = 5 * 60_000
const unanswered = new Map<string, { key: string; since: number }>()

/** The key of a write: that of the very same request while it is without an answer, else a new one. */
function keyOf(request: string): string {
  const before = unanswered.get(request)
  if (before && Date.now() - before.since < lostLifeMs) return before.key
  const key = crypto.randomUUID()
  unanswered.set(request, { key, since: Date.now() })
  return key
}

/**
 * Calls one endpoint of the contract; tried once more when no answer came. A write carries an `Idempotency-Key`, which the same
 * request keeps until its answer arrives: pressing again after a lost answer gives the first reply and does nothing twice.
 * Throws `Refused` for an expected "no", `Fault` for everything else. A session that has ended leads to the sign-in page.
 */
export async function call<K extends AdminKey>(key: K, ...[input]: Arguments<K>): Promise<Reply<K>> {
  return (await send(key, (input ?? {}) as Loose)).json() as Promise<Reply<K>>
}

/** Like `call`, for endpoints that answer a file. */
export async function download<K extends AdminKey>(key: K, ...[input]: Arguments<K>): Promise<Blob> {
  return (await send(key, (input ?? {}) as Loose)).blob()
}

async function send(key: string, input: Loose): Promise<Response> {
  const method = key.slice(0, key.indexOf(' '))
  const headers: Record<string, string> = { accept: 'application/json' }
  if (input.body !== undefined) headers['content-type'] = 'application/json'
  const request: RequestInit = {
    method, headers, credentials: 'same-origin',
    ...(input.body === undefined ? {} : { body: JSON.stringify(input.body) }),
    ...(input.signal ? { signal: input.signal } : {}),
  }
  const url = address(key, input)
  const asked = `${method} ${url} ${String(request.body ?? '')}`
  if (method !== 'GET') headers['idempotency-key'] = keyOf(asked)
  const response = await attempt(url, request)
  const trouble = response.ok ? null : await troubleIn(response)
  // A fault, or a first try that still runs, does not say what became of a write.
  if (!(trouble instanceof Fault) && trouble?.code !== 'idempotency_in_progress') unanswered.delete(asked)
  if (trouble) throw trouble
  return response
}

/** What an answer that is not a success means; a session that has ended is told to the shell as well. */
export async function troubleIn(response: Response): Promise<Refused | Fault> {
  const problem = await answerOf(response)
  if (isNobody(problem.code)) wire.onSignedOut()
  if (isCode(problem.code)) return new Refused(problem.code, problem)
  return new Fault(response.status, response.headers.get('x-request-id') ?? problem.requestId ?? null)
}

async function attempt(url: string, request: RequestInit): Promise<Response> {
  // A write repeats under the same Idempotency-Key, so a second try can never do the work twice.
  for (let left = 1; ; left -= 1) {
    try {
      return await wire.fetch(url, request)
    } catch (cause) {
      if (request.signal?.aborted) throw cause
      if (left === 0) throw new Fault(0, null)
    }
  }
}
