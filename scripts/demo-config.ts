import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { readJson, writeJson } from './kit/json-file.ts'
import { PlainError } from './kit/say.ts'
import type { CameraConfig, SimulatorConfig } from './simulator/config.ts'

/** The BFF's configuration as `bff/src/config.ts` reads it. */
export interface BffConfig {
  baseUrl: string
  port: number
  databaseUrl: string
  /** Where exports lie. */
  filesDir: string
  /** No balancer looks on, so nobody waits. */
  unreadyMs: number
  /** Each is base64 of 32 random bytes. */
  keys: { field: string; blindIndex: string; session: string; codes: string }
  wechat: { appId: string; appSecret: string; apiBase: string }
  wechatPay: { mchId: string; appId: string; merchantSerial: string; merchantPrivateKey: string; apiV3Key: string; publicKeyId: string; publicKey: string; apiBase: string }
  alipay: { appId: string; privateKey: string; alipayPublicKey: string; gateway: string; sellerId: string; aesKey: string }
  nuonuo: { appKey: string; appSecret: string; accessToken: string; taxNumber: string; sellerName: string; apiBase: string }
  sms: { accessKey: string; secret: string; apiBase: string }
  vzenith: { pathSecret: string }
}

export interface DemoConfigOptions {
  /** The folder of local state, `.atrium` by default elsewhere. */
  home: string
  bffPort: number
  simulatorPort: number
  /** Set once the database is up; empty until then. */
  databaseUrl?: string
}

/** The lanes of the two car parks of the demo mall. */
export const DEMO_CAMERAS: readonly CameraConfig[] = [
  { serialno: 'vz-p1-in-1', name: 'P1 入口1', laneKind: 'entry', carPark: 'P1' },
  { serialno: 'vz-p1-in-2', name: 'P1 入口2', laneKind: 'entry', carPark: 'P1' },
  { serialno: 'vz-p1-out-1', name: 'P1 出口1', laneKind: 'exit', carPark: 'P1' },
  { serialno: 'vz-p1-out-2', name: 'P1 出口2', laneKind: 'exit', carPark: 'P1' },
  { serialno: 'vz-p2-in-1', name: 'P2 入口', laneKind: 'entry', carPark: 'P2' },
  { serialno: 'vz-p2-out-1', name: 'P2 出口', laneKind: 'exit', carPark: 'P2' },
]

const secret = (bytes = 32) => randomBytes(bytes).toString('base64')
const hex = (bytes: number) => randomBytes(bytes).toString('hex')
const digits = (count: number) => Array.from(randomBytes(count), byte => byte % 10).join('')

const rsaPair = () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  return { privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string, publicKey: publicKey.export({ type: 'spki', format: 'pem' }) as string }
}

