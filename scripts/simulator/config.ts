import { readJson } from '../kit/json-file.ts'

/** One plate camera and the barrier wired to it. */
export interface CameraConfig {
  serialno: string
  name: string
  laneKind: 'entry' | 'exit'
  carPark: string
}

/**
 * What the outside world knows about the mall: the vendors' own private keys and the mall's public ones.
 * It is the mirror of the BFF's configuration; `scripts/demo-config.ts` makes both together.
 */
export interface SimulatorConfig {
  port: number
  /** Where the cameras push: the BFF's base URL without a trailing slash. */
  bffBase: string
  wechat: { appId: string; appSecret: string }
  wechatPay: {
    mchId: string
    appId: string
    merchantSerial: string
    merchantPublicKey: string
    apiV3Key: string
    publicKeyId: string
    /** The provider's private key: signs replies and callbacks. */
    privateKey: string
  }
  alipay: { appId: string; appPublicKey: string; privateKey: string; sellerId: string; aesKey: string }
  nuonuo: { appKey: string; appSecret: string; accessToken: string; taxNumber: string }
  sms: { accessKey: string; secret: string }
  vzenith: { pathSecret: string; cameras: CameraConfig[] }
}

const SECTIONS = ['wechat', 'wechatPay', 'alipay', 'nuonuo', 'sms', 'vzenith'] as const

/** Reads `.atrium/simulator.json`; a missing section is said in one sentence. */
export const readSimulatorConfig = (file: string): SimulatorConfig => {
  const config = readJson<SimulatorConfig>(file, 'remove it and start again to make a fresh one.')
  const missing = SECTIONS.filter(section => typeof config[section] !== 'object')
  if (missing.length > 0) throw new Error(`${file} has no ${missing.join(', ')}: remove it and start again to make a fresh one.`)
  return config
}
