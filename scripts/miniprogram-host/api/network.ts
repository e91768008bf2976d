/** HTTP by the app, and the state of its network, which a test can change. */
import { clone } from '../core/clone.ts'
import type { Host } from '../core/host.ts'
import type { AnyFunction, Bag, NetReply, Platform } from '../core/types.ts'
import { ApiFailure, type ApiArea } from './area.ts'

/** Kinds of network the platforms name. */
export type NetworkType = 'wifi' | '5g' | '4g' | '3g' | '2g' | 'none' | 'unknown'

const DEFAULT_TIMEOUT_MS = 60_000

/** Bytes of an ArrayBuffer of any realm as base64, and back. */
export function toBase64(window: Window, buffer: ArrayBuffer): string {
  return window.btoa(Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join(''))
}
export function fromBase64(window: Window, text: string): ArrayBuffer {
  return Uint8Array.from(window.atob(text), (c) => c.charCodeAt(0)).buffer
}

/** Methods the real clients send; any other fails the call there, and here. */
const METHODS: Record<Platform, readonly string[]> = {
  weapp: ['OPTIONS', 'GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'TRACE', 'CONNECT'],
  alipay: ['GET', 'POST', 'PUT', 'DELETE'],
}

const isBuffer = (value: unknown): value is ArrayBuffer => Object.prototype.toString.call(value) === '[object ArrayBuffer]'
const pairs = (data: Bag) => Object.entries(data).filter(([, value]) => value !== undefined)
  .map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(String(value))}`).join('&')

/** The phone's connection. */
export interface Network {
  type: NetworkType
  readonly listeners: Set<AnyFunction>
  /** The state in the platform's words. */
  state(): Bag
  /** Changes the connection and tells the app. */
  change(type: NetworkType): void
}

export function createNetwork(host: Host): Network {
  const network: Network = {
    type: 'wifi',
    listeners: new Set(),
    state() {
      const on = network.type !== 'none'
      return { networkType: host.options.pack.platform === 'alipay' ? network.type.toUpperCase() : network.type, isConnected: on, networkAvailable: on }
    },
    change(type) {
      network.type = type
      for (const listener of network.listeners) listener(network.state())
    },
  }
  return network
}

export function networkApi(host: Host): ApiArea {
  const { realm, pack } = host.options
  const { network } = host
  const alipay = pack.platform === 'alipay'
  let nextId = 1

  /** Sends data where the method puts it: query for GET, form or JSON body otherwise. */
  const withData = (url: string, method: string, headers: Record<string, string>, data: unknown): { url: string; body?: string; bodyBase64?: string } => {
    if (data === undefined || data === null || data === '') return { url }
    if (isBuffer(data)) return { url, bodyBase64: toBase64(realm.window, data) }
    if (typeof data === 'string') return { url, body: data }
    if (method === 'GET' || method === 'HEAD') return { url: pairs(data as Bag) ? `${url}${url.includes('?') ? '&' : '?'}${pairs(data as Bag)}` : url }
    if (/x-www-form-urlencoded/.test(headers['content-type'] ?? '')) return { url, body: pairs(data as Bag) }
    headers['content-type'] ??= 'application/json'
    return { url, body: JSON.stringify(data) }
  }
  const exchange = async (name: string, options: Bag, binary: boolean, data: unknown = options.data): Promise<Exclude<NetReply, { error: string }>> => {
    const id = nextId++
    options.task = {
      abort: () => { realm.abortNet(id) }, onHeadersReceived() {}, offHeadersReceived() {}, onProgressUpdate() {}, offProgressUpdate() {}, onChunkReceived() {}, offChunkReceived() {},
    }
    const method = String(options.method ?? (name === 'uploadFile' ? 'POST' : 'GET')).toUpperCase()
    if (!METHODS[pack.platform].includes(method)) throw new ApiFailure(`${name}:fail invalid method ${method}`, alipay ? { error: 2 } : {})
    const headers = Object.fromEntries(Object.entries((options.header ?? options.headers ?? {}) as Bag).map(([key, value]) => [key.toLowerCase(), String(value)]))
    const sent = withData(String(options.url), method, headers, isBuffer(data) ? data : clone(data))
    if (network.type === 'none') throw new Error(`${name}:fail network is not connected`)
    const reply = await realm.net({ id, method, headers, timeoutMs: Number(options.timeout ?? DEFAULT_TIMEOUT_MS), binary, ...sent })
    if ('error' in reply) throw new Error(`${name}:fail ${reply.error}`)
    return reply
  }
  const answer = (reply: Exclude<NetReply, { error: string }>, data: unknown) => alipay
    ? { data, status: reply.status, headers: reply.headers }
    : { data, statusCode: reply.status, header: reply.headers, cookies: [] }
  const parsed = (text: string): unknown => { try { return JSON.parse(text) } catch { return text } }

  return {
    now: {
      onNetworkStatusChange: (listener: AnyFunction) => { network.listeners.add(listener) },
      offNetworkStatusChange: (listener?: AnyFunction) => { if (listener) network.listeners.delete(listener); else network.listeners.clear() },
    },
    later: {
      getNetworkType: () => network.state(),
      async request(options) {
        const binary = /arraybuffer/i.test(`${options.responseType} ${options.dataType}`)
        const reply = await exchange('request', options, binary)
        const wantsJson = String(options.dataType ?? 'json').toLowerCase() === 'json'
        const result = answer(reply, binary ? fromBase64(realm.window, reply.body) : wantsJson ? parsed(reply.body) : reply.body)
        // Alipay takes every status but 200 for a failure, and hands the answer over inside it.
        if (alipay && reply.status !== 200) throw new ApiFailure('http status error', { error: 19, errorMessage: 'http status error', ...result })
        return result
      },
      // A file of the app's own is a name here; its form fields are what a server under test looks at.
      async uploadFile(options) {
        const reply = await exchange('uploadFile', options, false, { ...options.formData, [String(options.name ?? options.fileName)]: options.filePath })
        return answer(reply, reply.body)
      },
      async downloadFile(options) {
        const reply = await exchange('downloadFile', options, true)
        const path = host.files.keep(reply.body, String(options.url).split(/[?#]/)[0]!.split('/').pop()!)
        return alipay ? { apFilePath: path, tempFilePath: path } : { tempFilePath: path, statusCode: reply.status }
      },
    },
  }
}
