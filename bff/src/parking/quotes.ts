import type { Reply } from '@atrium/shared/contracts.ts'
import { type Entitlement, type QuoteInput, type QuoteResult, quoteOf } from '@atrium/shared/parking/quote.ts'
import { isInside } from '@atrium/shared/parking/rules.ts'
import { Refusal } from '@atrium/shared/refusal.ts'
import { businessDay } from '@atrium/shared/time.ts'
import { type Ctx, memberIdOf } from '../context.ts'
import { type ParkingCoupon, parkingCoupon, usableParkingCoupons } from '../coupon/service.ts'
import { newId } from '../db/id.ts'
import { parkingHoursOf } from '../identity/service.ts'
import { memberOfPlate } from './plates.ts'
import { type TariffRow, findTariff } from './store/places.ts'
import { type QuoteRow, type SessionRow, findSession, insertQuote, quotesOf, tierMinutesOn } from './store/sessions.ts'

export type Quote = Reply<'POST /api/parking/sessions/{parkingId}/quote'>

/** Minutes of the tier that the member may still use today on this car; none for a car that is not theirs. */
export async function tierMinutesLeft(ctx: Ctx, memberId: string, plate: string): Promise<number> {
  if ((await memberOfPlate(ctx, plate)) !== memberId) return 0
  const [hours, used] = await Promise.all([parkingHoursOf(ctx, memberId), tierMinutesOn(ctx, memberId, businessDay(ctx.now))])
  return Math.max(0, Math.round(hours * 60) - used)
}

/** What a stay has used up already, plus what is brought now. Within the time to leave nothing more is needed. */
function inputOf(ctx: Ctx, session: SessionRow, tariff: TariffRow, more: Entitlement): QuoteInput {
  const inGrace = session.leaveBy !== null && ctx.now <= session.leaveBy
  return {
    tariff, entryAt: session.entryAt, now: ctx.now, paidFen: session.paidFen - session.refundedFen, paidAt: session.paidAt, leaveBy: session.leaveBy,
    entitlement: { tierMinutes: session.tierMinutes + (inGrace ? 0 : more.tierMinutes), coupons: inGrace ? session.coupons : [...session.coupons, ...more.coupons] },
  }
}

export const nothing: Entitlement = { tierMinutes: 0, coupons: [] }

/** The price of a stay as it stands now, not stored. */
export async function priceNow(ctx: Ctx, session: SessionRow, more: Entitlement = nothing): Promise<QuoteResult & { graceMinutes: number }> {
  const tariff = await findTariff(ctx, session.tariffId)
  return { ...quoteOf(inputOf(ctx, session, tariff, more)), graceMinutes: tariff.graceMinutes }
}

const sumOf = (parts: QuoteResult['parts'], kind: QuoteResult['parts'][number]['kind']): number => parts.filter((part) => part.kind === kind).reduce((sum, part) => sum + part.fen, 0)

/** Prices a stay with what the payer brings and stores the quote, so that it can be paid as told. */
export async function storeQuote(ctx: Ctx, session: SessionRow, memberId: string | null, more: Entitlement): Promise<QuoteRow> {
  const priced = await priceNow(ctx, session, more)
  const row: Omit<QuoteRow, 'createdAt'> = {
    quoteId: newId(ctx.now), mallId: ctx.mallId, parkingId: session.parkingId, memberId, at: ctx.now, stayMinutes: priced.stayMinutes, tariffFen: priced.tariffFen, dueFen: priced.dueFen,
    tierFen: sumOf(priced.parts, 'tier_hours'), couponFen: sumOf(priced.parts, 'parking_coupon'), capFen: sumOf(priced.parts, 'cap'), paidBeforeFen: sumOf(priced.parts, 'paid_before'),
    tierMinutes: Math.max(0, priced.tierMinutes - session.tierMinutes), couponIds: priced.couponIds.filter((id) => !session.coupons.some((used) => used.couponId === id)),
    parts: priced.parts, validUntil: priced.validUntil, nextDueFen: priced.nextDueFen, graceMinutes: priced.graceMinutes,
  }
  await insertQuote(ctx, row)
  return { ...row, createdAt: ctx.now }
}

export const shownQuote = (row: QuoteRow): Quote => ({
  quoteId: row.quoteId, parkingId: row.parkingId, at: row.at.toISOString(), stayMinutes: row.stayMinutes, tariffFen: row.tariffFen, parts: row.parts, dueFen: row.dueFen, validUntil: row.validUntil.toISOString(),
  nextDueFen: row.nextDueFen, graceMinutes: row.graceMinutes,
})

const reuseMs = 30_000

/**
 * A quote for showing: the last one of this member when it was made a moment ago and nothing changed, so that a page that refreshes does not fill the
 * table. A guest's is always new: whoever holds a quote holds its payment, and guests cannot be told apart.
 */
export async function currentQuote(ctx: Ctx, session: SessionRow, memberId: string | null, more: Entitlement): Promise<QuoteRow> {
  const [last] = await quotesOf(ctx, session.parkingId, 1)
  const fresh = last && memberId !== null && last.memberId === memberId && ctx.now.getTime() - last.at.getTime() < reuseMs && last.validUntil > ctx.now && (session.paidAt === null || last.at > session.paidAt)
  if (fresh) {
    const priced = await priceNow(ctx, session, more)
    if (priced.dueFen === last.dueFen && priced.tierMinutes - session.tierMinutes === last.tierMinutes && last.couponIds.length === 0 && more.coupons.length === 0) return last
  }
  return storeQuote(ctx, session, memberId, more)
}

/** A stay that can still be paid. Refuses others as `parking_unknown`. */
export async function runningSession(ctx: Ctx, parkingId: string): Promise<SessionRow> {
  const session = await findSession(ctx, parkingId)
  if (!session || !isInside(session.state)) throw new Refusal('parking_unknown')
  return session
}

/**
 * A new quote. A signed-in member brings the minutes of the tier (for a bound plate) and, when named, one parking coupon; a coupon that would
 * save nothing is left out of the quote and stays usable. Guests bring nothing: naming a coupon answers `coupon_unknown`.
 */
export async function quote(ctx: Ctx, parkingId: string, wish: { couponId: string | null; useTierHours: boolean }): Promise<Quote> {
  const session = await runningSession(ctx, parkingId)
  const memberId = memberIdOf(ctx)
  if (wish.couponId && !memberId) throw new Refusal('coupon_unknown')
  const coupon = wish.couponId && memberId ? await parkingCoupon(ctx, memberId, wish.couponId, session.carParkId) : null
  const tierMinutes = memberId && wish.useTierHours ? await tierMinutesLeft(ctx, memberId, session.plate) : 0
  return shownQuote(await storeQuote(ctx, session, memberId, { tierMinutes, coupons: coupon ? [coupon] : [] }))
}

/** Parking coupons the member can use now, as the parking page lists them. */
export async function couponsFor(ctx: Ctx, memberId: string, carParkId: string): Promise<Reply<'GET /api/parking/running'>['items'][number]['coupons']> {
  const coupons: ParkingCoupon[] = await usableParkingCoupons(ctx, memberId, carParkId)
  return coupons.map(({ couponId, title, titleEn, minutes, validUntil }) => ({ couponId, title, titleEn, minutes, validUntil: validUntil.toISOString() }))
}
