import { z } from 'zod'
import { can, contract } from '../contract.ts'
import { Done, Fen, Id, Iso, listQuery, listReply } from '../pieces.ts'

/** `requested` stored; `issuing` with the provider; `asking` outcome unknown; `issued`; `failed` can be tried again; `reversed` by a red fapiao. */
export const fapiaoStates = ['requested', 'issuing', 'asking', 'issued', 'failed', 'reversed'] as const
const TitleInput = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('personal'), name: z.string().trim().min(1).max(60) }),
  z.object({ kind: z.literal('company'), name: z.string().trim().min(2).max(100), creditCode: z.string().trim().min(15).max(20), address: z.string().trim().max(100).optional(), phone: z.string().trim().max(30).optional(), bank: z.string().trim().max(60).optional(), account: z.string().trim().max(40).optional() }),
])
const Title = z.object({ titleId: Id, kind: z.enum(['personal', 'company']), name: z.string(), creditCode: z.string().nullable(), address: z.string().nullable(), phone: z.string().nullable(), bank: z.string().nullable(), account: z.string().nullable(), isDefault: z.boolean() })
const Line = z.object({ paymentId: Id, title: z.string(), titleEn: z.string(), grossFen: Fen, netFen: Fen, taxFen: Fen })
export const Fapiao = z.object({
  fapiaoId: Id, state: z.enum(fapiaoStates), titleKind: z.enum(['personal', 'company']), titleName: z.string(), creditCode: z.string().nullable(), grossFen: Fen, netFen: Fen, taxFen: Fen, taxRatePerMille: z.int(),
  /** 20 digits once issued. */
  number: z.string().nullable(), issuedAt: Iso.nullable(), requestedAt: Iso, failure: z.string().nullable(), retryAt: Iso.nullable(), lines: z.array(Line), hasPdf: z.boolean(),
})
const AdminFapiao = Fapiao.extend({ memberMasked: z.string(), memberId: Id, attempts: z.int(), sellerName: z.string() })

export const fapiaoContract = contract({
  'GET /api/fapiao/titles': { who: 'member', summary: 'My titles (抬头)', reply: z.object({ items: z.array(Title) }), refuses: [] },
  'POST /api/fapiao/titles': { who: 'member', idempotent: true, summary: 'Add a title; a credit code is checked (GB 32100)', body: z.intersection(TitleInput, z.object({ isDefault: z.boolean().default(false) })), reply: Title, refuses: ['credit_code_invalid', 'title_limit_reached'] },
  'PUT /api/fapiao/titles/{titleId}': { who: 'member', idempotent: true, summary: 'Change a title', body: z.intersection(TitleInput, z.object({ isDefault: z.boolean().default(false) })), reply: Title, refuses: ['credit_code_invalid'] },
  'DELETE /api/fapiao/titles/{titleId}': { who: 'member', idempotent: true, summary: 'Remove a title', reply: Done, refuses: [] },
  'GET /api/fapiao/eligible': { who: 'member', summary: 'What I paid and have no fapiao for', reply: z.object({ items: z.array(z.object({ paymentId: Id, title: z.string(), titleEn: z.string(), paidAt: Iso, invoiceableFen: Fen })) }), refuses: [] },
  'POST /api/fapiao': { who: 'member', idempotent: true, limit: { max: 20, windowMs: 60_000 }, summary: 'Ask for one fapiao over one or several payments', body: z.object({ titleId: Id, paymentIds: z.array(Id).min(1).max(50) }), reply: Fapiao, refuses: ['nothing_to_invoice', 'already_invoiced'] },
  'GET /api/fapiao': { who: 'member', summary: 'My fapiao', query: listQuery(['requestedAt'], { state: z.enum(fapiaoStates).optional() }), reply: listReply(Fapiao), refuses: [] },
  'GET /api/fapiao/{fapiaoId}': { who: 'member', summary: 'One fapiao and how it stands', reply: Fapiao, refuses: [] },
  'POST /api/fapiao/{fapiaoId}/retry': { who: 'member', idempotent: true, limit: { max: 10, windowMs: 60_000 }, summary: 'Try a failed one again', reply: Fapiao, refuses: ['fapiao_state', 'nothing_to_invoice'] },
  'GET /api/fapiao/{fapiaoId}/pdf': { who: 'member', kind: 'file', summary: 'The PDF', reply: z.unknown(), refuses: ['fapiao_not_issued', 'provider_unavailable'] },
  'GET /admin/fapiao': { who: can('fapiao.read'), within: 'mall', summary: 'Fapiao; q is a number', query: listQuery(['requestedAt', 'issuedAt', 'grossFen'], { state: z.enum(fapiaoStates).optional(), from: Iso.optional(), until: Iso.optional() }), reply: listReply(AdminFapiao).extend({ totals: z.object({ grossFen: Fen, taxFen: Fen }) }), refuses: [] },
  'GET /admin/fapiao/{fapiaoId}': { who: can('fapiao.read'), within: 'mall', summary: 'One fapiao with its attempts', reply: AdminFapiao.extend({ trail: z.array(z.object({ at: Iso, fact: z.string(), factEn: z.string(), detail: z.string().nullable() })) }), refuses: [] },
  'POST /admin/fapiao/{fapiaoId}/retry': { who: can('fapiao.retry'), within: 'mall', idempotent: true, summary: 'Try a failed one again', reply: AdminFapiao, refuses: ['fapiao_state', 'nothing_to_invoice'] },
  'POST /callback/nuonuo/invoice': { who: 'vendor', kind: 'raw', summary: 'Nuonuo hints that an invoice changed; the truth is asked for', body: z.unknown(), reply: z.unknown(), refuses: [] },
})
