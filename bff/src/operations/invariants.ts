import { readFileSync, readdirSync } from 'node:fs'
import { sql } from 'drizzle-orm'
import type { Executor } from '../context.ts'

export type InvariantResult = { code: string; promise: string; promiseEn: string; broken: number; sample: Record<string, unknown>[]; tookMs: number }

const folder = new URL('../../../schema/invariants/', import.meta.url)

type Invariant = { code: string; promise: string; promiseEn: string; query: string }

/** The invariants of schema/invariants, by file name; each query returns the rows that break its promise. */
export function readInvariants(): Invariant[] {
  return readdirSync(folder).filter((f) => f.endsWith('.sql')).sort().map((file) => {
    const text = readFileSync(new URL(file, folder), 'utf8')
    const said = (name: string) => new RegExp(`^-- ${name}: (.+)$`, 'm').exec(text)?.[1]?.trim() ?? ''
    return { code: file.replace(/\.sql$/, ''), promise: said('promise'), promiseEn: said('promiseEn'), query: text.replace(/^--.*$/gm, '').trim().replace(/;$/, '') }
  })
}

/** Runs every invariant; `broken` counts at most 1,000 rows and `sample` shows the first five. */
export async function runInvariants(db: Executor): Promise<InvariantResult[]> {
  const results: InvariantResult[] = []
  for (const { query, ...invariant } of readInvariants()) {
    const started = performance.now()
    const [rows] = (await db.execute(sql.raw(`SELECT * FROM (${query}) broken LIMIT 1000`))) as unknown as [Record<string, unknown>[]]
    results.push({ ...invariant, broken: rows.length, sample: rows.slice(0, 5), tookMs: Math.round((performance.now() - started) * 10) / 10 })
  }
  return results
}
