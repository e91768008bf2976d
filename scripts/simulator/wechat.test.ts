import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { hmacHex } from './crypto.ts'
import { startWorld, type TestWorld } from './testing.ts'

const PHONE = '13905160002'
let world: TestWorld

beforeAll(async () => { world = await startWorld() })
afterAll(() => world.stop())
afterEach(() => world.sim.reset())

interface Json { errcode?: number; access_token?: string; code?: string }
const get = async (path: string, query: Record<string, string>): Promise<Json> => (await fetch(`${world.simulator.url}/wechat${path}?${new URLSearchParams(query)}`)).json() as Promise<Json>
const send = (path: string, body: object) => fetch(`${world.simulator.url}${path}`, { method: 'POST', body: JSON.stringify(body) })
const post = async (path: string, body: object): Promise<Json> => (await send(path, body)).json() as Promise<Json>
const login = (js_code: string, changes: object = {}) => get('/sns/jscode2session', { appid: world.bff.wechat.appId, secret: world.bff.wechat.appSecret, js_code, grant_type: 'authorization_code', ...changes })
const token = async (changes: object = {}) => post('/wechat/cgi-bin/stable_token', { grant_type: 'client_credential', appid: world.bff.wechat.appId, secret: world.bff.wechat.appSecret, ...changes })
const access = async () => (await token()).access_token!

describe('login', () => {
  test('a code becomes a session, once', async () => {
    const code = await world.sim.loginCode(PHONE)
    const person = await world.sim.person(PHONE)
    expect(await login(code)).toMatchObject({ openid: person.openids[world.bff.wechat.appId], unionid: person.unionid, session_key: expect.any(String) })
    expect((await login(code)).errcode).toBe(40029)
  })

  test('a code dies after five minutes; phone codes and inventions are no login codes; a wrong secret is refused', async () => {
    const code = await world.sim.loginCode(PHONE)
    await world.sim.advance(5 * 60_000 + 1)
    expect((await login(code)).errcode).toBe(40029)
    expect((await login(await world.sim.phoneCode(PHONE))).errcode).toBe(40029)
    expect((await login('invented')).errcode).toBe(40029)
    expect(await login(await world.sim.loginCode(PHONE), { secret: 'x' })).toMatchObject({ errcode: 40125, errmsg: expect.stringMatching(/rid: [0-9a-f]{8}-/) })
    expect((await login(await world.sim.loginCode(PHONE), { appid: 'x' })).errcode).toBe(40013)
  })
})

describe('token', () => {
  test('is stable until its last five minutes, then the old and the new both work', async () => {
    const first = await access()
    expect(await access()).toBe(first)
    await world.sim.advance(7_200_000 - 4 * 60_000)
    const second = await access()
    expect(second).not.toBe(first)
    const phone = async (accessToken: string) => (await post(`/wechat/wxa/business/getuserphonenumber?access_token=${accessToken}`, { code: await world.sim.phoneCode(PHONE) })).errcode
    expect([await phone(first), await phone(second)]).toEqual([0, 0])
    await world.sim.advance(5 * 60_000)
    expect([await phone(first), await phone('nonsense'), await phone('')]).toEqual([42001, 40001, 41001])
  })
})

test('the phone code gives the number, once', async () => {
  const code = await world.sim.phoneCode(PHONE)
  const path = `/wechat/wxa/business/getuserphonenumber?access_token=${await access()}`
  expect(await post(path, { code })).toMatchObject({ errcode: 0, phone_info: { purePhoneNumber: PHONE, countryCode: '86', watermark: { appid: world.bff.wechat.appId } } })
  expect((await post(path, { code })).errcode).toBe(40029)
})

test('one accept allows one subscribe message; broken data and strangers are refused', async () => {
  const openid = (await world.sim.person(PHONE)).openids[world.bff.wechat.appId]
  const path = `/wechat/cgi-bin/message/subscribe/send?access_token=${await access()}`
  const message = { touser: openid, template_id: 'tmpl-1', page: 'pages/home', data: { thing1: { value: '停车缴费成功' }, amount2: { value: '¥12.00' } } }
  expect((await post(path, message)).errcode).toBe(43101)
  await world.sim.subscribe(PHONE, ['tmpl-1'], false)
  expect((await post(path, message)).errcode).toBe(43101)
  await world.sim.subscribe(PHONE, ['tmpl-1'])
  expect((await post(path, { ...message, data: { thing1: { value: '长'.repeat(21) } } })).errcode).toBe(47003)
  expect((await post(path, message)).errcode).toBe(0)
  expect((await post(path, message)).errcode).toBe(43101)
  expect((await post(path, { ...message, touser: 'oNobody' })).errcode).toBe(40003)
  expect(await world.sim.messages({ phone: PHONE, channel: 'subscribe' })).toMatchObject([{ template: 'tmpl-1', params: { thing1: '停车缴费成功' } }])
})

test('a mini-program code is a PNG; a bad scene is a JSON refusal', async () => {
  const path = `/wechat/wxa/getwxacodeunlimit?access_token=${await access()}`
  const reply = await send(path, { scene: 'c=1a2b3c', page: 'coupon/list', check_path: false })
  expect(reply.headers.get('content-type')).toBe('image/png')
  expect(Buffer.from(await reply.arrayBuffer()).subarray(0, 8).toString('hex')).toBe('89504e470d0a1a0a')
  expect((await post(path, { scene: '中文' })).errcode).toBe(40169)
  expect((await post(path, { scene: 'x'.repeat(33) })).errcode).toBe(40169)
})

describe('SMS', () => {
  const sms = (body: object, changes: Record<string, string> = {}) => {
    const raw = JSON.stringify(body)
    const timestamp = changes['X-Timestamp'] ?? String(Math.floor(Date.now() / 1000))
    return fetch(`${world.simulator.url}/sms/send`, {
      method: 'POST', body: raw,
      headers: { 'X-Access-Key': world.bff.sms.accessKey, 'X-Timestamp': timestamp, 'X-Signature': hmacHex(`${timestamp}\n${raw}`, world.bff.sms.secret), ...changes },
    })
  }
  const body = { phone: '13711112222', template: 'sign-in', params: { code: '246810' }, requestId: 'r-1' }

  test('arrives on the phone, once for one requestId', async () => {
    expect(await (await sms(body)).json()).toMatchObject({ code: 'OK', messageId: expect.any(String) })
    await sms(body)
    expect((await world.sim.lastSms('13711112222')).params).toEqual({ code: '246810' })
    expect(await world.sim.messages({ phone: '13711112222' })).toHaveLength(1)
  })

  test.each([
    ['wrong signature', { 'X-Signature': '00' }, 'SIGNATURE_MISMATCH'],
    ['wrong access key', { 'X-Access-Key': 'AK0' }, 'INVALID_ACCESS_KEY'],
    ['old timestamp', { 'X-Timestamp': '1700000000' }, 'TIMESTAMP_EXPIRED'],
  ])('refuses a %s', async (_name, changes, code) => {
    const reply = await sms(body, changes)
    expect([reply.status, ((await reply.json()) as Json).code]).toEqual([401, code])
  })
})
