import type { Context } from 'hono'
import { type RefusalCode, Refusal, refusalStatus } from '@atrium/shared/refusal.ts'
import { isPassing } from '../db/errors.ts'

/** RFC 9457 problem details; `code` is the refusal, or `fault` for what nobody expected. */
export type Problem = { type: string; title: string; status: number; code: RefusalCode | 'fault'; requestId: string; errors?: { detail: string; pointer: string }[] } & Record<string, unknown>

/** A body, query or path that does not fit the contract, with a JSON pointer for each field. */
export class Malformed extends Refusal {
  readonly errors: { detail: string; pointer: string }[]
  constructor(part: 'params' | 'query' | 'body', issues: readonly { path: PropertyKey[]; message: string }[]) {
    super('validation_failed')
    this.errors = issues.slice(0, 20).map((i) => ({ detail: i.message, pointer: `#/${[part, ...i.path.map(String)].join('/')}` }))
  }
}

const json = { 'content-type': 'application/problem+json; charset=utf-8', 'cache-control': 'no-store' }

/** Answers a refusal with its status, anything passing with 503, and a fault with the request id alone. */
export function problemResponse(c: Context, error: unknown, requestId: string): Response {
  const refusal = error instanceof Refusal ? error : isPassing(error) ? new Refusal('unavailable') : null
  const code = refusal?.code ?? 'fault'
  const status = refusal ? refusalStatus[refusal.code] : 500
  const problem: Problem = { ...refusal?.facts, type: `/problems/${code}`, title: code.replaceAll('_', ' '), status, code, requestId }
  if (refusal instanceof Malformed) problem.errors = refusal.errors
  const retryAfter = status === 429 ? String(Math.max(1, Math.ceil(Number(refusal?.facts.retryAfterMs ?? 1000) / 1000))) : status === 503 ? '2' : null
  return c.body(JSON.stringify(problem), status as 400, { ...json, ...(retryAfter && { 'retry-after': retryAfter }) })
}
