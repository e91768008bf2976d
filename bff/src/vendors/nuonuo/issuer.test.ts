import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestWorld, startWorld } from '../../../../scripts/simulator/testing.ts'
import type { FapiaoOrder } from '../../fapiao/issuer.ts'
import { testConfig } from '../../http/test-kit.ts'
import { nuonuoIssuer } from './issuer.ts'

let world: TestWorld
let issuer: ReturnType<typeof nuonuoIssuer>
beforeAll(async () => {
  world = await startWorld()
  issuer = nuonuoIssuer({ ...testConfig('mysql://unused'), nuonuo: { ...world.bff.nuonuo, apiBase: `${world.simulator.url}/nuonuo` } })
})
afterAll(() => world.stop())

const order = (orderNumber: string, name = '林小满'): FapiaoOrder => ({
  orderNumber, buyer: { name, creditCode: null, address: null, phone: null, bank: null, account: null }, taxRatePerMille: 90, requestedAt: new Date(),
  lines: [{ name: '车辆停放服务', taxCode: '3040502020200000000', grossFen: 900, netFen: 826, taxFen: 74 }],
  rental: { address: '江苏省徐州市云龙区和平路 1 号', from: new Date(Date.now() - 3_600_000), until: new Date(), plates: ['苏C8K6Q2'] }, callbackUrl: `${world.mall.url}/callback/nuonuo/invoice`,
})

test('the same number sent twice is one order under way; what the provider will not take is refused', async () => {
  expect(await issuer.query('F2611200000000000001')).toEqual({ state: 'unknown' })
  expect(await issuer.issue(order('F2611200000000000001'))).toEqual({ state: 'issuing' })
  expect(await issuer.issue(order('F2611200000000000001'))).toEqual({ state: 'issuing' })
  expect(await issuer.issue(order('F2611200000000000002', ''))).toMatchObject({ state: 'failed' })
  await world.sim.advance(5_000)
  expect(await issuer.query('F2611200000000000001')).toMatchObject({ state: 'issued', pdfUrl: expect.stringContaining('.pdf') })
  expect(await world.sim.invoices()).toHaveLength(1)
})

test('issued but not signed is under way and signed again: one invoice with one number', async () => {
  await world.sim.fault({ vendor: 'nuonuo', kind: 'invoice-sign-fail' })
  await issuer.issue(order('F2611200000000000003'))
  await world.sim.advance(5_000)
  const unsigned = (await world.sim.invoices()).find((one) => one.orderNo === 'F2611200000000000003')!
  expect(await issuer.query('F2611200000000000003')).toEqual({ state: 'issuing' })
  await world.sim.advance(5_000)
  expect(await issuer.query('F2611200000000000003')).toMatchObject({ state: 'issued', number: unsigned.number, pdfUrl: expect.stringContaining('.pdf') })
})

test('a red one sent twice under its number is one; a second number is refused', async () => {
  await issuer.issue(order('F2611200000000000004'))
  await world.sim.advance(5_000)
  const blue = await issuer.query('F2611200000000000004')
  const number = blue.state === 'issued' ? blue.number : ''
  expect(await issuer.reverse({ redOrderNumber: 'R2611200000000000004', number })).toEqual({ state: 'issuing' })
  expect(await issuer.reverse({ redOrderNumber: 'R2611200000000000004', number })).toEqual({ state: 'issuing' })
  expect(await issuer.reverse({ redOrderNumber: 'R2611200000000000005', number })).toMatchObject({ state: 'failed' })
})
