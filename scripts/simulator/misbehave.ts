import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import type { HttpBindings } from '@hono/node-server'
import type { Context, MiddlewareHandler } from 'hono'
import type { Vendor } from './faults.ts'
import type { World } from './world.ts'

/** Every route sees Node's own request and response, so that a fault can cut the line. */
export interface Env { Bindings: HttpBindings }

const HANG_MS = 30_000
const SLOW_MS = 3_000

interface Words { status500: string; status503: string; status429: string; type: string }

const json = (code: (name: string) => object, names: [string, string, string]): Words => ({
  status500: JSON.stringify(code(names[0])), status503: JSON.stringify(code(names[1])), status429: JSON.stringify(code(names[2])), type: 'application/json',
})
const PAGE: Words = { status500: '<h1>500 Internal Server Error</h1>', status503: '<h1>503 Service Unavailable</h1>', status429: '<h1>429 Too Many Requests</h1>', type: 'text/html' }

const WORDS: Record<Vendor, Words> = {
  wechat: PAGE,
  wechatpay: json(code => ({ code, message: code === 'RATELIMIT_EXCEEDED' ? '请求频率过高，请稍后重试' : '系统异常，请稍后重试' }), ['SYSTEM_ERROR', 'SERVICE_UNAVAILABLE', 'RATELIMIT_EXCEEDED']),
  alipay: PAGE,
  nuonuo: PAGE,
  sms: json(code => ({ code, message: 'try again later' }), ['SYSTEM_ERROR', 'SERVICE_UNAVAILABLE', 'THROTTLED']),
  vzenith: PAGE,
}

const wait = (ms: number) => new Promise<void>(done => { setTimeout(done, ms) })

const cutTheLine = (c: Context<Env>): Response => {
  c.env.outgoing.destroy()
  return RESPONSE_ALREADY_SENT
}

/** Applies the armed HTTP faults of a vendor to the operation that `name` reads from the request. */
export const misbehave = (world: World, vendor: Vendor, name: (c: Context<Env>) => string): MiddlewareHandler<Env> => async (c, next) => {
  const operation = name(c)
  const struck = (kind: Parameters<World['faults']['take']>[1]) => world.faults.take(vendor, kind, operation)
  const say = (zh: string, en: string) => world.log({ vendor, level: 'bad', zh: `${operation}：${zh}`, en: `${operation}: ${en}` })

  for (const [kind, status, body] of [
    ['http-500', 500, WORDS[vendor].status500], ['http-503', 503, WORDS[vendor].status503], ['rate-limited', 429, WORDS[vendor].status429],
  ] as const) {
    if (!struck(kind)) continue
    say(`返回 ${status}`, `answered ${status}`)
    return c.body(body, status, { 'content-type': WORDS[vendor].type })
  }
  const hang = struck('timeout')
  if (hang) {
    say('未受理，请求挂起', 'not accepted, request hangs')
    await wait(hang.delayMs ?? HANG_MS)
    return cutTheLine(c)
  }
  const slow = struck('slow')
  if (slow) await wait(slow.delayMs ?? SLOW_MS)
  const lost = struck('reply-lost')
  await next()
  if (lost) {
    say('已受理，回复丢失', 'accepted, reply lost')
    // Hono keeps the route's reply unless it is cleared first.
    c.res = undefined
    c.res = cutTheLine(c)
  }
  return undefined
}
