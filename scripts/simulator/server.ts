import { serve, type ServerType } from '@hono/node-server'
import { Hono } from 'hono'
import type { AddressInfo } from 'node:net'
import { alipayRoutes } from './alipay.ts'
import { virtualClock, type VirtualClock } from './clock.ts'
import type { SimulatorConfig } from './config.ts'
import { controlRoutes } from './control.ts'
import { createCourier } from './deliver.ts'
import type { Env } from './misbehave.ts'
import { nuonuoRoutes, resumeInvoices } from './nuonuo.ts'
import { smsRoutes } from './sms.ts'
import { pageRoutes } from './page.ts'
import { createGates } from './vzenith.ts'
import { wechatRoutes } from './wechat.ts'
import { resumeRefunds, wechatPayRoutes } from './wechat-pay.ts'
import { createWorld, type World } from './world.ts'

export interface SimulatorOptions {
  config: SimulatorConfig
  /** 0 takes a free port. */
  port: number
  /** The clock underneath the virtual one; the real one by default. */
  now?: () => number
  /** Keeps the world over restarts. */
  snapshotFile?: string
  /** Cameras poll for orders each second; tests may poll by hand instead. */
  polling?: boolean
  /** How long a barrier stays up, by the simulated clock; five seconds by default. */
  staysOpenMs?: number
}

export interface Simulator { url: string; world: World; clock: VirtualClock; stop(): Promise<void> }

const listen = (app: Hono<Env>, port: number): Promise<ServerType> => new Promise((done, fail) => {
  const server = serve({ fetch: app.fetch, port, hostname: '127.0.0.1' }, () => done(server))
  server.once('error', fail)
})

/** Starts the outside world on 127.0.0.1. `stop` closes every connection and saves the world. */
export const startSimulator = async ({ config, port, now, snapshotFile, polling = true, staysOpenMs }: SimulatorOptions): Promise<Simulator> => {
  const clock = virtualClock(now)
  const world = createWorld(config, clock, snapshotFile)
  const courier = createCourier(world)
  const gates = createGates(world, staysOpenMs)

  let url = ''
  const app = new Hono<Env>()
  app.route('/wechat', wechatRoutes(world))
  app.route('/wechatpay', wechatPayRoutes(world, courier))
  app.route('/alipay', alipayRoutes(world, courier))
  app.route('/nuonuo', nuonuoRoutes(world, courier, () => url))
  app.route('/sms', smsRoutes(world))
  app.route('/sim', controlRoutes(world, courier, gates))
  app.route('/', pageRoutes())

  const server = await listen(app, port)
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  courier.resume()
  resumeRefunds(world, courier)
  resumeInvoices(world, courier, `${url}/nuonuo/files`)
  if (polling) gates.start()

  return {
    url,
    world,
    clock,
    stop: async () => {
      gates.stop()
      clock.stop()
      world.save()
      await new Promise<void>(done => {
        server.close(() => done())
        if ('closeAllConnections' in server) server.closeAllConnections()
      })
    },
  }
}
