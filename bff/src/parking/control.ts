import type { Reply } from '@atrium/shared/contracts.ts'
import { canGiveBack, isInside } from '@atrium/shared/parking/rules.ts'
import { isPlate, normalisePlate, plateKind } from '@atrium/shared/plate.ts'
import { Refusal } from '@atrium/shared/refusal.ts'
import { type Ctx, note, staffOf } from '../context.ts'
import { refundAll } from '../payment/service.ts'
import { adminOne, shownLane } from './desk.ts'
import { clearLane, endStay, isSilent, openBarrier, showLane } from './lane.ts'
import { memberOfPlate } from './plates.ts'
import { priceNow } from './quotes.ts'
import { act } from './sight.ts'
import { type ReadingRow, lockReading, updateReading } from './store/gates.ts'
import { type LaneRow, findLane, lockLane } from './store/places.ts'
import { type SessionRow, findSession, lockInside, lockSession, updateSession } from './store/sessions.ts'
import { move, tell } from './trail.ts'

type Lane = Reply<'POST /admin/parking/lanes/{laneId}/open'>
type AdminParking = Reply<'POST /admin/parking/sessions/{parkingId}/close'>

const valid = (text: string): string => {
  const plate = normalisePlate(text)
  if (!isPlate(plate)) throw new Refusal('plate_invalid')
  return plate
}

const laneNow = async (ctx: Ctx, laneId: string): Promise<Lane> => shownLane(ctx, (await findLane(ctx, laneId))!)

/** A waiting reading with its lane locked first. Refuses what does not wait any more. */
async function waiting(ctx: Ctx, readingId: string): Promise<{ reading: ReadingRow; lane: LaneRow }> {
  const found = await lockReading(ctx, readingId)
  if (!found) throw new Refusal('not_found', { what: 'reading' })
  if (found.state !== 'waiting') throw new Refusal('already_corrected', { readingId })
  return { reading: found, lane: await lockLane(ctx, found.laneId) }
}

/** Whether the car of a reading still stands in its lane: nobody else was known there since, and the lane did not become free. */
async function stands(ctx: Ctx, lane: LaneRow, readingId: string, plate: string): Promise<boolean> {
  if (lane.readingId === readingId) return true
  return lane.parkingId ? (await lockInside(ctx, lane.carParkId, plate))?.parkingId === lane.parkingId : lane.readingId !== null
}

/**
 * Says what an unclear plate is; the lane goes on with it as if the camera had read it. A plate that is not inside leaves the exit shut
 * and the reading waiting. What came in late from an off-line camera, and what no longer stands in the lane, is booked and opens nothing.
 */
export async function correctReading(ctx: Ctx, readingId: string, text: string): Promise<Lane> {
  const plate = valid(text)
  const { reading, lane } = await waiting(ctx, readingId)
  const byName = staffOf(ctx).name
  const via = !reading.offline && (await stands(ctx, lane, readingId, plate)) ? 'fetch' : 'book'
  const verdict = await act(ctx, lane, { plate, seenAt: reading.seenAt, readingId, vendorPlateId: reading.vendorPlateId }, via)
  note(ctx, { subject: readingId, read: reading.plate, corrected: plate })
  if (verdict.state === 'waiting') throw new Refusal('plate_invalid', { why: 'not inside' })
  await updateReading(ctx, readingId, { state: 'corrected', correctedPlate: plate, byName, parkingId: verdict.parkingId, picture: null })
  if (verdict.parkingId) await tell(ctx, verdict.parkingId, { act: '人工改正车牌', actEn: 'Plate corrected by hand', detail: `${reading.plate} → ${plate}`, by: byName })
  if (via === 'book') return laneNow(ctx, lane.laneId)
  const opening = verdict.answer === 'ok'
  const session = verdict.parkingId ? await findSession(ctx, verdict.parkingId) : undefined
  await showLane(ctx, lane.laneId, {
    ...clearLane, plate, confidence: reading.confidence, seenAt: reading.seenAt, parkingId: verdict.parkingId, state: opening ? 'opening' : 'waiting_payment', ...(opening && { barrier: 'moving' }),
    dueFen: !opening && session ? (await priceNow(ctx, session)).dueFen : null, note: opening ? '已改正，正在开闸' : '等待付款', noteEn: opening ? 'Corrected, opening' : 'Waiting for payment',
  })
  return laneNow(ctx, lane.laneId)
}

