import { z } from 'zod'
import type { Endpoint } from '@atrium/shared/contract.ts'

type Json = { type?: string | string[]; const?: unknown; enum?: unknown[]; anyOf?: Json[]; oneOf?: Json[]; allOf?: Json[]; properties?: Record<string, Json>; required?: string[]; items?: Json; prefixItems?: Json[]; minItems?: number; minimum?: number; maximum?: number; minLength?: number; pattern?: string; format?: string; default?: unknown }

/** The id in every sample: a tenant and a store that a caller may be given reach over. */
export const sampleId = '01JD3ZK3V0ATR1VM0000000000'
/** Texts that satisfy the patterns of the contracts, tried in order. */
const texts = [sampleId, '13800138000', '苏C8K6Q2', '120000000017', '123456', '2026-11-20', '10:00', 'A', 'demo.person', 'a long enough text']

/** A value that a schema takes: the smallest one in every place. */
export function sampleOf(schema: z.ZodType): unknown {
  return sample(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Json)
}

function sample(s: Json): unknown {
  if (s.const !== undefined) return s.const
  if (s.enum) return s.enum[0]
  const choice = s.anyOf ?? s.oneOf
  if (choice) return sample(choice[0]!)
  if (s.allOf) return Object.assign({}, ...s.allOf.map(sample))
  const type = Array.isArray(s.type) ? s.type[0] : s.type
  if (type === 'object') return Object.fromEntries((s.required ?? []).map((name) => [name, sample(s.properties![name]!)]))
  if (type === 'array') return Array.from({ length: s.minItems ?? 0 }, () => sample(s.items ?? {}))
  if (type === 'integer' || type === 'number') return Math.max(s.minimum ?? 1, Math.min(1, s.maximum ?? 1))
  if (type === 'boolean') return true
  if (type === 'null') return null
  return text(s)
}

function text(s: Json): string {
  if (s.format === 'date-time') return '2026-11-20T04:00:00.000Z'
  if (s.format === 'date') return '2026-11-20'
  const fits = texts.find((t) => (!s.pattern || new RegExp(s.pattern, 'u').test(t)) && t.length >= (s.minLength ?? 0))
  return fits ?? 'x'.repeat(s.minLength ?? 8)
}

/** A call of `key` whose input fits the contract although its ids name nothing. */
export function sampleCall(key: string, endpoint: Endpoint): { method: string; path: string; body: unknown } {
  const [method, path] = key.split(' ') as [string, string]
  return { method, path: path.replace(/\{(\w+)\}/g, (_, name: string) => (name === 'floor' ? 'L1' : name === 'secret' ? 'not-the-secret' : sampleId)), body: endpoint.body && endpoint.kind !== 'raw' ? sampleOf(endpoint.body) : undefined }
}

const poison: unknown[] = [null, true, -1, 0.5, 1e308, '', ' ', "' OR 1=1 --", '{{7*7}}', '\u0000', '𝕏'.repeat(5000), [], [[]], {}, { $gt: '' }, { toString: 'x' }, '__proto__']

/** Bodies that differ from a good one in one place each, and some that are no body at all. */
export function* spoiled(good: unknown): Generator<unknown> {
  for (const value of poison) yield value
  if (good === null || typeof good !== 'object') return
  for (const key of Object.keys(good)) {
    const { [key]: _, ...without } = good as Record<string, unknown>
    yield without
    for (const value of poison) yield { ...good, [key]: value }
  }
  yield { ...good, __proto__x: { admin: true }, constructor: { prototype: { admin: true } } }
}
