import type { Reply } from '@atrium/shared/contracts.ts'
import type { Ctx } from '../context.ts'
import { newId } from '../db/id.ts'
import type { AuditEntry } from '../http/mount.ts'
import { type ListQuery, pageOf, paging } from '../http/paging.ts'
import { entryHash, headSeal, lanes } from './chain.ts'
import { type AuditFilter, type AuditRow, appendEntry, countEntries, idColumn, listEntries, lockHead, sortColumns } from './store.ts'

/** Entries are kept at least this long (Cybersecurity Law, article 21: six months); Atrium itself never deletes one. */
export const auditKeptDays = 180

type Who = { staffId: string | null; name: string; role: string | null }
const laneOf = (requestId: string): number => [...requestId].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 65_521, 7) % lanes

function whoOf(ctx: Ctx): Who {
  const { caller } = ctx
  if (caller.kind === 'staff') return { staffId: caller.staffId, name: caller.name, role: caller.role }
  return { staffId: null, name: caller.kind, role: null }
}

/**
 * Writes one entry at the end of a lane of the chain, with what `note` said, in the transaction of the act it records. The lane stays locked until
 * that transaction ends, so call it last. `who` names the account where the caller is not signed in yet.
 */
export async function recordAudit(ctx: Ctx, entry: AuditEntry, who: Who = whoOf(ctx)): Promise<void> {
  if (!ctx.inTransaction) throw new Error(`audit of ${entry.act} outside a transaction`)
  const lane = laneOf(ctx.requestId)
  const { config } = ctx.deps
  const head = await lockHead(ctx, lane, lanes, (of, hash) => headSeal(config, { mallId: ctx.mallId, lane: of, sequence: 0, hash }))
  const row: Omit<AuditRow, 'hash'> = {
    entryId: newId(ctx.now), mallId: ctx.mallId, lane, sequence: head.sequence + 1, at: ctx.now, staffId: who.staffId, staffName: who.name.slice(0, 40), role: who.role, act: entry.act.slice(0, 120),
    subject: ctx.auditNote.subject?.slice(0, 80) ?? null, outcome: entry.outcome, refusal: entry.refusal, requestId: ctx.requestId.slice(0, 80),
    address: ('address' in ctx.caller ? ctx.caller.address : 'local').slice(0, 45), detail: JSON.stringify(ctx.auditNote.detail),
  }
  const hash = entryHash(config, head.hash, row)
  await appendEntry(ctx, { ...row, hash }, headSeal(config, { ...row, hash }))
}

/** How often somebody did an act since then, for limits that protect people. */
export const countActs = (ctx: Ctx, staffId: string, act: string, since: Date): Promise<number> => countEntries(ctx, { staffId, act, outcome: 'done', from: since.toISOString() })

/** Entries, newest first; `act` and `q` find parts. */
export async function listAudit(ctx: Ctx, query: ListQuery & Omit<AuditFilter, 'text'> & { q?: string | undefined }): Promise<Reply<'GET /admin/audit'>> {
  const filter = { ...query, text: query.q }
  const page = paging(query, sortColumns, idColumn, '-at')
  const [found, total] = await Promise.all([listEntries(ctx, filter, page), countEntries(ctx, filter)])
  const { rows, nextCursor } = pageOf(found, query, (row) => [row.at, row.entryId])
  const items = rows.map(({ mallId: _m, lane: _l, sequence: _s, hash: _h, ...row }) => ({ ...row, at: row.at.toISOString(), detail: JSON.parse(row.detail) as Record<string, unknown> }))
  return { items, nextCursor, total }
}
