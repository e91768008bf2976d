import { couponContract } from '@atrium/shared/coupon/contract.ts'
import { handlers, steps } from '../http/handlers.ts'
import { approvals, browseCentre, claim, draft, edit, listForDesk, listMyCoupons, listTemplates, lookUp, move, redeem, restore, showForStaff, showMyCoupon, showTemplate } from './service.ts'

export const couponRoutes = handlers(couponContract, {
  'GET /api/coupon-templates': async (ctx, { query }) => browseCentre(ctx, query),
  'GET /api/coupon-templates/{templateId}': async (ctx, { params }) => showTemplate(ctx, params.templateId),
  // Claims commit as a group that many calls share, so the call itself opens no transaction.
  'POST /api/coupon-templates/{templateId}/claim': steps(async (ctx, { params }) => claim(ctx, params.templateId)),
  'GET /api/coupons': async (ctx, { query }) => listMyCoupons(ctx, query),
  'GET /api/coupons/{couponId}': async (ctx, { params }) => showMyCoupon(ctx, params.couponId),
  'POST /admin/coupons/lookup': async (ctx, { body }) => lookUp(ctx, body),
  'POST /admin/coupons/redeem': async (ctx, { body }) => redeem(ctx, body),
  'GET /admin/redemptions': async (ctx, { query }) => listForDesk(ctx, query),
  'POST /admin/redemptions/{redemptionId}/restore': async (ctx, { params, body }) => restore(ctx, params.redemptionId, body.reason),
  'GET /admin/coupon-templates': async (ctx, { query }) => listTemplates(ctx, query),
  'GET /admin/coupon-templates/{templateId}': async (ctx, { params }) => showForStaff(ctx, params.templateId),
  'POST /admin/coupon-templates': async (ctx, { body }) => draft(ctx, body),
  'PUT /admin/coupon-templates/{templateId}': async (ctx, { params, body }) => edit(ctx, params.templateId, body),
  'POST /admin/coupon-templates/{templateId}/submit': async (ctx, { params }) => move(ctx, params.templateId, 'submit'),
  'POST /admin/coupon-templates/{templateId}/approve': async (ctx, { params }) => move(ctx, params.templateId, 'approve'),
  'POST /admin/coupon-templates/{templateId}/return': async (ctx, { params, body }) => move(ctx, params.templateId, 'return', body.reason),
  'POST /admin/coupon-templates/{templateId}/publish': async (ctx, { params }) => move(ctx, params.templateId, 'publish'),
  'POST /admin/coupon-templates/{templateId}/pause': async (ctx, { params }) => move(ctx, params.templateId, 'pause'),
  'POST /admin/coupon-templates/{templateId}/resume': async (ctx, { params }) => move(ctx, params.templateId, 'resume'),
  'POST /admin/coupon-templates/{templateId}/end': async (ctx, { params }) => move(ctx, params.templateId, 'end'),
  'GET /admin/approvals': async (ctx) => approvals(ctx),
})
