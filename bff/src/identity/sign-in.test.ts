import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { members, memberships } from '@atrium/schema/identity.ts'
import { consents } from '@atrium/schema/privacy.ts'
import { testMall } from '../http/test-kit.ts'
import { noticeInForce } from '../privacy/service.ts'
import { authenticateMember, payerOf, phoneIndexOf } from './service.ts'
import { testChannels } from '../testing/channels.ts'

const { version } = noticeInForce()
let serial = Math.floor(Math.random() * 9_000_000)
const newPhone = () => `138${String((serial += 1)).padStart(8, '0')}`

async function mall() {
  const { world, deps } = testChannels()
  const t = await testMall({ deps, auth: { member: authenticateMember, staff: async () => null } })
  const wechat = (code: string, phoneCode?: string, noticeVersion: string | undefined = version) => t.call('POST /api/identity/wechat/sign-in', { body: { code, phoneCode, noticeVersion, device: 'iPhone 17' } })
  const alipay = (authCode: string, phoneResponse?: string) => t.call('POST /api/identity/alipay/sign-in', { body: { authCode, phoneResponse, noticeVersion: version } })
  /** Sends a code and signs in with it. */
  const sms = async (phone: string, noticeVersion: string | undefined = version) => {
    await t.call('POST /api/identity/sms/send', { body: { phone } })
    return t.call('POST /api/identity/sms/sign-in', { body: { phone, code: world.codeFor(phone), noticeVersion } })
  }
  return { ...t, world, wechat, alipay, sms }
}
const unique = (name: string) => `${name}-${Math.random().toString(36).slice(2)}`

test('an unknown WeChat account is asked for a phone, joins with it, and then signs in at once', async () => {
  const t = await mall()
  const [openId, phone] = [unique('o'), newPhone()]
  expect((await t.wechat(`wx:${openId}`)).body).toEqual({ outcome: 'phone_needed' })
  const joined = await t.wechat(`wx:${openId}`, phone)
  expect(joined.body).toMatchObject({ outcome: 'signed_in', session: { joined: true } })
  const again = await t.wechat(`wx:${openId}`, undefined, undefined)
  expect(again.body).toMatchObject({ outcome: 'signed_in', session: { joined: false } })
  const session = joined.body.outcome === 'signed_in' ? joined.body.session : null
  expect(await payerOf(t.ctx(), session!.memberId, 'wechat')).toBe(openId)
  expect(await payerOf(t.ctx(), session!.memberId, 'alipay')).toBeNull()
})

test('the same phone on WeChat, Alipay and H5 is one member', async () => {
  const t = await mall()
  const phone = newPhone()
  const ids = [await t.wechat(`wx:${unique('o')}`, phone), await t.alipay(`wx:${unique('a')}`, phone)].map((r) => (r.body.outcome === 'signed_in' ? r.body.session.memberId : ''))
  const h5 = await t.sms(phone, undefined)
  expect(new Set([...ids, h5.body.memberId]).size).toBe(1)
  expect(h5.body.joined).toBe(false)
})

test('two channels at once make one member', async () => {
  const t = await mall()
  const phone = newPhone()
  const replies = await Promise.all(Array.from({ length: 8 }, (_, i) => (i % 2 ? t.wechat(`wx:${unique('o')}`, phone) : t.alipay(`wx:${unique('a')}`, phone))))
  expect(replies.map((r) => r.status)).toEqual(Array(8).fill(200))
  expect(new Set(replies.map((r) => (r.body.outcome === 'signed_in' ? r.body.session.memberId : r.status))).size).toBe(1)
  expect(replies.filter((r) => r.body.outcome === 'signed_in' && r.body.session.joined)).toHaveLength(1)
  const rows = await t.deps.db.select().from(members).where(eq(members.phoneIndex, phoneIndexOf(t.ctx(), phone)))
  expect(rows).toHaveLength(1)
})

test('another app of the same owner is known by the union id, without a phone', async () => {
  const t = await mall()
  const union = unique('u')
  const first = await t.wechat(`wx:${unique('o')}+${union}`, newPhone())
  const second = await t.wechat(`wx:${unique('o')}+${union}`)
  expect([first, second].map((r) => (r.body.outcome === 'signed_in' ? r.body.session.memberId : 'asked'))).toEqual(Array(2).fill(first.body.outcome === 'signed_in' ? first.body.session.memberId : ''))
})

test('without consent to the notice in force nothing personal is even asked for', async () => {
  const t = await mall()
  for (const old of ['', '2020-01']) {
    const reply = await t.wechat(`wx:${unique('o')}`, newPhone(), old)
    expect([reply.status, reply.problem.code, reply.problem.version]).toEqual([422, 'consent_required', version])
  }
  expect(t.world.phoneAsked).toBe(0)
  expect(await t.deps.db.select().from(memberships).where(eq(memberships.mallId, t.mallId))).toEqual([])
})

test('consent is recorded with its version before the member is', async () => {
  const t = await mall()
  const reply = await t.sms(newPhone())
  const [consent] = await t.deps.db.select().from(consents).where(eq(consents.memberId, reply.body.memberId))
  expect(consent).toMatchObject({ purpose: 'membership', granted: true, version, channel: 'h5' })
})

