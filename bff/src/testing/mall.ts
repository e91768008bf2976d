import { floor, mall, tradeCategory, unit } from '@atrium/schema/mall.ts'
import { store, tenant } from '@atrium/schema/shop.ts'
import { creditCodeCheck } from '@atrium/shared/uscc.ts'
import { findableName } from '../shop/pinyin.ts'
import type { TestMall } from '../http/test-kit.ts'
import { newId } from '../db/id.ts'

type Made = { storeId: string; tenantId: string; name: string; unit: string }
let made = 0

/** A valid credit code that no other test uses. */
const creditCode = (): string => {
  for (;;) {
    made += 1
    const first = `91320300MA${String(made).padStart(7, '0')}`
    const check = creditCodeCheck(first)
    if (check) return first + check
  }
}

/** Puts a mall with two floors and two trades under the id of the test. */
export async function makeMall({ deps, mallId }: TestMall): Promise<void> {
  const { db } = deps
  await db.insert(mall).values({ mallId, code: mallId.toLowerCase(), name: '云龙天地', nameEn: 'Atrium Yunlong', city: '徐州', address: '云龙区和平路 1 号', addressEn: '1 Heping Road', phone: '0516-8000 0000', opensAt: '10:00', closesAt: '22:00', transport: [] })
  const plan = { outline: [[0, 0], [1000, 0], [1000, 700], [0, 700]] as [number, number][], atrium: [[400, 300], [600, 300], [600, 400], [400, 400]] as [number, number][], facilities: [], corridors: { nodes: [], edges: [] } }
  await db.insert(floor).values([['L1', '一层', 'Level 1'], ['L2', '二层', 'Level 2']].map(([code, name, nameEn], position) => ({ mallId, code: code!, position, name: name!, nameEn: nameEn!, theme: '生活', themeEn: 'Living', ...plan })))
  await db.insert(tradeCategory).values([['food', '餐饮', 'Food'], ['fashion', '服饰', 'Fashion']].map(([code, name, nameEn], position) => ({ mallId, code: code!, position, name: name!, nameEn: nameEn! })))
}

export async function makeTenant({ deps, mallId, clock }: TestMall, name = '徐州山雀餐饮有限公司'): Promise<string> {
  const tenantId = newId(clock.now())
  await deps.db.insert(tenant).values({ tenantId, mallId, name, creditCode: creditCode() })
  return tenantId
}

/** A store with a unit of its own; `of` changes what a test cares about. */
export async function makeStore(t: TestMall, of: Partial<typeof store.$inferInsert> & { tenantId: string }): Promise<Made> {
  made += 1
  const row = {
    storeId: newId(t.clock.now()), mallId: t.mallId, name: `山雀咖啡${made}`, nameEn: `Titmouse Coffee ${made}`, floor: 'L1', unit: `L1-${made}`, tradeCategory: 'food', logo: '<svg/>', summary: '手冲与烘焙', summaryEn: 'Pour-over and bakery',
    description: '每天现烘。', descriptionEn: 'Roasted daily.', phone: null, opensAt: '10:00', closesAt: '22:00', tags: ['咖啡'], averageSpendFen: 3800, status: 'open' as const, updatedAt: t.clock.now(), ...of,
  }
  await t.deps.db.insert(unit).values({ mallId: t.mallId, unit: row.unit, floor: row.floor, points: [[0, 0], [100, 0], [100, 100], [0, 100]], door: [50, 100] })
  await t.deps.db.insert(store).values({ ...row, ...(await findableName(row.name)) })
  return { storeId: row.storeId, tenantId: row.tenantId, name: row.name, unit: row.unit }
}
