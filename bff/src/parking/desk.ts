import type { Reply } from '@atrium/shared/contracts.ts'
import { isSure, proposalFor } from '@atrium/shared/parking/rules.ts'
import { curveOf, signOf } from '@atrium/shared/parking/tariff.ts'
import { formatPlate, normalisePlate, plateKind } from '@atrium/shared/plate.ts'
import { Refusal } from '@atrium/shared/refusal.ts'
import { businessDay, dayMs, startOfBusinessDay } from '@atrium/shared/time.ts'
import type { Ctx } from '../context.ts'
import { memberLabels } from '../identity/service.ts'
import { fapiaoOf, figures } from '../payment/service.ts'
import { isSilent } from './lane.ts'
import { boundNear, memberOfPlate } from './plates.ts'
import { priceNow, shownQuote } from './quotes.ts'
import { type ReadingRow, waitingReadings } from './store/gates.ts'
import { type CarParkRow, type LaneRow, carParksOf, lanesOf, tariffsInForce } from './store/places.ts'
import { type SessionRow, findSession, flowBetween, listSessions, platesInside, quotesOf, sessionsIn, trailOf } from './store/sessions.ts'

type Lane = Reply<'GET /admin/parking/lanes'>['items'][number]
type AdminParking = Reply<'GET /admin/parking/sessions'>['items'][number]
export type Parking = Omit<AdminParking, 'entryLane' | 'entryLaneEn' | 'exitLane' | 'exitLaneEn' | 'memberId' | 'memberMasked' | 'note'>

export function laneView(ctx: Ctx, lane: LaneRow, carPark: string): Lane {
  const silent = isSilent(lane, ctx.now)
  return {
    laneId: lane.laneId, name: lane.name, nameEn: lane.nameEn, carPark, kind: lane.kind, state: silent ? 'offline' : lane.state, barrier: lane.barrier, plate: lane.plate, plateKind: lane.plate ? plateKind(lane.plate) : null, confidence: lane.confidence,
    at: lane.seenAt?.toISOString() ?? null, note: silent ? '相机无响应' : lane.note, noteEn: silent ? 'Camera does not answer' : lane.noteEn, parkingId: lane.parkingId, readingId: lane.readingId, dueFen: lane.dueFen,
  }
}

const nameOf = (carParks: CarParkRow[], carParkId: string) => carParks.find((row) => row.carParkId === carParkId)?.name ?? ''

export const shownLane = async (ctx: Ctx, lane: LaneRow): Promise<Lane> => laneView(ctx, lane, nameOf(await carParksOf(ctx), lane.carParkId))

export async function lanes(ctx: Ctx): Promise<Reply<'GET /admin/parking/lanes'>> {
  const [rows, carParks] = await Promise.all([lanesOf(ctx), carParksOf(ctx)])
  // A car that waits to be paid for costs more as it waits.
  const dueOf = async (lane: LaneRow) => {
    const waiting = lane.state === 'waiting_payment' && lane.parkingId ? await findSession(ctx, lane.parkingId) : undefined
    return waiting ? (await priceNow(ctx, waiting)).dueFen : lane.dueFen
  }
  return { items: await Promise.all(rows.map(async (row) => laneView(ctx, { ...row, dueFen: await dueOf(row) }, nameOf(carParks, row.carParkId)))), now: ctx.now.toISOString() }
}

/** Stays as their driver sees them. */
export async function shownParkings(ctx: Ctx, rows: SessionRow[]): Promise<Parking[]> {
  const [carParks, fapiao] = await Promise.all([carParksOf(ctx), fapiaoOf(ctx, rows.flatMap((row) => row.paymentId ?? []))])
  return rows.map((row) => {
    const carPark = carParks.find((c) => c.carParkId === row.carParkId)
    return {
      parkingId: row.parkingId, plate: row.plate, plateKind: row.plateKind, carParkId: row.carParkId, carPark: carPark?.name ?? '', carParkEn: carPark?.nameEn ?? '', state: row.state, entryAt: row.entryAt.toISOString(), exitAt: row.exitAt?.toISOString() ?? null,
      paidAt: row.paidAt?.toISOString() ?? null, leaveBy: row.leaveBy?.toISOString() ?? null, stayMinutes: Math.max(0, Math.floor(((row.exitAt ?? ctx.now).getTime() - row.entryAt.getTime()) / 60_000)), paidFen: row.paidFen, paymentId: row.paymentId,
      fapiaoId: row.paymentId ? (fapiao.get(row.paymentId) ?? null) : null,
    }
  })
}

