import { Config } from '../../bff/src/config.ts'
import { connectTo } from '../db/connect.ts'
import type { BffConfig } from '../demo-config.ts'
import { buildCarParks } from './parking/build.ts'
import { planTemplates, writeTemplates } from './coupon/build.ts'
import { buildMall } from './mall/build.ts'
import { buildNotices } from './notice/build.ts'
import { writePeople } from './people-file.ts'
import { idsOf, randomOf } from './random.ts'
import { buildStaff } from './staff/build.ts'
import { writeHistory } from './staff/history.ts'
import type { DemoSize, World } from './world.ts'
import { tellYear } from './year/tell.ts'

export interface FillOptions {
  databaseUrl: string
  /** The keys under which personal fields are sealed: those that the BFF will read them with. */
  config: BffConfig
  /** Where demo-people.json goes. */
  home: string
  onProgress?: (line: string) => void
  size?: DemoSize
  now?: Date
  seed?: number
}

const wholeSize: DemoSize = { members: 2_000, parkings: 30_000 }

/**
 * Fills an empty, migrated database with the demo mall: 云龙天地 in Xuzhou, its shops, staff, car parks, coupons, and a year of members, parking, money and
 * invoices up to this moment. The same seed gives the same mall, but for passwords and keys. About a minute.
 */
export const fillDemo = async ({ databaseUrl, config, home, onProgress = () => {}, size = wholeSize, now = new Date(), seed = 20_261_120 }: FillOptions): Promise<void> => {
  const connection = await connectTo(databaseUrl)
  try {
    const random = randomOf(seed)
    const id = idsOf(random)
    const world: World = { connection, deps: { config: Config.parse({ ...config, databaseUrl }) }, random, id, now, mallId: id(new Date(now.getTime() - 400 * 86_400_000)), size }
    await connection.query('START TRANSACTION')
    const stores = await buildMall(world)
    const staff = await buildStaff(world, stores)
    await buildNotices(world, staff)
    onProgress(`${stores.length} shops on five floors, ${staff.length} staff`)
    const carParks = await buildCarParks(world)
    const templates = planTemplates(world, stores)
    const { members, refunded } = await tellYear(world, { stores, staff, carParks, templates }, onProgress)
    await writeTemplates(world, templates, staff)
    const acts = await writeHistory(world, staff, { stores, templates, members, refunded })
    onProgress(`${carParks.length} car parks, ${templates.length} coupon templates, ${acts} acts of staff`)
    writePeople(home, staff, members.slice(0, 3).map(m => ({ phone: m.phone, nickname: m.nickname, tier: m.tier, plate: m.plates[0] ?? '' })))
    await connection.query('COMMIT')
  } finally {
    await connection.end()
  }
}
