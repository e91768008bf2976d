import { isPlate, plateDistance } from '../plate.ts'
import type { RefusalCode } from '../refusal.ts'
import { dayMs } from '../time.ts'

export type ParkingState = 'open' | 'paid' | 'leaving' | 'closed' | 'escaped' | 'stuck' | 'refunded' | 'void'

/** Below this a camera's reading waits for a person. */
export const surePlate = 0.8
/** Plates a member may bind. */
export const plateLimit = 5
/** How long a barrier may take to say that it opened before the command is given again. */
export const gateAnswerMs = 6_000
/** Commands given for one opening, the first included. */
export const gateTries = 3
/** Paid and still shut in: after this long the money goes back by itself. */
export const stuckRefundMs = 10 * 60_000
/** A camera that has said nothing for so long counts as off-line. */
export const laneSilentMs = 20_000
/** Told to leave, and no order to its barrier lives any more: after this long a person is called. */
export const leavingLostMs = 60_000
/** The same plate at an entry within this time is one arrival, whatever number it has and whichever camera reads it. */
export const sameArrivalMs = 60_000
/** How far back a camera that was off-line may report. */
export const offlineKeptMs = 7 * dayMs

/** Edges a session may move along; everything else is a fault. Terminal states have none. */
const edges: Record<ParkingState, readonly ParkingState[]> = {
  open: ['paid', 'leaving', 'closed', 'escaped', 'void'],
  paid: ['paid', 'leaving', 'closed', 'escaped', 'refunded'],
  leaving: ['closed', 'stuck', 'refunded'],
  stuck: ['closed', 'leaving', 'refunded'],
  closed: [], escaped: [], refunded: [], void: [],
}

/** Whether a session may go from one state to the other. */
export const mayMove = (from: ParkingState, to: ParkingState): boolean => edges[from].includes(to)

/** Whether the car counts as inside: it takes a bay and holds its plate. */
export const isInside = (state: ParkingState): boolean => edges[state].length > 0

/** How a stay ends when its car has gone: with money due it has escaped. One whose barrier was told to open was settled before. */
export const endOf = (state: ParkingState, dueFen: number): 'closed' | 'escaped' => (dueFen > 0 && (state === 'open' || state === 'paid') ? 'escaped' : 'closed')

/** Whether a stay took money, minutes of the tier or coupons that can go back. */
export const canGiveBack = (session: { paidFen: number; refundedFen: number; tierMinutes: number; coupons: readonly unknown[] }): boolean =>
  session.paidFen > session.refundedFen || session.tierMinutes > 0 || session.coupons.length > 0

/** Whether there is something to pay: while the stay is open, and again when it paid and then overstayed the time to leave. */
export const isPayable = (state: string, dueFen: number): boolean => state === 'open' || (state === 'paid' && dueFen > 0)

/** Whether a plate as read by a camera may be acted upon without a person. */
export const isSure = (plate: string, confidence: number): boolean => confidence >= surePlate && isPlate(plate)

/** When a car was seen: now, or by the clock of a camera that was off-line; a clock that is ahead or days behind is not believed. */
export function seenAtOf(sighting: { offline: boolean; seenAt: Date }, now: Date): Date {
  const ago = now.getTime() - sighting.seenAt.getTime()
  return sighting.offline && ago >= 0 && ago <= offlineKeptMs ? sighting.seenAt : now
}

/** Whether `plate` (normalised) may be bound as one more of `bound` plates. */
export function canBind(plate: string, bound: number, elsewhere: boolean): RefusalCode | null {
  if (!isPlate(plate)) return 'plate_invalid'
  if (elsewhere) return 'plate_bound_elsewhere'
  return bound >= plateLimit ? 'plate_limit_reached' : null
}

/**
 * What the barrier does for a car at the exit: `open` when nothing is due or it paid and its time to leave has not run out,
 * else `pay`. A paid exit within the grace time is never charged again.
 */
export const exitVerdict = (session: { leaveBy: Date | null }, dueFen: number, now: Date): 'open' | 'pay' =>
  dueFen === 0 || (session.leaveBy !== null && now <= session.leaveBy) ? 'open' : 'pay'

/** How long to wait after the `tries`-th command (1 = first) that nobody acknowledged; null: give up and call a person. */
export const retryAfterMs = (tries: number): number | null => (tries >= gateTries ? null : gateAnswerMs * 2 ** (tries - 1))

export type PlateCandidate = { plate: string; inside: boolean; bound: boolean; entryAt: Date | null }
export type Proposal = { plate: string; score: number; evidence: string[]; evidenceEn: string[] }

const hours = (ms: number): string => (ms / 3_600_000).toFixed(1)

/**
 * The plate a person probably wants instead of an unsure reading: the nearest candidate at distance 1 or less, with what speaks for
 * it. None when nobody is that near or two are equally near: a guess is worse than a question.
 */
export function proposalFor(plate: string, candidates: readonly PlateCandidate[], now: Date): Proposal | null {
  const near = candidates
    .map((candidate) => ({ candidate, distance: plateDistance(plate, candidate.plate) }))
    .filter((n) => n.distance <= 1)
    .sort((a, b) => a.distance - b.distance || Number(b.candidate.inside) - Number(a.candidate.inside) || Number(b.candidate.bound) - Number(a.candidate.bound))
  const [best, second] = near
  if (!best) return null
  const rank = (n: typeof best) => `${n.distance}|${n.candidate.inside}|${n.candidate.bound}`
  if (second && rank(second) === rank(best)) return null
  const same = [...plate].filter((character, i) => character === best.candidate.plate[i]).length
  const evidence = [`${same} 位相同`]
  const evidenceEn = [`${same} characters are the same`]
  if (best.distance === 0.5) {
    evidence.push('差的一位是相机常混的字符')
    evidenceEn.push('The other one is a pair that cameras confuse')
  }
  if (best.candidate.inside && best.candidate.entryAt) {
    evidence.push(`在场 ${hours(now.getTime() - best.candidate.entryAt.getTime())} 小时，未见出场`)
    evidenceEn.push(`Inside for ${hours(now.getTime() - best.candidate.entryAt.getTime())} h, not seen leaving`)
  }
  if (best.candidate.bound) {
    evidence.push('会员绑定的车牌')
    evidenceEn.push('A plate bound by a member')
  }
  return { plate: best.candidate.plate, score: Math.round((1 - best.distance / plate.length) * 100) / 100, evidence, evidenceEn }
}
