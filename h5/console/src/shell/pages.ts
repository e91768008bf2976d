import type { Component } from 'vue'
import type { Permission } from '@atrium/shared/staff/permissions.ts'
import type { IconName } from '../ui/icons.ts'

export type Group = 'guests' | 'site' | 'money' | 'system'

/**
 * Every page of the console, once: the menu, the routes, the search and the permission filter come from here.
 * `menu` pages stand in the menu under `group` (none: at the top); the others belong to `parent`. `needs` is the permission without
 * which the page is not offered and not opened; a list of permissions is satisfied by any of them.
 */
export type PageSpec = {
  name: string
  path: string
  title: string
  icon?: IconName
  menu?: boolean
  group?: Group
  parent?: string
  needs?: Permission | readonly Permission[]
  load: () => Promise<{ default: Component }>
}

export const groups: readonly Group[] = ['guests', 'site', 'money', 'system']

export const pages: readonly PageSpec[] = [
  { name: 'today', path: '/today', title: 'page.today', icon: 'today', menu: true, needs: 'dashboard.read', load: () => import('../insight/Today.vue') },
  { name: 'approvals', path: '/approvals', title: 'page.approvals', icon: 'check', menu: true, needs: 'coupon.approve', load: () => import('../coupon/Approvals.vue') },
  { name: 'members', path: '/members', title: 'page.members', icon: 'members', menu: true, group: 'guests', needs: 'member.read', load: () => import('../member/Members.vue') },
  { name: 'member', path: '/members/:memberId', title: 'page.member', parent: 'members', needs: 'member.read', load: () => import('../member/Member.vue') },
  { name: 'templates', path: '/coupons', title: 'page.templates', icon: 'coupon', menu: true, group: 'guests', needs: 'coupon.read', load: () => import('../coupon/Templates.vue') },
  { name: 'template-new', path: '/coupons/templates/new', title: 'page.templateNew', parent: 'templates', needs: 'coupon.edit', load: () => import('../coupon/TemplateEditor.vue') },
  { name: 'template', path: '/coupons/templates/:templateId', title: 'page.template', parent: 'templates', needs: 'coupon.read', load: () => import('../coupon/TemplateEditor.vue') },
  { name: 'redeem', path: '/redeem', title: 'page.redeem', icon: 'scan', menu: true, group: 'guests', needs: 'coupon.redeem', load: () => import('../coupon/Redeem.vue') },
  { name: 'redemptions', path: '/redemptions', title: 'page.redemptions', icon: 'history', menu: true, group: 'guests', needs: 'redemption.read', load: () => import('../coupon/Redemptions.vue') },
  { name: 'control', path: '/parking/control', title: 'page.control', icon: 'barrier', menu: true, group: 'site', needs: 'parking.read', load: () => import('../parking/Control.vue') },
  { name: 'sessions', path: '/parking/sessions', title: 'page.sessions', icon: 'car', menu: true, group: 'site', needs: 'parking.read', load: () => import('../parking/Sessions.vue') },
  { name: 'session', path: '/parking/sessions/:parkingId', title: 'page.session', parent: 'sessions', needs: 'parking.read', load: () => import('../parking/Session.vue') },
  { name: 'tariffs', path: '/parking/tariffs', title: 'page.tariffs', icon: 'sign', menu: true, group: 'site', needs: 'parking.read', load: () => import('../parking/Tariffs.vue') },
  { name: 'shops', path: '/shops', title: 'page.shops', icon: 'shop', menu: true, group: 'site', needs: 'shop.read', load: () => import('../shop/Shops.vue') },
  { name: 'notices', path: '/notices', title: 'page.notices', icon: 'bell', menu: true, group: 'site', needs: 'notice.read', load: () => import('../notice/Notices.vue') },
  { name: 'payments', path: '/payments', title: 'page.payments', icon: 'payment', menu: true, group: 'money', needs: 'payment.read', load: () => import('../payment/Payments.vue') },
  { name: 'fapiao', path: '/fapiao', title: 'page.fapiao', icon: 'invoice', menu: true, group: 'money', needs: 'fapiao.read', load: () => import('../fapiao/Invoices.vue') },
  { name: 'staff', path: '/staff', title: 'page.staff', icon: 'shield', menu: true, group: 'system', needs: 'staff.read', load: () => import('../staff/Staff.vue') },
  { name: 'roles', path: '/staff/roles', title: 'page.roles', parent: 'staff', needs: 'staff.read', load: () => import('../staff/Roles.vue') },
  { name: 'audit', path: '/audit', title: 'page.audit', icon: 'eye', menu: true, group: 'system', needs: 'audit.read', load: () => import('../audit/Audit.vue') },
  { name: 'invariants', path: '/invariants', title: 'page.invariants', icon: 'scales', menu: true, group: 'system', needs: 'operations.read', load: () => import('../operations/Invariants.vue') },
]

/** Whether someone with these permissions may open `page`. */
export function mayOpen(page: Pick<PageSpec, 'needs'>, may: (permission: Permission) => boolean): boolean {
  if (!page.needs) return true
  return (typeof page.needs === 'string' ? [page.needs] : page.needs).some(may)
}

export type MenuGroup = { group: Group | null; pages: readonly PageSpec[] }

/** The menu someone with these permissions sees; groups without a page are left out. */
export function menuFor(may: (permission: Permission) => boolean, all: readonly PageSpec[] = pages): MenuGroup[] {
  const offered = all.filter((page) => page.menu && mayOpen(page, may))
  const groupsShown: (Group | null)[] = [null, ...groups]
  return groupsShown.map((group) => ({ group, pages: offered.filter((page) => (page.group ?? null) === group) })).filter((g) => g.pages.length > 0)
}

/** Where someone lands after signing in: the first page of their menu. */
export const homeFor = (may: (permission: Permission) => boolean): string => menuFor(may)[0]?.pages[0]?.path ?? '/nothing'
