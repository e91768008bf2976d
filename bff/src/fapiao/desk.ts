import type { Reply } from '@atrium/shared/contracts.ts'
import { Refusal } from '@atrium/shared/refusal.ts'
import { type Ctx, note } from '../context.ts'
import { memberLabels } from '../identity/service.ts'
import { retry, shape } from './service.ts'
import { findFapiao, linesOfFapiao, listFapiao, trailOf } from './store.ts'

type AdminFapiao = Reply<'GET /admin/fapiao'>['items'][number]
type Query = Parameters<typeof listFapiao>[1] & { q?: string | undefined }

/** Fapiao of the mall with sums over all that match; `q` is a 20-digit number. */
export async function list(ctx: Ctx, { q, ...query }: Query): Promise<Reply<'GET /admin/fapiao'>> {
  const page = await listFapiao(ctx, { ...query, number: q || undefined })
  return { items: await shapes(ctx, page.rows), nextCursor: page.nextCursor, total: page.total, totals: page.totals }
}

/** One fapiao with its trail. */
export async function detail(ctx: Ctx, fapiaoId: string): Promise<Reply<'GET /admin/fapiao/{fapiaoId}'>> {
  const shaped = await one(ctx, fapiaoId)
  const facts = await trailOf(ctx, fapiaoId)
  return { ...shaped, trail: facts.map((t) => ({ at: t.at.toISOString(), fact: t.fact, factEn: t.factEn, detail: t.detail })) }
}

/** A person of finance tries a failed one again. */
export async function retryAtDesk(ctx: Ctx, fapiaoId: string): Promise<AdminFapiao> {
  await retry(ctx, fapiaoId)
  note(ctx, { subject: fapiaoId })
  return one(ctx, fapiaoId)
}

async function one(ctx: Ctx, fapiaoId: string): Promise<AdminFapiao> {
  const row = await findFapiao(ctx, fapiaoId)
  if (!row) throw new Refusal('not_found', { what: 'fapiao' })
  return (await shapes(ctx, [row]))[0]!
}

async function shapes(ctx: Ctx, rows: Awaited<ReturnType<typeof listFapiao>>['rows']): Promise<AdminFapiao[]> {
  const [lines, labels] = await Promise.all([linesOfFapiao(ctx, rows.map((r) => r.fapiaoId)), memberLabels(ctx, rows.map((r) => r.memberId))])
  return rows.map((row) => ({ ...shape(ctx, row, lines), memberId: row.memberId, memberMasked: labels.get(row.memberId) ?? '—', attempts: row.attempts, sellerName: ctx.deps.issuer.sellerName }))
}