/** No car, or it went: the reading waits no more, with a reason. */
export async function dismissReading(ctx: Ctx, readingId: string, reason: string): Promise<{ ok: true }> {
  const { lane } = await waiting(ctx, readingId)
  await updateReading(ctx, readingId, { state: 'dismissed', reason, byName: staffOf(ctx).name, picture: null })
  if (lane.readingId === readingId) await showLane(ctx, lane.laneId, lane.state === 'waiting_payment' ? { readingId: null } : clearLane)
  note(ctx, { subject: readingId, reason })
  return { ok: true }
}

/**
 * Opens a lane by hand, with a reason. The order waits for the camera to fetch it; the reply shows the lane as it opens, the barrier's own word completes it.
 * Refuses `gate_unreachable` when the camera is not heard.
 */
export async function openByHand(ctx: Ctx, laneId: string, reason: string): Promise<Lane> {
  if (!(await findLane(ctx, laneId))) throw new Refusal('not_found', { what: 'lane' })
  const lane = await lockLane(ctx, laneId)
  if (isSilent(lane, ctx.now)) throw new Refusal('gate_unreachable', { laneId })
  const byName = staffOf(ctx).name
  await openBarrier(ctx, laneId, 'fetch', { kind: 'manual', parkingId: lane.parkingId, readingId: lane.readingId, byName, reason })
  if (lane.parkingId) await tell(ctx, lane.parkingId, { act: '人工开闸', actEn: 'Opened by hand', detail: `${lane.name} · ${reason}`, by: byName })
  await showLane(ctx, laneId, { state: 'opening', barrier: 'moving', note: '人工开闸', noteEn: 'Opened by hand' })
  note(ctx, { subject: laneId, reason, parkingId: lane.parkingId })
  return laneNow(ctx, laneId)
}

async function inside(ctx: Ctx, parkingId: string): Promise<SessionRow> {
  const session = await lockSession(ctx, parkingId)
  if (!session) throw new Refusal('not_found', { what: 'parking' })
  if (!isInside(session.state)) throw new Refusal('already_corrected', { parkingId })
  return session
}

/** Corrects the plate of a stay. When that plate is inside already, this stay was a misread of the other and becomes void. */
export async function correctSession(ctx: Ctx, parkingId: string, input: { plate: string; reason: string }): Promise<AdminParking> {
  const plate = valid(input.plate)
  const session = await inside(ctx, parkingId)
  if (session.plate === plate) throw new Refusal('already_corrected', { parkingId })
  const by = staffOf(ctx).name
  const other = await lockInside(ctx, session.carParkId, plate)
  note(ctx, { subject: parkingId, before: session.plate, after: plate, reason: input.reason })
  const words = { act: '改正车牌', actEn: 'Plate corrected', detail: `${session.plate} → ${plate} · ${input.reason}`, by }
  if (other) {
    if (session.state !== 'open' || session.paidFen > 0) throw new Refusal('already_corrected', { parkingId, inside: other.parkingId })
    await move(ctx, session, 'void', { ...words, act: '误识，并入在场记录', actEn: 'A misread of a car that is inside' }, { note: input.reason })
  } else {
    await updateSession(ctx, parkingId, { plate, openPlate: plate, plateKind: plateKind(plate), memberId: session.paidFen > 0 ? session.memberId : await memberOfPlate(ctx, plate) })
    await tell(ctx, parkingId, words)
  }
  return adminOne(ctx, parkingId)
}

/**
 * Closes a stay whose car is gone, with a reason. Money, minutes and coupons for a barrier that never opened go back in full; an unpaid stay counts as escaped.
 */
export async function closeSession(ctx: Ctx, parkingId: string, reason: string): Promise<AdminParking> {
  const session = await inside(ctx, parkingId)
  const by = staffOf(ctx).name
  note(ctx, { subject: parkingId, state: session.state, reason })
  const words = { act: '人工结束', actEn: 'Closed by hand', detail: reason, by }
  if (canGiveBack(session)) {
    await refundAll(ctx, 'parking', parkingId, `未能开闸：${reason}`)
    await move(ctx, session, 'refunded', { ...words, act: '人工结束，全额退款', actEn: 'Closed by hand, refunded in full' }, { note: reason })
  } else {
    await endStay(ctx, session, ctx.now, () => words)
    await updateSession(ctx, parkingId, { note: reason })
  }
  return adminOne(ctx, parkingId)
}

