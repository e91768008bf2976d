import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestWorld, startWorld } from '../../../../scripts/simulator/testing.ts'
import { alipayChannel } from './channel.ts'

let world: TestWorld
beforeAll(async () => { world = await startWorld() })
afterAll(() => world.stop())
const phone = '13905160022'
const channel = (change: Partial<TestWorld['bff']['alipay']> = {}) => alipayChannel({ alipay: { ...world.bff.alipay, gateway: `${world.simulator.url}/alipay/gateway.do`, ...change } })

test('an auth code tells who it is, once', async () => {
  const alipay = channel()
  const code = await world.sim.alipayAuthCode(phone)
  const { openId } = await alipay.identify(code)
  expect(openId.length).toBeGreaterThan(8)
  await expect(alipay.identify(code)).rejects.toMatchObject({ code: 'channel_sign_in_failed' })
  expect((await alipay.identify(await world.sim.alipayAuthCode(phone))).openId).toBe(openId)
})

test('the sealed reply of the phone opens after its signature was verified', async () => {
  expect(await channel().phoneOf(JSON.stringify(await world.sim.alipayPhoneResponse(phone)))).toBe(phone)
})

test.each([
  ['another signature', (r: Record<string, string>) => ({ ...r, sign: Buffer.from('forged').toString('base64') })],
  ['another ciphertext', (r: Record<string, string>) => ({ ...r, response: r.response!.replace(/^../, 'AA') })],
  ['no signature', ({ sign: _sign, ...r }: Record<string, string>) => r],
  ['no JSON', () => 'mobile=13800000000'],
])('a phone reply with %s is refused', async (_name, change) => {
  const changed = change(await world.sim.alipayPhoneResponse(phone))
  await expect(channel().phoneOf(typeof changed === 'string' ? changed : JSON.stringify(changed))).rejects.toMatchObject({ code: 'phone_code_invalid' })
})

test('a reply whose signature is not Alipay’s is believed in nothing', async () => {
  const strange = channel({ alipayPublicKey: world.bff.wechatPay.publicKey })
  await expect(strange.identify(await world.sim.alipayAuthCode(phone))).rejects.toMatchObject({ code: 'provider_unavailable' })
})

test('nobody there: unavailable', async () => {
  await expect(channel({ gateway: 'http://127.0.0.1:1/gateway.do' }).identify('code')).rejects.toMatchObject({ code: 'provider_unavailable' })
})
