import { staff, staffStore } from '@atrium/schema/staff.ts'
import { type Role, roles } from '@atrium/shared/staff/permissions.ts'
import { seal } from '../../../bff/src/db/sealed.ts'
import { hashPassword, newPassword, newTotpSecret } from '../../../bff/src/staff/secrets.ts'
import { accountIndexOf } from '../../../bff/src/staff/service/sign-in.ts'
import { insertRows } from '../insert.ts'
import { daysAgo, type DemoStaff, type DemoStore, type World } from '../world.ts'

/** Who works here. `shop` names the shop whose tenant a manager manages, or at which an associate sells. */
const people: { account: string; name: string; role: Role; shop?: string }[] = [
  { account: 'admin', name: '沈砚秋', role: 'administrator' },
  { account: 'operations', name: '周若琳', role: 'operations' },
  { account: 'marketing', name: '唐可盈', role: 'marketing' },
  { account: 'parking', name: '孟庆川', role: 'parking' },
  { account: 'finance', name: '韩素清', role: 'finance' },
  { account: 'service', name: '吕晓棠', role: 'customerService' },
  { account: 'auditor', name: '裴正言', role: 'auditor' },
  { account: 'manager.laozaotai', name: '许建平', role: 'tenantManager', shop: '老灶台地锅鸡' },
  { account: 'manager.shanque', name: '白露', role: 'tenantManager', shop: '山雀咖啡' },
  { account: 'assistant.laozaotai', name: '马小川', role: 'salesAssociate', shop: '老灶台地锅鸡' },
  { account: 'assistant.shanque', name: '叶知秋', role: 'salesAssociate', shop: '山雀咖啡' },
]

/** Accounts of every role. Passwords and authenticator keys are made now, by the machine's own randomness and not by the seed. */
export const buildStaff = async (world: World, stores: readonly DemoStore[]): Promise<DemoStaff[]> => {
  const { connection, deps, mallId, random } = world
  const made = await Promise.all(people.map(async (person, i) => {
    const store = person.shop ? stores.find(s => s.name === person.shop)! : null
    const createdAt = daysAgo(world, 395)
    const [password, totpSecret] = [newPassword(), newTotpSecret()]
    const row: typeof staff.$inferInsert = {
      staffId: world.id(createdAt), mallId, account: person.account, accountIndex: accountIndexOf({ deps } as Parameters<typeof accountIndexOf>[0], person.account), name: person.name, phone: seal({ deps }, 'staff.phone', `139051602${String(11 + i * 7).padStart(2, '0')}`), role: person.role,
      tenantId: store?.tenantId ?? null, passwordHash: await hashPassword(password), totpSecret: seal({ deps }, 'staff.totpSecret', totpSecret), totpStep: 0, lastSignInAt: daysAgo(world, random.int(1, 6)), createdAt, updatedAt: createdAt,
    }
    return { row, stores: roles[person.role].reach === 'store' ? [store!.storeId] : [], shown: { staffId: row.staffId, account: person.account, name: person.name, role: person.role, password, totpSecret } }
  }))
  await insertRows(connection, staff, made.map(m => m.row))
  await insertRows(connection, staffStore, made.flatMap(m => m.stores.map(storeId => ({ staffId: m.row.staffId, storeId, mallId }))))
  return made.map(m => m.shown)
}
