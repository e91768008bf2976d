import type { Connection } from 'mysql2/promise'
import type { Config } from '../../bff/src/config.ts'
import type { Random } from './random.ts'

export interface DemoSize { members: number; parkings: number }

/** What every part of the filler works with. `now` stands still while it fills. */
export interface World {
  connection: Connection
  deps: { config: Config }
  random: Random
  id: (at: Date) => string
  now: Date
  mallId: string
  size: DemoSize
}

export interface DemoStore { storeId: string; tenantId: string; name: string; nameEn: string; floor: string; unit: string; trade: string; category: string; averageSpendFen: number | null }
export interface DemoStaff { staffId: string; account: string; name: string; role: string; password: string; totpSecret: string }

const dayMs = 86_400_000
/** The instant `days` before now. */
export const daysAgo = (world: Pick<World, 'now'>, days: number): Date => new Date(world.now.getTime() - days * dayMs)
