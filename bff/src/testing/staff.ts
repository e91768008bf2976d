import { generateSync } from 'otplib'
import { staff, staffStore } from '@atrium/schema/staff.ts'
import { type Role, roles } from '@atrium/shared/staff/permissions.ts'
import { newId } from '../db/id.ts'
import { seal } from '../db/sealed.ts'
import type { TestMall } from '../http/test-kit.ts'
import { hashPassword, newTotpSecret } from '../staff/secrets.ts'
import { accountIndexOf } from '../staff/service/sign-in.ts'

export const testPassword = 'open sesame 2026'
let hashed: Promise<string> | undefined

/** An account that can really sign in with `testPassword` and the codes of its secret. */
export async function makeStaff({ deps, mallId, clock }: TestMall, role: Role, of: { account?: string; tenantId?: string; storeIds?: string[] } = {}) {
  const [staffId, secret] = [newId(clock.now()), newTotpSecret()]
  const account = of.account ?? `${role.toLowerCase()}.${staffId.slice(-6).toLowerCase()}`
  await deps.db.insert(staff).values({
    staffId, mallId, account, accountIndex: accountIndexOf({ deps }, account), name: `测试${role}`.slice(0, 30), phone: seal({ deps }, 'staff.phone', '13900000000'), role, tenantId: roles[role].reach === 'mall' ? null : (of.tenantId ?? null),
    passwordHash: await (hashed ??= hashPassword(testPassword)), totpSecret: seal({ deps }, 'staff.totpSecret', secret), createdAt: clock.now(), updatedAt: clock.now(),
  })
  if (of.storeIds?.length) await deps.db.insert(staffStore).values(of.storeIds.map((storeId) => ({ staffId, storeId, mallId })))
  return { staffId, account, secret, code: (shiftMs = 0) => codeOf(secret, clock.now(), shiftMs) }
}

/** The six digits that an authenticator shows. */
export const codeOf = (secret: string, now: Date, shiftMs = 0): string => generateSync({ secret, epoch: Math.floor((now.getTime() + shiftMs) / 1000) })

/** Signs in through both steps and answers the bearer token. */
export async function signInAs(t: TestMall, person: { account: string; code: () => string }): Promise<string> {
  const first = await t.call('POST /admin/sign-in', { body: { account: person.account, password: testPassword } })
  const second = await t.call('POST /admin/sign-in/totp', { body: { ticket: first.body.ticket, code: person.code(), as: 'token' } })
  if (!second.body.token) throw new Error(`sign-in failed: ${JSON.stringify(second.body)}`)
  return second.body.token
}
