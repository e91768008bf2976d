import { exitVerdict, isSure, sameArrivalMs, seenAtOf } from '@atrium/shared/parking/rules.ts'
import { normalisePlate, plateKind } from '@atrium/shared/plate.ts'
import type { Ctx } from '../context.ts'
import { newId } from '../db/id.ts'
import { inTransaction } from '../db/transaction.ts'
import { announce } from '../outbox/announce.ts'
import type { GateOrder, Sighting, SightingReply } from './gate.ts'
import { clearLane, closed, endStay, handOut, notOpened, openBarrier, opened, showLane } from './lane.ts'
import { settleNothing, subjectOf } from './pay.ts'
import { memberOfPlate } from './plates.ts'
import { priceNow, storeQuote, tierMinutesLeft } from './quotes.ts'
import { type ReadingRow, commandOfReading, findCommand, findReadingOf, insertReading, lastCommand, nextCommand, strayExit, updateReading } from './store/gates.ts'
import { type LaneRow, findLaneOfCamera, lockLane, tariffsInForce, updateLane } from './store/places.ts'
import { type SessionRow, findSession, insertSession, lockInside, updateSession } from './store/sessions.ts'
import { move, tell } from './trail.ts'

type Verdict = { answer: 'ok' | 'no'; commandId: string | null; parkingId: string | null; state: ReadingRow['state'] }
/** How the barrier hears of it: in the reply to its camera, by an order to fetch, or not at all (history that came late). */
export type Via = 'reply' | 'fetch' | 'book'
export type Seen = { plate: string; seenAt: Date; readingId: string; vendorPlateId: string | null }

const held = (parkingId: string | null = null): Verdict => ({ answer: 'no', commandId: null, parkingId, state: 'waiting' })

/**
 * A camera reports a plate. Booked once however often it is sent; the answer opens the barrier or leaves it down. What is not sure waits for a
 * person; what the camera stored while off-line is booked and never opened for.
 */
export async function see(ctx: Ctx, sighting: Sighting): Promise<SightingReply> {
  const lane = await findLaneOfCamera(ctx.db, sighting.cameraSerial)
  const reply = (verdict: Pick<Verdict, 'answer' | 'commandId'>): SightingReply => ({ open: verdict.answer === 'ok', vendorPlateId: sighting.vendorPlateId, commandId: verdict.commandId })
  if (!lane) {
    ctx.log.warn({ camera: sighting.cameraSerial }, 'a camera nobody knows')
    return reply({ answer: 'no', commandId: null })
  }
  return reply(await inTransaction({ ...ctx, mallId: lane.mallId }, async (tx) => {
    const locked = await lockLane(tx, lane.laneId)
    const { cameraSerial, vendorPlateId, sec, confidence, offline } = sighting
    const plate = normalisePlate(sighting.plate)
    const readingId = newId(tx.now)
    const seenAt = seenAtOf(sighting, tx.now)
    const isNew = await insertReading(tx, { readingId, laneId: lane.laneId, kind: lane.kind, cameraSerial, vendorPlateId, sec, plateRaw: sighting.plate, plate, confidence, offline, seenAt, state: 'done', answer: 'no' })
    if (!isNew) return again(tx, sighting)
    await updateLane(tx, lane.laneId, { lastSeenAt: tx.now })
    const seen = { plate, seenAt, readingId, vendorPlateId }
    const verdict = isSure(plate, confidence) ? await act(tx, locked, seen, offline ? 'book' : 'reply') : held()
    await updateReading(tx, readingId, { state: verdict.state, answer: verdict.answer, parkingId: verdict.parkingId, picture: verdict.state === 'waiting' ? sighting.picture : null })
    if (!offline) await showSeen(tx, locked, seen, confidence, verdict)
    if (verdict.state === 'waiting') await announce(tx, 'reading.waiting', { readingId, laneId: lane.laneId })
    return verdict
  }))
}

/** The same report once more: the barrier may still be on its way up, or the first answer was lost. Never opened a second time for a car that went. */
async function again(ctx: Ctx, event: Sighting): Promise<Pick<Verdict, 'answer' | 'commandId'>> {
  const reading = await findReadingOf(ctx, event)
  const command = reading && reading.answer === 'ok' ? await commandOfReading(ctx, reading.readingId) : undefined
  return command?.state === 'sent' ? { answer: 'ok', commandId: command.commandId } : { answer: 'no', commandId: null }
}

