import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { staff, staffSession } from '@atrium/schema/staff.ts'
import { signInLimits } from '@atrium/shared/staff/rules.ts'
import { type TestMall, testMall } from '../http/test-kit.ts'
import { makeMall } from '../testing/mall.ts'
import { makeStaff, signInAs, testPassword } from '../testing/staff.ts'
import { authenticateStaff } from './service.ts'

async function mall(): Promise<TestMall> {
  const t = await testMall({ auth: { staff: authenticateStaff, member: async () => null } })
  await makeMall(t)
  return t
}
const password = (t: TestMall, account: string, given: string) => t.call('POST /admin/sign-in', { body: { account, password: given } })
const digits = (t: TestMall, ticket: string, code: string, as: 'cookie' | 'token' = 'token') => t.call('POST /admin/sign-in/totp', { body: { ticket, code, as } })

describe('signing in', () => {
  test('password, then six digits, then who I am', async () => {
    const t = await mall()
    const person = await makeStaff(t, 'finance')
    const token = await signInAs(t, person)
    const me = await t.call('GET /admin/me', { as: token })
    expect(me.body).toMatchObject({ staffId: person.staffId, account: person.account, role: 'finance', reach: 'mall', mallName: '云龙天地', stores: [], idleAfterMs: 1_800_000 })
    expect(me.body.permissions).toContain('payment.refund')
    const stored = await t.deps.db.select().from(staffSession).where(eq(staffSession.staffId, person.staffId))
    expect(JSON.stringify(stored)).not.toContain(token)
  })
  test('the console gets a cookie that scripts cannot read and other sites cannot send', async () => {
    const t = await mall()
    const person = await makeStaff(t, 'operations')
    const { body } = await password(t, person.account, testPassword)
    const answer = await digits(t, body.ticket, person.code(), 'cookie')
    expect(answer.body.token).toBeNull()
    const cookie = answer.response.headers.get('set-cookie')!
    expect(cookie).toMatch(/^atrium_staff=staff_[\w-]+; .*Path=\/admin/)
    expect(cookie).toMatch(/HttpOnly/)
    expect(cookie).toMatch(/SameSite=Strict/)
    const me = await t.call('GET /admin/me', { headers: { cookie: cookie.split(';')[0]! } })
    expect(me.body.account).toBe(person.account)
    const out = await t.call('POST /admin/sign-out', { headers: { cookie: cookie.split(';')[0]! } })
    expect([out.status, out.response.headers.get('set-cookie')]).toEqual([200, expect.stringMatching(/atrium_staff=;.*Max-Age=0/)])
    expect((await t.call('GET /admin/me', { headers: { cookie: cookie.split(';')[0]! } })).status).toBe(401)
  })
  test('the cookie of an ended session does not stop anybody from signing in again', async () => {
    const t = await mall()
    const person = await makeStaff(t, 'operations')
    const headers = { cookie: 'atrium_staff=staff_of-a-session-that-has-ended' }
    expect((await t.call('GET /admin/me', { headers })).problem.code).toBe('unauthenticated')
    expect((await t.call('POST /admin/sign-in', { body: { account: person.account, password: testPassword }, headers })).status).toBe(200)
  })
  test('account names are read without regard to case and space', async () => {
    const t = await mall()
    const person = await makeStaff(t, 'auditor')
    expect((await password(t, ` ${person.account.toUpperCase()} `, testPassword)).status).toBe(200)
  })
})

