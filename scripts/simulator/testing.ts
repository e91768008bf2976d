import { serve } from '@hono/node-server'
import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AlipaySdk as AlipaySdkType } from 'alipay-sdk'
import { makeDemoConfig } from '../demo-config.ts'
import { simulatorClient } from './client.ts'
import { startSimulator, type SimulatorOptions } from './server.ts'

// The payment libraries are the BFF's dependencies: the simulator is tried with the very clients the BFF uses.
const ofBff = createRequire(new URL('../../bff/package.json', import.meta.url))
const { Wechatpay, Aes, Rsa, Formatter } = ofBff('wechatpay-axios-plugin')
const { AlipaySdk } = ofBff('alipay-sdk') as { AlipaySdk: typeof AlipaySdkType }
export { Aes, AlipaySdk, Formatter, Rsa, Wechatpay }

const patienceMs = 30_000

/** A callback that arrived at the stub of the mall. */
export interface Arrived { path: string; headers: Record<string, string>; body: string }

/**
 * A mall of a few lines: keeps what arrives, and answers what the test says (200 with an empty body by default).
 */
export const stubMall = async () => {
  const arrived: Arrived[] = []
  const mall = {
    arrived,
    answer: (_request: Arrived): { status: number; body?: string } => ({ status: 200 }),
    url: '',
    of: (part: string) => arrived.filter(one => one.path.includes(part)),
    stop: () => new Promise<void>(done => { server.close(() => done()); if ('closeAllConnections' in server) server.closeAllConnections() }),
  }
  const server = serve({
    hostname: '127.0.0.1', port: 0,
    fetch: async request => {
      const one = { path: new URL(request.url).pathname, headers: Object.fromEntries(request.headers), body: await request.text() }
      arrived.push(one)
      const { status, body } = mall.answer(one)
      return new Response(status === 204 ? null : body ?? '', { status })
    },
  })
  await new Promise<void>(done => { if (server.listening) done(); else server.once('listening', () => done()) })
  mall.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return mall
}

/** A simulator on a free port with fresh keys, a stub mall behind it, and the real clients in front of it. */
export const startWorld = async (options: Partial<SimulatorOptions> = {}) => {
  const home = mkdtempSync(join(tmpdir(), 'atrium-simulator-'))
  const mall = await stubMall()
  const { bff, simulator: config } = makeDemoConfig({ home, bffPort: Number(new URL(mall.url).port), simulatorPort: 0 })
  const simulator = await startSimulator({ config, port: 0, polling: false, ...options })
  const sim = simulatorClient(simulator.url)
  const { wechatPay, alipay } = bff
  /** Patient, but for the test in which a request hangs. */
  const pay = (privateKey = wechatPay.merchantPrivateKey, timeout = patienceMs) => new Wechatpay({
    mchid: wechatPay.mchId, serial: wechatPay.merchantSerial, privateKey, certs: { [wechatPay.publicKeyId]: wechatPay.publicKey },
    baseURL: `${simulator.url}/wechatpay/`, headers: { 'Wechatpay-Serial': wechatPay.publicKeyId }, timeout,
  })
  const ali = (privateKey = alipay.privateKey) => new AlipaySdk({
    appId: alipay.appId, privateKey, alipayPublicKey: alipay.alipayPublicKey, gateway: `${simulator.url}/alipay/gateway.do`, keyType: 'PKCS8', encryptKey: alipay.aesKey, timeout: patienceMs,
  })
  return {
    bff, config, home, mall, simulator, pay, ali,
    sim,
    /** As it was at the start: nothing bought, nothing arrived, the mall content. */
    clear: async () => {
      await sim.reset()
      mall.arrived.length = 0
      mall.answer = () => ({ status: 200 })
    },
    stop: async () => {
      await simulator.stop()
      await mall.stop()
      rmSync(home, { recursive: true, force: true })
    },
  }
}
export type TestWorld = Awaited<ReturnType<typeof startWorld>>
