import { beforeEach, expect, test, vi } from 'vitest'
import { taro } from '@/testing/taro'

vi.hoisted(() => { process.env.TARO_ENV = 'weapp'; process.env.TARO_APP_API = 'https://mall.test' })
vi.mock('@tarojs/taro', async () => (await import('@/testing/taro')).taro.module())
const { call, Fault, freshKey, Offline, Refusal, understand, urlOf } = await import('./request')
const { currentSession, keepSession } = await import('./session')

const ok = (body: unknown) => ({ status: 200, body })
const refused = (status: number, code: string, facts = {}) => ({ status, body: { code, ...facts } })
const held = { accessToken: 'old', refreshToken: 'refresh-token-of-20-chars', memberId: 'm' }
const renewed = ok({ accessToken: 'new', refreshToken: 'next-refresh', memberId: 'm' })

beforeEach(() => {
  vi.useFakeTimers({ shouldAdvanceTime: true, advanceTimeDelta: 400 })
  keepSession('member', null)
  keepSession('staff', null)
  taro.reset()
})

test('a path takes its parameters and drops empty query values', () => {
  expect(urlOf('GET /api/shops/{shopId}', { shopId: 'a/b' }, { q: '汤包', floor: undefined, limit: 3, sort: '' })).toBe('https://mall.test/api/shops/a%2Fb?q=%E6%B1%A4%E5%8C%85&limit=3')
})

test('a read goes without a key and without a body', async () => {
  taro.answers.push(ok({ items: [] }))
  await call('GET /api/parking/car-parks')
  expect(taro.sent[0]).toMatchObject({ method: 'GET', body: undefined })
  expect(taro.sent[0]?.headers).not.toHaveProperty('idempotency-key')
})

test('a write carries a key, and the one it is given when it is repeated', async () => {
  taro.answers.push(ok({}), ok({}))
  await call('POST /api/parking/plates', { body: { plate: '苏C8K6Q2' } })
  await call('POST /api/parking/plates', { body: { plate: '苏C8K6Q2' }, key: 'again' })
  expect(taro.sent[0]?.headers['idempotency-key']).toMatch(/^\w+-\w+$/)
  expect(taro.sent[1]?.headers['idempotency-key']).toBe('again')
})

test('keys do not repeat', () => {
  expect(new Set(Array.from({ length: 1000 }, freshKey)).size).toBe(1000)
})

test('a read is tried three times when nothing comes back', async () => {
  taro.answers.push('silence', 'silence', ok({ items: [1] }))
  await expect(call('GET /api/parking/car-parks')).resolves.toEqual({ items: [1] })
  expect(taro.sent).toHaveLength(3)
})

test('a write is never repeated on its own', async () => {
  taro.answers.push('silence', ok({}))
  await expect(call('POST /api/parking/plates', { body: { plate: '苏C8K6Q2' } })).rejects.toBeInstanceOf(Offline)
  expect(taro.sent).toHaveLength(1)
})

test('an expected no is a refusal with its code and facts', async () => {
  taro.answers.push(refused(409, 'coupon_redeemed', { at: 'x' }))
  const thrown = await call('POST /api/coupon-templates/{templateId}/claim', { params: { templateId: 't' } }).catch((error: unknown) => error)
  expect(thrown).toBeInstanceOf(Refusal)
  expect(thrown).toMatchObject({ code: 'coupon_redeemed', facts: { at: 'x' } })
})

test.each([
  [500, { code: 'fault', requestId: 'r-1' }, 'r-1'],
  [502, '<html>', ''],
])('status %d is a fault with the number to quote', (status, body, requestId) => {
  expect(() => understand({ status, body: typeof body === 'string' ? body : JSON.stringify(body), headers: {} })).toThrowError(Fault)
  try { understand({ status, body: JSON.stringify(body), headers: {} }) } catch (fault) { expect((fault as InstanceType<typeof Fault>).requestId).toBe(requestId) }
})

test('an ended access token is renewed once and the call repeated', async () => {
  keepSession('member', held)
  taro.answers.push(refused(401, 'session_expired'), renewed, ok({ items: [] }))
  await call('GET /api/parking/plates')
  expect(taro.sent.map((one) => one.headers.authorization)).toEqual(['Bearer old', undefined, 'Bearer new'])
  expect(currentSession('member')).toMatchObject({ accessToken: 'new', refreshToken: 'next-refresh' })
})

