/** What the host's own tests share: the compiled fixture and a small server for it to talk to. */
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Platform } from './core/types.ts'
import type { Journey } from './launch.ts'

export interface Heard { method: string; url: string; headers: IncomingHttpHeaders; body: string }

/** A server that keeps what it hears and answers two shops, a few bytes for a .pdf, or 404 for /gone. */
export async function startShopServer() {
  const heard: Heard[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (data: Buffer) => { body += data.toString() }).on('end', () => {
      heard.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body })
      if (request.url === '/gone') response.statusCode = 404
      const pdf = request.url?.endsWith('.pdf')
      response.setHeader('content-type', pdf ? 'application/pdf' : 'application/json')
      response.end(pdf ? '%PDF-1.4' : JSON.stringify({ items: [{ id: 7, name: '彭城画廊' }, { id: 8, name: '回龙窝咖啡' }] }))
    })
  })
  await new Promise<void>((done) => { server.listen(0, '127.0.0.1', done) })
  return {
    heard,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () => new Promise<void>((done) => { server.closeAllConnections(); server.close(() => { done() }) }),
  }
}

/** Sets a value in the app's storage, in the platform's own way. */
export async function store(app: Journey, platform: Platform, key: string, data: unknown): Promise<void> {
  if (platform === 'alipay') await app.mp.callWxMethod('setStorageSync', { key, data })
  else await app.mp.callWxMethod('setStorageSync', key, data)
}
