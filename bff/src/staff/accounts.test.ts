import { describe, expect, test } from 'vitest'
import type { Input } from '@atrium/shared/contracts.ts'
import { type TestMall, testMall } from '../http/test-kit.ts'
import { makeMall, makeStore, makeTenant } from '../testing/mall.ts'
import { codeOf, makeStaff, signInAs, testPassword } from '../testing/staff.ts'
import { authenticateStaff } from './service.ts'

async function mall() {
  const t = await testMall({ auth: { staff: authenticateStaff, member: async () => null } })
  await makeMall(t)
  const admin = await makeStaff(t, 'administrator')
  return { t, admin, as: await signInAs(t, admin) }
}
const input = { name: '新同事', phone: '13900001234', role: 'finance' as const, tenantId: null, storeIds: [] }
const codeOfAnswer = async (answer: Promise<{ status: number; problem: { code: string } }>) => (await answer).problem.code ?? (await answer).status

describe('adding an account', () => {
  test('shows password and key once, and they work', async () => {
    const { t, as } = await mall()
    const { body } = await t.call('POST /admin/staff', { as, body: { ...input, account: 'new.finance' } })
    expect(body.staff).toMatchObject({ account: 'new.finance', phoneMasked: '139****1234', role: 'finance', state: 'active', lastSignInAt: null })
    expect(body.totpUri).toMatch(/^otpauth:\/\/totp\/Atrium%20Yunlong/)
    const first = await t.call('POST /admin/sign-in', { body: { account: 'new.finance', password: body.password } })
    const second = await t.call('POST /admin/sign-in/totp', { body: { ticket: first.body.ticket, code: codeOf(body.totpSecret, t.clock.now()) } })
    expect(second.body.me).toMatchObject({ name: '新同事', role: 'finance' })
    const list = await t.call('GET /admin/staff', { as, query: { q: 'new.fin' } })
    expect(JSON.stringify(list.body)).not.toContain(body.password)
    expect(JSON.stringify((await t.call('GET /admin/audit', { as })).body)).not.toMatch(new RegExp(`${body.password}|${body.totpSecret}|13900001234`))
  })
  test('refuses an account name in use, and a reach that makes no sense', async () => {
    const { t, admin, as } = await mall()
    const tenantId = await makeTenant(t)
    const { storeId } = await makeStore(t, { tenantId })
    const stranger = await makeStore(t, { tenantId: await makeTenant(t, '徐州别家有限公司') })
    const add = (more: Partial<Input<'POST /admin/staff'>['body']>) => codeOfAnswer(t.call('POST /admin/staff', { as, body: { ...input, account: 'some.one', ...more } }))
    expect(await add({ account: admin.account.replaceAll(/[^a-z0-9.-]/g, '') })).toBe('account_exists')
    expect(await add({ role: 'salesAssociate', tenantId, storeIds: [] })).toBe('validation_failed')
    expect(await add({ role: 'salesAssociate', tenantId, storeIds: [stranger.storeId] })).toBe('validation_failed')
    expect(await add({ role: 'finance', tenantId })).toBe('validation_failed')
    expect(await add({ role: 'salesAssociate', tenantId, storeIds: [storeId] })).toBe(200)
  })
  test('is for administrators', async () => {
    const { t } = await mall()
    const as = await signInAs(t, await makeStaff(t, 'operations'))
    expect((await t.call('POST /admin/staff', { as, body: { ...input, account: 'some.two' } })).status).toBe(403)
  })
})

describe('reach', () => {
  const me = async (t: TestMall, token: string) => (await t.call('GET /admin/me', { as: token })).body
  test('of an associate are the own stores, of a manager those of the tenant, new ones too', async () => {
    const { t } = await mall()
    const tenantId = await makeTenant(t)
    const [a, b] = [await makeStore(t, { tenantId }), await makeStore(t, { tenantId })]
    const associate = await signInAs(t, await makeStaff(t, 'salesAssociate', { tenantId, storeIds: [a.storeId] }))
    const manager = await signInAs(t, await makeStaff(t, 'tenantManager', { tenantId }))
    expect((await me(t, associate)).stores.map((s) => s.storeId)).toEqual([a.storeId])
    expect((await me(t, manager)).stores.map((s) => s.storeId)).toEqual([a.storeId, b.storeId])
    const c = await makeStore(t, { tenantId })
    expect((await me(t, manager)).stores.map((s) => s.storeId)).toContain(c.storeId)
  })
})

