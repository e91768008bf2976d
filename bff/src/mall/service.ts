import { Refusal } from '@atrium/shared/refusal.ts'
import type { Reply } from '@atrium/shared/contracts.ts'
import { isOpenAt } from '@atrium/shared/time.ts'
import type { Ctx, Deps } from '../context.ts'
import { countShops, findFloor, findMall, findMallId, listFloors, listMallIds, listTradeCategories, listUnits } from './store.ts'

const known = new WeakMap<Deps, Map<string, string>>()

/** Mall of a call: by its code, else the configured one, else the first. Null when there is none. Found codes are remembered for the process. */
export async function resolveMall(deps: Deps, code: string | undefined): Promise<string | null> {
  const wanted = code ?? deps.config.mallCode
  const remembered = known.get(deps) ?? new Map<string, string>()
  known.set(deps, remembered)
  const found = remembered.get(wanted ?? '') ?? (await findMallId(deps.db, wanted))
  if (found) remembered.set(wanted ?? '', found)
  return found
}

/** Every mall, for jobs that take their turn in each. */
export const everyMall = (deps: Deps): Promise<string[]> => listMallIds(deps.db)

/** Names of the mall of this call; refuses `not_found` when it is gone. */
export async function mallNames(ctx: Ctx): Promise<{ name: string; nameEn: string }> {
  const row = await findMall(ctx)
  if (!row) throw new Refusal('not_found', { what: 'mall' })
  return { name: row.name, nameEn: row.nameEn }
}

/** The mall with its floors and trade categories, each with its number of shops. */
export async function getMall(ctx: Ctx): Promise<Reply<'GET /api/mall'>> {
  const [row, floors, categories, counts] = await Promise.all([findMall(ctx), listFloors(ctx), listTradeCategories(ctx), countShops(ctx)])
  if (!row) throw new Refusal('not_found', { what: 'mall' })
  const shops = (by: 'floor' | 'tradeCategory', code: string) => counts.filter((c) => c[by] === code).reduce((sum, c) => sum + c.shops, 0)
  const { createdAt: _, ...said } = row
  return {
    ...said, openNow: isOpenAt(row.opensAt, row.closesAt, ctx.now), now: ctx.now.toISOString(),
    floors: floors.map((f) => ({ code: f.code, name: f.name, nameEn: f.nameEn, theme: f.theme, themeEn: f.themeEn, shopCount: shops('floor', f.code) })),
    tradeCategories: categories.map((c) => ({ code: c.code, name: c.name, nameEn: c.nameEn, shopCount: shops('tradeCategory', c.code) })),
  }
}

/** The plan of a floor: outline, atrium void, units with their shops, facilities, corridor graph. Refuses an unknown floor. */
export async function getPlan(ctx: Ctx, code: string): Promise<Reply<'GET /api/mall/floors/{floor}/plan'>> {
  const row = await findFloor(ctx, code)
  if (!row) throw new Refusal('not_found', { what: 'floor' })
  const units = await listUnits(ctx, code)
  const { name, nameEn, theme, themeEn, outline, atrium, facilities, corridors } = row
  return {
    floor: { code, name, nameEn, theme, themeEn, shopCount: units.filter((u) => u.shopId !== null).length },
    outline, void: atrium, facilities, corridors,
    units: units.map((u) => ({ ...u, name: u.name ?? '', nameEn: u.nameEn ?? '' })),
  }
}
