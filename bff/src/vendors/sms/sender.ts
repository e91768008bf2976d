import { createHmac } from 'node:crypto'
import { Refusal } from '@atrium/shared/refusal.ts'
import type { Config } from '../../config.ts'
import type { SmsSender } from '../../identity/channels.ts'

const timeoutMs = 5_000

/**
 * A plain HTTP gateway for SMS: `POST {apiBase}/send`, signed by hex HMAC-SHA256(secret, timestamp + "\n" + raw body). An operator's own gateway is
 * put behind this form; the same `requestId` sends once.
 */
export function smsSender({ sms }: Pick<Config, 'sms'>, now: () => Date = () => new Date()): SmsSender {
  return {
    send: async (message) => {
      const body = JSON.stringify(message)
      const timestamp = String(Math.floor(now().getTime() / 1000))
      const headers = { 'content-type': 'application/json', 'x-access-key': sms.accessKey, 'x-timestamp': timestamp, 'x-signature': createHmac('sha256', sms.secret).update(`${timestamp}\n${body}`).digest('hex') }
      let code: unknown = null
      try {
        const response = await fetch(`${sms.apiBase}/send`, { method: 'POST', headers, body, signal: AbortSignal.timeout(timeoutMs) })
        code = ((await response.json()) as { code?: unknown }).code
      } catch {
        // Neither the message nor the number may reach a log, so the cause is dropped.
      }
      if (code !== 'OK') throw new Refusal('provider_unavailable', { vendor: 'sms', vendorCode: typeof code === 'string' ? code.slice(0, 40) : 'no answer' })
    },
  }
}
