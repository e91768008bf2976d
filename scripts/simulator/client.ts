import type { WorldView } from './control.ts'
import type { Fault, FaultOrder } from './faults.ts'
import type { Person } from './people.ts'
import type { PayResult, PayTarget } from './phones.ts'
import type { Message, Trade } from './state.ts'
import type { Drive, DriveResult } from './vzenith.ts'

/** A refusal of the control API, with its stable code. */
export class SimulatorError extends Error {
  readonly code: string
  readonly status: number
  constructor(status: number, code: string, message: string) {
    super(`${code}: ${message}`)
    this.status = status
    this.code = code
  }
}

const POLL_MS = 40

/** Plays the simulated world from a test: `const sim = simulatorClient(url)`. `who` is a phone number, openid, open_id or name. */
export const simulatorClient = (url: string) => {
  const call = async <T>(method: string, path: string, body?: object): Promise<T> => {
    const reply = await fetch(`${url}/sim${path}`, { method, headers: { 'content-type': 'application/json' }, body: body && JSON.stringify(body) })
    const value = await reply.json() as { error?: { code: string; message: string } }
    if (!reply.ok) throw new SimulatorError(reply.status, value.error?.code ?? 'unknown', value.error?.message ?? reply.statusText)
    return value as T
  }
  const post = <T>(path: string, body: object = {}) => call<T>('POST', path, body)
  const enc = encodeURIComponent

  const messages = (filter: { phone?: string; channel?: Message['channel'] } = {}) => call<Message[]>('GET', `/messages?${new URLSearchParams(filter)}`)

  const client = {
    /** Everything there is: open orders, invoices, cameras, callbacks under way, messages, events. */
    world: () => call<WorldView>('GET', '/world'),
    /** Forgets orders, messages, invoices, faults; keeps people, cameras and the clock. */
    reset: () => post<{ ok: true }>('/reset'),
    /** The person with this phone number, made on demand. */
    person: (phone: string, name?: string) => post<Omit<Person, 'sessionKey'>>('/people', { phone, name }),

    /** What `wx.login` gives. */
    loginCode: async (who: string) => (await post<{ code: string }>('/wechat/login', { phone: who })).code,
    /** What the phone button of WeChat gives. */
    phoneCode: async (who: string) => (await post<{ code: string }>('/wechat/phone-code', { phone: who })).code,
    /** What `my.getAuthCode` gives. */
    alipayAuthCode: async (who: string) => (await post<{ code: string }>('/alipay/auth-code', { phone: who })).code,
    /** What `my.getPhoneNumber` gives. */
    alipayPhoneResponse: (who: string) => post<{ response: string; sign: string; sign_type: string; encrypt_type: string; charset: string }>('/alipay/phone-response', { phone: who }),
    /** The person accepts (or rejects) subscribe messages: each accept allows one. */
    subscribe: (who: string, templateIds: string[], accept = true, count = 1) => post<Record<string, 'accept' | 'reject'>>('/wechat/subscribe', { phone: who, templateIds, accept, count }),

    /** Pays an order; resolves when the first try of the callback is over. */
    pay: (who: string, target: PayTarget) => post<PayResult>(`/phones/${enc(who)}/pay`, target),
    cancelPay: (who: string, target: PayTarget) => post<PayResult>(`/phones/${enc(who)}/pay`, { ...target, outcome: 'cancel' }),
    /** Scans a payment code; an Alipay trade exists from here on. */
    scan: (who: string, codeUrl: string) => post<Trade>(`/phones/${enc(who)}/scan`, { codeUrl }),

    /** Drives a car up to a camera and waits until the barrier has answered. */
    drive: (drive: Drive) => post<DriveResult>('/cars', drive),
    jam: (serialno: string, jammed = true) => post<{ ok: true }>(`/cameras/${enc(serialno)}/jam`, { jammed }),
    /** Cuts a camera's line, or restores it and has it replay what it saw. */
    offline: (serialno: string, offline = true) => post<{ ok: true }>(`/cameras/${enc(serialno)}/offline`, { offline }),
    /** One comet poll now, without waiting for the next second. */
    poll: (serialno: string) => post<{ ok: true }>(`/cameras/${enc(serialno)}/poll`),

    fault: (order: FaultOrder) => post<Fault>('/faults', order),
    clearFaults: () => call<{ ok: true }>('DELETE', '/faults'),
    /** Moves the simulated clock; every retry, refund and invoice that falls due happens before this resolves. */
    advance: (ms: number) => post<{ now: number; offset: number }>('/clock/advance', { ms }),

    messages,
    /** The newest SMS to a phone; waits for one when there is none yet. */
    lastSms: async (phone: string, withinMs = 20_000): Promise<Message> => {
      for (const until = Date.now() + withinMs; ;) {
        const [newest] = await messages({ phone, channel: 'sms' })
        if (newest) return newest
        if (Date.now() > until) throw new SimulatorError(404, 'no_sms', `no SMS to ${phone} within ${withinMs} ms`)
        await new Promise(done => { setTimeout(done, POLL_MS) })
      }
    },
    /** An order by its merchant number, or undefined. */
    trade: async (outTradeNo: string) => (await client.world()).trades.find(trade => trade.outTradeNo === outTradeNo),
    /** The invoices requested so far, newest first. */
    invoices: async () => (await client.world()).invoices,
  }
  return client
}

export type SimulatorClient = ReturnType<typeof simulatorClient>
