import { createRouter, createWebHistory, type RouteRecordRaw, type Router, type RouterHistory } from 'vue-router'
import type { Permission } from '@atrium/shared/staff/permissions.ts'
import { text } from '../platform/copy.ts'
import { useSession } from '../platform/session.ts'
import { say } from '../ui/toast.ts'
import { homeFor, mayOpen, pages, type PageSpec } from './pages.ts'
import Shell from './Shell.vue'

declare module 'vue-router' {
  interface RouteMeta { page?: PageSpec; needs?: Permission | readonly Permission[]; open?: boolean }
}

/** Only addresses of this console are gone back to after signing in. */
export const safeReturn = (to: unknown): string | null => (typeof to === 'string' && /^\/(?![/\\])/.test(to) ? to : null)

const routes = (): RouteRecordRaw[] => [
  { path: '/sign-in', name: 'sign-in', component: () => import('../staff/SignIn.vue'), meta: { open: true } },
  ...(import.meta.env.DEV ? [{ path: '/gallery', name: 'gallery', component: () => import('../gallery/Gallery.vue'), meta: { open: true } }] : []),
  {
    path: '/', component: Shell,
    children: [
      ...pages.map((page) => ({ path: page.path, name: page.name, component: page.load, meta: { page } })),
      { path: '/refused', name: 'refused', component: () => import('./Refused.vue') },
      { path: '/:rest(.*)*', name: 'nothing', component: () => import('./Nothing.vue') },
    ],
  },
]

const reloaded = 'atrium.console.reloadedAt'

/** A page whose code is gone (a new version was put up) is fetched anew, once; when that does not help, it is said. */
function fetchAnew(to: string, reload: (href: string) => void): void {
  const offline = navigator.onLine === false
  if (offline || Date.now() - Number(sessionStorage.getItem(reloaded)) < 10_000) return say(text(offline ? 'ui.trouble.offline' : 'ui.trouble.fault'), 'bad')
  sessionStorage.setItem(reloaded, String(Date.now()))
  reload(to)
}

/** The router of the console. Every page but the sign-in needs a session; a page without the permission shows why, at its own address. */
export function makeRouter(history: RouterHistory = createWebHistory('/console/'), reload: (href: string) => void = (href) => location.assign(href)): Router {
  const router = createRouter({ history, routes: routes(), scrollBehavior: () => ({ top: 0 }) })
  router.beforeEach(async (to) => {
    if (to.meta.open) return true
    const session = useSession()
    // Who is here is not known: the address stays, and `App` shows why instead of the page.
    if (!(await session.load())) return session.trouble ? true : { name: 'sign-in', query: to.fullPath === '/' ? {} : { to: to.fullPath } }
    if (to.path === '/') return homeFor(session.may)
    if (to.meta.page && !mayOpen(to.meta.page, session.may)) return { name: 'refused', query: { page: to.meta.page.name }, replace: true }
    return true
  })
  router.onError((_, to) => fetchAnew(router.resolve(to.fullPath).href, reload))
  router.afterEach((to) => {
    const title = to.meta.page ? text(to.meta.page.title) : ''
    document.title = [title, text('shell.console')].filter(Boolean).join(' · ')
  })
  return router
}
