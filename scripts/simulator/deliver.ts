import type { Vendor } from './faults.ts'
import type { Delivery } from './state.ts'
import type { World } from './world.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

/** Gaps between tries, counted from the first. WeChat Pay: 15 retries over 24 h 4 min; Alipay: 8 tries in 25 h. */
export const RETRY_GAPS: Partial<Record<Vendor, readonly number[]>> = {
  wechatpay: [15 * SECOND, 15 * SECOND, 30 * SECOND, 3 * MINUTE, 10 * MINUTE, 20 * MINUTE, 30 * MINUTE, 30 * MINUTE, 30 * MINUTE,
    60 * MINUTE, 3 * HOUR, 3 * HOUR, 3 * HOUR, 6 * HOUR, 6 * HOUR],
  alipay: [4 * MINUTE, 10 * MINUTE, 10 * MINUTE, HOUR, 2 * HOUR, 6 * HOUR, 15 * HOUR],
  // Not documented where we could read it: a short ladder of our own.
  nuonuo: [MINUTE, 5 * MINUTE, 30 * MINUTE],
}

const ANSWER_WITHIN_MS: Partial<Record<Vendor, number>> = { wechatpay: 5 * SECOND, alipay: 15 * SECOND, nuonuo: 10 * SECOND }
const CHINESE: Record<string, string> = { payment: '付款', refund: '退款', invoice: '开票' }
const zhOf = (what: string): string => CHINESE[what] ?? what
const DEFAULT_DELAY_MS = MINUTE
const HELD_AT_MOST_MS = 30 * SECOND

/** A callback on the wire, and what counts as "received". */
export interface Wire {
  headers: Record<string, string>
  body: string
}
export type Trick = 'genuine' | 'forged' | 'probe'
export interface Sender {
  write(delivery: Delivery, trick: Trick): Wire
  received(status: number, body: string): boolean
}

export interface Courier {
  register(vendor: Vendor, sender: Sender): void
  /** Sends now and retries by the vendor's schedule; resolves when the first try is over (or was put off). */
  send(vendor: Vendor, what: string, url: string | undefined, notice: Record<string, unknown>): Promise<void>
  /** Takes up the callbacks that were still open when the simulator stopped. */
  resume(): void
}

export const createCourier = (world: World): Courier => {
  const senders = new Map<Vendor, Sender>()
  const { clock, faults, state } = world

  const post = async (delivery: Delivery, trick: Trick): Promise<boolean> => {
    const sender = senders.get(delivery.vendor)!
    const wire = sender.write(delivery, trick)
    try {
      const reply = await fetch(delivery.url, {
        method: 'POST', headers: wire.headers, body: wire.body, redirect: 'manual',
        signal: AbortSignal.timeout(ANSWER_WITHIN_MS[delivery.vendor] ?? 10 * SECOND),
      })
      const text = await reply.text()
      delivery.lastAnswer = `${reply.status} ${text.slice(0, 80)}`.trim()
      return sender.received(reply.status, text)
    } catch (cause) {
      delivery.lastAnswer = cause instanceof Error && cause.name === 'TimeoutError' ? 'no answer in time' : 'not reachable'
      return false
    }
  }

  const forget = (delivery: Delivery) => {
    const index = state.deliveries.indexOf(delivery)
    if (index >= 0) state.deliveries.splice(index, 1)
    world.changed()
  }

  const schedule = (delivery: Delivery) => {
    world.changed()
    clock.at(delivery.dueAt, () => attempt(delivery))
  }

  const retryLater = (delivery: Delivery) => {
    const gap = RETRY_GAPS[delivery.vendor]?.[delivery.attempt - 1]
    if (gap === undefined) {
      world.log({ vendor: delivery.vendor, level: 'bad', zh: `${zhOf(delivery.what)}回调放弃，共 ${delivery.attempt} 次`, en: `${delivery.what} callback given up after ${delivery.attempt} tries` })
      forget(delivery)
      return
    }
    delivery.dueAt = clock.now() + gap
    schedule(delivery)
  }

  const releaseHeld = async (vendor: Vendor) => {
    for (const held of state.deliveries.filter(one => one.vendor === vendor && one.held)) {
      held.held = false
      await attempt(held)
    }
  }

  const extras = async (delivery: Delivery) => {
    if (faults.take(delivery.vendor, 'callback-forge', delivery.what)) {
      await post(delivery, 'forged')
      world.log({ vendor: delivery.vendor, level: 'bad', zh: `伪造的${zhOf(delivery.what)}回调 → ${delivery.lastAnswer}`, en: `Forged ${delivery.what} callback → ${delivery.lastAnswer}` })
    }
    if (faults.take(delivery.vendor, 'callback-probe', delivery.what)) {
      await post(delivery, 'probe')
      world.log({ vendor: delivery.vendor, zh: `签名探测 → ${delivery.lastAnswer}`, en: `Signature probe → ${delivery.lastAnswer}` })
    }
  }

  const attempt = async (delivery: Delivery): Promise<void> => {
    if (delivery.held || !state.deliveries.includes(delivery)) return
    const { vendor, what } = delivery
    delivery.attempt += 1
    if (faults.take(vendor, 'callback-lose', what)) {
      delivery.lastAnswer = 'lost on the way'
      world.log({ vendor, level: 'bad', zh: `${zhOf(what)}回调第 ${delivery.attempt} 次丢失`, en: `${what} callback try ${delivery.attempt} lost` })
      return retryLater(delivery)
    }
    await extras(delivery)
    const copies = faults.take(vendor, 'callback-duplicate', what)
    const tries = Array.from({ length: copies ? 1 + (copies.copies ?? 1) : 1 }, () => post(delivery, 'genuine'))
    const received = (await Promise.all(tries)).every(Boolean)
    world.log({
      vendor, level: received ? 'good' : 'bad',
      zh: `${zhOf(what)}回调第 ${delivery.attempt} 次${copies ? `（×${tries.length}）` : ''} → ${delivery.lastAnswer}`,
      en: `${what} callback try ${delivery.attempt}${copies ? ` (×${tries.length})` : ''} → ${delivery.lastAnswer}`,
    })
    if (received) forget(delivery)
    else retryLater(delivery)
    await releaseHeld(vendor)
  }

  return {
    register: (vendor, sender) => { senders.set(vendor, sender) },
    send: async (vendor, what, url, notice) => {
      if (!url) return
      const delivery: Delivery = { id: String(world.next()), vendor, what, url, notice, attempt: 0, dueAt: clock.now() }
      state.deliveries.push(delivery)
      const delay = faults.take(vendor, 'callback-delay', what)
      if (delay) {
        delivery.dueAt += delay.delayMs ?? DEFAULT_DELAY_MS
        return schedule(delivery)
      }
      if (faults.take(vendor, 'callback-reorder', what)) {
        delivery.held = true
        clock.after(HELD_AT_MOST_MS, () => {
          if (!delivery.held) return undefined
          delivery.held = false
          return attempt(delivery)
        })
        return world.changed()
      }
      await attempt(delivery)
    },
    resume: () => {
      for (const delivery of state.deliveries) {
        delivery.held = false
        schedule(delivery)
      }
    },
  }
}
