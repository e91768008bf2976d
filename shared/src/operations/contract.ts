import { z } from 'zod'
import { can, contract } from '../contract.ts'
import { Count, Id, Iso } from '../pieces.ts'

export const exportKinds = ['members', 'redemptions', 'parking-sessions', 'payments', 'fapiao', 'audit', 'shops', 'coupon-templates', 'staff'] as const
/** Something happened; faces reload what it touches. `data` holds ids and numbers, never personal data. */
export const LiveEvent = z.object({ id: Id, type: z.string(), at: Iso, data: z.record(z.string(), z.unknown()) })
const Invariant = z.object({ code: z.string(), promise: z.string(), promiseEn: z.string(), broken: Count, sample: z.array(z.record(z.string(), z.unknown())), checkedAt: Iso.nullable(), tookMs: z.number().nullable() })
const Export = z.object({ exportId: Id, kind: z.enum(exportKinds), format: z.enum(['csv', 'xlsx']), state: z.enum(['queued', 'running', 'ready', 'failed']), rows: Count, total: Count.nullable(), createdAt: Iso, fileName: z.string().nullable() })

export const operationsContract = contract({
  'GET /api/events': { who: 'member', kind: 'stream', summary: 'What happens to me, live (server-sent events)', reply: LiveEvent, refuses: [] },
  'GET /admin/events': { who: 'staff', kind: 'stream', summary: 'What happens in the mall, live, within my reach', reply: LiveEvent, refuses: [] },
  'GET /admin/invariants': { who: can('operations.read'), within: 'mall', summary: 'What must always hold, and whether it does', reply: z.object({ items: z.array(Invariant) }), refuses: [] },
  'POST /admin/invariants/run': { who: can('operations.read'), within: 'mall', idempotent: true, limit: { max: 6, windowMs: 60_000 }, summary: 'Check all of them now', reply: z.object({ items: z.array(Invariant) }), refuses: [] },
  'POST /admin/exports': { who: can('export.run'), within: 'store', idempotent: true, summary: 'Export a list as it is filtered; needs the right to read that list', body: z.object({ kind: z.enum(exportKinds), format: z.enum(['csv', 'xlsx']), query: z.record(z.string().max(40), z.string().max(400)), language: z.enum(['zh-CN', 'en']).default('zh-CN') }), reply: Export, refuses: ['export_too_large'] },
  'GET /admin/exports/{exportId}': { who: can('export.run'), within: 'store', summary: 'How far an export is', reply: Export, refuses: [] },
  'GET /admin/exports/{exportId}/file': { who: can('export.run'), within: 'store', kind: 'file', audit: true, summary: 'The file', reply: z.unknown(), refuses: ['export_not_ready'] },
})
