import { dayMs, minuteMs } from '../time.ts'
import { priceOfStay, uncappedOfStay, type Tariff } from './tariff.ts'

export type QuotePart = { kind: 'free' | 'tier_hours' | 'parking_coupon' | 'cap' | 'paid_before' | 'due'; minutes: number; fen: number; title: string; titleEn: string; couponId: string | null }

/** What a member brings to a stay: minutes of the tier, and coupons in the order in which they are used. */
export type Entitlement = { tierMinutes: number; coupons: readonly { couponId: string; minutes: number; title: string; titleEn: string }[] }

export type QuoteInput = {
  tariff: Tariff; entryAt: Date; now: Date; entitlement: Entitlement
  /** Fen received for this stay and not given back, and when the last of it came. */
  paidFen: number; paidAt: Date | null
  /** Until here a paid car leaves without paying again. */
  leaveBy: Date | null
}

export type QuoteResult = {
  stayMinutes: number; tariffFen: number; parts: QuotePart[]; dueFen: number; validUntil: Date; nextDueFen: number
  /** Minutes of the tier that this quote needs; the rest stays the member's. */
  tierMinutes: number
  /** Coupons that lower the price; the others are not touched. */
  couponIds: string[]
}

const hoursZh = (minutes: number): string => (minutes % 60 === 0 ? `${minutes / 60} 小时` : `${minutes} 分钟`)
const hoursEn = (minutes: number): string => (minutes % 60 === 0 ? `${minutes / 60} h` : `${minutes} min`)

type Line = { kind: 'tier_hours' | 'parking_coupon'; minutes: number; fen: number; couponId: string | null; title: string; titleEn: string }

const minutesOf = (entitlement: Entitlement): number => entitlement.tierMinutes + entitlement.coupons.reduce((sum, coupon) => sum + coupon.minutes, 0)

/** What is left of a stay after the entitlements; the free minutes are not eaten up by them. */
const restOf = (tariff: Tariff, stayMs: number, entitlement: Entitlement): number =>
  Math.min(stayMs, Math.max(stayMs - minutesOf(entitlement) * minuteMs, tariff.freeMinutes * minuteMs))

/** The entitlements that lower the price: one that changes nothing stays the member's; coupons are spared before the tier's minutes. */
function neededOf(input: QuoteInput, stayMs: number): Entitlement {
  const { tariff } = input
  const price = (entitlement: Entitlement) => priceOfStay(tariff, restOf(tariff, stayMs, entitlement))
  const full = price(input.entitlement)
  let needed = input.entitlement
  for (const coupon of input.entitlement.coupons.toReversed()) {
    const without = { ...needed, coupons: needed.coupons.filter((c) => c !== coupon) }
    if (price(without) === full) needed = without
  }
  const withoutTier = { ...needed, tierMinutes: 0 }
  return price(withoutTier) === full ? withoutTier : needed
}

/** Takes the needed entitlements off the stay one after another; each line is worth what the tariff falls by. */
function discountsOf(input: QuoteInput, stayMs: number): { lines: Line[]; restMs: number } {
  const { tariff } = input
  const lines: Line[] = []
  let restMs = stayMs
  const take = (minutes: number, line: Omit<Line, 'minutes' | 'fen'>) => {
    const used = Math.max(0, Math.min(minutes, Math.ceil((restMs - tariff.freeMinutes * minuteMs) / minuteMs)))
    const after = Math.min(restMs, Math.max(restMs - used * minuteMs, tariff.freeMinutes * minuteMs))
    lines.push({ ...line, minutes: used, fen: uncappedOfStay(tariff, restMs) - uncappedOfStay(tariff, after) })
    restMs = after
  }
  const needed = neededOf(input, stayMs)
  if (needed.tierMinutes > 0) {
    take(needed.tierMinutes, { kind: 'tier_hours', couponId: null, title: `会员减免 ${hoursZh(needed.tierMinutes)}`, titleEn: `Member: ${hoursEn(needed.tierMinutes)} off` })
  }
  for (const coupon of needed.coupons) take(coupon.minutes, { kind: 'parking_coupon', couponId: coupon.couponId, title: coupon.title, titleEn: coupon.titleEn })
  return { lines, restMs }
}

