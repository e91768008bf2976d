import { floor, mall, tradeCategory, unit } from '@atrium/schema/mall.ts'
import { store, tenant } from '@atrium/schema/shop.ts'
import { creditCodeCheck } from '@atrium/shared/uscc.ts'
import { findableName } from '../../../bff/src/shop/pinyin.ts'
import { categorySeeds, floorSeeds, type FloorSeed } from '../catalogue/floors.ts'
import type { ShopSeed } from '../catalogue/shop.ts'
import { insertRows } from '../insert.ts'
import type { Random } from '../random.ts'
import { daysAgo, type DemoStore, type World } from '../world.ts'
import { describe } from './describe.ts'
import { drawLogo } from './logo.ts'
import { planFloor } from './plan.ts'

const trades: Record<string, string> = { dining: '餐饮管理', fashion: '服饰', life: '生活服务', kids: '文化教育', beauty: '美容护肤', culture: '文化传媒' }
/** Tenants that run two shops; the second stands under the first one's company. */
const sisters: Record<string, string> = { '禾下面包': '山雀咖啡', '野渡茶铺': '野渡咖啡' }

/** A valid unified social credit code of Yunlong district; invented. */
const creditCode = (random: Random, taken: Set<string>): string => {
  for (;;) {
    const first = `91320303MA${Array.from({ length: 7 }, () => random.pick([...'0123456789ABCDEFGHJKLMNPQRTUWXY'])).join('')}`
    const check = creditCodeCheck(first)
    if (check && !taken.has(first)) {
      taken.add(first)
      return first + check
    }
  }
}

const mallRow = (mallId: string, createdAt: Date): typeof mall.$inferInsert => ({
  mallId, code: 'yunlong', name: '云龙天地', nameEn: 'Atrium Yunlong', city: '徐州', address: '江苏省徐州市云龙区和平路 66 号', addressEn: '66 Heping Road, Yunlong, Xuzhou, Jiangsu', phone: '0516-8000 6600', opensAt: '10:00', closesAt: '22:00', createdAt,
  transport: [
    { kind: 'metro', text: '地铁 2 号线七里沟站 3 口，步行 6 分钟', textEn: 'Metro line 2, Qiligou, exit 3, six minutes on foot' },
    { kind: 'bus', text: '15、37、110 路云龙天地站', textEn: 'Buses 15, 37 and 110 to Atrium Yunlong' },
    { kind: 'drive', text: '和平路入 P1（地下两层），民富路入 P2（立体车库）', textEn: 'P1 (underground) from Heping Road, P2 (deck) from Minfu Road' },
  ],
})

const buildFloor = async (world: World, seed: FloorSeed, position: number): Promise<{ shops: { shop: ShopSeed; floor: string; unit: string }[] }> => {
  const { connection, mallId } = world
  const plan = planFloor(world.random, { code: seed.code, ...seed.shape })
  const { code, name, nameEn, theme, themeEn } = seed
  await insertRows(connection, floor, [{ mallId, code, position, name, nameEn, theme, themeEn, outline: plan.outline, atrium: plan.atrium, facilities: plan.facilities, corridors: plan.corridors }])
  await insertRows(connection, unit, plan.units.map(u => ({ mallId, unit: u.unit, floor: code, points: u.points, door: u.door })))
  const toLet = plan.units.filter(u => !u.room)
  if (toLet.length !== seed.shops.length) throw new Error(`${code} has ${toLet.length} units for ${seed.shops.length} shops`)
  return { shops: seed.shops.map((shop, i) => ({ shop, floor: code, unit: toLet[i]!.unit })) }
}

/** The mall, five floors with their plans, tenants and shops. Answers the shops as later parts need them. */
export const buildMall = async (world: World): Promise<DemoStore[]> => {
  const { connection, mallId, random } = world
  const opened = daysAgo(world, 400)
  await insertRows(connection, mall, [mallRow(mallId, opened)])
  await insertRows(connection, tradeCategory, categorySeeds.map((c, position) => ({ mallId, position, ...c })))
  const shops = (await Promise.all(floorSeeds.map((seed, position) => buildFloor(world, seed, position)))).flatMap(f => f.shops)
  const taken = new Set<string>()
  const tenants = new Map(shops.filter(({ shop }) => !sisters[shop.name]).map(({ shop }) => [shop.name, {
    tenantId: world.id(opened), mallId, name: `徐州${shop.name.replace(/[^\u4e00-\u9fff]/g, '')}${trades[shop.category]}有限公司`, creditCode: creditCode(random, taken), createdAt: opened,
  }]))
  await insertRows(connection, tenant, [...tenants.values()])
  const rows = await Promise.all(shops.map(async ({ shop, floor: floorCode, unit: unitCode }): Promise<typeof store.$inferInsert> => ({
    storeId: world.id(opened), mallId, tenantId: tenants.get(sisters[shop.name] ?? shop.name)!.tenantId, name: shop.name, nameEn: shop.nameEn, ...(await findableName(shop.name)), floor: floorCode, unit: unitCode, tradeCategory: shop.category,
    logo: drawLogo(shop.mark, shop.tone), summary: `${shop.trade} · ${shop.summary}`, summaryEn: `${shop.tradeEn} · ${shop.summaryEn}`, ...describe(random, shop, floorCode, unitCode),
    phone: `0516-8000 ${String(random.int(1000, 6599))}`, opensAt: shop.hours[0], closesAt: shop.hours[1], tags: [shop.trade], averageSpendFen: shop.yuan === null ? null : shop.yuan * 100,
    status: shop.name === '月台裤装' ? 'fitting' : 'open', createdAt: opened, updatedAt: daysAgo(world, random.int(1, 200)),
  })))
  await insertRows(connection, store, rows)
  return rows.map((row, i) => ({ storeId: row.storeId, tenantId: row.tenantId, name: row.name, nameEn: row.nameEn, floor: row.floor, unit: row.unit, trade: shops[i]!.shop.trade, category: row.tradeCategory, averageSpendFen: row.averageSpendFen ?? null }))
}