describe('changing an account ends its sessions', () => {
  test('a new role, disabling, new credentials', async () => {
    const { t, as } = await mall()
    const signedIn = async () => {
      t.clock.advance(60_000)
      const person = await makeStaff(t, 'finance')
      return { person, token: await signInAs(t, person), params: { staffId: person.staffId } }
    }
    const holds = async (token: string) => (await t.call('GET /admin/me', { as: token })).status
    const [changed, disabled, reset] = [await signedIn(), await signedIn(), await signedIn()]
    expect((await t.call('PUT /admin/staff/{staffId}', { as, params: changed.params, body: { ...input, role: 'auditor' } })).body.role).toBe('auditor')
    expect((await t.call('POST /admin/staff/{staffId}/disable', { as, params: disabled.params, body: { reason: '离职' } })).body.state).toBe('disabled')
    const fresh = await t.call('POST /admin/staff/{staffId}/reset', { as, params: reset.params, body: { reason: '手机丢失' } })
    expect([await holds(changed.token), await holds(disabled.token), await holds(reset.token)]).toEqual([401, 401, 401])
    expect(await codeOfAnswer(t.call('POST /admin/sign-in', { body: { account: reset.person.account, password: testPassword } }))).toBe('sign_in_failed')
    expect((await t.call('POST /admin/sign-in', { body: { account: reset.person.account, password: fresh.body.password } })).status).toBe(200)
    expect((await t.call('POST /admin/staff/{staffId}/enable', { as, params: disabled.params })).body.state).toBe('active')
  })
  test('a ticket that waited for its digits is worth nothing afterwards', async () => {
    const { t, as } = await mall()
    const person = await makeStaff(t, 'finance')
    const { body } = await t.call('POST /admin/sign-in', { body: { account: person.account, password: testPassword } })
    await t.call('POST /admin/staff/{staffId}/reset', { as, params: { staffId: person.staffId }, body: { reason: '疑似泄露' } })
    expect(await codeOfAnswer(t.call('POST /admin/sign-in/totp', { body: { ticket: body.ticket, code: person.code() } }))).toBe('sign_in_failed')
  })
  test('a locked account shows as locked and is unlocked by hand', async () => {
    const { t, as } = await mall()
    const person = await makeStaff(t, 'finance')
    for (let i = 0; i < 5; i += 1) await t.call('POST /admin/sign-in', { body: { account: person.account, password: 'x' } })
    expect((await t.call('GET /admin/staff', { as, query: { state: 'locked' } })).body.items.map((s) => s.staffId)).toEqual([person.staffId])
    await t.call('POST /admin/staff/{staffId}/enable', { as, params: { staffId: person.staffId } })
    expect((await t.call('POST /admin/sign-in', { body: { account: person.account, password: testPassword } })).status).toBe(200)
  })
})

describe('nobody shuts the mall out', () => {
  test('not oneself, not the last administrator', async () => {
    const { t, admin, as } = await mall()
    const params = { staffId: admin.staffId }
    const demote = () => codeOfAnswer(t.call('PUT /admin/staff/{staffId}', { as, params, body: { ...input, role: 'auditor' } }))
    const disable = () => codeOfAnswer(t.call('POST /admin/staff/{staffId}/disable', { as, params, body: { reason: '试试' } }))
    expect([await disable(), await demote()]).toEqual(['last_administrator', 'own_account'])
    await makeStaff(t, 'administrator')
    expect([await disable(), await demote(), await codeOfAnswer(t.call('POST /admin/staff/{staffId}/reset', { as, params, body: { reason: '试试' } }))]).toEqual(['own_account', 'own_account', 'own_account'])
    expect((await t.call('PUT /admin/staff/{staffId}', { as, params, body: { ...input, role: 'administrator', name: '改名' } })).body.name).toBe('改名')
  })
  test('two administrators who disable each other at once leave one', async () => {
    const { t, admin, as } = await mall()
    const other = await makeStaff(t, 'administrator')
    const asOther = await signInAs(t, other)
    const answers = await Promise.all([
      t.call('POST /admin/staff/{staffId}/disable', { as, params: { staffId: other.staffId }, body: { reason: '争执' } }), t.call('POST /admin/staff/{staffId}/disable', { as: asOther, params: { staffId: admin.staffId }, body: { reason: '争执' } }),
    ])
    expect(answers.filter((a) => a.status === 200)).toHaveLength(1)
  })
})

test('my own password: the current one is asked, other sessions end, this one stays', async () => {
  const { t } = await mall()
  const person = await makeStaff(t, 'finance')
  const first = await signInAs(t, person)
  t.clock.advance(30_000)
  const second = await signInAs(t, person)
  const change = (current: string, next: string) => t.call('POST /admin/me/password', { as: second, body: { current, next } })
  expect([(await change('wrong', 'a much longer one')).problem.code, (await change(testPassword, 'short')).problem.code, (await change(testPassword, 'a much longer one')).status]).toEqual(['sign_in_failed', 'validation_failed', 200])
  expect([(await t.call('GET /admin/me', { as: first })).status, (await t.call('GET /admin/me', { as: second })).status]).toEqual([401, 200])
  expect((await t.call('POST /admin/sign-in', { body: { account: person.account, password: 'a much longer one' } })).status).toBe(200)
})

test('roles are counted by the people who hold them', async () => {
  const { t, as } = await mall()
  await makeStaff(t, 'finance')
  const { body } = await t.call('GET /admin/roles', { as })
  expect(body.items.filter((r) => r.people > 0).map((r) => [r.role, r.people])).toEqual([['administrator', 1], ['finance', 1]])
  expect(body.items.find((r) => r.role === 'salesAssociate')).toMatchObject({ reach: 'store', permissions: ['coupon.redeem', 'redemption.read'] })
})
