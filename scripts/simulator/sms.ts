import { Hono } from 'hono'
import { hmacHex, randomHex, sameText } from './crypto.ts'
import { misbehave, type Env } from './misbehave.ts'
import type { World } from './world.ts'

const CLOCK_SKEW_MS = 300_000

interface Sms { phone?: string; template?: string; params?: Record<string, unknown>; requestId?: string }

/** The SMS gateway: `X-Signature` = hex HMAC-SHA256(secret, timestamp + "\n" + raw body); a repeated `requestId` sends once. */
export const smsRoutes = (world: World): Hono<Env> => {
  const app = new Hono<Env>()
  const { accessKey, secret } = world.config.sms
  app.use(misbehave(world, 'sms', c => c.req.path))

  app.post('/send', async c => {
    const raw = await c.req.text()
    const timestamp = c.req.header('x-timestamp') ?? ''
    if (c.req.header('x-access-key') !== accessKey) return c.json({ code: 'INVALID_ACCESS_KEY', message: 'unknown access key' }, 401)
    if (!world.clock.near(Number(timestamp) * 1000, CLOCK_SKEW_MS)) return c.json({ code: 'TIMESTAMP_EXPIRED', message: 'timestamp is more than 5 minutes away' }, 401)
    if (!sameText(c.req.header('x-signature') ?? '', hmacHex(`${timestamp}\n${raw}`, secret))) return c.json({ code: 'SIGNATURE_MISMATCH', message: 'signature does not match' }, 401)
    const sms = JSON.parse(raw) as Sms
    if (!/^1\d{10}$/.test(sms.phone ?? '')) return c.json({ code: 'INVALID_PHONE', message: 'phone must be 11 digits' }, 400)
    if (!sms.template || !sms.requestId) return c.json({ code: 'INVALID_PARAMETER', message: 'template and requestId are required' }, 400)

    const id = `sms-${sms.requestId}`
    if (!world.state.messages.some(message => message.id === id)) {
      const person = world.person(sms.phone!)
      world.state.messages.push({ id, at: world.clock.now(), channel: 'sms', phone: person.phone, template: sms.template, params: sms.params ?? {} })
      world.log({ vendor: 'sms', level: 'good', zh: `${person.name} 收到短信`, en: `${person.phone} received an SMS` })
    }
    return c.json({ code: 'OK', messageId: randomHex(8) })
  })

  return app
}
