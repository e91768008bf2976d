/** Every permission of the console, grouped as the console's permission tree shows them. */
export const permissionTree = {
  dashboard: ['dashboard.read'],
  member: ['member.read', 'member.unmask', 'points.read', 'points.adjust'],
  coupon: ['coupon.read', 'coupon.edit', 'coupon.approve', 'coupon.redeem', 'coupon.restore', 'redemption.read'],
  parking: ['parking.read', 'parking.operate', 'parking.tariff'],
  payment: ['payment.read', 'payment.refund'],
  fapiao: ['fapiao.read', 'fapiao.retry'],
  shop: ['shop.read', 'shop.edit'],
  notice: ['notice.read', 'notice.edit'],
  staff: ['staff.read', 'staff.edit'],
  audit: ['audit.read'],
  operations: ['operations.read', 'export.run'],
} as const

export type Permission = (typeof permissionTree)[keyof typeof permissionTree][number]

export const permissions = Object.values(permissionTree).flat() as Permission[]

/** What each role may do and how far it reaches. `auditor` reads everything and changes nothing. */
export const roles = {
  administrator: { reach: 'mall', grants: permissions.filter((p) => p !== 'coupon.redeem' && p !== 'payment.refund') },
  operations: {
    reach: 'mall',
    grants: ['dashboard.read', 'member.read', 'points.read', 'coupon.read', 'coupon.approve', 'coupon.restore', 'redemption.read', 'parking.read', 'payment.read', 'fapiao.read', 'shop.read', 'shop.edit', 'notice.read', 'notice.edit', 'operations.read', 'export.run'],
  },
  marketing: {
    reach: 'mall',
    grants: ['dashboard.read', 'member.read', 'points.read', 'coupon.read', 'coupon.edit', 'redemption.read', 'shop.read', 'notice.read', 'notice.edit', 'export.run'],
  },
  parking: { reach: 'mall', grants: ['dashboard.read', 'parking.read', 'parking.operate', 'parking.tariff', 'payment.read', 'export.run'] },
  finance: {
    reach: 'mall',
    grants: ['dashboard.read', 'payment.read', 'payment.refund', 'fapiao.read', 'fapiao.retry', 'redemption.read', 'coupon.read', 'coupon.approve', 'parking.read', 'points.read', 'export.run'],
  },
  customerService: {
    reach: 'mall',
    grants: ['dashboard.read', 'member.read', 'member.unmask', 'points.read', 'points.adjust', 'coupon.read', 'redemption.read', 'parking.read', 'payment.read', 'fapiao.read', 'shop.read', 'notice.read'],
  },
  auditor: { reach: 'mall', grants: permissions.filter((p) => p.endsWith('.read') || p === 'export.run') },
  tenantManager: { reach: 'tenant', grants: ['coupon.read', 'coupon.redeem', 'coupon.restore', 'redemption.read', 'shop.read', 'export.run'] },
  salesAssociate: { reach: 'store', grants: ['coupon.redeem', 'redemption.read'] },
} as const satisfies Record<string, { reach: 'mall' | 'tenant' | 'store'; grants: readonly Permission[] }>

export type Role = keyof typeof roles

/** Whether `role` may do `permission`; default is no. */
export const grants = (role: Role, permission: Permission): boolean =>
  (roles[role].grants as readonly Permission[]).includes(permission)