/** What is due at `at`: the tariff of what is left of the stay, less what was paid; nothing while the time to leave runs. */
function dueAt(input: QuoteInput, at: number): number {
  if (input.leaveBy && at <= input.leaveBy.getTime()) return 0
  const stayMs = Math.max(0, at - input.entryAt.getTime())
  return Math.max(0, priceOfStay(input.tariff, restOf(input.tariff, stayMs, input.entitlement)) - input.paidFen)
}

const lookAheadMs = 7 * dayMs

/** The last instant at which what is due now is still due, and what it becomes; without a rise in sight it holds for a week. */
function nextRise(input: QuoteInput, dueFen: number): { validUntil: Date; nextDueFen: number } {
  let holds = Math.max(input.now.getTime(), input.entryAt.getTime())
  let rises = holds + lookAheadMs
  if (dueAt(input, rises) === dueFen) return { validUntil: new Date(rises), nextDueFen: dueFen }
  // What is due never falls as time goes on, so the step is found by halving.
  while (rises - holds > 1) {
    const middle = Math.floor((holds + rises) / 2)
    if (dueAt(input, middle) === dueFen) holds = middle
    else rises = middle
  }
  return { validUntil: new Date(holds), nextDueFen: dueAt(input, rises) }
}

/**
 * The price of a stay with every part named, in the stated order: minutes of the tier and of coupons off the stay, then the tariff,
 * then the cap, then what was paid before. The `fen` of all parts, the last one (`due`) included, sum to `tariffFen`; their `minutes` sum to
 * the stay. A car that overstays its time to leave pays from the payment on: the whole stay less what was paid, so no unit is charged twice.
 */
export function quoteOf(input: QuoteInput): QuoteResult {
  const { tariff } = input
  const stayMs = Math.max(0, input.now.getTime() - input.entryAt.getTime())
  const stayMinutes = Math.floor(stayMs / minuteMs)
  const { lines, restMs } = discountsOf(input, stayMs)
  const inGrace = input.leaveBy !== null && input.now <= input.leaveBy
  const cappedFen = priceOfStay(tariff, restMs)
  // Within the grace time a unit that began after the payment is not charged: it is left out of the tariff as well.
  const chargedFen = inGrace ? Math.min(cappedFen, input.paidFen) : cappedFen
  const graceFen = cappedFen - chargedFen
  const capFen = uncappedOfStay(tariff, restMs) - cappedFen
  const paidFen = Math.min(input.paidFen, chargedFen)
  const dueFen = chargedFen - paidFen

  const parts: QuotePart[] = []
  let minutesLeft = stayMinutes
  const add = (part: QuotePart) => {
    const minutes = Math.min(part.minutes, minutesLeft)
    minutesLeft -= minutes
    parts.push({ ...part, minutes })
  }
  if (tariff.freeMinutes > 0) add({ kind: 'free', minutes: tariff.freeMinutes, fen: 0, title: `首 ${hoursZh(tariff.freeMinutes)}免费`, titleEn: `First ${hoursEn(tariff.freeMinutes)} free`, couponId: null })
  for (const line of lines) add(line)
  if (capFen > 0) add({ kind: 'cap', minutes: 0, fen: capFen, title: '封顶减免', titleEn: 'Daily cap', couponId: null })
  if (paidFen > 0) {
    const before = stayMinutes - minutesLeft
    const paidMinutes = input.paidAt ? Math.max(0, Math.floor((input.paidAt.getTime() - input.entryAt.getTime()) / minuteMs) - before) : 0
    add({ kind: 'paid_before', minutes: inGrace ? minutesLeft : paidMinutes, fen: paidFen, title: '已支付', titleEn: 'Paid before', couponId: null })
  }
  parts.push({ kind: 'due', minutes: minutesLeft, fen: dueFen, title: '还需付', titleEn: 'Due', couponId: null })

  return {
    stayMinutes, tariffFen: uncappedOfStay(tariff, stayMs) - graceFen, parts, dueFen, ...nextRise(input, dueFen),
    tierMinutes: lines.find((l) => l.kind === 'tier_hours')?.minutes ?? 0,
    couponIds: lines.flatMap((l) => (l.couponId ? [l.couponId] : [])),
  }
}