describe('wrong, unknown and disabled look the same', () => {
  test('the same replies, and the same lock after five', async () => {
    const t = await mall()
    const known = await makeStaff(t, 'marketing')
    const disabled = await makeStaff(t, 'marketing')
    await t.deps.db.update(staff).set({ disabledAt: t.clock.now() }).where(eq(staff.staffId, disabled.staffId))
    const said = []
    for (const [account, given] of [[known.account, 'wrong'], ['nobody.here', 'wrong'], [disabled.account, testPassword]] as const) {
      const replies = []
      for (let i = 0; i < 6; i += 1) {
        const { status, problem } = await t.call('POST /admin/sign-in', { body: { account, password: given } })
        replies.push([status, problem.code, Object.keys(problem).sort().join()])
      }
      said.push(replies)
    }
    expect(said[0]!.map((r) => r[1])).toEqual(['sign_in_failed', 'sign_in_failed', 'sign_in_failed', 'sign_in_failed', 'account_locked', 'account_locked'])
    expect(said[1]).toEqual(said[0])
    expect(said[2]).toEqual(said[0])
  })
  test('while locked the right password does not help; after fifteen minutes it does', async () => {
    const t = await mall()
    const person = await makeStaff(t, 'parking')
    for (let i = 0; i < 5; i += 1) await password(t, person.account, 'wrong')
    expect((await password(t, person.account, testPassword)).problem.code).toBe('account_locked')
    t.clock.advance(signInLimits.lockMs)
    expect((await password(t, person.account, testPassword)).status).toBe(200)
  })
  test('nobody keeps somebody else out: the address of the owner has its own budget', async () => {
    const t = await mall()
    t.deps.config.trustProxy = true
    try {
      const person = await makeStaff(t, 'parking')
      const from = (address: string, given: string) => t.call('POST /admin/sign-in', { body: { account: person.account, password: given }, headers: { 'x-forwarded-for': address } })
      const home = await from('10.0.0.1', testPassword)
      await t.call('POST /admin/sign-in/totp', { body: { ticket: home.body.ticket, code: person.code(), as: 'token' }, headers: { 'x-forwarded-for': '10.0.0.1' } })
      for (let i = 0; i < 5; i += 1) await from('203.0.113.1', 'wrong')
      expect([(await from('203.0.113.1', testPassword)).problem.code, (await from('10.0.0.2', testPassword)).status]).toEqual(['account_locked', 200])
      for (let i = 0; i < 45; i += 1) await from(`203.0.113.${10 + i}`, 'wrong')
      expect([(await from('10.0.0.2', testPassword)).problem.code, (await from('10.0.0.1', testPassword)).status]).toEqual(['account_locked', 200])
      for (let i = 0; i < 5; i += 1) await from('10.0.0.1', 'wrong')
      expect((await from('10.0.0.1', testPassword)).problem.code).toBe('account_locked')
    } finally {
      t.deps.config.trustProxy = false
    }
  })
  test('a name that no account can have is a failed try like any other', async () => {
    const t = await mall()
    const tries = []
    for (let i = 0; i < 5; i += 1) tries.push((await password(t, '管理员', 'wrong')).problem.code)
    expect(tries).toEqual(['sign_in_failed', 'sign_in_failed', 'sign_in_failed', 'sign_in_failed', 'account_locked'])
    const { body } = await t.call('GET /admin/audit', { as: await signInAs(t, await makeStaff(t, 'auditor')), query: { outcome: 'refused' } })
    expect(body.total).toBe(5)
  })
  test('guesses in parallel are counted one by one', async () => {
    const t = await mall()
    const person = await makeStaff(t, 'parking')
    const answers = await Promise.all(Array.from({ length: 12 }, () => password(t, person.account, 'wrong')))
    expect(answers.filter((a) => a.problem.code === 'sign_in_failed')).toHaveLength(4)
  })
  test('a right password does not clear the count of wrong digits', async () => {
    const t = await mall()
    const person = await makeStaff(t, 'finance')
    const codes = []
    for (let i = 0; i < 5; i += 1) {
      const { body } = await password(t, person.account, testPassword)
      codes.push((await digits(t, body.ticket, '000000')).problem.code)
    }
    expect(codes).toEqual(['totp_wrong', 'totp_wrong', 'totp_wrong', 'totp_wrong', 'account_locked'])
    expect((await password(t, person.account, testPassword)).problem.code).toBe('account_locked')
  })
})

