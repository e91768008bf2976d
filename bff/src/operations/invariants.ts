import { readFileSync, readdirSync } from 'node:fs'
import { sql } from 'drizzle-orm'
import type { Executor } from '../context.ts'

export type Promised = { code: string; promise: string; promiseEn: string }
export type InvariantResult = Promised & { broken: number; sample: Record<string, unknown>[]; rows: Record<string, unknown>[]; tookMs: number }

const folder = new URL('../../../schema/invariants/', import.meta.url)

/** The invariants of schema/invariants, by file name; each query returns the rows that break its promise. */
export function readInvariants(): (Promised & { query: string })[] {
  return readdirSync(folder).filter((f) => f.endsWith('.sql')).sort().map((file) => {
    const text = readFileSync(new URL(file, folder), 'utf8')
    const said = (name: string) => new RegExp(`^-- ${name}: (.+)$`, 'm').exec(text)?.[1]?.trim() ?? ''
    return { code: file.replace(/\.sql$/, ''), promise: said('promise'), promiseEn: said('promiseEn'), query: text.replace(/^--.*$/gm, '').trim().replace(/;$/, '') }
  })
}

/** Runs every invariant over every mall; `rows` holds at most 1,000 that break it and `sample` the first five. */
export async function runInvariants(db: Executor): Promise<InvariantResult[]> {
  const results: InvariantResult[] = []
  for (const { query, ...invariant } of readInvariants()) {
    const started = performance.now()
    const [rows] = (await db.execute(sql.raw(`SELECT * FROM (${query}) broken LIMIT 1000`))) as unknown as [Record<string, unknown>[]]
    results.push({ ...invariant, broken: rows.length, sample: rows.slice(0, 5), rows, tookMs: Math.round((performance.now() - started) * 10) / 10 })
  }
  return results
}
