import { Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
import { phoneResponse } from './alipay-wire.ts'
import type { Courier } from './deliver.ts'
import { FaultRefused, FAULT_KINDS, VENDORS, type FaultOrder } from './faults.ts'
import type { Env } from './misbehave.ts'
import type { Person } from './people.ts'
import { pay, PhoneRefusal, scan, whose, type PayTarget } from './phones.ts'
import { emptyState, type WorldEvent, type WorldState } from './state.ts'
import { openTrades } from './trades.ts'
import { allowMessages, mintCode } from './wechat.ts'
import { UnknownCamera, type Drive, type Gates } from './vzenith.ts'
import type { World } from './world.ts'

const RECENT = 60
const BEAT_MS = 15_000
const KEPT_ON_RESET: readonly (keyof WorldState)[] = ['cameras', 'clockOffset', 'serial']

/** A person without the session key. */
const shown = (person: Person): Omit<Person, 'sessionKey'> => {
  const { phone, name, openids, unionid, alipayOpenId, alipayUserId } = person
  return { phone, name, openids, unionid, alipayOpenId, alipayUserId }
}

/** The world as JSON: what the page draws and what tests read. Session keys, tokens and codes stay inside. */
export const worldView = (world: World) => {
  const { state, clock, faults } = world
  return {
    now: clock.now(), offset: clock.offset(),
    people: state.people.map(shown),
    openTrades: openTrades(world), trades: state.trades.slice(-RECENT).reverse(), refunds: state.refunds.slice(-RECENT).reverse(),
    invoices: state.invoices.slice(-RECENT).reverse(), cameras: state.cameras, messages: state.messages.slice(-RECENT).reverse(),
    deliveries: state.deliveries, faults: faults.list(), events: state.events.slice(-RECENT).reverse(),
  }
}
export type WorldView = ReturnType<typeof worldView>

/** Empties the world for the next test; people, cameras and the clock stay. */
const reset = (world: World): void => {
  const fresh = emptyState()
  for (const key of Object.keys(fresh) as (keyof WorldState)[]) {
    const value = world.state[key]
    if (KEPT_ON_RESET.includes(key) || key === 'people') continue
    if (Array.isArray(value)) value.length = 0
    else if (typeof value === 'object') for (const name of Object.keys(value)) delete (value as Record<string, unknown>)[name]
  }
  for (const camera of world.state.cameras) Object.assign(camera, { barrier: 'closed', raised: 0, jammed: false, offline: false, stored: [], waiting: undefined })
  world.changed()
}

/** The control API under /sim: what a person does by clicking, a test does by calling. */
export const controlRoutes = (world: World, courier: Courier, gates: Gates): Hono<Env> => {
  const app = new Hono<Env>()

  app.onError((error, c) => {
    if (error instanceof PhoneRefusal) return c.json({ error: { code: error.code, message: error.message } }, error.status)
    if (error instanceof UnknownCamera) return c.json({ error: { code: 'camera_unknown', message: error.message } }, 404)
    if (error instanceof FaultRefused || error instanceof SyntaxError) return c.json({ error: { code: 'bad_request', message: error.message } }, 400)
    console.error('simulator:', error)
    return c.json({ error: { code: 'internal', message: error.message } }, 500)
  })

  // A web page elsewhere cannot send JSON here without asking first, so it cannot play the world behind one's back.
  app.use(async (c, next) => {
    if (c.req.method === 'GET' || c.req.header('content-type')?.startsWith('application/json')) return next()
    return c.json({ error: { code: 'bad_request', message: 'send application/json' } }, 415)
  })

  app.get('/world', c => c.json(worldView(world)))
  app.get('/fault-kinds', c => c.json({ vendors: VENDORS, kinds: FAULT_KINDS }))
  app.post('/reset', c => { reset(world); return c.json({ ok: true }) })

  app.post('/people', async c => {
    const { phone, name } = await c.req.json<{ phone: string; name?: string }>()
    if (!/^1\d{10}$/.test(phone)) throw new PhoneRefusal('phone_invalid', 'phone must be 11 digits')
    return c.json(shown(world.person(phone, name)))
  })

  app.post('/phones/:key/pay', async c => c.json(await pay(world, courier, c.req.param('key'), await c.req.json<PayTarget>())))
  app.post('/phones/:key/scan', async c => c.json(scan(world, c.req.param('key'), (await c.req.json<{ codeUrl: string }>()).codeUrl)))

  const code = (purpose: Parameters<typeof mintCode>[1], appId: string) => async (key: string) => ({ code: mintCode(world, purpose, whose(world, key).phone, appId) })
  const loginCode = code('wechat-login', world.config.wechat.appId)
  const phoneCode = code('wechat-phone', world.config.wechat.appId)
  const authCode = code('alipay-auth', world.config.alipay.appId)
  app.post('/wechat/login', async c => c.json(await loginCode((await c.req.json<{ phone: string }>()).phone)))
  app.post('/wechat/phone-code', async c => c.json(await phoneCode((await c.req.json<{ phone: string }>()).phone)))
  app.post('/alipay/auth-code', async c => c.json(await authCode((await c.req.json<{ phone: string }>()).phone)))
  app.post('/alipay/phone-response', async c => c.json(phoneResponse(world, whose(world, (await c.req.json<{ phone: string }>()).phone).phone)))

  app.post('/wechat/subscribe', async c => {
    const { phone, templateIds, count = 1, accept = true } = await c.req.json<{ phone: string; templateIds: string[]; count?: number; accept?: boolean }>()
    const openid = world.openid(whose(world, phone), world.config.wechat.appId)
    if (accept) for (const templateId of templateIds) allowMessages(world, openid, templateId, count)
    return c.json(Object.fromEntries(templateIds.map(templateId => [templateId, accept ? 'accept' : 'reject'])))
  })

  app.post('/cars', async c => {
    const drive = await c.req.json<Drive>()
    if (!drive.plate || [...drive.plate].length > 16) throw new PhoneRefusal('plate_invalid', 'a plate has 1 to 16 characters')
    return c.json(await gates.drive(drive))
  })
  app.post('/cameras/:serialno/jam', async c => { gates.jam(c.req.param('serialno'), (await c.req.json<{ jammed: boolean }>()).jammed); return c.json({ ok: true }) })
  app.post('/cameras/:serialno/offline', async c => { await gates.offline(c.req.param('serialno'), (await c.req.json<{ offline: boolean }>()).offline); return c.json({ ok: true }) })
  app.post('/cameras/:serialno/poll', async c => { await gates.poll(c.req.param('serialno')); return c.json({ ok: true }) })

  app.get('/faults', c => c.json(world.faults.list()))
  app.post('/faults', async c => c.json(world.faults.add(await c.req.json<FaultOrder>())))
  app.delete('/faults', c => { world.faults.clear(); return c.json({ ok: true }) })
  app.delete('/faults/:id', c => { world.faults.clear(c.req.param('id')); return c.json({ ok: true }) })

  app.post('/clock/advance', async c => {
    const { ms } = await c.req.json<{ ms: number }>()
    await world.clock.advance(ms)
    world.log({ vendor: 'world', zh: `时间前进 ${Math.round(ms / 1000)} 秒`, en: `Clock moved on ${Math.round(ms / 1000)} s` })
    return c.json({ now: world.clock.now(), offset: world.clock.offset() })
  })

  app.get('/messages', c => {
    const { phone, channel } = c.req.query()
    return c.json(world.state.messages.filter(message => (!phone || message.phone === phone) && (!channel || message.channel === channel)).slice(-RECENT).reverse())
  })

  app.get('/events', c => streamSSE(c, async stream => {
    const queue: (WorldEvent | null)[] = []
    let wake = () => {}
    const unwatch = world.watch(event => {
      if (event !== null || queue.at(-1) !== null) queue.push(event)
      wake()
    })
    stream.onAbort(() => { unwatch(); wake() })
    while (!stream.aborted) {
      for (let event = queue.shift(); event !== undefined; event = queue.shift()) {
        await stream.writeSSE(event ? { event: 'event', data: JSON.stringify(event) } : { event: 'change', data: '' })
      }
      let beat: NodeJS.Timeout | undefined
      await new Promise<void>(done => { wake = done; beat = setTimeout(done, BEAT_MS) })
      clearTimeout(beat)
      if (queue.length === 0 && !stream.aborted) await stream.writeSSE({ event: 'beat', data: String(world.clock.now()) })
    }
  }))

  return app
}
