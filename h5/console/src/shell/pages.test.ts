import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory } from 'vue-router'
import { grants, permissions, roles, type Permission, type Role } from '@atrium/shared/staff/permissions.ts'
import { connect } from '../platform/call.ts'
import { useSession } from '../platform/session.ts'
import { json, person, problem } from '../testing/mounting.ts'
import { findTargets } from './find.ts'
import { homeFor, mayOpen, menuFor, pages } from './pages.ts'
import { makeRouter, safeReturn } from './router.ts'
import { toSignIn } from './toSignIn.ts'

const as = (role: Role) => (permission: Permission) => grants(role, permission)
const names = (role: Role) => menuFor(as(role)).flatMap((g) => g.pages).map((p) => p.name)

beforeEach(() => setActivePinia(createPinia()))

test('every page asks for a permission that exists, and every child has its parent', () => {
  for (const page of pages) {
    expect(page.needs, page.name).toBeDefined()
    for (const need of [page.needs!].flat()) expect(permissions).toContain(need)
    if (!page.menu) expect(pages.map((p) => p.name), page.name).toContain(page.parent)
  }
  expect(new Set(pages.map((p) => p.path)).size).toBe(pages.length)
})

test.each([
  ['salesAssociate', ['redeem', 'redemptions']],
  ['parking', ['today', 'control', 'sessions', 'tariffs', 'payments']],
  ['tenantManager', ['templates', 'redeem', 'redemptions', 'shops']],
] as [Role, string[]][])('%s sees exactly their pages', (role, expected) => expect(names(role)).toEqual(expected))

test('nobody sees a page they may not open, and everybody has somewhere to land', () => {
  for (const role of Object.keys(roles) as Role[]) {
    for (const name of names(role)) expect(mayOpen(pages.find((p) => p.name === name)!, as(role))).toBe(true)
    expect(homeFor(as(role))).toMatch(/^\/[a-z]/)
  }
  expect(menuFor(() => false)).toEqual([])
})

test('search offers only what one may read', () => {
  expect(findTargets('苏C·F92', as('parking')).map((x) => x.page)).toEqual(['sessions', 'payments'])
  expect(findTargets('13812343306', as('parking')).map((x) => x.page)).toEqual(['payments'])
  expect(findTargets('13812343306', as('marketing')).map((x) => x.page)).toEqual(['members'])
  expect(findTargets('1', () => true)).toEqual([])
})

test.each([['/members?q=1', '/members?q=1'], ['//evil.example', null], ['https://evil.example', null], ['/\\evil', null], [undefined, null]])('after signing in %s leads to %s', (to, expected) => expect(safeReturn(to)).toBe(expected))

test('without a session every address leads to the sign-in and is kept', async () => {
  connect({ fetch: (async () => problem(401, 'unauthenticated')) as typeof fetch, onSignedOut: () => {} })
  const router = makeRouter(createMemoryHistory())
  await router.push('/parking/control?x=1')
  expect(router.currentRoute.value).toMatchObject({ name: 'sign-in', query: { to: '/parking/control?x=1' } })
})

test('a page without the permission is refused by name, and the start is the first page one has', async () => {
  useSession().enter(person(['coupon.redeem']))
  const router = makeRouter(createMemoryHistory())
  await router.push('/audit')
  expect(router.currentRoute.value).toMatchObject({ name: 'refused', query: { page: 'audit' } })
  await router.push('/')
  expect(router.currentRoute.value.path).toBe('/redeem')
})

test.each([['no network', () => Promise.reject(new TypeError('network'))], ['a fault', () => problem(503, 'fault')], ['too many calls', () => problem(429, 'rate_limited')]])('%s at the start keeps the address and is no ended session', async (_, answer) => {
  let now: () => Response | Promise<Response> = answer
  connect({ fetch: (async () => now()) as typeof fetch })
  const router = makeRouter(createMemoryHistory())
  await router.push('/audit?days=x')
  expect([router.currentRoute.value.fullPath, useSession().trouble !== null]).toEqual(['/audit?days=x', true])
  now = () => json(person(['audit.read']))
  await router.replace({ path: '/audit', query: { days: 'x' }, force: true })
  expect([router.currentRoute.value.name, useSession().trouble, useSession().me?.name]).toEqual(['audit', null, '周若琳'])
})

test('leaving keeps the address only when the session ended by itself', async () => {
  const router = makeRouter(createMemoryHistory())
  for (const [back, query] of [[true, { to: '/audit' }], [false, {}]] as const) {
    useSession().enter(person(['audit.read']))
    await router.push('/audit')
    expect(await toSignIn(router, back)).toBe(true)
    expect([router.currentRoute.value.query, useSession().me]).toEqual([query, null])
  }
})

test('who stays for something unsaved is not forgotten', async () => {
  useSession().enter(person(['audit.read']))
  const router = makeRouter(createMemoryHistory())
  await router.push('/audit')
  router.beforeEach(() => false)
  expect(await toSignIn(router, true)).toBe(false)
  expect([router.currentRoute.value.path, useSession().me?.name]).toEqual(['/audit', '周若琳'])
})

test('a page whose code is gone is fetched anew, once', async () => {
  sessionStorage.clear()
  useSession().enter(person([]))
  const reload = vi.fn()
  const router = makeRouter(createMemoryHistory(), reload)
  router.addRoute({ path: '/gone', component: () => Promise.reject(new TypeError('Failed to fetch dynamically imported module')) })
  for (let n = 0; n < 2; n += 1) await router.push('/gone?x=1').catch(() => null)
  expect(reload.mock.calls).toEqual([['/gone?x=1']])
})
