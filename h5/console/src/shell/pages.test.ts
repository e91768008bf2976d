import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test } from 'vitest'
import { createMemoryHistory } from 'vue-router'
import { grants, permissions, roles, type Permission, type Role } from '@atrium/shared/staff/permissions.ts'
import { connect } from '../platform/call.ts'
import { useSession } from '../platform/session.ts'
import { person, problem } from '../testing/mounting.ts'
import { findTargets } from './find.ts'
import { homeFor, mayOpen, menuFor, pages } from './pages.ts'
import { makeRouter, safeReturn } from './router.ts'

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
