import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { memberSessions, refreshTokens } from '@atrium/schema/identity.ts'
import { testMall } from '../http/test-kit.ts'
import { noticeInForce } from '../privacy/service.ts'
import { authenticateMember } from './service.ts'
import { testChannels } from '../testing/channels.ts'

const noticeVersion = noticeInForce().version
let serial = Math.floor(Math.random() * 9_000_000)

type Mall = Awaited<ReturnType<typeof mall>>
async function mall() {
  const { deps } = testChannels()
  const t = await testMall({ deps, auth: { member: authenticateMember, staff: async () => null } })
  const phone = `139${String((serial += 1)).padStart(8, '0')}`
  const openId = `o-${Math.random().toString(36).slice(2)}`
  const signIn = async (device: string, who = openId, number = phone) => {
    const { body } = await t.call('POST /api/identity/wechat/sign-in', { body: { code: `wx:${who}`, phoneCode: number, noticeVersion, device } })
    if (body.outcome !== 'signed_in') throw new Error('not signed in')
    return body.session
  }
  const sessions = (as: string) => t.call('GET /api/identity/sessions', { as })
  const refresh = (refreshToken: string) => t.call('POST /api/identity/refresh', { body: { refreshToken } })
  return { ...t, signIn, sessions, refresh }
}

test('where I am signed in, this device marked', async () => {
  const t = await mall()
  const phone = await t.signIn('iPhone 17')
  t.clock.advance(1000)
  const pad = await t.signIn('iPad')
  const { body } = await t.sessions(pad.accessToken)
  expect(body.items.map((s) => [s.device, s.channel, s.current])).toEqual([['iPad', 'weapp', true], ['iPhone 17', 'weapp', false]])
  expect((await t.sessions(phone.accessToken)).body.items.map((s) => s.current)).toEqual([false, true])
})

test('tokens are stored as hashes alone', async () => {
  const t = await mall()
  const session = await t.signIn('iPhone 17')
  const rows = JSON.stringify([await t.deps.db.select().from(memberSessions).where(eq(memberSessions.memberId, session.memberId)), await t.deps.db.select().from(refreshTokens)])
  expect(rows).not.toContain(session.accessToken)
  expect(rows).not.toContain(session.refreshToken)
})

test('an access token holds for ten minutes; the refresh token gives a new one', async () => {
  const t = await mall()
  const session = await t.signIn('iPhone 17')
  t.clock.advance(10 * 60_000 - 1)
  expect((await t.sessions(session.accessToken)).status).toBe(200)
  t.clock.advance(1)
  const over = await t.sessions(session.accessToken)
  expect([over.status, over.problem.code]).toEqual([401, 'session_expired'])
  const renewed = await t.refresh(session.refreshToken)
  expect(renewed.body).toMatchObject({ memberId: session.memberId, joined: false })
  expect((await t.sessions(renewed.body.accessToken)).status).toBe(200)
})

test.each([
  ['comes back later', async (t: Mall, used: string) => { t.clock.advance(60_000); return t.refresh(used) }],
  ['comes back soon, but after its successor was used', async (t: Mall, used: string, next: string) => { await t.refresh(next); return t.refresh(used) }],
] as const)('a refresh token that %s ends the whole session', async (_, steal) => {
  const t = await mall()
  const session = await t.signIn('iPhone 17')
  const other = await t.signIn('iPad')
  const renewed = await t.refresh(session.refreshToken)
  const stolen = await steal(t, session.refreshToken, renewed.body.refreshToken)
  expect([stolen.status, stolen.problem.code]).toEqual([401, 'session_expired'])
  expect((await t.sessions(renewed.body.accessToken)).problem.code).toBe('session_expired')
  expect((await t.refresh(renewed.body.refreshToken)).problem.code).toBe('session_expired')
  // Another device is another session and stays.
  expect((await t.sessions(other.accessToken)).status).toBe(200)
})

