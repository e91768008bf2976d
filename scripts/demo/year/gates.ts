import { parkingQuotes, parkingSessions, parkingTierDays, parkingTierUses, parkingTrail } from '@atrium/schema/parking.ts'
import type { PayMethod } from '@atrium/schema/payment.ts'
import { benefitsOf } from '@atrium/shared/member/rules.ts'
import { type Entitlement, type QuoteResult, quoteOf } from '@atrium/shared/parking/quote.ts'
import { priceOfStay } from '@atrium/shared/parking/tariff.ts'
import { plateKind } from '@atrium/shared/plate.ts'
import { businessDay } from '@atrium/shared/time.ts'
import type { DemoTemplate } from '../coupon/build.ts'
import { insertRows } from '../insert.ts'
import { daysAgo, type World } from '../world.ts'
import type { CouponDesk } from './coupons.ts'
import type { Earner } from './earn.ts'
import type { PaymentRow, Till } from './payments.ts'
import type { DemoMember } from './members.ts'
import type { Stay } from './stays.ts'

type SessionRow = typeof parkingSessions.$inferInsert
const minuteMs = 60_000
/** Stays older than this keep neither trail nor quotes: the sums stay, the steps are let go. */
const trailDays = 60

/** Drives the cars of a year through the gates: sessions, quotes, payments, minutes of the tier, parking coupons, points. */
export const gatesOf = (world: World, tools: { till: Till; desk: CouponDesk; earner: Earner; parkingTemplate: DemoTemplate }) => {
  const { random, mallId, now } = world
  const { till, desk, earner, parkingTemplate } = tools
  const sessions: SessionRow[] = []
  const quotes: (typeof parkingQuotes.$inferInsert)[] = []
  const tierUses: (typeof parkingTierUses.$inferInsert)[] = []
  const tierDays = new Map<string, typeof parkingTierDays.$inferInsert>()
  const trail: (typeof parkingTrail.$inferInsert)[] = []
  const trailFrom = daysAgo(world, trailDays)

  const tell = (parkingId: string, at: Date, act: string, actEn: string, detail: string | null, byName: string | null = null) => {
    if (at >= trailFrom && at <= now) trail.push({ entryId: world.id(at), mallId, parkingId, at, act, actEn, byName, detail, createdAt: at })
  }
  const laneOf = (stay: Stay, kind: 'entry' | 'exit') => random.pick(stay.carPark.lanes.filter(lane => lane.kind === kind))
  const methodOf = (member: DemoMember | null): PayMethod => {
    if (member?.channel === 'weapp') return 'wechat_jsapi'
    if (member?.channel === 'alipay') return 'alipay_trade'
    return random.weighted([['wechat_native', 64], ['alipay_qr', 36]] as const)
  }

  const entitlementOf = (payer: DemoMember | null, at: Date): { entitlement: Entitlement; coupon: ReturnType<CouponDesk['claim']> } => {
    if (!payer) return { entitlement: { tierMinutes: 0, coupons: [] }, coupon: null }
    const used = tierDays.get(`${payer.memberId}|${businessDay(at)}`)?.minutes ?? 0
    const tierMinutes = random.chance(0.7) ? Math.max(0, benefitsOf(payer.tier).parkingHours * 60 - used) : 0
    const claimedAt = new Date(at.getTime() - random.int(1, 18) * 86_400_000)
    const coupon = random.chance(0.11) ? desk.claim(parkingTemplate, payer, claimedAt) : null
    const minutes = parkingTemplate.worth.kind === 'parking' ? parkingTemplate.worth.minutes : 0
    return { entitlement: { tierMinutes, coupons: coupon ? [{ couponId: coupon.couponId, minutes, title: parkingTemplate.title, titleEn: parkingTemplate.titleEn }] : [] }, coupon }
  }

  const quote = (stay: Stay, parkingId: string, payer: DemoMember | null, at: Date, entitlement: Entitlement): { quoteId: string; priced: QuoteResult } => {
    const priced = quoteOf({ tariff: stay.carPark.tariff, entryAt: stay.entryAt, now: at, entitlement, paidFen: 0, paidAt: null, leaveBy: null })
    return { quoteId: world.id(at), priced }
  }
  const keepQuote = (stay: Stay, parkingId: string, payer: DemoMember | null, at: Date, { quoteId, priced }: ReturnType<typeof quote>): void => {
    const sumOf = (kind: string) => priced.parts.filter(p => p.kind === kind).reduce((sum, p) => sum + p.fen, 0)
    quotes.push({
      quoteId, mallId, parkingId, memberId: payer?.memberId ?? null, at: new Date(at.getTime() - 60_000), stayMinutes: priced.stayMinutes, tariffFen: priced.tariffFen, tierFen: sumOf('tier_hours'), couponFen: sumOf('parking_coupon'), capFen: sumOf('cap'), paidBeforeFen: sumOf('paid_before'),
      dueFen: priced.dueFen, tierMinutes: priced.tierMinutes, couponIds: priced.couponIds, parts: priced.parts, validUntil: priced.validUntil, nextDueFen: priced.nextDueFen, graceMinutes: stay.carPark.tariff.graceMinutes, createdAt: at,
    })
  }
  const useTier = (member: DemoMember, parkingId: string, paymentId: string, minutes: number, at: Date): void => {
    const day = businessDay(at)
    const key = `${member.memberId}|${day}`
    const row = tierDays.get(key) ?? { mallId, memberId: member.memberId, day, minutes: 0 }
    row.minutes += minutes
    tierDays.set(key, row)
    tierUses.push({ paymentId, mallId, memberId: member.memberId, day, parkingId, minutes, state: 'used', createdAt: at })
  }

  /** The moment at which a stay is paid, or at which its barrier opens for nothing. */
  const payAtOf = (stay: Stay): Date => {
    const ms = stay.exitAt.getTime() - stay.entryAt.getTime()
    return ms > 45 * minuteMs ? new Date(stay.exitAt.getTime() - random.int(1, 9) * minuteMs) : stay.exitAt
  }

  /** One stay, from the entry to what it is now. Answers what was paid, if anything was. */
  const drive = (stay: Stay, payAt: Date): { session: SessionRow; payment: PaymentRow | null; earned: ReturnType<Earner['earn']> | null; payer: DemoMember | null } => {
    const parkingId = world.id(stay.entryAt)
    const [entry, exit] = [laneOf(stay, 'entry'), laneOf(stay, 'exit')]
    const left = stay.exitAt <= now
    const session: SessionRow = {
      parkingId, mallId, carParkId: stay.carPark.carParkId, tariffId: stay.carPark.tariffId, plate: stay.plate, plateKind: plateKind(stay.plate), openPlate: left ? null : stay.plate, zone: random.pick(stay.carPark.zones).name, state: left ? 'closed' : 'open', entryAt: stay.entryAt, entryLaneId: entry.laneId,
      exitAt: left ? stay.exitAt : null, exitLaneId: left ? exit.laneId : null, paidAt: null, leaveBy: null, paidFen: 0, refundedFen: 0, tierMinutes: 0, coupons: [], memberId: stay.member?.memberId ?? null, paymentId: null, stuckAt: null, note: null, createdAt: stay.entryAt,
    }
    sessions.push(session)
    tell(parkingId, stay.entryAt, '入场', 'Came in', entry.name)
    const payer = stay.member && random.chance(0.93) ? stay.member : null
    const owes = payAt <= now && priceOfStay(stay.carPark.tariff, stay.exitAt.getTime() - stay.entryAt.getTime()) > 0
    const escaped = owes && left && stay.exitAt < daysAgo(world, 2) && random.chance(0.0015)
    const paid = owes && !escaped ? settle(stay, session, payer, payAt) : null
    if (escaped) {
      Object.assign(session, { state: 'escaped', note: '跟车离场' })
      tell(parkingId, stay.exitAt, '未付款，人工放行', 'Let out unpaid by hand', exit.name, '孟庆川')
    } else if (left) tell(parkingId, stay.exitAt, '道闸已开，离场', 'Barrier opened, left', exit.name)
    return { session, payment: paid?.payment ?? null, earned: paid?.earned ?? null, payer }
  }

  const settle = (stay: Stay, session: SessionRow, payer: DemoMember | null, payAt: Date) => {
    const { entitlement, coupon } = entitlementOf(payer, payAt)
    const told = quote(stay, session.parkingId, payer, payAt, entitlement)
    const { priced } = told
    const brings = priced.tierMinutes > 0 || priced.couponIds.length > 0
    if (priced.dueFen === 0 && !brings) return null
    if (payAt >= trailFrom) keepQuote(stay, session.parkingId, payer, payAt, told)
    const quoteId = payAt >= trailFrom ? told.quoteId : null
    const method = priced.dueFen === 0 ? 'none' : methodOf(payer)
    if (method !== 'none' && random.chance(0.025)) till.giveUp(stay, session.parkingId, quoteId, payer?.memberId ?? null, method, priced.dueFen, new Date(payAt.getTime() - 50_000))
    const payment = till.pay(stay, session.parkingId, quoteId, payer?.memberId ?? null, method, priced.dueFen, payAt)
    if (payer && priced.tierMinutes > 0) useTier(payer, session.parkingId, payment.paymentId, priced.tierMinutes, payAt)
    const lines = priced.parts.filter(p => p.couponId !== null)
    if (coupon && priced.couponIds.includes(coupon.couponId)) {
      desk.redeem(parkingTemplate, coupon, payAt, { storeId: stay.carPark.carParkId, storeName: stay.carPark.name, storeNameEn: stay.carPark.nameEn, paymentId: payment.paymentId, staffId: null, staffName: '自助缴费', channel: 'system', valueFen: lines.reduce((sum, p) => sum + p.fen, 0) })
    }
    Object.assign(session, {
      paidFen: priced.dueFen, paidAt: payAt, leaveBy: new Date(payAt.getTime() + stay.carPark.tariff.graceMinutes * minuteMs), tierMinutes: priced.tierMinutes, paymentId: payment.paymentId, memberId: session.memberId ?? payer?.memberId ?? null,
      coupons: lines.map(p => ({ couponId: p.couponId!, minutes: p.minutes, title: p.title, titleEn: p.titleEn })), ...(session.state === 'open' && { state: 'paid' as const }),
    })
    tell(session.parkingId, payAt, priced.dueFen > 0 ? '已付款' : '优惠抵清', priced.dueFen > 0 ? 'Paid' : 'Covered by discounts', `¥${(priced.dueFen / 100).toFixed(2)}`)
    if (priced.dueFen === 0) return { payment, earned: null }
    if (!payer) {
      earner.guestPaid(payment.paymentId, priced.dueFen, payAt)
      return { payment, earned: null }
    }
    const earned = earner.earn(payer, { paymentId: payment.paymentId, amountFen: priced.dueFen, kind: 'parking_paid', at: payAt })
    payment.pointsEarned = earned.points
    return { payment, earned }
  }

  const write = async (): Promise<void> => {
    const { connection } = world
    await insertRows(connection, parkingSessions, sessions)
    await insertRows(connection, parkingQuotes, quotes)
    await insertRows(connection, parkingTierUses, tierUses)
    await insertRows(connection, parkingTierDays, [...tierDays.values()])
    await insertRows(connection, parkingTrail, trail)
  }
  return { drive, payAtOf, tell, write, sessions }
}
export type Gates = ReturnType<typeof gatesOf>
