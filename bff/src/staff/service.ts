import type { Reply } from '@atrium/shared/contracts.ts'
import { type Role, roles } from '@atrium/shared/staff/permissions.ts'
import { sessionHolds, signInLimits } from '@atrium/shared/staff/rules.ts'
import { type Ctx, type Deps, type Scope, type StaffCaller, staffOf } from '../context.ts'
import { tokenHash } from '../db/sealed.ts'
import { mallNames } from '../mall/service.ts'
import { type StoreName, storeIdsOfTenant, storesById, tenantsWithin } from '../shop/service.ts'
import { type StaffRow, countByRole, findSession, findSessionById, findStaff, storeIdsOf, touchSession } from './store.ts'

/** Seen times are written at most this often: a page that asks for ten lists is one visit. */
const touchEveryMs = 30_000

/** Stores within reach of an account: those of its tenant, its own, or none for accounts that reach the whole mall. */
export async function reachOf(scope: Scope, row: Pick<StaffRow, 'staffId' | 'role' | 'tenantId'>): Promise<string[]> {
  const { reach } = roles[row.role]
  if (reach === 'mall' || row.tenantId === null) return []
  return reach === 'tenant' ? storeIdsOfTenant(scope, row.tenantId) : storeIdsOf(scope, row.staffId)
}

const callerOf = async (scope: Scope, row: StaffRow, sessionId: string, address: string): Promise<StaffCaller> =>
  ({ kind: 'staff', staffId: row.staffId, name: row.name, role: row.role, mallId: row.mallId, reach: roles[row.role].reach, tenantId: row.tenantId, storeIds: await reachOf(scope, row), sessionId, address })

/** The account behind a token and how far it reaches; null when the session ended, idled or ran out, or the account was disabled. */
export async function authenticateStaff(deps: Deps, token: string, address: string): Promise<StaffCaller | null> {
  const found = await findSession(deps.db, tokenHash({ deps }, token))
  const now = deps.now()
  if (!found || found.row.disabledAt || !sessionHolds(found.session, now)) return null
  const scope = { db: deps.db, mallId: found.row.mallId }
  if (now.getTime() - found.session.lastSeenAt.getTime() > touchEveryMs) await touchSession(scope, found.session.sessionId, now)
  return callerOf(scope, found.row, found.session.sessionId, address)
}

/** Whether the session of a long connection still holds, without counting as a visit. */
export async function staffSessionHolds(ctx: Ctx, sessionId: string): Promise<boolean> {
  const session = await findSessionById(ctx, sessionId)
  return session !== null && sessionHolds(session, ctx.deps.now())
}

/** An account as it stands now, for work that goes on after its session; null when it is gone or disabled. */
export async function staffCaller(ctx: Ctx, staffId: string): Promise<StaffCaller | null> {
  const row = await findStaff(ctx, staffId)
  return row && !row.disabledAt ? callerOf(ctx, row, '', 'local') : null
}

const storeOf = ({ storeId, name, nameEn, floor, unit }: StoreName) => ({ storeId, name, nameEn, floor, unit })

/** Who is signed in, what they may do, and until when. */
export async function staffMe(ctx: Ctx): Promise<Reply<'GET /admin/me'>> {
  const caller = staffOf(ctx)
  const [row, session, names, stores, tenants] = await Promise.all([
    findStaff(ctx, caller.staffId), findSessionById(ctx, caller.sessionId), mallNames(ctx), storesById(ctx, caller.storeIds), caller.reach === 'mall' ? [] : tenantsWithin(ctx),
  ])
  return {
    staffId: caller.staffId, account: row?.account ?? '', name: caller.name, role: caller.role, reach: caller.reach, permissions: [...roles[caller.role].grants],
    mallName: names.name, mallNameEn: names.nameEn, tenantName: tenants[0]?.name ?? null, stores: [...stores.values()].map(storeOf), idleAfterMs: signInLimits.idleMs,
    expiresAt: (session?.expiresAt ?? ctx.now).toISOString(),
  }
}

/** Every role with what it may do and how many active accounts hold it. */
export async function listRoles(ctx: Ctx): Promise<Reply<'GET /admin/roles'>> {
  const people = new Map((await countByRole(ctx)).map((r) => [r.role, r.people]))
  const items = (Object.keys(roles) as Role[]).map((role) => ({ role, reach: roles[role].reach, permissions: [...roles[role].grants], people: people.get(role) ?? 0 }))
  return { items }
}

/** Tenants with their stores within the caller's reach. */
export async function listTenantsWithStores(ctx: Ctx): Promise<Reply<'GET /admin/tenants'>> {
  return { items: (await tenantsWithin(ctx)).map((t) => ({ ...t, stores: t.stores.map(storeOf) })) }
}
