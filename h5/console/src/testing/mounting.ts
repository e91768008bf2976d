import { createPinia, setActivePinia } from 'pinia'
import { mount, type ComponentMountingOptions, type VueWrapper } from '@vue/test-utils'
import { createMemoryHistory, createRouter, type Router } from 'vue-router'
import type { Component } from 'vue'
import type { Permission } from '@atrium/shared/staff/permissions.ts'
import { i18n, setLanguage } from '../platform/copy.ts'
import { useSession, type Me } from '../platform/session.ts'
import '../platform/refusals.ts'
import '../shell/copy.ts'
import '../staff/signInCopy.ts'
import '../ui/copy.ts'

/** A person signed in with these permissions. */
export const person = (permissions: readonly Permission[], over: Partial<Me> = {}): Me => ({
  staffId: '01JD0000000000000000000001', account: 'zhou.ruolin', name: '周若琳', role: 'operations', reach: 'mall', permissions: [...permissions], mallName: '云龙天地', mallNameEn: 'Atrium Yunlong', tenantName: null, stores: [], idleAfterMs: 900_000, expiresAt: '2026-11-21T20:00:00.000Z', ...over,
})

/** Mounts a component with router, copy and a session, at `path`, which `pattern` takes apart. */
export async function mountAt(component: Component, options: ComponentMountingOptions<never> & { path?: string; pattern?: string; permissions?: readonly Permission[] } = {}): Promise<{ wrapper: VueWrapper; router: Router }> {
  setLanguage('zh-CN')
  const pinia = createPinia()
  setActivePinia(pinia)
  useSession().enter(person(options.permissions ?? []))
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: options.pattern ?? '/:rest(.*)*', component: { template: '<i />' } }] })
  await router.push(options.path ?? '/')
  const wrapper = mount(component as never, { ...options, global: { ...options.global, plugins: [pinia, i18n, router] }, attachTo: document.body } as never) as unknown as VueWrapper
  return { wrapper, router }
}

/** An answer of the BFF. */
export const json = (body: unknown, status = 200, headers: Record<string, string> = {}): Response => new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } })

/** Problem details as the BFF writes them: facts stand beside the named members. */
export const problem = (status: number, code: string, facts: Record<string, unknown> = {}): Response => json({ type: `/problems/${code}`, title: code, status, code, requestId: '01JDREQ', ...facts }, status, { 'x-request-id': '01JDREQ' })
