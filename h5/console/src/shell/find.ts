import type { Permission } from '@atrium/shared/staff/permissions.ts'
import type { IconName } from '../ui/icons.ts'

export type FindTarget = { page: string; label: string; icon: IconName }

const targets: readonly (FindTarget & { needs: Permission; fits: RegExp })[] = [
  { page: 'sessions', label: 'shell.searchPlate', icon: 'car', needs: 'parking.read', fits: /^[\u4e00-\u9fa5][A-Za-z·]|^[A-Za-z][A-Za-z0-9]{4,6}$/ },
  { page: 'members', label: 'shell.searchMember', icon: 'members', needs: 'member.read', fits: /^1[3-9]\d{0,9}$|^M|^[^\d]/i },
  { page: 'payments', label: 'shell.searchPayment', icon: 'payment', needs: 'payment.read', fits: /\d{4,}|^[\u4e00-\u9fa5][A-Za-z]/ },
  { page: 'fapiao', label: 'shell.searchFapiao', icon: 'invoice', needs: 'fapiao.read', fits: /^\d{8,20}$/ },
]

/** Where `q` could be found by what it looks like (a plate, a phone number, a payment number), within what the person may read. */
export const findTargets = (q: string, may: (permission: Permission) => boolean): FindTarget[] =>
  q.length < 2 ? [] : targets.filter((target) => may(target.needs) && target.fits.test(q)).map(({ page, label, icon }) => ({ page, label, icon }))
