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
