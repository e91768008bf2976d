import { isInside } from '@atrium/shared/parking/rules.ts'
import { redeemLocked, releaseLocked, restoreForPayment } from '../coupon/service.ts'
import type { Ctx } from '../context.ts'
import { announce } from '../outbox/announce.ts'
import { type PaymentRow, type Purpose, servePurpose } from '../payment/service.ts'
import { openForPaid } from './lane.ts'
import { carParksOf, findTariff } from './store/places.ts'
import { type SessionRow, endTierUse, findQuote, findSession, lockSession, updateSession } from './store/sessions.ts'
import { move, tell } from './trail.ts'

const creditable = new Set<SessionRow['state']>(['open', 'paid', 'leaving', 'stuck', 'escaped'])

/**
 * Credits a payment to its stay, in the payment's transaction and with the stay locked: the time to leave starts, what the payment held is used up, and a barrier
 * at which the car waits is told to open.
 */
export async function credit(ctx: Ctx, payment: PaymentRow, session: SessionRow): Promise<void> {
  const quote = payment.quoteId ? await findQuote(ctx, payment.quoteId) : undefined
  const tariff = await findTariff(ctx, session.tariffId)
  await endTierUse(ctx, payment.paymentId, 'used')
  const lines = (quote?.parts ?? []).filter((part) => part.couponId !== null && quote!.couponIds.includes(part.couponId))
  const used = lines.map((part) => ({ couponId: part.couponId!, minutes: part.minutes, title: part.title, titleEn: part.titleEn }))
  if (used.length > 0) await redeemLocked(ctx, { paymentId: payment.paymentId, carPark: await carParkOf(ctx, session), valueFen: lines.reduce((sum, part) => sum + part.fen, 0) })
  // The time to leave runs from when the mall knows of the money: nobody loses grace because a provider was slow.
  const change = {
    paidFen: session.paidFen + payment.amountFen, paidAt: ctx.now, leaveBy: new Date(ctx.now.getTime() + tariff.graceMinutes * 60_000), tierMinutes: session.tierMinutes + (quote?.tierMinutes ?? 0),
    coupons: [...session.coupons, ...used], paymentId: payment.paymentId, memberId: session.memberId ?? payment.memberId,
  }
  await announce(ctx, 'parking.paid', { parkingId: session.parkingId, paymentId: payment.paymentId, amountFen: payment.amountFen, ...(change.memberId && { memberId: change.memberId }) })
  const words = { act: payment.amountFen > 0 ? '已付款' : '优惠抵清', actEn: payment.amountFen > 0 ? 'Paid' : 'Covered by discounts', detail: `¥${(payment.amountFen / 100).toFixed(2)}` }
  if (session.state === 'open' || session.state === 'paid') {
    await openForPaid(ctx, await move(ctx, session, 'paid', words, change))
  } else {
    // Already on its way out, or gone through an opened barrier: the debt is settled, the state stays.
    await updateSession(ctx, session.parkingId, change)
    await tell(ctx, session.parkingId, words)
  }
}

/** Whether what a payment asks for was settled by another one since its quote. */
async function overtaken(ctx: Ctx, payment: PaymentRow, session: SessionRow): Promise<boolean> {
  const quote = payment.quoteId ? await findQuote(ctx, payment.quoteId) : undefined
  return !creditable.has(session.state) || !quote || (session.paidAt !== null && quote.at <= session.paidAt)
}

async function letGo(ctx: Ctx, payment: PaymentRow): Promise<void> {
  await endTierUse(ctx, payment.paymentId, 'released')
  await releaseLocked(ctx, payment.paymentId)
}

async function carParkOf(ctx: Ctx, session: SessionRow) {
  const row = (await carParksOf(ctx)).find((carPark) => carPark.carParkId === session.carParkId)
  return { carParkId: session.carParkId, name: row?.name ?? '', nameEn: row?.nameEn ?? '' }
}

const parkingPurpose: Purpose = {
  paid: async (ctx, payment) => {
    const session = await lockSession(ctx, payment.subjectId)
    if (!session) throw new Error('a stay vanished')
    if (await overtaken(ctx, payment, session)) {
      await letGo(ctx, payment)
      await tell(ctx, session.parkingId, { act: '重复付款，自动退回', actEn: 'Paid twice, given back', detail: payment.paymentNumber })
      return 'superfluous'
    }
    await credit(ctx, payment, session)
    return 'kept'
  },
  released: async (ctx, payment) => {
    await lockSession(ctx, payment.subjectId)
    await letGo(ctx, payment)
  },
  refunded: async (ctx, payment, amountFen) => {
    const session = await lockSession(ctx, payment.subjectId)
    if (!session) throw new Error('a stay vanished')
    if (amountFen > 0) {
      const refundedFen = session.refundedFen + amountFen
      // Who got everything back and is still inside has no time to leave any more: the stay is to be paid again.
      await updateSession(ctx, session.parkingId, { refundedFen, ...(refundedFen >= session.paidFen && { leaveBy: null }) })
      await tell(ctx, session.parkingId, { act: '退款到账', actEn: 'Refunded', detail: `¥${(amountFen / 100).toFixed(2)}` })
    }
    // A stay that ended and was bought back in full returns what it took besides money, a payment of nothing at once; one that goes on keeps its discounts.
    if ((isInside(session.state) && payment.amountFen > 0) || payment.refundedFen + amountFen < payment.amountFen) return
    await restoreForPayment(ctx, payment.paymentId)
    await endTierUse(ctx, payment.paymentId, 'released')
  },
  leaveBy: async (ctx, parkingId) => (await findSession(ctx, parkingId))?.leaveBy ?? null,
}

servePurpose('parking', parkingPurpose)
