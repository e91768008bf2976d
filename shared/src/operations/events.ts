import type { Permission } from '../staff/permissions.ts'

/** Everything that is announced, with what staff must be allowed to read to hear of it live; null is for no staff. A new event is added here. */
export const eventPermission = {
  'member.joined': 'member.read', 'member.changed': 'member.read', 'session.revoked': null,
  'points.earned': 'points.read', 'points.taken_back': 'points.read', 'points.changed': 'points.read',
  'coupon.claimed': 'coupon.read', 'coupon.expired': 'coupon.read', 'template.changed': 'coupon.read', 'coupon.redeemed': 'redemption.read', 'coupon.restored': 'redemption.read',
  'parking.entered': 'parking.read', 'parking.paid': 'parking.read', 'parking.exited': 'parking.read', 'parking.changed': 'parking.read', 'lane.changed': 'parking.read', 'reading.waiting': 'parking.read',
  'payment.paid': 'payment.read', 'payment.changed': 'payment.read', 'payment.refund_requested': 'payment.read', 'payment.refunded': 'payment.read',
  'fapiao.requested': 'fapiao.read', 'fapiao.changed': 'fapiao.read', 'export.changed': 'export.run',
  'notice.changed': 'notice.read', 'shop.changed': 'shop.read', 'staff.changed': 'staff.read',
} as const satisfies Record<string, Permission | null>

export type EventType = keyof typeof eventPermission
