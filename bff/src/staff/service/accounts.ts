import type { Input, Reply } from '@atrium/shared/contracts.ts'
import { maskPhone } from '@atrium/shared/mask.ts'
import { Refusal, refuseUnless } from '@atrium/shared/refusal.ts'
import { leavesNobody, reachFault } from '@atrium/shared/staff/rules.ts'
import { type Ctx, note, staffOf } from '../../context.ts'
import { duplicateKey } from '../../db/errors.ts'
import { newId } from '../../db/id.ts'
import { open, seal } from '../../db/sealed.ts'
import { inTransaction } from '../../db/transaction.ts'
import { type ListQuery, pageOf, paging } from '../../http/paging.ts'
import { mallNames } from '../../mall/service.ts'
import { announce } from '../../outbox/announce.ts'
import { storeIdsOfTenant, storesById } from '../../shop/service.ts'
import { hashPassword, newPassword, newTotpSecret, passwordMatches, totpUri } from '../secrets.ts'
import {
  type StaffFilter, changeStaff, countStaff, endSessions, endTickets, findListed, findStaff, forgiveAttempts, idColumn, insertStaff, listStaff, listStoresOf, lockAdministrators, lockStaff, replaceStores, sortColumns, storeIdsOf,
} from '../store.ts'
import { accountIndexOf } from './sign-in.ts'

type Staff = Reply<'PUT /admin/staff/{staffId}'>
type FirstCredentials = Reply<'POST /admin/staff'>
type Listed = NonNullable<Awaited<ReturnType<typeof findListed>>>

async function shown(ctx: Ctx, listed: Listed[]): Promise<Staff[]> {
  const links = await listStoresOf(ctx, listed.map(({ row }) => row.staffId))
  const names = await storesById(ctx, links.map((l) => l.storeId))
  return listed.map(({ row, lockedUntil, tenantName }) => {
    const storeIds = links.filter((l) => l.staffId === row.staffId).map((l) => l.storeId)
    return {
      staffId: row.staffId, account: row.account, name: row.name, phoneMasked: maskPhone(open(ctx, 'staff.phone', row.phone)), role: row.role, tenantId: row.tenantId, tenantName,
      storeIds, storeNames: storeIds.map((id) => names.get(id)?.name ?? id), state: row.disabledAt ? 'disabled' : lockedUntil && lockedUntil > ctx.now ? 'locked' : 'active',
      lastSignInAt: row.lastSignInAt.getTime() === 0 ? null : row.lastSignInAt.toISOString(), createdAt: row.createdAt.toISOString(),
    }
  })
}

async function shownById(ctx: Ctx, staffId: string): Promise<Staff> {
  const listed = await findListed(ctx, staffId)
  if (!listed) throw new Refusal('not_found', { what: 'staff' })
  return (await shown(ctx, [listed]))[0]!
}

/** Accounts of the mall; text finds name and account. */
export async function listAccounts(ctx: Ctx, query: ListQuery & Pick<StaffFilter, 'role' | 'state'> & { q?: string | undefined }): Promise<Reply<'GET /admin/staff'>> {
  const filter: StaffFilter = { role: query.role, state: query.state, text: query.q, now: ctx.now }
  const page = paging(query, sortColumns, idColumn, '-createdAt')
  const [found, total] = await Promise.all([listStaff(ctx, filter, page), countStaff(ctx, filter)])
  const { rows, nextCursor } = pageOf(found, query, ({ row }) => [row[page.sortKey as keyof typeof sortColumns], row.staffId])
  return { items: await shown(ctx, rows), nextCursor, total }
}

async function checkReach(ctx: Ctx, input: Pick<Input<'POST /admin/staff'>['body'], 'role' | 'tenantId' | 'storeIds'>): Promise<void> {
  const stores = input.tenantId === null ? null : await storeIdsOfTenant(ctx, input.tenantId)
  const fault = reachFault(input, stores?.length ? stores : null)
  if (fault) throw new Refusal('validation_failed', { pointer: `#/body/${fault}` })
}

/** Adds an account with a first password and authenticator key, which are shown this once. Refuses an account name in use. */
export async function addAccount(ctx: Ctx, body: Input<'POST /admin/staff'>['body']): Promise<FirstCredentials> {
  const secrets = await freshSecrets()
  const staffId = newId(ctx.now)
  return inTransaction(ctx, async (tx) => {
    await checkReach(tx, body)
    try {
      await insertStaff(tx, {
        staffId, account: body.account, accountIndex: accountIndexOf(tx, body.account), name: body.name, phone: seal(tx, 'staff.phone', body.phone), role: body.role, tenantId: body.tenantId,
        passwordHash: secrets.passwordHash, totpSecret: seal(tx, 'staff.totpSecret', secrets.totpSecret), createdAt: tx.now, updatedAt: tx.now,
      })
    } catch (error) {
      if (duplicateKey(error) === 'staff_account') throw new Refusal('account_exists')
      throw error
    }
    await replaceStores(tx, staffId, body.storeIds)
    note(tx, { subject: staffId, role: body.role, tenantId: body.tenantId, storeIds: body.storeIds })
    await announce(tx, 'staff.changed', { staffId })
    return firstCredentials(tx, staffId, secrets)
  })
}

const freshSecrets = async () => {
  const password = newPassword()
  return { password, passwordHash: await hashPassword(password), totpSecret: newTotpSecret() }
}

