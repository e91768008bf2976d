import { connect } from 'node:net'

export interface Request { method: 'GET' | 'POST'; path: string; headers: Record<string, string>; body?: object }
export interface Load { perSecond: number; calls: number; failed: Map<number, string> }

const bytesOf = ({ method, path, headers, body }: Request): Buffer => {
  const text = body ? JSON.stringify(body) : ''
  const lines = Object.entries({ host: '127.0.0.1', ...headers, ...(body && { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(text)) }) })
  return Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${text}`)
}

/** One connection that is kept alive. It knows as much of HTTP as our own server says: a status and a body of a stated length. */
const openConnection = (port: number) => {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  let buffered = Buffer.alloc(0)
  let settle: { resolve: (answer: { status: number; body: string }) => void; reject: (error: Error) => void } | undefined
  const fail = (error: Error) => { settle?.reject(error); settle = undefined }
  socket.on('error', fail)
  socket.on('close', () => fail(new Error('the server closed the connection')))
  socket.on('data', chunk => {
    buffered = buffered.length === 0 ? chunk : Buffer.concat([buffered, chunk])
    const end = buffered.indexOf('\r\n\r\n')
    if (end === -1) return
    const head = buffered.toString('latin1', 0, end)
    const length = /content-length: (\d+)/i.exec(head)
    if (!length) return fail(new Error(`an answer without a length: ${head.slice(0, 200)}`))
    const whole = end + 4 + Number(length[1])
    if (buffered.length < whole) return
    const answer = { status: Number(head.slice(9, 12)), body: buffered.toString('utf8', end + 4, whole) }
    buffered = buffered.subarray(whole)
    const { resolve } = settle!
    settle = undefined
    resolve(answer)
  })
  return {
    ask: (request: Request) => new Promise<{ status: number; body: string }>((resolve, reject) => { settle = { resolve, reject }; socket.write(bytesOf(request)) }),
    close: () => socket.destroy()
  }
}

/** One call over a connection of its own. */
export const ask = async (port: number, request: Request): Promise<{ status: number; body: string }> => {
  const connection = openConnection(port)
  try {
    return await connection.ask(request)
  } finally {
    connection.close()
  }
}

/**
 * Calls a server on this machine over `connections` kept-alive connections until `durationMs` have passed or `next` has nothing more to ask. Every
 * status but 200 is kept with its body. It speaks HTTP over plain sockets because a fuller client would take the core that the server needs.
 */
export const load = async (port: number, next: () => Request | null, { connections = 32, durationMs = Infinity } = {}): Promise<Load> => {
  const open = Array.from({ length: connections }, () => openConnection(port))
  const failed = new Map<number, string>()
  const started = performance.now()
  let calls = 0
  await Promise.all(open.map(async connection => {
    for (let request = next(); request && performance.now() - started < durationMs; request = next()) {
      const { status, body } = await connection.ask(request)
      calls++
      if (status !== 200) failed.set(status, body)
    }
  }))
  const seconds = (performance.now() - started) / 1000
  for (const connection of open) connection.close()
  return { perSecond: calls / seconds, calls, failed }
}

/** The same, for measurements: an answer that is no success stops them. */
export const loadWell = async (...args: Parameters<typeof load>): Promise<Load> => {
  const done = await load(...args)
  for (const [status, body] of done.failed) throw new Error(`The server answered ${status}: ${body.slice(0, 300)}`)
  return done
}
