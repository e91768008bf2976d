import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestWorld, startWorld } from '../../../../scripts/simulator/testing.ts'
import { smsSender } from './sender.ts'

let world: TestWorld
beforeAll(async () => { world = await startWorld() })
afterAll(() => world.stop())
const sender = (change: { secret?: string; apiBase?: string } = {}) => smsSender({ sms: { ...world.bff.sms, apiBase: `${world.simulator.url}/sms`, ...change } })
const message = { phone: '13705160023', template: 'sign_in_code' as const, params: { code: '123456', minutes: '5' }, requestId: 'request-0001' }

test('the phone receives the message, once for each request', async () => {
  await sender().send(message)
  await sender().send(message)
  const received = await world.sim.messages({ phone: message.phone, channel: 'sms' })
  expect(received.map((m) => m.params)).toEqual([{ code: '123456', minutes: '5' }])
})

test.each([['a wrong secret', { secret: 'wrong' }], ['nobody there', { apiBase: 'http://127.0.0.1:1' }]])('%s: unavailable, without number or code in what is thrown', async (_name, change) => {
  const error: unknown = await sender(change).send({ ...message, requestId: 'request-0002' }).catch((e: unknown) => e)
  expect(error).toMatchObject({ code: 'provider_unavailable' })
  expect(JSON.stringify(error)).not.toMatch(/13705160023|123456/)
})
