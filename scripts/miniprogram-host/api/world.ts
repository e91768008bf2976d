/**
 * The outside world: who holds the phone, and the simulator that stands for WeChat's and Alipay's servers. Without a
 * simulator the codes are invented here and payments are refused, so that a test must say what it expects.
 */
import type { Host } from '../core/host.ts'
import type { Bag } from '../core/types.ts'

export interface World {
  /** The phone number of the person, 11 digits. */
  phone: string
  /** Connects to another simulator, or hands the phone to another person. */
  set(options: { url?: string; phone?: string }): void
  connected(): boolean
  /** Asks the simulator's control API. Refuses when it answers anything but 2xx. */
  ask(path: string, body: Bag): Promise<Bag>
  /** A code nobody else has, for when no simulator is connected. */
  invent(kind: string): string
}

const DEFAULT_PHONE = '13800000001'

export function createWorld(host: Host): World {
  let url = host.options.world.url
  let invented = 0
  const world: World = {
    phone: host.options.world.phone ?? DEFAULT_PHONE,
    set(options) {
      if (options.url !== undefined) url = options.url || undefined
      if (options.phone !== undefined) world.phone = options.phone
    },
    connected: () => url !== undefined,
    invent: (kind) => `host-${kind}-${++invented}`,
    async ask(path, body) {
      if (url === undefined) throw new Error('no outside world is connected')
      const reply = await host.options.realm.net({
        id: 0, url: url + path, method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body), timeoutMs: 30_000, binary: false,
      })
      if ('error' in reply) throw new Error(`the outside world does not answer: ${reply.error}`)
      const answer = JSON.parse(reply.body) as Bag
      if (reply.status >= 300) throw new Error(String(answer.error?.message ?? `the outside world refuses ${path}: ${reply.status}`))
      return answer
    },
  }
  return world
}
