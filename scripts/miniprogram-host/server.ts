/** The automator's websocket endpoint: requests `{id, method, params}`, replies `{id, result | error}`, events `{method, params}`. */
import { WebSocketServer, type WebSocket } from 'ws'
import type { Backend } from './backend/types.ts'
import type { Bag, Emit } from './core/types.ts'

export interface HostServer { port: number; close(): Promise<void>; closed: Promise<void> }

const EARLY_EVENTS = 1000

/**
 * Opens `port` on the loopback address and starts the backend behind it. `launch()` of the client connects as soon as the
 * port opens, so requests wait until the mini-program has started, and events before the first client are kept for it.
 */
export async function serve(port: number, start: (emit: Emit) => Promise<Backend>): Promise<HostServer> {
  const sockets = new WebSocketServer({ port, host: '127.0.0.1' })
  await new Promise<void>((resolve, reject) => { sockets.once('listening', resolve).once('error', reject) })
  const early: string[] = []
  const emit: Emit = (method, params) => {
    const event = JSON.stringify({ method, params })
    if (sockets.clients.size === 0) { if (early.length < EARLY_EVENTS) early.push(event); return }
    for (const client of sockets.clients) if (client.readyState === client.OPEN) client.send(event)
  }
  const starting = start(emit)
  let markClosed = () => {}
  const closed = new Promise<void>((resolve) => { markClosed = resolve })
  const close = async () => {
    for (const client of sockets.clients) client.terminate()
    sockets.close()
    await starting.then((backend) => backend.close(), () => {})
    markClosed()
  }

  const answer = async (client: WebSocket, text: string) => {
    const { id, method, params } = JSON.parse(text) as { id: string; method: string; params?: Bag }
    try {
      const backend = await starting
      client.send(JSON.stringify({ id, result: await backend.handle(method, params) ?? {} }))
    } catch (error) {
      client.send(JSON.stringify({ id, error: { message: String((error as Error)?.message ?? error) } }))
    }
    // A client attaches its listeners after connecting: what came before is told with its first App call.
    if (method.startsWith('App.')) for (const event of early.splice(0)) client.send(event)
    if (method === 'Tool.close') await close()
  }
  sockets.on('connection', (client) => { client.on('message', (data: Buffer) => { void answer(client, data.toString()) }) })
  try {
    await starting
  } catch (error) {
    await close()
    throw error
  }
  return { port: (sockets.address() as { port: number }).port, close, closed }
}