describe('the six digits', () => {
  const ticketOf = async (t: TestMall, account: string) => (await password(t, account, testPassword)).body.ticket
  test.each([[-30_000, 200], [0, 200], [30_000, 200], [-61_000, 401], [61_000, 401]])('of a clock that is %d ms off', async (shift, status) => {
    const t = await mall()
    const person = await makeStaff(t, 'finance')
    expect((await digits(t, await ticketOf(t, person.account), person.code(shift))).status).toBe(status)
  })
  test('work once, and so do those before them', async () => {
    const t = await mall()
    const person = await makeStaff(t, 'finance')
    const [before, current] = [person.code(-30_000), person.code()]
    expect((await digits(t, await ticketOf(t, person.account), current)).status).toBe(200)
    expect((await digits(t, await ticketOf(t, person.account), current)).problem.code).toBe('totp_wrong')
    expect((await digits(t, await ticketOf(t, person.account), before)).problem.code).toBe('totp_wrong')
    t.clock.advance(30_000)
    expect((await digits(t, await ticketOf(t, person.account), person.code())).status).toBe(200)
  })
  test('open one session when they are sent twice at once', async () => {
    const t = await mall()
    const person = await makeStaff(t, 'finance')
    const tickets = [await ticketOf(t, person.account), await ticketOf(t, person.account)]
    const answers = await Promise.all(tickets.map((ticket) => digits(t, ticket, person.code())))
    expect(answers.map((a) => a.status).sort()).toEqual([200, 401])
  })
  test('need a ticket that is young, unused and ours', async () => {
    const t = await mall()
    const person = await makeStaff(t, 'finance')
    const ticket = await ticketOf(t, person.account)
    expect((await digits(t, 'ticket_of_our_own', person.code())).problem.code).toBe('sign_in_failed')
    expect((await digits(t, ticket, person.code())).status).toBe(200)
    t.clock.advance(60_000)
    expect((await digits(t, ticket, person.code())).problem.code).toBe('sign_in_failed')
    const old = await ticketOf(t, person.account)
    t.clock.advance(signInLimits.ticketMs)
    expect((await digits(t, old, person.code())).problem.code).toBe('sign_in_failed')
  })
})

describe('sessions', () => {
  test('end after half an hour without a call, and are kept up by calls', async () => {
    const t = await mall()
    const token = await signInAs(t, await makeStaff(t, 'finance'))
    for (let i = 0; i < 3; i += 1) {
      t.clock.advance(signInLimits.idleMs - 1000)
      expect((await t.call('GET /admin/me', { as: token })).status).toBe(200)
    }
    t.clock.advance(signInLimits.idleMs)
    expect((await t.call('GET /admin/me', { as: token })).problem.code).toBe('session_expired')
  })
  test('end after twelve hours however busy', async () => {
    const t = await mall()
    const token = await signInAs(t, await makeStaff(t, 'finance'))
    for (let i = 0; i < 24; i += 1) {
      t.clock.advance(signInLimits.idleMs - 1)
      await t.call('GET /admin/me', { as: token })
    }
    t.clock.advance(24)
    expect((await t.call('GET /admin/me', { as: token })).problem.code).toBe('session_expired')
  })
  test('a token of our own opens nothing', async () => {
    const t = await mall()
    expect((await t.call('GET /admin/me', { as: 'staff_AAAAAAAAAAAAAAAAAAAAAAAA' })).problem.code).toBe('session_expired')
    expect((await t.call('GET /admin/me')).problem.code).toBe('unauthenticated')
  })
})

test('signing in and failing to are in the audit log, without what was typed', async () => {
  const t = await mall()
  const person = await makeStaff(t, 'auditor')
  await password(t, person.account, 'hunter2 hunter2')
  await password(t, 'hunter2-typed-here', 'x')
  const token = await signInAs(t, person)
  const { body } = await t.call('GET /admin/audit', { as: token, query: { act: 'sign-in' } })
  expect(body.items.map((e) => [e.act, e.outcome, e.refusal, e.staffName]).sort()).toEqual([
    ['POST /admin/sign-in', 'done', null, '测试auditor'], ['POST /admin/sign-in', 'refused', 'sign_in_failed', 'unknown account'], ['POST /admin/sign-in', 'refused', 'sign_in_failed', '测试auditor'], ['POST /admin/sign-in/totp', 'done', null, '测试auditor'],
  ])
  expect(JSON.stringify(body)).not.toContain('hunter2')
})
