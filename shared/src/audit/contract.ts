import { z } from 'zod'
import { can, contract } from '../contract.ts'
import { Id, Iso, listQuery, listReply } from '../pieces.ts'

const Entry = z.object({ entryId: Id, at: Iso, staffId: Id.nullable(), staffName: z.string(), role: z.string().nullable(), act: z.string(), subject: z.string().nullable(), outcome: z.enum(['done', 'refused', 'failed']), refusal: z.string().nullable(), requestId: z.string(), address: z.string(), detail: z.record(z.string(), z.unknown()) })

export const auditContract = contract({
  'GET /admin/audit': { who: can('audit.read'), within: 'mall', summary: 'Who did what, when, with what result', query: listQuery(['at'], { staffId: Id.optional(), act: z.string().max(80).optional(), outcome: z.enum(['done', 'refused', 'failed']).optional(), from: Iso.optional(), until: Iso.optional() }), reply: listReply(Entry), refuses: [] },
  'GET /admin/audit/proof': { who: can('audit.read'), within: 'mall', summary: 'Whether the chain of entries is unbroken', reply: z.object({ entries: z.int(), unbroken: z.boolean(), brokenAt: Id.nullable(), checkedAt: Iso }), refuses: [] },
})