test('whose reply was lost asks again and goes on; two tabs at once go on as well', async () => {
  const t = await mall()
  const session = await t.signIn('iPhone 17')
  const [lost, tab] = await Promise.all([t.refresh(session.refreshToken), t.refresh(session.refreshToken)])
  t.clock.advance(59_999)
  const again = await t.refresh(session.refreshToken)
  expect([tab.body, again.body]).toEqual([lost.body, lost.body])
  expect((await t.sessions(again.body.accessToken)).status).toBe(200)
  t.clock.advance(10 * 60_000)
  const next = await t.refresh(again.body.refreshToken)
  expect([next.status, next.body.refreshToken === again.body.refreshToken, (await t.sessions(next.body.accessToken)).status]).toEqual([200, false, 200])
})

test('however many renew behind one address, each token counts for itself', async () => {
  const t = await mall()
  const session = await t.signIn('iPhone 17')
  for (let i = 0; i < 70; i += 1) expect((await t.refresh(`rt_an_unknown_token_${i}`)).status).toBe(401)
  expect((await t.refresh(session.refreshToken)).status).toBe(200)
  for (let i = 0; i < 10; i += 1) await t.refresh('rt_the_same_again_and_again')
  expect((await t.refresh('rt_the_same_again_and_again')).status).toBe(429)
})

test('a refresh token is good for thirty days and no other token refreshes', async () => {
  const t = await mall()
  const session = await t.signIn('iPhone 17')
  expect((await t.refresh(session.accessToken)).problem.code).toBe('session_expired')
  t.clock.advance(30 * 86_400_000)
  expect((await t.refresh(session.refreshToken)).problem.code).toBe('session_expired')
})

test('signing another device out takes effect at once, also while its token is remembered', async () => {
  const t = await mall()
  const [phone, pad] = [await t.signIn('iPhone 17'), await t.signIn('iPad')]
  expect((await t.sessions(pad.accessToken)).status).toBe(200)
  const target = (await t.sessions(phone.accessToken)).body.items.find((s) => s.device === 'iPad')!
  const key = 'revoke-ipad-0001'
  expect((await t.call('DELETE /api/identity/sessions/{sessionId}', { params: { sessionId: target.sessionId }, as: phone.accessToken, key })).body).toEqual({ ok: true })
  expect((await t.sessions(pad.accessToken)).problem.code).toBe('session_expired')
  expect((await t.refresh(pad.refreshToken)).problem.code).toBe('session_expired')
  // Sent twice: the same answer.
  expect((await t.call('DELETE /api/identity/sessions/{sessionId}', { params: { sessionId: target.sessionId }, as: phone.accessToken, key })).body).toEqual({ ok: true })
})

test('a session that another process ended stops here within seconds', async () => {
  const t = await mall()
  const session = await t.signIn('iPhone 17')
  expect((await t.sessions(session.accessToken)).status).toBe(200)
  await t.deps.db.update(memberSessions).set({ endedAt: t.clock.now(), endReason: 'revoked' }).where(eq(memberSessions.memberId, session.memberId))
  t.clock.advance(5_000)
  expect((await t.sessions(session.accessToken)).problem.code).toBe('session_expired')
})

test('somebody else’s session is not found, and stays', async () => {
  const t = await mall()
  const mine = await t.signIn('iPhone 17')
  const theirs = await t.signIn('Pixel', `o-${Math.random()}`, `137${String((serial += 1)).padStart(8, '0')}`)
  const target = (await t.sessions(theirs.accessToken)).body.items[0]!
  expect((await t.call('DELETE /api/identity/sessions/{sessionId}', { params: { sessionId: target.sessionId }, as: mine.accessToken })).problem.code).toBe('not_found')
  expect((await t.sessions(theirs.accessToken)).status).toBe(200)
})

test.each([[false, 200], [true, 401]] as const)('sign out everywhere: %s leaves the other device at %i', async (everywhere, status) => {
  const t = await mall()
  const [phone, pad] = [await t.signIn('iPhone 17'), await t.signIn('iPad')]
  expect((await t.call('POST /api/identity/sign-out', { body: { everywhere }, as: phone.accessToken })).body).toEqual({ ok: true })
  expect((await t.sessions(phone.accessToken)).status).toBe(401)
  expect((await t.sessions(pad.accessToken)).status).toBe(status)
})

test('guests have no sessions to look at', async () => {
  const t = await mall()
  expect((await t.call('GET /api/identity/sessions')).problem.code).toBe('unauthenticated')
  expect((await t.call('POST /api/identity/sign-out', { body: {} })).problem.code).toBe('unauthenticated')
})