async function adminParkings(ctx: Ctx, rows: SessionRow[]): Promise<AdminParking[]> {
  const [shown, laneRows, names] = await Promise.all([shownParkings(ctx, rows), lanesOf(ctx), memberLabels(ctx, rows.map((row) => row.memberId))])
  const lane = (laneId: string | null) => laneRows.find((one) => one.laneId === laneId)
  return rows.map((row, i) => ({
    ...shown[i]!, entryLane: lane(row.entryLaneId)?.name ?? '', entryLaneEn: lane(row.entryLaneId)?.nameEn ?? '', exitLane: lane(row.exitLaneId)?.name ?? null, exitLaneEn: lane(row.exitLaneId)?.nameEn ?? null,
    memberId: row.memberId, memberMasked: row.memberId ? (names.get(row.memberId) ?? null) : null, note: row.note,
  }))
}

export async function adminOne(ctx: Ctx, parkingId: string): Promise<AdminParking> {
  const row = await findSession(ctx, parkingId)
  if (!row) throw new Refusal('not_found', { what: 'parking' })
  return (await adminParkings(ctx, [row]))[0]!
}

export async function sessions(ctx: Ctx, query: Parameters<typeof listSessions>[1]): Promise<Reply<'GET /admin/parking/sessions'>> {
  const { rows, nextCursor, total } = await listSessions(ctx, query, query.q ? normalisePlate(query.q) : '')
  return { items: await adminParkings(ctx, rows), nextCursor, total }
}

export async function session(ctx: Ctx, parkingId: string): Promise<Reply<'GET /admin/parking/sessions/{parkingId}'>> {
  const [one, trail, quotes] = await Promise.all([adminOne(ctx, parkingId), trailOf(ctx, parkingId), quotesOf(ctx, parkingId)])
  return { ...one, trail: trail.map(({ at, act, actEn, byName, detail }) => ({ at: at.toISOString(), act, actEn, by: byName, detail })), quotes: quotes.map(shownQuote) }
}

/** Plates waiting for a person, each with the plate it probably is and what speaks for it. */
export async function readings(ctx: Ctx): Promise<Reply<'GET /admin/parking/readings'>> {
  const [rows, laneRows] = await Promise.all([waitingReadings(ctx), lanesOf(ctx)])
  const insideOf = new Map(await Promise.all([...new Set(laneRows.map((lane) => lane.carParkId))].map(async (carParkId) => [carParkId, await platesInside(ctx, carParkId)] as const)))
  return { items: await Promise.all(rows.map(async (row) => {
    const lane = laneRows.find((l) => l.laneId === row.laneId)!
    return { readingId: row.readingId, laneId: row.laneId, lane: lane.name, laneEn: lane.nameEn, kind: row.kind, at: row.seenAt.toISOString(), plate: row.plate, confidence: row.confidence, picture: row.picture, proposal: await proposal(ctx, row, insideOf.get(lane.carParkId) ?? []) }
  })) }
}

/** At an exit the car must be one that is inside; at an entry it is rather one that members drive and that is not inside yet. */
async function proposal(ctx: Ctx, row: ReadingRow, insideNow: { plate: string; entryAt: Date }[]) {
  const bound = await boundNear(ctx, row.plate)
  const isIn = new Set(insideNow.map((car) => car.plate))
  const near = row.kind === 'exit'
    ? await Promise.all(insideNow.filter((car) => car.plate.length === row.plate.length).map(async (car) => ({ ...car, inside: true, bound: bound.includes(car.plate) || (car.plate === row.plate && (await memberOfPlate(ctx, car.plate)) !== null) })))
    : bound.filter((plate) => !isIn.has(plate)).map((plate) => ({ plate, inside: false, bound: true, entryAt: null }))
  return proposalFor(row.plate, near, ctx.now)
}

/** Money at a standstill before a standing lane, a standing lane before a question. */
const urgency = ['stuck_paid', 'jammed', 'low_confidence', 'offline', 'escaped'] as const

