import type { Reply } from '@atrium/shared/contracts.ts'
import type { Ctx } from '../context.ts'
import { everyMall } from '../mall/service.ts'
import { type InvariantResult, type Promised, readInvariants, runInvariants } from './invariants.ts'
import { listResults, saveResult } from './store.ts'

type Checked = Reply<'GET /admin/invariants'>
let promised: Promised[] | undefined

/** Every invariant with how it stood in this mall when it was last checked. */
export async function showInvariants(ctx: Ctx): Promise<Checked> {
  promised ??= readInvariants()
  const found = new Map((await listResults(ctx)).map((r) => [r.code, r]))
  const items = promised.map(({ code, promise, promiseEn }) => {
    const result = found.get(code)
    return { code, promise, promiseEn, broken: result?.broken ?? 0, sample: result?.sample ?? [], checkedAt: result?.checkedAt.toISOString() ?? null, tookMs: result?.tookMs ?? null }
  })
  return { items }
}

/** Rows that say no mall (group-wide things) count in each. */
const ofMall = (result: InvariantResult, mallId: string) => result.rows.filter((row) => row.mallId === mallId || row.mallId === '' || row.mallId === null)

async function save(ctx: Ctx, results: readonly InvariantResult[]): Promise<void> {
  for (const result of results) {
    const rows = ofMall(result, ctx.mallId)
    await saveResult(ctx, { code: result.code, broken: rows.length, sample: rows.slice(0, 5), checkedAt: ctx.now, tookMs: Math.round(result.tookMs) })
  }
}

/** Checks every invariant now and keeps what came out. */
export async function checkInvariants(ctx: Ctx): Promise<Checked> {
  await save(ctx, await runInvariants(ctx.db))
  return showInvariants(ctx)
}

/** Checks every invariant once and keeps the result of each mall; what is broken is logged as an error. */
export async function checkEveryMall(ctx: Ctx): Promise<void> {
  const results = await runInvariants(ctx.db)
  for (const { code, broken, promiseEn } of results) if (broken) ctx.log.error({ invariant: code, broken }, `broken: ${promiseEn}`)
  for (const mallId of await everyMall(ctx.deps)) await save({ ...ctx, mallId }, results)
}

/** Invariants that were broken at the last check, for the dashboard. */
export const brokenInvariants = async (ctx: Ctx): Promise<Checked['items']> => (await showInvariants(ctx)).items.filter((i) => i.broken > 0)
