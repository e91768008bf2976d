import { staffContract } from '@atrium/shared/staff/contract.ts'
import { handlers } from '../http/handlers.ts'
import { listRoles, listTenantsWithStores, staffMe } from './service.ts'
import { addAccount, changeAccount, changePassword, disableAccount, enableAccount, listAccounts, resetAccount } from './service/accounts.ts'
import { signIn, signInWithTotp, signOut } from './service/sign-in.ts'

export const staffRoutes = handlers(staffContract, {
  'POST /admin/sign-in': (ctx, { body }) => signIn(ctx, body),
  'POST /admin/sign-in/totp': (ctx, { body }, c) => signInWithTotp(ctx, body, c),
  'POST /admin/sign-out': (ctx, _, c) => signOut(ctx, c),
  'GET /admin/me': (ctx) => staffMe(ctx),
  'GET /admin/staff': (ctx, { query }) => listAccounts(ctx, query),
  'GET /admin/roles': (ctx) => listRoles(ctx),
  'GET /admin/tenants': (ctx) => listTenantsWithStores(ctx),
  'POST /admin/staff': (ctx, { body }) => addAccount(ctx, body),
  'PUT /admin/staff/{staffId}': (ctx, { params, body }) => changeAccount(ctx, params.staffId, body),
  'POST /admin/staff/{staffId}/disable': (ctx, { params, body }) => disableAccount(ctx, params.staffId, body.reason),
  'POST /admin/staff/{staffId}/enable': (ctx, { params }) => enableAccount(ctx, params.staffId),
  'POST /admin/staff/{staffId}/reset': (ctx, { params, body }) => resetAccount(ctx, params.staffId, body.reason),
  'POST /admin/me/password': (ctx, { body }) => changePassword(ctx, body),
})