test('calls that meet a 401 together renew a single time', async () => {
  keepSession('member', held)
  const byToken = (sent: { headers: Record<string, string> }) => (sent.headers.authorization === 'Bearer new' ? ok({ items: [] }) : refused(401, 'session_expired'))
  taro.answers.push(byToken, byToken, renewed, byToken, byToken)
  await Promise.all([call('GET /api/parking/plates'), call('GET /api/parking/running')])
  expect(taro.sent.filter((one) => one.url.endsWith('/refresh'))).toHaveLength(1)
})

test('a refused refresh token signs out; a lost connection does not', async () => {
  keepSession('member', held)
  taro.answers.push(refused(401, 'session_expired'), refused(401, 'session_expired'))
  await expect(call('GET /api/parking/plates')).rejects.toMatchObject({ code: 'session_expired' })
  expect(currentSession('member')).toBeNull()

  keepSession('member', held)
  taro.answers.push(refused(401, 'session_expired'), 'silence', refused(401, 'session_expired'), 'silence', refused(401, 'session_expired'), 'silence')
  await expect(call('GET /api/parking/plates')).rejects.toBeInstanceOf(Offline)
  expect(currentSession('member')).toEqual(held)
})

test.each([[429, 'rate_limited'], [503, 'unavailable'], [400, 'validation_failed']])('a renewal that answers %d is told as %s and keeps the session', async (status, code) => {
  keepSession('member', held)
  taro.answers.push(refused(401, 'session_expired'), refused(status, code))
  await expect(call('POST /api/parking/plates', { body: { plate: '苏C8K6Q2' } })).rejects.toMatchObject({ code })
  expect(currentSession('member')).toEqual(held)
})

/** What another tab of this browser leaves behind when it renews. */
const otherTabRenews = (memberId = 'm') => { taro.storage.set('atrium.session.member', JSON.stringify({ accessToken: 'theirs', refreshToken: 'their-refresh', memberId })) }
const refreshes = () => taro.sent.filter((one) => one.url.endsWith('/refresh')).length

test('tokens that another tab has renewed are used instead of the old ones', async () => {
  keepSession('member', held)
  otherTabRenews()
  taro.answers.push(refused(401, 'session_expired'), ok({ items: [] }))
  await call('GET /api/parking/plates')
  expect(taro.sent.map((one) => one.headers.authorization)).toEqual(['Bearer old', 'Bearer theirs'])
  expect(currentSession('member')).toMatchObject({ refreshToken: 'their-refresh' })
})

test('a tab that was a moment late keeps what the other one got', async () => {
  keepSession('member', held)
  taro.answers.push(refused(401, 'session_expired'), () => { otherTabRenews(); return refused(401, 'session_expired') }, ok({ items: [] }))
  await call('GET /api/parking/plates')
  expect(taro.sent.slice(-1)[0]?.headers.authorization).toBe('Bearer theirs')
})

test('a call never goes on as somebody else who signed in at another tab', async () => {
  keepSession('member', held)
  otherTabRenews('somebody')
  taro.answers.push(refused(401, 'session_expired'), renewed, ok({ items: [] }))
  await call('GET /api/parking/plates')
  expect([refreshes(), taro.sent.slice(-1)[0]?.headers.authorization]).toEqual([1, 'Bearer new'])
})

test('staff calls travel with the staff session, and a wrong password does not end it', async () => {
  keepSession('member', held)
  keepSession('staff', { accessToken: 'staff' })
  taro.answers.push(ok({}), refused(401, 'sign_in_failed'))
  await call('GET /admin/me')
  expect(taro.sent[0]?.headers.authorization).toBe('Bearer staff')
  await expect(call('POST /admin/sign-in', { body: { account: 'aa', password: 'b' } })).rejects.toMatchObject({ code: 'sign_in_failed' })
  expect(currentSession('staff')).not.toBeNull()
})

test('an ended staff session is dropped, not renewed', async () => {
  keepSession('staff', { accessToken: 'staff' })
  taro.answers.push(refused(401, 'session_expired'))
  await expect(call('GET /admin/me')).rejects.toBeInstanceOf(Refusal)
  expect(currentSession('staff')).toBeNull()
  expect(taro.sent).toHaveLength(1)
})
