import { pointsContract } from '@atrium/shared/points/contract.ts'
import { memberOf } from '../context.ts'
import { handlers } from '../http/handlers.ts'
import { refuseStranger } from '../identity/service.ts'
import { adjust, statement, summary } from './service.ts'

export const pointsRoutes = handlers(pointsContract, {
  'GET /api/points': async (ctx) => summary(ctx, memberOf(ctx).memberId),
  'GET /api/points/entries': async (ctx, { query }) => statement(ctx, memberOf(ctx).memberId, query),
  'GET /admin/members/{memberId}/points': async (ctx, { params, query }) => {
    await refuseStranger(ctx, params.memberId)
    return statement(ctx, params.memberId, query)
  },
  'POST /admin/members/{memberId}/points': async (ctx, { params, body }) => {
    await refuseStranger(ctx, params.memberId)
    return adjust(ctx, params.memberId, body)
  },
})