async function firstCredentials(ctx: Ctx, staffId: string, { password, totpSecret }: { password: string; totpSecret: string }): Promise<FirstCredentials> {
  const [staff, mall] = await Promise.all([shownById(ctx, staffId), mallNames(ctx)])
  return { staff, password, totpSecret, totpUri: totpUri(mall.nameEn, staff.account, totpSecret) }
}

/** Everything that lets an account in now: sessions, and tickets that wait for the six digits. */
async function endAccess(ctx: Ctx, staffId: string, reason: string): Promise<void> {
  await endSessions(ctx, staffId, ctx.now, reason, null)
  await endTickets(ctx, staffId, ctx.now)
  await announce(ctx, 'staff.changed', { staffId })
}

/** Changes name, phone, role or reach; open sessions end. Nobody changes their own role or reach, and an administrator stays. */
export const changeAccount = (ctx: Ctx, staffId: string, body: Input<'PUT /admin/staff/{staffId}'>['body']): Promise<Staff> => inTransaction(ctx, async (tx) => {
  const administrators = await lockAdministrators(tx)
  const before = await lockStaff(tx, staffId)
  if (!before) throw new Refusal('not_found', { what: 'staff' })
  const stores = await storeIdsOf(tx, staffId)
  const sameReach = before.role === body.role && before.tenantId === body.tenantId && [...stores].sort().join() === [...body.storeIds].sort().join()
  const own = staffOf(tx).staffId === staffId
  refuseUnless(own && !sameReach ? 'own_account' : null)
  refuseUnless(before.role === 'administrator' && body.role !== 'administrator' && !before.disabledAt && leavesNobody(administrators, staffId) ? 'last_administrator' : null)
  await checkReach(tx, body)
  await changeStaff(tx, staffId, { name: body.name, phone: seal(tx, 'staff.phone', body.phone), role: body.role, tenantId: body.tenantId, updatedAt: tx.now })
  await replaceStores(tx, staffId, body.storeIds)
  note(tx, { subject: staffId, before: { role: before.role, tenantId: before.tenantId, storeIds: stores }, after: { role: body.role, tenantId: body.tenantId, storeIds: body.storeIds } })
  if (!own) await endAccess(tx, staffId, 'account changed')
  return shownById(tx, staffId)
})

/** Disables an account and ends its sessions. Refuses one's own and the last administrator; disabling twice is disabling once. */
export const disableAccount = (ctx: Ctx, staffId: string, reason: string): Promise<Staff> => inTransaction(ctx, async (tx) => {
  const administrators = await lockAdministrators(tx)
  const row = await lockStaff(tx, staffId)
  if (!row) throw new Refusal('not_found', { what: 'staff' })
  refuseUnless(row.role === 'administrator' && !row.disabledAt && leavesNobody(administrators, staffId) ? 'last_administrator' : null)
  refuseUnless(staffOf(tx).staffId === staffId ? 'own_account' : null)
  if (!row.disabledAt) await changeStaff(tx, staffId, { disabledAt: tx.now, updatedAt: tx.now })
  await endAccess(tx, staffId, 'account disabled')
  note(tx, { subject: staffId, reason })
  return shownById(tx, staffId)
})

/** Lets a disabled or locked account in again. */
export const enableAccount = (ctx: Ctx, staffId: string): Promise<Staff> => inTransaction(ctx, async (tx) => {
  const row = await lockStaff(tx, staffId)
  if (!row) throw new Refusal('not_found', { what: 'staff' })
  await changeStaff(tx, staffId, { disabledAt: null, updatedAt: tx.now })
  await forgiveAttempts(tx, row.accountIndex, tx.now)
  note(tx, { subject: staffId })
  await announce(tx, 'staff.changed', { staffId })
  return shownById(tx, staffId)
})

/** A new password and authenticator key for somebody who lost theirs; sessions end. Refuses one's own account. */
export async function resetAccount(ctx: Ctx, staffId: string, reason: string): Promise<FirstCredentials> {
  const secrets = await freshSecrets()
  return inTransaction(ctx, async (tx) => {
    const row = await lockStaff(tx, staffId)
    if (!row) throw new Refusal('not_found', { what: 'staff' })
    refuseUnless(staffOf(tx).staffId === staffId ? 'own_account' : null)
    await changeStaff(tx, staffId, { passwordHash: secrets.passwordHash, totpSecret: seal(tx, 'staff.totpSecret', secrets.totpSecret), totpStep: 0, updatedAt: tx.now })
    await forgiveAttempts(tx, row.accountIndex, tx.now)
    await endAccess(tx, staffId, 'credentials reset')
    note(tx, { subject: staffId, reason })
    return firstCredentials(tx, staffId, secrets)
  })
}

/** Changes one's own password; the other sessions end. Refuses a wrong current password as `sign_in_failed`. */
export async function changePassword(ctx: Ctx, body: Input<'POST /admin/me/password'>['body']): Promise<Reply<'POST /admin/me/password'>> {
  const { staffId, sessionId } = staffOf(ctx)
  const row = await findStaff(ctx, staffId)
  if (!(await passwordMatches(row?.passwordHash ?? null, body.current))) throw new Refusal('sign_in_failed')
  const passwordHash = await hashPassword(body.next)
  return inTransaction(ctx, async (tx) => {
    await changeStaff(tx, staffId, { passwordHash, updatedAt: tx.now })
    await endSessions(tx, staffId, tx.now, 'password changed', sessionId)
    await endTickets(tx, staffId, tx.now)
    note(tx, { subject: staffId })
    return { ok: true as const }
  })
}
