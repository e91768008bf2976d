import Taro from '@tarojs/taro'
import { hearClock } from './clock'

/** One exchange as the wire has it; `body` is text. */
export type HttpReply = { status: number; body: string; headers: Record<string, string> }
export type HttpRequest = { url: string; method: string; headers: Record<string, string>; body?: string; timeoutMs?: number }

/** Nothing came back: no network, no server, or too slow. Whether a write happened is unknown. */
export class Offline extends Error {
  constructor() {
    super('offline')
    this.name = 'Offline'
  }
}

const lowerKeys = (given: Record<string, unknown> | undefined): Record<string, string> =>
  Object.fromEntries(Object.entries(given ?? {}).map(([key, value]) => [key.toLowerCase(), String(value)]))

/** Sends one request. Any status is an answer; only silence throws `Offline`. */
export async function send(request: HttpRequest): Promise<HttpReply> {
  const sentAt = Date.now()
  const reply = await exchange(request)
  hearClock(reply.headers.date, sentAt)
  return reply
}

async function exchange(request: HttpRequest): Promise<HttpReply> {
  try {
    const reply = await Taro.request({
      url: request.url, method: request.method as 'GET', header: request.headers, data: request.body,
      dataType: 'text' as never, responseType: 'text', timeout: request.timeoutMs ?? 12_000,
    })
    return { status: reply.statusCode, body: typeof reply.data === 'string' ? reply.data : JSON.stringify(reply.data), headers: lowerKeys(reply.header) }
  } catch (failure) {
    return answerInside(failure)
  }
}

/** Alipay rejects for every status but 200 and hides the answer in the error. */
function answerInside(failure: unknown): HttpReply {
  const { status, statusCode, data, headers, header } = (failure ?? {}) as { status?: number; statusCode?: number; data?: unknown; headers?: Record<string, unknown>; header?: Record<string, unknown> }
  const code = statusCode ?? status
  if (typeof code !== 'number' || code < 200) throw new Offline()
  return { status: code, body: typeof data === 'string' ? data : JSON.stringify(data ?? ''), headers: lowerKeys(headers ?? header) }
}
