import { Hono } from 'hono'
import { beijing } from './clock.ts'
import { alipaySender, freshToken, GatewayRefusal, refusalReply, signedReply, verifyCall, type Params } from './alipay-wire.ts'
import { closeTrade, cancelTrade, createTrade, precreateTrade, queryRefund, queryTrade, refundTrade, type TradeContext } from './alipay-trade.ts'
import type { Courier } from './deliver.ts'
import { misbehave, type Env } from './misbehave.ts'
import { spendCode } from './wechat.ts'
import type { World } from './world.ts'

type Biz = Record<string, unknown>
type Method = (context: TradeContext, biz: Biz, params: Params) => object | Promise<object>

const TOKEN_LIVES_S = 1_296_000
const REFRESH_LIVES_S = 2_592_000

/** `alipay.system.oauth.token`: its parameters stand outside biz_content. */
const oauthToken: Method = ({ world }, _biz, params) => {
  if (params.grant_type !== 'authorization_code') throw new GatewayRefusal('40002', 'isv.grant-type-invalid', '无效的grant_type', true)
  const code = spendCode(world, 'alipay-auth', params.code, world.config.alipay.appId)
  if (!code) throw new GatewayRefusal('40002', 'isv.code-invalid', '授权码code无效', true)
  const person = world.person(code.phone)
  world.log({ vendor: 'alipay', zh: `${person.name} 登录支付宝小程序`, en: `${person.phone} signed in to the Alipay mini-program` })
  return {
    access_token: freshToken(), alipay_user_id: person.alipayUserId, auth_start: beijing(world.clock.now()), expires_in: TOKEN_LIVES_S,
    open_id: person.alipayOpenId, re_expires_in: REFRESH_LIVES_S, refresh_token: freshToken(), user_id: person.alipayUserId,
  }
}

const METHODS: Record<string, Method> = {
  'alipay.system.oauth.token': oauthToken,
  'alipay.trade.create': createTrade,
  'alipay.trade.precreate': precreateTrade,
  'alipay.trade.query': queryTrade,
  'alipay.trade.refund': refundTrade,
  'alipay.trade.fastpay.refund.query': queryRefund,
  'alipay.trade.close': closeTrade,
  'alipay.trade.cancel': cancelTrade,
}

const bizOf = (params: Params): Biz => {
  try {
    return JSON.parse(params.biz_content ?? '{}') as Biz
  } catch {
    throw new GatewayRefusal('40002', 'isv.invalid-parameter', 'biz_content 不是合法的 JSON')
  }
}

/** Alipay's gateway v2: one address, `method` says what. Business refusals are HTTP 200. */
export const alipayRoutes = (world: World, courier: Courier): Hono<Env> => {
  const app = new Hono<Env>()
  courier.register('alipay', alipaySender(world))
  app.use(misbehave(world, 'alipay', c => c.req.query('method') ?? 'gateway'))

  app.post('/gateway.do', async c => {
    const params: Params = { ...c.req.query(), ...Object.fromEntries(new URLSearchParams(await c.req.text())) }
    const method = params.method ?? ''
    const forged = world.faults.take('alipay', 'bad-signature', method) !== undefined
    const type = { 'content-type': 'text/html;charset=utf-8' }
    try {
      verifyCall(world, params)
      const answer = METHODS[method]
      if (!answer) throw new GatewayRefusal('40002', 'isv.invalid-method', '不存在的方法名', true)
      const response = await answer({ world, courier, notifyUrl: params.notify_url }, bizOf(params), params)
      return c.body(signedReply(world, `${method.replaceAll('.', '_')}_response`, response, forged), 200, type)
    } catch (error) {
      if (!(error instanceof GatewayRefusal)) throw error
      return c.body(refusalReply(world, method, error, forged), 200, type)
    }
  })

  return app
}
