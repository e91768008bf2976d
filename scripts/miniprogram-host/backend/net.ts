/** HTTP for the app, done by Node so that neither view's origin rules apply. */
import type { NetReply, NetRequest } from '../core/types.ts'

export interface Net {
  send(request: NetRequest): Promise<NetReply>
  abort(id: number): void
}

/** The cause of a failed fetch in the words the platforms use. */
function reason(error: unknown): string {
  const { name, message, cause } = error as Error & { cause?: Error & { code?: string } }
  if (name === 'TimeoutError') return 'timeout'
  if (name === 'AbortError') return 'abort'
  return cause?.message || cause?.code || message
}

/** A request to the address compiled into a package goes where that server really is. `reroute` is `FROM=TO`, two origins. */
const routed = (url: string, reroute: string | undefined): string => {
  const [from, to] = reroute?.split('=') ?? []
  return from && to && url.startsWith(`${from}/`) ? to + url.slice(from.length) : url
}

export function createNet(reroute?: string): Net {
  const running = new Map<number, AbortController>()
  return {
    async send({ id, url, method, headers, body, bodyBase64, timeoutMs, binary }) {
      const controller = new AbortController()
      running.set(id, controller)
      try {
        const content = bodyBase64 === undefined ? body : Buffer.from(bodyBase64, 'base64')
        const signal = AbortSignal.any([controller.signal, AbortSignal.timeout(timeoutMs)])
        const init: RequestInit = { method, headers, body: content, signal }
        const response = await fetch(routed(url, reroute), init)
        const text = binary ? Buffer.from(await response.arrayBuffer()).toString('base64') : await response.text()
        return { status: response.status, headers: Object.fromEntries(response.headers), body: text }
      } catch (error) {
        return { error: reason(error) }
      } finally {
        running.delete(id)
      }
    },
    abort(id) { running.get(id)?.abort() },
  }
}
