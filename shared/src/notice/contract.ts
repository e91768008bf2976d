import { z } from 'zod'
import { can, contract } from '../contract.ts'
import { Id, Iso, listQuery, listReply } from '../pieces.ts'

const kinds = ['notice', 'event', 'urgent'] as const
/** `art` names a drawn illustration that ships with the faces. */
export const Notice = z.object({ noticeId: Id, kind: z.enum(kinds), title: z.string(), titleEn: z.string(), summary: z.string(), summaryEn: z.string(), art: z.string(), place: z.string().nullable(), placeEn: z.string().nullable(), startsAt: Iso.nullable(), endsAt: Iso.nullable(), publishedAt: Iso.nullable() })
export const NoticeDetail = Notice.extend({ body: z.string(), bodyEn: z.string() })
const AdminNotice = NoticeDetail.extend({ state: z.enum(['draft', 'published', 'withdrawn']), createdBy: z.string(), updatedAt: Iso })
const NoticeInput = z.object({ kind: z.enum(kinds), title: z.string().trim().min(2).max(40), titleEn: z.string().trim().min(2).max(80), summary: z.string().trim().max(80), summaryEn: z.string().trim().max(160), body: z.string().trim().min(2).max(4000), bodyEn: z.string().trim().max(8000), art: z.string().max(30), place: z.string().trim().max(40).nullable(), placeEn: z.string().trim().max(80).nullable().default(null), startsAt: Iso.nullable(), endsAt: Iso.nullable() })

export const noticeContract = contract({
  'GET /api/notices': { who: 'guest', summary: 'Published notices and events, newest first', query: listQuery(['publishedAt'], { kind: z.enum(kinds).optional() }), reply: listReply(Notice), refuses: [] },
  'GET /api/notices/{noticeId}': { who: 'guest', summary: 'One notice', reply: NoticeDetail, refuses: [] },
  'GET /admin/notices': { who: can('notice.read'), within: 'mall', summary: 'All notices', query: listQuery(['updatedAt', 'title'], { kind: z.enum(kinds).optional(), state: z.enum(['draft', 'published', 'withdrawn']).optional() }), reply: listReply(AdminNotice), refuses: [] },
  'POST /admin/notices': { who: can('notice.edit'), within: 'mall', idempotent: true, summary: 'Write a notice', body: NoticeInput, reply: AdminNotice, refuses: [] },
  'PUT /admin/notices/{noticeId}': { who: can('notice.edit'), within: 'mall', idempotent: true, summary: 'Change a notice', body: NoticeInput, reply: AdminNotice, refuses: [] },
  'POST /admin/notices/{noticeId}/publish': { who: can('notice.edit'), within: 'mall', idempotent: true, summary: 'Publish a notice', reply: AdminNotice, refuses: [] },
  'POST /admin/notices/{noticeId}/withdraw': { who: can('notice.edit'), within: 'mall', idempotent: true, summary: 'Withdraw a notice', reply: AdminNotice, refuses: [] },
})
