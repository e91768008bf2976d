import { randomUUID } from 'node:crypto'
import type { Input, Reply, Route } from '@atrium/shared/contracts.ts'
import type { Person, Stack } from './stack.ts'

type Given<K extends Route> = Partial<Pick<Input<K>, 'params' | 'query' | 'body'>> & { token?: string | undefined; key?: string }

/** An answer that was not the one hoped for: the stable code of the refusal. */
export class Refused extends Error {
  readonly code: string
  readonly status: number
  constructor(route: string, status: number, code: string) {
    super(`${route} answered ${status} ${code}`)
    this.code = code
    this.status = status
  }
}

/** Calls an endpoint of the stack over HTTP, typed by the contract; throws `Refused`. */
export const call = async <K extends Route>(stack: Pick<Stack, 'url'>, route: K, { params, query, body, token, key }: Given<K> = {}): Promise<Reply<K>> => {
  const [method, path] = route.split(' ') as [string, string]
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent((params as Record<string, string>)[name]!))
  const search = new URLSearchParams(Object.entries((query ?? {}) as Record<string, unknown>).map(([name, value]): [string, string] => [name, String(value)])).toString()
  const reply = await fetch(`${stack.url}${filled}${search && `?${search}`}`, {
    method, ...(method !== 'GET' && { body: JSON.stringify(body ?? {}) }),
    headers: { 'content-type': 'application/json', 'x-channel': 'h5', ...(token && { authorization: `Bearer ${token}` }), ...(method !== 'GET' && { 'idempotency-key': key ?? randomUUID() }) }
  })
  const value = await reply.json() as { code?: string }
  if (!reply.ok) throw new Refused(route, reply.status, value.code ?? 'unknown')
  return value as unknown as Reply<K>
}

export interface Member {
  memberId: string
  /** An access token that holds now: they last ten minutes, and time is moved. */
  token: () => Promise<string>
}

/** A member who joins by SMS. */
export const join = async (stack: Stack, phone: string): Promise<Member> => {
  const { version } = await call(stack, 'GET /api/privacy/notice')
  await call(stack, 'POST /api/identity/sms/send', { body: { phone } })
  const { params } = await stack.sim.lastSms(phone)
  let session = await call(stack, 'POST /api/identity/sms/sign-in', { body: { phone, code: String(Object.values(params)[0]), noticeVersion: version } })
  return {
    memberId: session.memberId,
    token: async () => {
      if (Date.parse(session.accessExpiresAt) < stack.now().getTime() + 60_000) session = await call(stack, 'POST /api/identity/refresh', { body: { refreshToken: session.refreshToken } })
      return session.accessToken
    }
  }
}

/** A staff member's bearer token, by password and authenticator. */
export const signInAs = async (stack: Stack, person: Person): Promise<string> => {
  const { ticket } = await call(stack, 'POST /admin/sign-in', { body: { account: person.account, password: person.password } })
  return (await call(stack, 'POST /admin/sign-in/totp', { body: { ticket, code: stack.totp(person), as: 'token' } })).token!
}

interface Payer { plate: string; member?: Member; method?: 'wechat_native' | 'alipay_qr' }

/** A car that has stood inside for `hours` and is about to be paid for: the payment with what the payer must do. */
export const beginPaying = async (stack: Stack, { hours, ...payer }: Payer & { hours: number }) => {
  await stack.sim.drive({ plate: payer.plate, camera: 'vz-p1-in-1' })
  stack.pass(hours * 3_600_000)
  return payFor(stack, payer)
}

/** The same for a car that stands inside already. */
export const payFor = async (stack: Stack, { plate, member, method = 'wechat_native' }: Payer) => {
  const token = await member?.token()
  const { item } = await call(stack, 'POST /api/parking/lookup', { body: { plate }, token })
  const payment = await call(stack, 'POST /api/parking/pay', { body: { quoteId: item.quote.quoteId, method }, token })
  return { parking: item, payment, codeUrl: payment.action.kind === 'qr' ? payment.action.content : '' }
}
