import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type TestWorld, startWorld } from '../../../../scripts/simulator/testing.ts'
import { wechatChannel } from './channel.ts'

let world: TestWorld
beforeAll(async () => { world = await startWorld() })
afterEach(() => world.sim.clearFaults())
afterAll(() => world.stop())
const phone = '13805160021'
const channel = (change: { appSecret?: string } = {}) => wechatChannel({ wechat: { ...world.bff.wechat, apiBase: `${world.simulator.url}/wechat`, ...change } })

test('a login code tells who it is, and nothing of the session key', async () => {
  const identity = await channel().identify(await world.sim.loginCode(phone))
  expect(Object.keys(identity).sort()).toEqual(['openId', 'unionId'])
  expect(identity.openId).toMatch(/^o/)
})

test('the same person is the same openid; a code works once', async () => {
  const wechat = channel()
  const code = await world.sim.loginCode(phone)
  const first = await wechat.identify(code)
  expect(await wechat.identify(await world.sim.loginCode(phone))).toEqual(first)
  await expect(wechat.identify(code)).rejects.toMatchObject({ code: 'channel_sign_in_failed' })
})

test('the code of the phone button tells the number, once', async () => {
  const wechat = channel()
  const code = await world.sim.phoneCode(phone)
  expect(await wechat.phoneOf(code)).toBe(phone)
  await expect(wechat.phoneOf(code)).rejects.toMatchObject({ code: 'phone_code_invalid' })
})

test('a login code is no phone code', async () => {
  await expect(channel().phoneOf(await world.sim.loginCode(phone))).rejects.toMatchObject({ code: 'phone_code_invalid' })
})

test('one token serves many calls, and a dead one is renewed', async () => {
  const wechat = channel()
  expect(await Promise.all([1, 2, 3].map(async () => wechat.phoneOf(await world.sim.phoneCode(phone))))).toEqual([phone, phone, phone])
  // Three hours later the token that is kept is over on the other side.
  await world.sim.advance(3 * 3_600_000)
  expect(await wechat.phoneOf(await world.sim.phoneCode(phone))).toBe(phone)
})

test('a wrong secret is refused by the other side', async () => {
  await expect(channel({ appSecret: 'wrong' }).identify(await world.sim.loginCode(phone))).rejects.toMatchObject({ code: 'channel_sign_in_failed' })
  await expect(channel({ appSecret: 'wrong' }).phoneOf(await world.sim.phoneCode(phone))).rejects.toMatchObject({ code: 'provider_unavailable' })
})

test('nobody there: unavailable, and no secret in what is thrown', async () => {
  const gone = wechatChannel({ wechat: { ...world.bff.wechat, apiBase: 'http://127.0.0.1:1' } })
  const error: unknown = await gone.identify('code').catch((e: unknown) => e)
  expect(error).toMatchObject({ code: 'provider_unavailable' })
  expect(JSON.stringify(error)).not.toContain(world.bff.wechat.appSecret)
})