async function showSeen(ctx: Ctx, lane: LaneRow, seen: Seen, confidence: number, verdict: Verdict): Promise<void> {
  const base = { ...clearLane, plate: seen.plate, confidence, seenAt: ctx.now, readingId: seen.readingId, parkingId: verdict.parkingId }
  if (verdict.answer === 'ok') return showLane(ctx, lane.laneId, { ...base, state: 'opening', barrier: 'moving' })
  const session = verdict.parkingId ? await findSession(ctx, verdict.parkingId) : undefined
  if (session && lane.kind === 'exit') return showLane(ctx, lane.laneId, { ...base, state: 'waiting_payment', dueFen: (await priceNow(ctx, session)).dueFen, note: '等待付款', noteEn: 'Waiting for payment' })
  const known = isSure(seen.plate, confidence)
  // An unclear look at whoever waits to pay does not make them strangers: their payment still opens.
  if (!known && lane.state === 'waiting_payment') return showLane(ctx, lane.laneId, { readingId: seen.readingId })
  return showLane(ctx, lane.laneId, { ...base, note: known ? '没有入场记录，等待控制室' : '车牌不清，等待控制室', noteEn: known ? 'No entry on record, waiting for the control room' : 'Plate unclear, waiting for the control room' })
}

/** What a sure plate means in its lane. Runs with the lane locked; the control room comes here as well after a correction. */
export const act = (ctx: Ctx, lane: LaneRow, seen: Seen, via: Via): Promise<Verdict> => (lane.kind === 'entry' ? enter(ctx, lane, seen, via) : leave(ctx, lane, seen, via))

async function enter(ctx: Ctx, lane: LaneRow, seen: Seen, via: Via): Promise<Verdict> {
  const inside = await lockInside(ctx, lane.carParkId, seen.plate)
  const sinceMs = inside ? seen.seenAt.getTime() - inside.entryAt.getTime() : Infinity
  if (via === 'book') return { answer: 'no', commandId: null, parkingId: await bookEntry(ctx, lane, seen, inside, sinceMs), state: 'done' }
  const parkingId = inside && sinceMs < sameArrivalMs ? inside.parkingId : await begin(ctx, lane, seen, inside)
  const commandId = await openBarrier(ctx, lane.laneId, via, { kind: 'entry', parkingId, readingId: seen.readingId, vendorPlateId: seen.vendorPlateId })
  return { answer: 'ok', commandId, parkingId, state: 'done' }
}

/** Books an entry that came in late. When its exit was reported before it, the stay is over; one before the stay that runs is told only then. */
async function bookEntry(ctx: Ctx, lane: LaneRow, seen: Seen, inside: SessionRow | undefined, sinceMs: number): Promise<string | null> {
  if (inside && Math.abs(sinceMs) < sameArrivalMs) return inside.parkingId
  const exit = await strayExit(ctx, lane.carParkId, seen.plate, seen.seenAt)
  if (!exit) return sinceMs < 0 ? null : begin(ctx, lane, seen, inside)
  const parkingId = await begin(ctx, lane, seen, sinceMs < 0 ? undefined : inside, null)
  await updateSession(ctx, parkingId, { exitLaneId: exit.laneId })
  await updateReading(ctx, exit.readingId, { parkingId })
  await endStay(ctx, (await findSession(ctx, parkingId))!, exit.seenAt, () => ({ act: '离场（离线补传）', actEn: 'Left (reported late)' }))
  return parkingId
}

/** Opens a stay. A car that is still inside on paper left unseen: its old stay ends, unpaid as escaped, settled as closed. */
async function begin(ctx: Ctx, lane: LaneRow, seen: Seen, inside: SessionRow | undefined, openPlate: string | null = seen.plate): Promise<string> {
  if (inside) await endStay(ctx, inside, seen.seenAt, () => ({ act: '未见出场，再次入场', actEn: 'Came in again, exit not seen' }))
  const tariff = (await tariffsInForce(ctx, seen.seenAt)).find((row) => row.carParkId === lane.carParkId)
  if (!tariff) throw new Error(`car park ${lane.carParkId} has no tariff in force`)
  const parkingId = newId(ctx.now)
  const memberId = await memberOfPlate(ctx, seen.plate)
  await insertSession(ctx, {
    parkingId, carParkId: lane.carParkId, tariffId: tariff.tariffId, plate: seen.plate, plateKind: plateKind(seen.plate), openPlate, zone: lane.zone, state: 'open', entryAt: seen.seenAt, entryLaneId: lane.laneId, coupons: [], memberId,
  })
  await tell(ctx, parkingId, { act: '入场', actEn: 'Came in', detail: lane.name })
  await announce(ctx, 'parking.entered', { parkingId, carParkId: lane.carParkId, ...(memberId && { memberId }) })
  return parkingId
}

