import type { Config } from '../config.ts'
import type { Deps } from '../context.ts'
import { openPool } from '../db/pool.ts'
import { makeLog } from '../log.ts'
import { alipayGateway } from './alipay/gateway.ts'
import { alipayChannel } from './alipay-login/channel.ts'
import { nuonuoIssuer } from './nuonuo/issuer.ts'
import { smsSender } from './sms/sender.ts'
import { vzenithGate } from './vzenith/gate.ts'
import { wechatChannel } from './wechat/channel.ts'
import { wechatPayGateway } from './wechat-pay/gateway.ts'

/** The real outside of a process: clock, database and vendors as the configuration names them. */
export function openDeps(config: Config, name: string): Deps {
  const { pool, db } = openPool(config.databaseUrl)
  return {
    now: () => new Date(), config, pool, db, log: makeLog(name),
    gateways: { wechat: wechatPayGateway(config), alipay: alipayGateway(config) },
    channels: { wechat: wechatChannel(config), alipay: alipayChannel(config) },
    issuer: nuonuoIssuer(config), sms: smsSender(config), gates: vzenithGate(config),
  }
}