test('phones are sealed', async () => {
  const t = await mall()
  const phone = newPhone()
  const { body } = await t.sms(phone)
  const [row] = await t.deps.db.select().from(members).where(eq(members.memberId, body.memberId))
  expect(row!.phone.includes(Buffer.from(phone))).toBe(false)
  expect(row!.memberNumber).toMatch(/^8\d{9}$/)
})

test.each([['channel_sign_in_failed', 'bad', '13800000000'], ['phone_code_invalid', 'wx:someone-new', 'not a phone']])('%s', async (code, login, phone) => {
  const t = await mall()
  const reply = await t.wechat(login, phone)
  expect([reply.status, reply.problem.code]).toEqual([422, code])
})

test('a code is right once, within five minutes', async () => {
  const t = await mall()
  const phone = newPhone()
  expect((await t.sms(phone)).status).toBe(200)
  const twice = await t.call('POST /api/identity/sms/sign-in', { body: { phone, code: t.world.codeFor(phone), noticeVersion: version } })
  expect(twice.problem.code).toBe('sms_code_expired')
  t.clock.advance(61_000)
  await t.call('POST /api/identity/sms/send', { body: { phone } })
  t.clock.advance(5 * 60_000)
  expect((await t.call('POST /api/identity/sms/sign-in', { body: { phone, code: t.world.codeFor(phone) } })).problem.code).toBe('sms_code_expired')
})

test('five wrong tries end a code, even for who then knows it', async () => {
  const t = await mall()
  const phone = newPhone()
  await t.call('POST /api/identity/sms/send', { body: { phone } })
  const right = t.world.codeFor(phone)
  const wrong = right === '000000' ? '000001' : '000000'
  const tries = []
  for (let i = 0; i < 5; i += 1) tries.push((await t.call('POST /api/identity/sms/sign-in', { body: { phone, code: wrong, noticeVersion: version } })).problem)
  expect(tries.map((p) => [p.code, p.triesLeft])).toEqual([4, 3, 2, 1, 0].map((left) => ['sms_code_wrong', left]))
  expect((await t.call('POST /api/identity/sms/sign-in', { body: { phone, code: right, noticeVersion: version } })).problem.code).toBe('sms_too_many_tries')
})

test('twenty guesses at once are five guesses', async () => {
  const t = await mall()
  const phone = newPhone()
  await t.call('POST /api/identity/sms/send', { body: { phone } })
  const wrong = t.world.codeFor(phone) === '000000' ? '000001' : '000000'
  const codes = await Promise.all(Array.from({ length: 20 }, async () => (await t.call('POST /api/identity/sms/sign-in', { body: { phone, code: wrong } })).problem.code))
  expect(codes.filter((code) => code === 'sms_code_wrong').length).toBeLessThanOrEqual(5)
  expect(codes.filter((code) => code === 'sms_too_many_tries').length).toBeGreaterThanOrEqual(15)
})

test('a newcomer without consent keeps the code while reading the notice', async () => {
  const t = await mall()
  const phone = newPhone()
  expect((await t.sms(phone, '')).problem.code).toBe('consent_required')
  expect((await t.call('POST /api/identity/sms/sign-in', { body: { phone, code: t.world.codeFor(phone), noticeVersion: version } })).status).toBe(200)
})

test('sending: a minute between two, five in an hour, the same reply for known and unknown numbers', async () => {
  const t = await mall()
  const phone = newPhone()
  await t.sms(phone)
  const soon = await t.call('POST /api/identity/sms/send', { body: { phone } })
  expect([soon.status, soon.problem.code, soon.response.headers.get('retry-after')]).toEqual([429, 'sms_resend_too_soon', '60'])
  const replies = [await t.call('POST /api/identity/sms/send', { body: { phone: newPhone() } })]
  for (let i = 0; i < 4; i += 1) {
    t.clock.advance(60_000)
    replies.push(await t.call('POST /api/identity/sms/send', { body: { phone } }))
  }
  expect(new Set(replies.map((r) => JSON.stringify(r.body))).size).toBe(1)
  t.clock.advance(60_000)
  expect((await t.call('POST /api/identity/sms/send', { body: { phone } })).problem.code).toBe('rate_limited')
})

test('a message that nobody carried is said so, and the next one need not wait', async () => {
  const t = await mall()
  const phone = newPhone()
  t.world.smsDown = true
  expect((await t.call('POST /api/identity/sms/send', { body: { phone } })).problem.code).toBe('provider_unavailable')
  t.world.smsDown = false
  expect((await t.call('POST /api/identity/sms/send', { body: { phone } })).status).toBe(200)
})

test('two messages are two, whatever request id their callers sent', async () => {
  const t = await mall()
  for (const phone of [newPhone(), newPhone()]) await t.call('POST /api/identity/sms/send', { body: { phone }, headers: { 'x-request-id': 'the-same-id-0001' } })
  expect(new Set(t.world.sent.map((m) => m.requestId)).size).toBe(2)
})