export async function alarms(ctx: Ctx): Promise<Reply<'GET /admin/parking/alarms'>> {
  type Alarm = Reply<'GET /admin/parking/alarms'>['items'][number]
  const [laneRows, carParks, waiting, stays] = await Promise.all([lanesOf(ctx), carParksOf(ctx), waitingReadings(ctx), sessionsIn(ctx, ['stuck', 'escaped'], new Date(ctx.now.getTime() - dayMs))])
  const laneOf = (laneId: string | null) => laneRows.find((lane) => lane.laneId === laneId)
  const found: Alarm[] = [
    ...stays.map((row): Alarm => row.state === 'stuck'
      ? { alarmId: `stuck-${row.parkingId}`, kind: 'stuck_paid', laneId: row.exitLaneId, at: (row.stuckAt ?? ctx.now).toISOString(), title: `${laneOf(row.exitLaneId)?.name ?? ''} 已付款，道闸未开`, titleEn: `${laneOf(row.exitLaneId)?.nameEn ?? ''}: paid, barrier shut`, detail: formatPlate(row.plate), detailEn: formatPlate(row.plate), parkingId: row.parkingId, readingId: null }
      : { alarmId: `escaped-${row.parkingId}`, kind: 'escaped', laneId: row.exitLaneId, at: (row.exitAt ?? ctx.now).toISOString(), title: '未付款离场', titleEn: 'Left unpaid', detail: `${formatPlate(row.plate)} · ${nameOf(carParks, row.carParkId)}`, detailEn: formatPlate(row.plate), parkingId: row.parkingId, readingId: null }),
    ...laneRows.filter((lane) => lane.state === 'jammed').map((lane): Alarm => ({ alarmId: `jammed-${lane.laneId}`, kind: 'jammed', laneId: lane.laneId, at: (lane.seenAt ?? ctx.now).toISOString(), title: `${lane.name} ${lane.note || '道闸卡住'}`, titleEn: `${lane.nameEn}: ${lane.noteEn || 'barrier jammed'}`, detail: lane.plate ? formatPlate(lane.plate) : '', detailEn: lane.plate ? formatPlate(lane.plate) : '', parkingId: lane.parkingId, readingId: null })),
    ...laneRows.filter((lane) => isSilent(lane, ctx.now)).map((lane): Alarm => ({ alarmId: `offline-${lane.laneId}`, kind: 'offline', laneId: lane.laneId, at: (lane.lastSeenAt ?? ctx.now).toISOString(), title: `${lane.name} 相机无响应`, titleEn: `${lane.nameEn}: camera does not answer`, detail: nameOf(carParks, lane.carParkId), detailEn: nameOf(carParks, lane.carParkId), parkingId: null, readingId: null })),
    ...waiting.map((row): Alarm => {
      const sure = isSure(row.plate, row.confidence)
      return { alarmId: `reading-${row.readingId}`, kind: 'low_confidence', laneId: row.laneId, at: row.seenAt.toISOString(), title: `${laneOf(row.laneId)?.name ?? ''} ${sure ? '没有入场记录' : '车牌识别不清'}`, titleEn: `${laneOf(row.laneId)?.nameEn ?? ''}: ${sure ? 'no entry on record' : 'plate unclear'}`, detail: `${formatPlate(row.plate)} · ${Math.round(row.confidence * 100)}%`, detailEn: `${formatPlate(row.plate)} · ${Math.round(row.confidence * 100)}%`, parkingId: null, readingId: row.readingId }
    }),
  ]
  return { items: found.sort((a, b) => urgency.indexOf(a.kind) - urgency.indexOf(b.kind) || b.at.localeCompare(a.at)) }
}

export async function tariffs(ctx: Ctx): Promise<Reply<'GET /admin/parking/tariffs'>> {
  const [rows, carParks] = await Promise.all([tariffsInForce(ctx, ctx.now), carParksOf(ctx)])
  return { items: rows.map(({ mallId: _, createdAt: __, validFrom, ...tariff }) => ({ ...tariff, carPark: nameOf(carParks, tariff.carParkId), carParkEn: carParks.find((row) => row.carParkId === tariff.carParkId)?.nameEn ?? '', validFrom: validFrom.toISOString(), sign: signOf(tariff), curve: curveOf(tariff) })) }
}

/** Cars in, out and inside by hour of a business day, with the money that came in; hours that have not begun are left out. */
export async function occupancy(ctx: Ctx, day = businessDay(ctx.now)): Promise<Reply<'GET /admin/parking/occupancy'>> {
  const from = startOfBusinessDay(day)
  const until = new Date(from.getTime() + dayMs)
  const [flow, money, carParks] = await Promise.all([flowBetween(ctx, from, until), figures(ctx, from, until), carParksOf(ctx)])
  let inside = flow.insideBefore
  const begun = Math.max(0, Math.min(24, Math.ceil((ctx.now.getTime() - from.getTime()) / 3_600_000)))
  const hours = Array.from({ length: begun }, (_, hour) => {
    const [entries, exits] = [flow.entries, flow.exits].map((rows) => rows.find((row) => row.hour === hour)?.cars ?? 0) as [number, number]
    inside += entries - exits
    return { hour, entries, exits, inside: Math.max(0, inside), paidFen: money.hours.find((row) => row.hour === hour)?.paidFen ?? 0 }
  })
  return { hours, capacity: carParks.reduce((sum, row) => sum + row.total, 0) }
}
