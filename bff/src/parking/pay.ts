import type { Input, Reply } from '@atrium/shared/contracts.ts'
import { formatPlate } from '@atrium/shared/plate.ts'
import { expiryOf } from '@atrium/shared/payment/rules.ts'
import { Refusal } from '@atrium/shared/refusal.ts'
import { businessDay } from '@atrium/shared/time.ts'
import { type Ctx, memberIdOf } from '../context.ts'
import { lockForPayment } from '../coupon/service.ts'
import { inTransaction } from '../db/transaction.ts'
import { parkingHoursOf, payerOf } from '../identity/service.ts'
import { type PaymentRow, openPayment, openPaymentOf, openPaymentsFor, payNothing, shown, start, supersede } from '../payment/service.ts'
import { carParksOf } from './store/places.ts'
import { type QuoteRow, type SessionRow, findQuote, insertTierUse, lockSession, lockTierDay } from './store/sessions.ts'
import { credit } from './purpose.ts'
import { tell } from './trail.ts'

type Payment = Reply<'POST /api/parking/pay'>
type Method = Input<'POST /api/parking/pay'>['body']['method']

/** Whether a quote was told before the last payment: what it asks for is no longer due. */
export const isStale = (quote: QuoteRow, session: SessionRow): boolean => session.paidAt !== null && quote.at <= session.paidAt

/**
 * Pays a quote. The intent is stored with the coupon locked and the minutes of the tier reserved; then the provider is called, outside of the
 * transaction. Asking twice for one quote finds the payment that is open; another method takes its place, unless the money was faster.
 * Refuses a quote that ran out or was overtaken (`quote_changed`), and one that asks for nothing (`nothing_due`).
 */
export async function pay(ctx: Ctx, { quoteId, method }: { quoteId: string; method: Method }): Promise<Payment> {
  const quote = await findQuote(ctx, quoteId)
  const memberId = memberIdOf(ctx)
  // A member's quote carries the member's coupon and hours: nobody else pays it.
  if (!quote || (quote.memberId !== null && quote.memberId !== memberId)) throw new Refusal('parking_unknown')
  const payer = await payerFor(ctx, method)
  const settled = await clearTheWay(ctx, quote, method)
  if (settled) return settled
  const opened = await inTransaction(ctx, (tx) => openFor(tx, quote, method, payer))
  // Another device was faster with this quote: what it opened goes on, or gives way to the other method.
  if (!opened) return pay(ctx, { quoteId, method })
  return opened.method === 'none' ? shown(ctx, opened) : start(ctx, opened.paymentId)
}

/** The payer's id at the provider for a pay sheet; a code needs none. Refuses `payer_unknown` without a linked account. */
async function payerFor(ctx: Ctx, method: Method): Promise<string | null> {
  if (method === 'wechat_native' || method === 'alipay_qr') return null
  const memberId = memberIdOf(ctx)
  const payer = memberId ? await payerOf(ctx, memberId, method === 'wechat_jsapi' ? 'wechat' : 'alipay') : null
  if (!payer) throw new Refusal('payer_unknown')
  return payer
}

/**
 * Looks at the payments that this payer has under way for the stay: the same quote by the same method goes on; anything else is closed first.
 * Answers the payment when there is nothing more to do.
 */
async function clearTheWay(ctx: Ctx, quote: QuoteRow, method: Method): Promise<Payment | null> {
  const memberId = memberIdOf(ctx)
  const same = await openPaymentOf(ctx, quote.quoteId)
  if (same && same.method === method && same.expiresAt > ctx.now) return start(ctx, same.paymentId)
  const others = (await openPaymentsFor(ctx, 'parking', quote.parkingId)).filter((p) => p.paymentId === same?.paymentId || (memberId !== null && p.memberId === memberId))
  for (const other of others) {
    const now = await supersede(ctx, other.paymentId)
    if (now.paidAt) return shown(ctx, now)
  }
  return null
}

const canPay = (session: SessionRow | undefined): session is SessionRow => session?.state === 'open' || session?.state === 'paid'

/** Opens the payment of a quote with its stay locked; null when the quote has an open one by now. */
async function openFor(ctx: Ctx, quote: QuoteRow, method: Method, payer: string | null): Promise<PaymentRow | { method: Method; paymentId: string } | null> {
  const session = await lockSession(ctx, quote.parkingId)
  if (await openPaymentOf(ctx, quote.quoteId)) return null
  if (!canPay(session)) throw new Refusal('parking_unknown')
  if (isStale(quote, session) || ctx.now > quote.validUntil) throw new Refusal('quote_changed', { quoteId: quote.quoteId })
  const brings = quote.tierMinutes > 0 || quote.couponIds.length > 0
  if (quote.dueFen === 0 && !brings) throw new Refusal('nothing_due')
  const subject = await subjectOf(ctx, session)
  const input = { ...subject, purpose: 'parking' as const, subjectId: session.parkingId, quoteId: quote.quoteId, memberId: quote.memberId, plate: session.plate, expiresAt: expiryOf(ctx.now, quote.validUntil) }
  if (quote.dueFen === 0) return settleNothing(ctx, quote, session, input)
  const paymentId = await openPayment(ctx, { ...input, method, amountFen: quote.dueFen, payer })
  await holdFor(ctx, quote, session, paymentId)
  await tell(ctx, session.parkingId, { act: '发起支付', actEn: 'Payment started', detail: subject.subject })
  return { method, paymentId }
}

/** A debt that minutes and coupons cover in full is settled without a provider. */
export async function settleNothing(ctx: Ctx, quote: QuoteRow, session: SessionRow, input: Parameters<typeof payNothing>[1]): Promise<PaymentRow> {
  const payment = await payNothing(ctx, input)
  await holdFor(ctx, quote, session, payment.paymentId)
  await credit(ctx, payment, session)
  return payment
}

/** What a payment is for, in words for the payer and for a fapiao. */
export async function subjectOf(ctx: Ctx, session: SessionRow) {
  const carPark = (await carParksOf(ctx)).find((row) => row.carParkId === session.carParkId)
  const plate = formatPlate(session.plate)
  return {
    subject: `停车费 ${plate}`, subjectEn: `Parking ${plate}`,
    invoice: { title: `停车费 ${plate} ${carPark?.name ?? ''}`.trim(), titleEn: `Parking ${plate} ${carPark?.nameEn ?? ''}`.trim(), address: carPark?.address ?? '', plate: session.plate, from: session.entryAt.toISOString(), until: null },
  }
}

/** Takes minutes of the tier and coupons for a payment, so that they cannot be used twice while it is open. */
async function holdFor(ctx: Ctx, quote: QuoteRow, session: SessionRow, paymentId: string): Promise<void> {
  const { memberId } = quote
  if (!memberId) return
  if (quote.tierMinutes > 0) {
    const day = businessDay(ctx.now)
    const used = await lockTierDay(ctx, memberId, day)
    if (used + quote.tierMinutes > Math.round((await parkingHoursOf(ctx, memberId)) * 60)) throw new Refusal('quote_changed', { quoteId: quote.quoteId })
    await insertTierUse(ctx, { paymentId, memberId, day, parkingId: quote.parkingId, minutes: quote.tierMinutes })
  }
  for (const couponId of quote.couponIds) await lockForPayment(ctx, { couponId, memberId, paymentId, carParkId: session.carParkId })
}