/** Fresh keys and secrets for both sides: what the mall signs with, the simulator verifies, and the other way round. */
const fresh = ({ home, bffPort, simulatorPort, databaseUrl = '' }: DemoConfigOptions): { bff: BffConfig; simulator: SimulatorConfig } => {
  const [merchant, wechatPay, app, alipay] = [rsaPair(), rsaPair(), rsaPair(), rsaPair()]
  const wechat = { appId: `wx${hex(8)}`, appSecret: hex(16) }
  const pay = { mchId: `16${digits(8)}`, appId: wechat.appId, merchantSerial: hex(20).toUpperCase(), apiV3Key: hex(16), publicKeyId: `PUB_KEY_ID_01${digits(28)}` }
  const alipayIds = { appId: `2021${digits(12)}`, sellerId: `2088${digits(12)}`, aesKey: secret(16) }
  const nuonuo = { appKey: digits(8), appSecret: hex(16).toUpperCase(), accessToken: hex(24), taxNumber: '91320303MA27XAT5KQ' }
  const sms = { accessKey: `AK${hex(8)}`, secret: hex(24) }
  const vzenith = { pathSecret: hex(16) }
  const baseUrl = `http://127.0.0.1:${bffPort}`
  const outside = `http://127.0.0.1:${simulatorPort}`
  return {
    bff: {
      baseUrl, port: bffPort, databaseUrl, unreadyMs: 0, filesDir: join(home, 'files'),
      keys: { field: secret(), blindIndex: secret(), session: secret(), codes: secret() },
      wechat: { ...wechat, apiBase: `${outside}/wechat` },
      wechatPay: { ...pay, merchantPrivateKey: merchant.privateKey, publicKey: wechatPay.publicKey, apiBase: `${outside}/wechatpay` },
      alipay: { ...alipayIds, privateKey: app.privateKey, alipayPublicKey: alipay.publicKey, gateway: `${outside}/alipay/gateway.do` },
      nuonuo: { ...nuonuo, sellerName: '徐州云龙天地商业管理有限公司', apiBase: `${outside}/nuonuo` },
      sms: { ...sms, apiBase: `${outside}/sms` },
      vzenith,
    },
    simulator: {
      port: simulatorPort, bffBase: baseUrl, wechat,
      wechatPay: { ...pay, merchantPublicKey: merchant.publicKey, privateKey: wechatPay.privateKey },
      alipay: { ...alipayIds, appPublicKey: app.publicKey, privateKey: alipay.privateKey },
      nuonuo, sms, vzenith: { ...vzenith, cameras: [...DEMO_CAMERAS] },
    },
  }
}

const read = <T>(file: string): T => readJson(file, 'its keys cannot be made again, so restore it, or begin anew with npm start -- --reset.')

/** Moves the addresses of kept configurations to the ports and the folder of this start; keys and secrets stay. */
const readdress = (bff: BffConfig, simulator: SimulatorConfig, { home, bffPort, simulatorPort, databaseUrl }: DemoConfigOptions): void => {
  const outside = `http://127.0.0.1:${simulatorPort}`
  const ours = (address: string) => /^http:\/\/127\.0\.0\.1:\d+\//.test(address) ? `${outside}${new URL(address).pathname}` : address
  if (/^http:\/\/127\.0\.0\.1:\d+$/.test(bff.baseUrl)) bff.baseUrl = `http://127.0.0.1:${bffPort}`
  Object.assign(bff, { port: bffPort, databaseUrl: databaseUrl ?? bff.databaseUrl, filesDir: join(home, 'files'), unreadyMs: 0 })
  for (const vendor of [bff.wechat, bff.wechatPay, bff.nuonuo, bff.sms]) vendor.apiBase = ours(vendor.apiBase)
  bff.alipay.gateway = ours(bff.alipay.gateway)
  Object.assign(simulator, { port: simulatorPort, bffBase: `http://127.0.0.1:${bffPort}` })
}

/**
 * The two configurations of a demo: `config.json` for the BFF, `simulator.json` for the outside world, both 0600 in `home`.
 * Made once with fresh keys and reused afterwards, so that what was signed or encrypted stays readable; only addresses that
 * point at this machine follow the ports. Addresses of real vendors, once configured, are left alone.
 */
export const makeDemoConfig = (options: DemoConfigOptions): { bff: BffConfig; simulator: SimulatorConfig } => {
  const files = { bff: join(options.home, 'config.json'), simulator: join(options.home, 'simulator.json') }
  mkdirSync(options.home, { recursive: true, mode: 0o700 })
  const [hasBff, hasSimulator] = [existsSync(files.bff), existsSync(files.simulator)]
  // Their keys belong together; a fresh pair would make what the lone one encrypted unreadable.
  if (hasBff !== hasSimulator) throw new PlainError(`${hasBff ? files.simulator : files.bff} is missing beside ${hasBff ? files.bff : files.simulator}: restore it, or remove the folder to begin anew.`)
  const both = hasBff ? { bff: read<BffConfig>(files.bff), simulator: read<SimulatorConfig>(files.simulator) } : fresh(options)
  readdress(both.bff, both.simulator, options)
  writeJson(files.bff, both.bff)
  writeJson(files.simulator, both.simulator)
  return both
}
