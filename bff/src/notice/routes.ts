import { noticeContract } from '@atrium/shared/notice/contract.ts'
import { handlers } from '../http/handlers.ts'
import { browseNotices, editNotice, listNoticesForStaff, publishNotice, showNotice, withdrawNotice, writeNotice } from './service.ts'

export const noticeRoutes = handlers(noticeContract, {
  'GET /api/notices': (ctx, { query }) => browseNotices(ctx, query),
  'GET /api/notices/{noticeId}': (ctx, { params }) => showNotice(ctx, params.noticeId),
  'GET /admin/notices': (ctx, { query }) => listNoticesForStaff(ctx, query),
  'POST /admin/notices': (ctx, { body }) => writeNotice(ctx, body),
  'PUT /admin/notices/{noticeId}': (ctx, { params, body }) => editNotice(ctx, params.noticeId, body),
  'POST /admin/notices/{noticeId}/publish': (ctx, { params }) => publishNotice(ctx, params.noticeId),
  'POST /admin/notices/{noticeId}/withdraw': (ctx, { params }) => withdrawNotice(ctx, params.noticeId),
})
