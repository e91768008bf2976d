import type { Reply } from '@atrium/shared/contracts.ts'
import { canBind, plateLimit } from '@atrium/shared/parking/rules.ts'
import { normalisePlate, plateKind } from '@atrium/shared/plate.ts'
import { Refusal, refuseUnless } from '@atrium/shared/refusal.ts'
import { type Ctx, memberOf } from '../context.ts'
import { duplicateKey } from '../db/errors.ts'
import { newId } from '../db/id.ts'
import { blindIndexOf, open, seal } from '../db/sealed.ts'
import { type PlateRow, boundAmong, findBound, insertPlate, platesOf, unbindPlate } from './store/places.ts'

const purpose = 'parkingPlates.plate'
type BoundPlate = Reply<'POST /api/parking/plates'>

export const plateIndexOf = (ctx: Ctx, plate: string): Buffer => blindIndexOf(ctx, purpose, plate)
export const plateOf = (ctx: Ctx, row: PlateRow): string => open(ctx, purpose, row.plate)

const shown = (ctx: Ctx, row: PlateRow): BoundPlate => {
  const plate = plateOf(ctx, row)
  return { plateId: row.plateId, plate, plateKind: plateKind(plate), boundAt: row.boundAt.toISOString() }
}

export async function myPlates(ctx: Ctx): Promise<Reply<'GET /api/parking/plates'>> {
  const rows = await platesOf(ctx, memberOf(ctx).memberId)
  return { items: rows.map((row) => shown(ctx, row)), limit: plateLimit }
}

/** Binds a plate to the member; binding it again answers the first binding. Refuses by `canBind`; one plate has one member. */
export async function bind(ctx: Ctx, text: string): Promise<BoundPlate> {
  const { memberId } = memberOf(ctx)
  const plate = normalisePlate(text)
  const index = plateIndexOf(ctx, plate)
  const [rows, holder] = await Promise.all([platesOf(ctx, memberId), findBound(ctx, index)])
  if (holder?.memberId === memberId) return shown(ctx, holder)
  refuseUnless(canBind(plate, rows.length, holder !== undefined))
  const row = { plateId: newId(ctx.now), memberId, plate: seal(ctx, purpose, plate), plateIndex: index, boundIndex: index, boundAt: ctx.now }
  try {
    await insertPlate(ctx, row)
  } catch (error) {
    if (duplicateKey(error) === 'parkingPlates_bound') throw new Refusal('plate_bound_elsewhere')
    throw error
  }
  return shown(ctx, { ...row, mallId: ctx.mallId, unboundAt: null, createdAt: ctx.now })
}

/** Unbinds a plate of the member; what is not theirs stays untouched and answers the same. */
export async function unbind(ctx: Ctx, plateId: string): Promise<{ ok: true }> {
  await unbindPlate(ctx, memberOf(ctx).memberId, plateId, ctx.now)
  return { ok: true }
}

/** The member to whom a plate is bound, or null. */
export const memberOfPlate = async (ctx: Ctx, plate: string): Promise<string | null> => (await findBound(ctx, plateIndexOf(ctx, plate)))?.memberId ?? null

/** Plates that the member has bound, in clear. */
export const boundPlates = async (ctx: Ctx, memberId: string): Promise<string[]> => (await platesOf(ctx, memberId)).map((row) => plateOf(ctx, row))

const confused: Record<string, string> = { 0: 'D', D: '0', 8: 'B', B: '8', 1: 'T', T: '1', 5: 'S', S: '5', 2: 'Z', Z: '2', Q: '0', 6: 'G', G: '6' }

/** Bound plates that a camera may have taken for `plate`: those with one commonly confused character, found by their blind index. */
export async function boundNear(ctx: Ctx, plate: string): Promise<string[]> {
  const variants = [plate, ...[...plate].flatMap((character, i) => (confused[character] ? [plate.slice(0, i) + confused[character] + plate.slice(i + 1)] : []))]
  return (await boundAmong(ctx, variants.map((variant) => plateIndexOf(ctx, variant)))).map((row) => plateOf(ctx, row))
}
