import type { Context } from 'hono'
import { paymentContract } from '@atrium/shared/payment/contract.ts'
import type { Ctx } from '../context.ts'
import { handlers, steps } from '../http/handlers.ts'
import { type Provider, receive } from './callback.ts'
import * as desk from './desk.ts'
import * as service from './service.ts'

/** Reads the body as bytes: a signature is over what was sent, not over what was parsed. */
const callback = (provider: Provider) => async (ctx: Ctx, _: unknown, c: Context): Promise<Response> => {
  const { status, type, body } = await receive(ctx, provider, { headers: Object.fromEntries(c.req.raw.headers), body: Buffer.from(await c.req.arrayBuffer()) })
  return new Response(status === 204 ? null : body, { status, headers: status === 204 ? {} : { 'content-type': type } })
}

export const paymentRoutes = handlers(paymentContract, {
  'GET /api/payments/{paymentId}': (ctx, { params }) => service.one(ctx, params.paymentId),
  'POST /api/payments/{paymentId}/check': steps((ctx, { params }) => service.check(ctx, params.paymentId)),
  'POST /api/payments/{paymentId}/cancel': steps((ctx, { params }) => service.cancel(ctx, params.paymentId)),
  'GET /api/payments': (ctx, { query }) => service.mine(ctx, query),
  'GET /admin/payments': (ctx, { query }) => desk.list(ctx, query),
  'GET /admin/payments/{paymentId}': (ctx, { params }) => desk.one(ctx, params.paymentId),
  'POST /admin/payments/{paymentId}/refund': (ctx, { params, body }) => desk.refund(ctx, params.paymentId, body),
  'POST /callback/wechat-pay/payment': callback('wechat'),
  'POST /callback/wechat-pay/refund': callback('wechat'),
  'POST /callback/alipay/payment': callback('alipay'),
})