async function leave(ctx: Ctx, lane: LaneRow, seen: Seen, via: Via): Promise<Verdict> {
  const session = await lockInside(ctx, lane.carParkId, seen.plate)
  // What was seen before this stay began is the exit of an earlier one.
  if (!session || seen.seenAt < session.entryAt) return via === 'book' ? { ...held(), state: 'done' } : held()
  const { parkingId } = session
  if (via === 'book') {
    await endStay(ctx, session, seen.seenAt, () => ({ act: '离场（离线补传）', actEn: 'Left (reported late)', detail: lane.name }))
    return { answer: 'no', commandId: null, parkingId, state: 'done' }
  }
  if (session.state === 'leaving' || session.state === 'stuck' || (await mayLeave(ctx, session))) {
    const now = (await findSession(ctx, parkingId))!
    const commandId = await openBarrier(ctx, lane.laneId, via, { kind: 'exit', parkingId, readingId: seen.readingId, vendorPlateId: seen.vendorPlateId })
    await move(ctx, now, 'leaving', { act: '放行', actEn: 'Let out', detail: lane.name }, { exitLaneId: lane.laneId })
    return { answer: 'ok', commandId, parkingId, state: 'done' }
  }
  await updateSession(ctx, parkingId, { exitLaneId: lane.laneId })
  await tell(ctx, parkingId, { act: '到出口，等待付款', actEn: 'At the exit, waiting for payment', detail: lane.name })
  return { answer: 'no', commandId: null, parkingId, state: 'done' }
}

/** Nothing due, paid and in time, or covered by the tier hours of the member whose plate it is: those are used by themselves. */
async function mayLeave(ctx: Ctx, session: SessionRow): Promise<boolean> {
  if (exitVerdict(session, (await priceNow(ctx, session)).dueFen, ctx.now) === 'open') return true
  const memberId = await memberOfPlate(ctx, session.plate)
  const tierMinutes = memberId ? await tierMinutesLeft(ctx, memberId, session.plate) : 0
  if (tierMinutes === 0 || (await priceNow(ctx, session, { tierMinutes, coupons: [] })).dueFen > 0) return false
  const quote = await storeQuote(ctx, session, memberId, { tierMinutes, coupons: [] })
  await settleNothing(ctx, quote, session, { ...(await subjectOf(ctx, session)), purpose: 'parking', subjectId: session.parkingId, quoteId: quote.quoteId, memberId, plate: session.plate, expiresAt: ctx.now })
  return true
}

const heardEveryMs = 5_000

/** A camera asks for orders: it is alive, and gets the next command of its lane. */
export async function poll(ctx: Ctx, cameraSerial: string): Promise<GateOrder | null> {
  const lane = await findLaneOfCamera(ctx.db, cameraSerial)
  if (!lane) return null
  const scoped = { ...ctx, mallId: lane.mallId }
  const heard = lane.lastSeenAt && ctx.now.getTime() - lane.lastSeenAt.getTime() < heardEveryMs
  if (!heard) await updateLane(scoped, lane.laneId, { lastSeenAt: ctx.now })
  if (!(await nextCommand(scoped, lane.laneId, ctx.now))) return null
  return inTransaction(scoped, async (tx) => {
    await lockLane(tx, lane.laneId)
    const command = await nextCommand(tx, lane.laneId, tx.now)
    if (!command) return null
    await handOut(tx, command)
    return { commandId: command.commandId, vendorPlateId: command.vendorPlateId }
  })
}

/** A barrier says what it did. */
export async function report(ctx: Ctx, said: { cameraSerial: string; commandId: string | null; vendorPlateId: string | null; state: 'opened' | 'closed' | 'jammed' }): Promise<void> {
  const lane = await findLaneOfCamera(ctx.db, said.cameraSerial)
  if (!lane) return
  await inTransaction({ ...ctx, mallId: lane.mallId }, async (tx) => {
    const locked = await lockLane(tx, lane.laneId)
    await updateLane(tx, lane.laneId, { lastSeenAt: tx.now })
    const byId = said.commandId ? await findCommand(tx, said.commandId) : undefined
    const named = byId?.laneId === lane.laneId ? byId : said.vendorPlateId ? await lastCommand(tx, lane.laneId, said.vendorPlateId) : undefined
    if (said.state === 'closed') return closed(tx, locked, named)
    const command = named ?? (await lastCommand(tx, lane.laneId, null))
    if (said.state === 'opened') return opened(tx, locked, command)
    if (command) return notOpened(tx, locked, command.commandId, 'jammed')
    return showLane(tx, lane.laneId, { state: 'jammed', note: '道闸卡住', noteEn: 'Barrier jammed' })
  })
}
