import { createHmac, hkdfSync } from 'node:crypto'
import type { Reply } from '@atrium/shared/contracts.ts'
import type { Config } from '../config.ts'
import type { Ctx } from '../context.ts'
import { newId } from '../db/id.ts'
import type { AuditEntry } from '../http/mount.ts'
import { type ListQuery, pageOf, paging } from '../http/paging.ts'
import { type AuditFilter, type AuditRow, appendEntry, countEntries, idColumn, listEntries, listHeads, listLane, lockHead, sortColumns } from './store.ts'

/** Entries are kept at least this long (Cybersecurity Law, article 21: six months); Atrium itself never deletes one. */
export const auditKeptDays = 180

type Who = { staffId: string | null; name: string; role: string | null }
/** A busy hour has many tills: with fewer lanes they wait for each other’s commits (docs/benchmarks.md). */
const lanes = 32
const keys = new WeakMap<Config, Buffer>()

/** Key of the chain: who can write to the database alone cannot make a chain that holds. */
function chainKey(config: Config): Buffer {
  const known = keys.get(config) ?? Buffer.from(hkdfSync('sha256', Buffer.from(config.keys.session, 'base64'), Buffer.alloc(0), 'audit chain', 32))
  keys.set(config, known)
  return known
}

const hashOf = (config: Config, previous: Buffer, row: Omit<AuditRow, 'hash'>): Buffer =>
  createHmac('sha256', chainKey(config)).update(previous).update(JSON.stringify([
    row.entryId, row.mallId, row.lane, row.sequence, row.at.toISOString(), row.staffId, row.staffName, row.role, row.act, row.subject, row.outcome, row.refusal, row.requestId, row.address, row.detail,
  ])).digest()

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
  const head = await lockHead(ctx, lane)
  const row: Omit<AuditRow, 'hash'> = {
    entryId: newId(ctx.now), mallId: ctx.mallId, lane, sequence: head.sequence + 1, at: ctx.now, staffId: who.staffId, staffName: who.name.slice(0, 40), role: who.role, act: entry.act.slice(0, 120),
    subject: ctx.auditNote.subject?.slice(0, 80) ?? null, outcome: entry.outcome, refusal: entry.refusal, requestId: ctx.requestId.slice(0, 80),
    address: ('address' in ctx.caller ? ctx.caller.address : 'local').slice(0, 45), detail: JSON.stringify(ctx.auditNote.detail),
  }
  await appendEntry(ctx, { ...row, hash: hashOf(ctx.deps.config, head.hash, row) })
}

/** Entries, newest first; `act` and `q` find parts. */
export async function listAudit(ctx: Ctx, query: ListQuery & Omit<AuditFilter, 'text'> & { q?: string | undefined }): Promise<Reply<'GET /admin/audit'>> {
  const filter = { ...query, text: query.q }
  const page = paging(query, sortColumns, idColumn, '-at')
  const [found, total] = await Promise.all([listEntries(ctx, filter, page), countEntries(ctx, filter)])
  const { rows, nextCursor } = pageOf(found, query, (row) => [row.at, row.entryId])
  const items = rows.map(({ mallId: _m, lane: _l, sequence: _s, hash: _h, ...row }) => ({ ...row, at: row.at.toISOString(), detail: JSON.parse(row.detail) as Record<string, unknown> }))
  return { items, nextCursor, total }
}

const pageSize = 1000

/** Walks every lane from its beginning: a changed, missing or added entry breaks it there, a missing tail at its last entry. */
export async function proveAudit(ctx: Ctx): Promise<Reply<'GET /admin/audit/proof'>> {
  let entries = 0
  let brokenAt: string | null = null
  let unbroken = true
  for (const head of await listHeads(ctx)) {
    let [sequence, hash, last] = [0, Buffer.alloc(32) as Buffer, null as string | null]
    walk: while (sequence < head.sequence) {
      const rows = await listLane(ctx, head.lane, sequence, head.sequence, pageSize)
      if (rows.length === 0) break
      for (const row of rows) {
        entries += 1
        const { hash: said, ...content } = row
        const real = hashOf(ctx.deps.config, hash, content)
        last = row.entryId
        if (row.sequence !== sequence + 1 || !real.equals(said)) break walk
        ;[sequence, hash] = [row.sequence, real]
      }
    }
    if (sequence === head.sequence && hash.equals(head.hash)) continue
    unbroken = false
    brokenAt ??= last
  }
  return { entries, unbroken, brokenAt, checkedAt: ctx.now.toISOString() }
}
