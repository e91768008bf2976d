import { permissionTree, roles, type Permission, type Role } from '@atrium/shared/staff/permissions.ts'

export const roleNames = Object.keys(roles) as Role[]

/** Whether a role works for one tenant or its stores, and therefore has to be tied to it. */
export const isTenantRole = (role: Role): boolean => roles[role].reach !== 'mall'
export const isStoreRole = (role: Role): boolean => roles[role].reach === 'store'

/** Permissions as the console shows them: feature by feature. */
export const permissionGroups: readonly { group: string; permissions: readonly Permission[] }[] = Object.entries(permissionTree).map(([group, permissions]) => ({ group, permissions }))

/** Copy key of a permission; a dot would nest it. */
export const permissionKey = (permission: string): string => `permission.of.${permission.replace('.', '_')}`
