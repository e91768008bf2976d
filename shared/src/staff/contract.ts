import { z } from 'zod'
import { can, contract } from '../contract.ts'
import { Done, Id, Iso, Phone, Reason, listQuery, listReply } from '../pieces.ts'
import { permissions, roles } from './permissions.ts'

const roleNames = Object.keys(roles) as [keyof typeof roles, ...(keyof typeof roles)[]]
const Role = z.enum(roleNames)
const Store = z.object({ storeId: Id, name: z.string(), nameEn: z.string(), floor: z.string(), unit: z.string() })
export const StaffMe = z.object({ staffId: Id, account: z.string(), name: z.string(), role: Role, reach: z.enum(['mall', 'tenant', 'store']), permissions: z.array(z.enum(permissions as [string, ...string[]])), mallName: z.string(), mallNameEn: z.string(), tenantName: z.string().nullable(), stores: z.array(Store), idleAfterMs: z.int(), expiresAt: Iso })
const Staff = z.object({ staffId: Id, account: z.string(), name: z.string(), phoneMasked: z.string(), role: Role, tenantId: Id.nullable(), tenantName: z.string().nullable(), storeIds: z.array(Id), storeNames: z.array(z.string()), state: z.enum(['active', 'locked', 'disabled']), lastSignInAt: Iso.nullable(), createdAt: Iso })
const Password = z.string().min(12).max(128)
const StaffInput = z.object({ name: z.string().trim().min(2).max(30), phone: Phone, role: Role, tenantId: Id.nullable(), storeIds: z.array(Id).max(50) })
/** Shown once: the first password and the key for the authenticator app. */
const FirstCredentials = z.object({ staff: Staff, password: z.string(), totpSecret: z.string(), totpUri: z.string() })

export const staffContract = contract({
  'POST /admin/sign-in': {
    who: 'guest', limit: { max: 20, windowMs: 60_000 }, summary: 'Password first; the ticket then takes the six digits', body: z.object({ account: z.string().trim().min(2).max(40), password: z.string().min(1).max(128) }),
    reply: z.object({ ticket: z.string(), expiresAt: Iso }), refuses: ['sign_in_failed', 'account_locked'],
  },
  'POST /admin/sign-in/totp': {
    who: 'guest', limit: { max: 20, windowMs: 60_000 }, summary: 'Second factor. The console gets a cookie, the mini-program (`as: token`) a bearer token', body: z.object({ ticket: z.string().max(200), code: z.string().regex(/^\d{6}$/), as: z.enum(['cookie', 'token']).default('cookie') }),
    reply: z.object({ me: StaffMe, token: z.string().nullable() }), refuses: ['totp_wrong', 'account_locked', 'sign_in_failed'],
  },
  'POST /admin/sign-out': { who: 'staff', idempotent: true, summary: 'Sign out', reply: Done, refuses: [] },
  'GET /admin/me': { who: 'staff', summary: 'Who I am and what I may do', reply: StaffMe, refuses: [] },
  'GET /admin/staff': { who: can('staff.read'), within: 'mall', summary: 'Staff accounts', query: listQuery(['name', 'lastSignInAt', 'createdAt'], { role: Role.optional(), state: z.enum(['active', 'locked', 'disabled']).optional() }), reply: listReply(Staff), refuses: [] },
  'GET /admin/roles': { who: can('staff.read'), within: 'mall', summary: 'Roles with their permissions and reach', reply: z.object({ items: z.array(z.object({ role: Role, reach: z.enum(['mall', 'tenant', 'store']), permissions: z.array(z.string()), people: z.int() })) }), refuses: [] },
  'GET /admin/tenants': { who: can('shop.read'), within: 'tenant', summary: 'Tenants with their stores, for choosers', reply: z.object({ items: z.array(z.object({ tenantId: Id, name: z.string(), stores: z.array(Store) })) }), refuses: [] },
  'POST /admin/staff': { who: can('staff.edit'), within: 'mall', idempotent: true, summary: 'Add an account', body: StaffInput.extend({ account: z.string().trim().regex(/^[a-z][a-z0-9.-]{2,30}$/) }), reply: FirstCredentials, refuses: ['account_exists'] },
  'PUT /admin/staff/{staffId}': { who: can('staff.edit'), within: 'mall', idempotent: true, summary: 'Change name, role or stores; open sessions end', body: StaffInput, reply: Staff, refuses: ['last_administrator', 'own_account'] },
  'POST /admin/staff/{staffId}/disable': { who: can('staff.edit'), within: 'mall', idempotent: true, summary: 'Disable an account; its sessions end', body: z.object({ reason: Reason }), reply: Staff, refuses: ['last_administrator', 'own_account'] },
  'POST /admin/staff/{staffId}/enable': { who: can('staff.edit'), within: 'mall', idempotent: true, summary: 'Enable or unlock an account', reply: Staff, refuses: [] },
  'POST /admin/staff/{staffId}/reset': { who: can('staff.edit'), within: 'mall', idempotent: true, summary: 'New password and authenticator key', body: z.object({ reason: Reason }), reply: FirstCredentials, refuses: ['own_account'] },
  'POST /admin/me/password': { who: 'staff', idempotent: true, limit: { max: 10, windowMs: 3_600_000 }, summary: 'Change my password; my other sessions end', body: z.object({ current: z.string().max(128), next: Password }), reply: Done, refuses: ['sign_in_failed'] },
})
