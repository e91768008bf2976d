import type { Reply } from '@atrium/shared/contracts.ts'
import { signOf } from '@atrium/shared/parking/tariff.ts'
import { isPlate, maskPlate, normalisePlate } from '@atrium/shared/plate.ts'
import { Refusal } from '@atrium/shared/refusal.ts'
import { type Ctx, memberIdOf, memberOf } from '../context.ts'
import { shownParkings } from './desk.ts'
import { isSilent } from './lane.ts'
import { boundPlates } from './plates.ts'
import { couponsFor, currentQuote, nothing, priceNow, runningSession, shownQuote, tierMinutesLeft } from './quotes.ts'
import { type LaneRow, carParksOf, findLane, insideByZone, tariffsInForce } from './store/places.ts'
import { type SessionRow, findSession, insideWith, listOfMember } from './store/sessions.ts'

export { alarms } from './desk.ts'
export { boundPlates } from './plates.ts'

/** Car parks with vacancy and the printed tariff. A car counts in the zone into which its entry leads. */
export async function carParks(ctx: Ctx): Promise<Reply<'GET /api/parking/car-parks'>> {
  const [rows, inside, tariffs] = await Promise.all([carParksOf(ctx), insideByZone(ctx), tariffsInForce(ctx, ctx.now)])
  return { items: rows.map((row) => {
    const here = inside.filter((count) => count.carParkId === row.carParkId)
    const vacant = Math.max(0, row.total - here.reduce((sum, count) => sum + count.inside, 0))
    const tariff = tariffs.find((t) => t.carParkId === row.carParkId)
    return {
      carParkId: row.carParkId, name: row.name, nameEn: row.nameEn, total: row.total, vacant, full: vacant === 0, sign: tariff ? signOf(tariff) : [],
      zones: row.zones.map((zone) => ({ ...zone, vacant: Math.max(0, zone.total - (here.find((count) => count.zone === zone.name)?.inside ?? 0)) })),
    }
  }) }
}

const withQuote = async (ctx: Ctx, session: SessionRow, memberId: string | null) => {
  const tierMinutes = memberId ? await tierMinutesLeft(ctx, memberId, session.plate) : 0
  const [shown, quote] = await Promise.all([shownParkings(ctx, [session]), currentQuote(ctx, session, memberId, { ...nothing, tierMinutes })])
  // A payment's id opens it to guests: whoever only knows the plate is not told it.
  const mine = memberId !== null && session.memberId === memberId
  return { ...shown[0]!, ...(!mine && { paymentId: null, fapiaoId: null }), quote: shownQuote(quote) }
}

/** The member's cars inside, each with a quote that has the tier hours in it, and the coupons that could be added. */
export async function running(ctx: Ctx): Promise<Reply<'GET /api/parking/running'>> {
  const { memberId } = memberOf(ctx)
  const sessions = await insideWith(ctx, await boundPlates(ctx, memberId))
  return { items: await Promise.all(sessions.map(async (session) => ({ ...(await withQuote(ctx, session, memberId)), coupons: await couponsFor(ctx, memberId, session.carParkId) }))) }
}

/**
 * Finds a car inside by its whole plate, or the one that waits in a lane (the code at the exit). A part of a plate finds nothing: whoever stands at a
 * kiosk must know the car. Refuses `lane_idle` when nobody waits there.
 */
export async function lookup(ctx: Ctx, by: { plate?: string | undefined; laneId?: string | undefined }): Promise<Reply<'POST /api/parking/lookup'>> {
  const memberId = memberIdOf(ctx)
  if (by.laneId) {
    const lane = await findLane(ctx, by.laneId)
    if (!lane?.parkingId || lane.state !== 'waiting_payment') throw new Refusal('lane_idle')
    return { item: await withQuote(ctx, await runningSession(ctx, lane.parkingId), memberId) }
  }
  const plate = normalisePlate(by.plate ?? '')
  if (!isPlate(plate)) throw new Refusal('plate_invalid')
  const [session] = await insideWith(ctx, [plate])
  if (!session) throw new Refusal('parking_unknown')
  return { item: await withQuote(ctx, session, memberId) }
}

type ExitScreen = Reply<'GET /api/parking/exits/{laneId}'>

function exitState(lane: LaneRow, now: Date): ExitScreen['state'] {
  if (isSilent(lane, now) || lane.state === 'jammed') return 'help'
  if (lane.state === 'waiting_payment') return 'due'
  if (lane.state === 'opening' || lane.state === 'open') return 'passing'
  // A plate in a closed lane waits for the control room.
  return lane.plate ? 'help' : 'idle'
}

/** What the screen at an exit shows; a car that owes costs more as it waits. Whoever knows the lane's id stands there: no endpoint for guests lists lanes. Refuses `not_found` for a lane that is no exit. */
export async function exitScreen(ctx: Ctx, laneId: string): Promise<ExitScreen> {
  const lane = await findLane(ctx, laneId)
  if (lane?.kind !== 'exit') throw new Refusal('not_found', { what: 'lane' })
  const state = exitState(lane, ctx.now)
  const [carParks, session] = await Promise.all([carParksOf(ctx), lane.parkingId ? findSession(ctx, lane.parkingId) : undefined])
  const carPark = carParks.find((row) => row.carParkId === lane.carParkId)
  return {
    laneId, name: lane.name, nameEn: lane.nameEn, carPark: carPark?.name ?? '', carParkEn: carPark?.nameEn ?? '', state, plateMasked: lane.plate && maskPlate(lane.plate), entryAt: session?.entryAt.toISOString() ?? null,
    stayMinutes: session ? Math.max(0, Math.floor((ctx.now.getTime() - session.entryAt.getTime()) / 60_000)) : 0, dueFen: state === 'due' && session ? (await priceNow(ctx, session)).dueFen : null,
  }
}

export async function mySessions(ctx: Ctx, query: Parameters<typeof listOfMember>[2]): Promise<Reply<'GET /api/parking/sessions'>> {
  const { rows, nextCursor, total } = await listOfMember(ctx, memberOf(ctx).memberId, query)
  return { items: await shownParkings(ctx, rows), nextCursor, total }
}

/** The car of a member that is inside and came in last, for the home page; null without one. Tier hours are in the price. */
export async function runningForMember(ctx: Ctx, memberId: string): Promise<{ parkingId: string; plate: string; carPark: string; entryAt: Date; dueFen: number; state: string } | null> {
  const [session] = await insideWith(ctx, await boundPlates(ctx, memberId))
  if (!session) return null
  const tierMinutes = await tierMinutesLeft(ctx, memberId, session.plate)
  const [[shown], price] = await Promise.all([shownParkings(ctx, [session]), priceNow(ctx, session, { ...nothing, tierMinutes })])
  return { parkingId: session.parkingId, plate: session.plate, carPark: shown!.carPark, entryAt: session.entryAt, dueFen: price.dueFen, state: session.state }
}
