import { memberContract } from '@atrium/shared/member/contract.ts'
import { handlers } from '../http/handlers.ts'
import { card, editMe, home, listForStaff, me, showForStaff, unmask } from './service.ts'

export const memberRoutes = handlers(memberContract, {
  'GET /api/member/home': async (ctx) => home(ctx),
  'GET /api/member/me': async (ctx) => me(ctx),
  'PUT /api/member/me': async (ctx, { body }) => editMe(ctx, body),
  'GET /api/member/card': async (ctx) => card(ctx),
  'GET /admin/members': async (ctx, { query }) => listForStaff(ctx, query),
  'GET /admin/members/{memberId}': async (ctx, { params }) => showForStaff(ctx, params.memberId),
  'POST /admin/members/{memberId}/unmask': async (ctx, { params, body }) => unmask(ctx, params.memberId, body.reason),
})
