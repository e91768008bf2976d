import { Hono } from 'hono'
import { sameText, randomHex, randomToken, sha256 } from './crypto.ts'
import { misbehave, type Env } from './misbehave.ts'
import { qrPng } from './qr.ts'
import type { OneTimeCode } from './state.ts'
import type { World } from './world.ts'

const CODE_LIVES_MS = 5 * 60_000
const TOKEN_LIVES_MS = 7_200_000
/** In the last five minutes a new token is handed out while the old one still works. */
const TOKEN_OVERLAP_MS = 5 * 60_000
const SCENE = /^[0-9a-zA-Z!#$&'()*+,/:;=?@\-._~]{1,32}$/

/** Lengths of the typed keys of a subscribe message; a longer or malformed value is refused with 47003. */
const DATA_RULES: Record<string, (value: string) => boolean> = {
  thing: value => [...value].length <= 20,
  number: value => /^\d{1,32}$/.test(value),
  character_string: value => /^[\x20-\x7e]{1,32}$/.test(value),
  name: value => [...value].length <= 10,
  phrase: value => /^\p{Script=Han}{1,5}$/u.test(value),
  car_number: value => [...value].length <= 8,
  phone_number: value => /^[\d\-+]{1,17}$/.test(value),
  amount: value => /^[¥￥$]?\d+(\.\d{1,2})?元?$/.test(value),
}

/** A code such as `wx.login` or the phone button gives: single use, five minutes, bound to one appid. */
export const mintCode = (world: World, purpose: OneTimeCode['purpose'], phone: string, appId: string, scope?: string): string => {
  const now = world.clock.now()
  for (const [old, { expiresAt }] of Object.entries(world.state.codes)) if (expiresAt < now) delete world.state.codes[old]
  const code = `0${randomToken(24).slice(0, 31)}`
  world.state.codes[code] = { purpose, phone, appId, expiresAt: now + CODE_LIVES_MS, used: false, scope }
  world.changed()
  return code
}

/** Spends a code; undefined when it is unknown, of another kind, used, too old or of another appid. */
export const spendCode = (world: World, purpose: OneTimeCode['purpose'], code: unknown, appId: string): OneTimeCode | undefined => {
  const found = typeof code === 'string' ? world.state.codes[code] : undefined
  if (!found || found.purpose !== purpose || found.used || found.appId !== appId || found.expiresAt < world.clock.now()) return undefined
  found.used = true
  world.changed()
  return found
}

/** Counts one accepted subscribe message; "one accept = one send". */
export const allowMessages = (world: World, openid: string, templateId: string, count: number): void => {
  const key = `${openid} ${templateId}`
  world.state.subscriptions[key] = (world.state.subscriptions[key] ?? 0) + count
  world.changed()
}

const failure = (errcode: number, errmsg: string) => ({ errcode, errmsg: `${errmsg} rid: ${randomHex(4)}-${randomHex(4)}-${randomHex(4)}` })

const brokenKey = (data: Record<string, { value?: unknown }>): string | undefined =>
  Object.entries(data).find(([key, item]) => {
    const rule = DATA_RULES[key.replace(/\d+$/, '')]
    const value = item?.value
    return typeof value !== 'string' && typeof value !== 'number' ? true : rule ? !rule(String(value)) : false
  })?.[0]

/** The WeChat server APIs a mini-program's back end calls: api.weixin.qq.com. */
export const wechatRoutes = (world: World): Hono<Env> => {
  const app = new Hono<Env>()
  const { appId, appSecret } = world.config.wechat
  app.use(misbehave(world, 'wechat', c => c.req.path))

  const wrongApp = (id: unknown, secret: unknown) =>
    id !== appId ? failure(40013, 'invalid appid') : typeof secret !== 'string' || !sameText(secret, appSecret) ? failure(40125, 'invalid appsecret') : undefined

  const tokenRefusal = (token: string | undefined) => {
    if (!token) return failure(41001, 'access_token missing')
    const known = world.state.tokens.find(one => one.token === token)
    if (!known) return failure(40001, 'invalid credential, access_token is invalid or not latest')
    return known.expiresAt < world.clock.now() ? failure(42001, 'access_token expired') : undefined
  }

  app.get('/sns/jscode2session', c => {
    const { appid, secret, js_code, grant_type } = c.req.query()
    const refused = wrongApp(appid, secret)
    if (refused) return c.json(refused)
    if (grant_type !== 'authorization_code') return c.json(failure(40002, 'invalid grant_type'))
    const code = spendCode(world, 'wechat-login', js_code, appId)
    if (!code) return c.json(failure(40029, 'invalid code,'))
    const person = world.person(code.phone)
    world.log({ vendor: 'wechat', zh: `${person.name} 登录小程序`, en: `${person.phone} signed in to the mini-program` })
    return c.json({ session_key: person.sessionKey, openid: world.openid(person, appId), unionid: person.unionid })
  })

  app.post('/cgi-bin/stable_token', async c => {
    const body = await c.req.json<{ grant_type?: string; appid?: string; secret?: string; force_refresh?: boolean }>()
    const refused = wrongApp(body.appid, body.secret)
    if (refused) return c.json(refused)
    if (body.grant_type !== 'client_credential') return c.json(failure(40002, 'invalid grant_type'))
    const now = world.clock.now()
    world.state.tokens = body.force_refresh ? [] : world.state.tokens.filter(one => one.expiresAt > now)
    let token = world.state.tokens.find(one => one.expiresAt - now > TOKEN_OVERLAP_MS)
    if (!token) {
      token = { token: `${now.toString(36)}_${randomToken(90)}`, expiresAt: now + TOKEN_LIVES_MS }
      world.state.tokens.push(token)
      world.changed()
    }
    return c.json({ access_token: token.token, expires_in: Math.floor((token.expiresAt - now) / 1000) })
  })

  app.post('/wxa/business/getuserphonenumber', async c => {
    const refused = tokenRefusal(c.req.query('access_token'))
    if (refused) return c.json(refused)
    const body = await c.req.json<{ code?: string }>()
    const code = spendCode(world, 'wechat-phone', body.code, appId)
    if (!code) return c.json(failure(40029, 'invalid code'))
    return c.json({
      errcode: 0, errmsg: 'ok',
      phone_info: {
        phoneNumber: code.phone, purePhoneNumber: code.phone, countryCode: '86',
        watermark: { timestamp: Math.floor(world.clock.now() / 1000), appid: appId },
      },
    })
  })

  app.post('/cgi-bin/message/subscribe/send', async c => {
    const refused = tokenRefusal(c.req.query('access_token'))
    if (refused) return c.json(refused)
    const body = await c.req.json<{ touser?: string; template_id?: string; page?: string; data?: Record<string, { value?: unknown }> }>()
    const person = body.touser ? world.find(body.touser) : undefined
    if (!person || person.openids[appId] !== body.touser) return c.json(failure(40003, 'invalid openid'))
    if (!body.template_id) return c.json(failure(40037, 'invalid template_id'))
    const key = `${body.touser} ${body.template_id}`
    if (!(world.state.subscriptions[key]! > 0)) return c.json(failure(43101, 'user refuse to accept the msg'))
    const broken = brokenKey(body.data ?? {})
    if (broken) return c.json(failure(47003, `argument invalid! data.${broken}.value invalid`))
    world.state.subscriptions[key]! -= 1
    const params = Object.fromEntries(Object.entries(body.data ?? {}).map(([name, item]) => [name, item.value]))
    world.state.messages.push({ id: String(world.next()), at: world.clock.now(), channel: 'subscribe', phone: person.phone, openid: body.touser, template: body.template_id, params, page: body.page })
    world.log({ vendor: 'wechat', level: 'good', zh: `${person.name} 收到订阅消息`, en: `${person.phone} received a subscribe message` })
    return c.json({ errcode: 0, errmsg: 'ok', msgid: world.next() })
  })

  app.post('/wxa/getwxacodeunlimit', async c => {
    const refused = tokenRefusal(c.req.query('access_token'))
    if (refused) return c.json(refused)
    const { scene, page = '', width = 430, env_version = 'release' } = await c.req.json<{ scene?: string; page?: string; width?: number; env_version?: string }>()
    if (typeof scene !== 'string' || !SCENE.test(scene)) return c.json(failure(40169, 'invalid length for scene, or the data is not json string'))
    if (page.startsWith('/') || page.includes('?')) return c.json(failure(41030, 'invalid page'))
    if (width < 280 || width > 1280) return c.json(failure(40097, 'invalid args: width'))
    if (!['release', 'trial', 'develop'].includes(env_version)) return c.json(failure(40097, 'invalid args: env_version'))
    const link = `weixin://dl/business/?appid=${appId}&path=${encodeURIComponent(page)}&query=${encodeURIComponent(`scene=${encodeURIComponent(scene)}`)}&env_version=${env_version}`
    const png = qrPng(link, width)
    return c.body(Uint8Array.from(png).buffer, 200, { 'content-type': 'image/png', 'content-disposition': `attachment; filename="${sha256(link).toString('hex').slice(0, 12)}.png"` })
  })

  return app
}
