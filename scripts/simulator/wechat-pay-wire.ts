import type { Context, MiddlewareHandler } from 'hono'
import { randomDigits, randomToken, randomUpper, rsaSign, rsaVerify, sealGcm, strangersKey } from './crypto.ts'
import { rfc3339 } from './clock.ts'
import type { Sender } from './deliver.ts'
import type { Env } from './misbehave.ts'
import type { World } from './world.ts'

const SKEW_MS = 5 * 60_000
const SCHEME = 'WECHATPAY2-SHA256-RSA2048 '

/** A refusal as the provider words it; `number` ends the `Request-ID` header. */
export class PayRefusal extends Error {
  readonly status: 400 | 401 | 403 | 404 | 429
  readonly code: string
  readonly number: number
  readonly detail?: object
  constructor(status: 400 | 401 | 403 | 404 | 429, code: string, message: string, number = 0, detail?: object) {
    super(message)
    this.status = status
    this.code = code
    this.number = number
    this.detail = detail
  }
}

/** 400 PARAM_ERROR naming the field, as the provider does. */
export const badParameter = (field: string, issue: string): PayRefusal =>
  new PayRefusal(400, 'PARAM_ERROR', `输入源“/body${field}”规则校验失败：${issue}`, 268435461, { location: 'body', field, issue })

const parseAuthorization = (header: string): Record<string, string> =>
  Object.fromEntries([...header.slice(SCHEME.length).matchAll(/(\w+)="([^"]*)"/g)].map(match => [match[1], match[2]]))

const requestId = (number: number) => `08${randomUpper(30)}-${number}`

/** Checks the merchant's signature over method, path and query as sent, time, nonce and body. */
const verifyMerchant = async (c: Context<Env>, world: World): Promise<void> => {
  const { mchId, merchantSerial, merchantPublicKey } = world.config.wechatPay
  const header = c.req.header('authorization') ?? ''
  if (!header.startsWith(SCHEME)) throw new PayRefusal(401, 'SIGN_ERROR', 'Http头Authorization值格式错误，请参考《微信支付商户REST API签名规则》', 268443699)
  const parts = parseAuthorization(header)
  if (parts.mchid !== mchId || parts.serial_no !== merchantSerial) throw new PayRefusal(401, 'SIGN_ERROR', '商户证书序列号有误。请使用签名私钥匹配的证书序列号', 268443699)
  if (!world.clock.near(Number(parts.timestamp) * 1000, SKEW_MS)) throw new PayRefusal(401, 'SIGN_ERROR', 'Http头Authorization中的timestamp与发起请求的时间不得超过5分钟', 268443699)
  const url = new URL(c.req.url)
  const message = `${c.req.method}\n${url.pathname}${url.search}\n${parts.timestamp}\n${parts.nonce_str}\n${await c.req.text()}\n`
  if (rsaVerify(message, parts.signature ?? '', merchantPublicKey)) return
  throw new PayRefusal(401, 'SIGN_ERROR', '错误的签名，验签失败', 268443699, {
    field: 'signature', issue: 'sign not match', location: 'authorization',
    sign_information: { method: c.req.method, url: `${url.pathname}${url.search}`, sign_message_length: Buffer.byteLength(message), truncated_sign_message: message.split('\n').map(line => line.slice(0, 64)).join('\n') },
  })
}

const signedHeaders = (world: World, body: string, stampMs: number, key: string): Record<string, string> => {
  const timestamp = String(Math.floor(stampMs / 1000))
  const nonce = randomToken(24)
  return {
    'Wechatpay-Timestamp': timestamp,
    'Wechatpay-Nonce': nonce,
    'Wechatpay-Serial': world.config.wechatPay.publicKeyId,
    'Wechatpay-Signature': rsaSign(`${timestamp}\n${nonce}\n${body}\n`, key),
    'Wechatpay-Signature-Type': 'WECHATPAY2-SHA256-RSA2048',
  }
}

/** Checks every request and signs every 2xx reply; other replies carry no usable signature. */
export const signedExchange = (world: World): MiddlewareHandler<Env> => async (c, next) => {
  await verifyMerchant(c, world)
  await next()
  if (c.res.status >= 300) return
  const forged = world.faults.take('wechatpay', 'bad-signature', c.req.path)
  const body = await c.res.clone().text()
  const headers = signedHeaders(world, body, Date.now(), forged ? strangersKey() : world.config.wechatPay.privateKey)
  for (const [name, value] of Object.entries(headers)) c.res.headers.set(name, value)
  c.res.headers.set('Request-ID', requestId(0))
}

/** Words a refusal as the provider does: `{code, message, detail?}` and a `Request-ID` that ends in the number. */
export const wordRefusal = (error: Error, c: Context<Env>): Response => {
  if (error instanceof SyntaxError) return wordRefusal(new PayRefusal(400, 'PARAM_ERROR', '请求体不是合法的 JSON', 268435461), c)
  if (!(error instanceof PayRefusal)) throw error
  return c.json({ code: error.code, message: error.message, ...(error.detail && { detail: error.detail }) }, error.status, { 'Request-ID': requestId(error.number) })
}

/** How WeChat Pay callbacks are sealed, signed and acknowledged: 200 or 204. */
export const wechatPaySender = (world: World): Sender => ({
  write: (delivery, trick) => {
    const { apiV3Key, privateKey } = world.config.wechatPay
    const resource = delivery.notice.resource as Record<string, unknown>
    const original = String(delivery.notice.original_type)
    const nonce = randomDigits(12)
    const body = JSON.stringify({
      id: delivery.notice.id,
      create_time: delivery.notice.create_time,
      resource_type: 'encrypt-resource',
      event_type: delivery.notice.event_type,
      summary: delivery.notice.summary,
      resource: {
        original_type: original, algorithm: 'AEAD_AES_256_GCM',
        ciphertext: sealGcm(JSON.stringify(resource), apiV3Key, nonce, original), associated_data: original, nonce,
      },
    })
    const headers = signedHeaders(world, body, world.clock.wall(), trick === 'forged' ? strangersKey() : privateKey)
    if (trick === 'probe') headers['Wechatpay-Signature'] = `WECHATPAY/SIGNTEST/${randomToken(180)}`
    return { headers: { ...headers, 'Request-ID': requestId(0), 'Content-Type': 'application/json', 'User-Agent': 'Mozilla/4.0' }, body }
  },
  received: status => status === 200 || status === 204,
})

/** The envelope of a callback before it is sealed. */
export const notice = (world: World, event: string, original: 'transaction' | 'refund', summary: string, resource: object): Record<string, unknown> => ({
  id: crypto.randomUUID(), create_time: rfc3339(world.clock.now()), event_type: event, original_type: original, summary, resource: { ...resource },
})
