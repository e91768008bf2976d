import { fapiaoContract } from '@atrium/shared/fapiao/contract.ts'
import { memberOf } from '../context.ts'
import { handlers } from '../http/handlers.ts'
import { detail, list, retryAtDesk } from './desk.ts'
import { hint } from './jobs.ts'
import { eligible, mine, myList, pdf, request, retry } from './service.ts'
import { addTitle, changeTitle, myTitles, removeTitle } from './titles.ts'

export const fapiaoRoutes = handlers(fapiaoContract, {
  'GET /api/fapiao/titles': (ctx) => myTitles(ctx),
  'POST /api/fapiao/titles': (ctx, { body }) => addTitle(ctx, body),
  'PUT /api/fapiao/titles/{titleId}': (ctx, { params, body }) => changeTitle(ctx, params.titleId, body),
  'DELETE /api/fapiao/titles/{titleId}': (ctx, { params }) => removeTitle(ctx, params.titleId),
  'GET /api/fapiao/eligible': (ctx) => eligible(ctx),
  'POST /api/fapiao': (ctx, { body }) => request(ctx, body),
  'GET /api/fapiao': (ctx, { query }) => myList(ctx, query),
  'GET /api/fapiao/{fapiaoId}': (ctx, { params }) => mine(ctx, params.fapiaoId),
  'POST /api/fapiao/{fapiaoId}/retry': async (ctx, { params }) => {
    await retry(ctx, params.fapiaoId, memberOf(ctx).memberId)
    return mine(ctx, params.fapiaoId)
  },
  'GET /api/fapiao/{fapiaoId}/pdf': async (ctx, { params }, c) => {
    const { bytes, number } = await pdf(ctx, params.fapiaoId)
    return c.body(bytes as Uint8Array<ArrayBuffer>, 200, { 'content-type': 'application/pdf', 'content-disposition': `inline; filename="${number}.pdf"`, 'cache-control': 'private, no-store' })
  },
  'GET /admin/fapiao': (ctx, { query }) => list(ctx, query),
  'GET /admin/fapiao/{fapiaoId}': (ctx, { params }) => detail(ctx, params.fapiaoId),
  'POST /admin/fapiao/{fapiaoId}/retry': (ctx, { params }) => retryAtDesk(ctx, params.fapiaoId),
  'POST /callback/nuonuo/invoice': async (ctx, _, c) => {
    await hint(ctx, await c.req.text())
    return c.json({ status: '0000', message: 'ok' })
  },
})
