import type { Reply } from '@atrium/shared/contracts.ts'
import { canRefund, refundable } from '@atrium/shared/payment/rules.ts'
import { isPlate, normalisePlate } from '@atrium/shared/plate.ts'
import { Refusal, refuseUnless } from '@atrium/shared/refusal.ts'
import { type Ctx, note, staffOf } from '../context.ts'
import { memberLabels } from '../identity/service.ts'
import { requestRefund } from './refund.ts'
import { type PaymentRow, type RefundRow, factsOf, findPayment, listPayments, lockPayment, refundsOf } from './store.ts'

type AdminPayment = Reply<'GET /admin/payments'>['items'][number]
type Refund = Reply<'POST /admin/payments/{paymentId}/refund'>

const shownToStaff = (row: PaymentRow, names: Map<string, string>): AdminPayment => ({
  paymentId: row.paymentId, paymentNumber: row.paymentNumber, subject: row.subject, subjectEn: row.subjectEn, amountFen: row.amountFen, refundedFen: row.refundedFen, method: row.method, state: row.state, createdAt: row.createdAt.toISOString(),
  paidAt: row.paidAt?.toISOString() ?? null, memberMasked: row.memberId ? (names.get(row.memberId) ?? null) : null, memberId: row.memberId, plate: row.plate, providerNumber: row.providerNumber, fapiaoState: row.fapiaoState,
})

const shownRefund = (row: RefundRow): Refund => ({
  refundId: row.refundId, refundNumber: row.refundNumber, amountFen: row.amountFen, state: row.state, reason: row.reason, by: row.byName, createdAt: row.createdAt.toISOString(), doneAt: row.doneAt?.toISOString() ?? null,
})

const namesOf = (ctx: Ctx, rows: PaymentRow[]) => memberLabels(ctx, rows.map((row) => row.memberId))

export async function list(ctx: Ctx, query: Parameters<typeof listPayments>[1]): Promise<Reply<'GET /admin/payments'>> {
  const plate = query.q && isPlate(normalisePlate(query.q)) ? normalisePlate(query.q) : null
  const { rows, nextCursor, total, askedFen, paidFen, refundedFen } = await listPayments(ctx, query, plate)
  const names = await namesOf(ctx, rows)
  return { items: rows.map((row) => shownToStaff(row, names)), nextCursor, total, totals: { askedFen, paidFen, refundedFen, netFen: paidFen - refundedFen } }
}

export async function one(ctx: Ctx, paymentId: string): Promise<Reply<'GET /admin/payments/{paymentId}'>> {
  const row = await findPayment(ctx, paymentId)
  if (!row) throw new Refusal('not_found', { what: 'payment' })
  const [facts, refunds, names] = await Promise.all([factsOf(ctx, paymentId), refundsOf(ctx, paymentId), namesOf(ctx, [row])])
  return {
    ...shownToStaff(row, names), parkingId: row.subjectId, refundableFen: refundable(row), refunds: refunds.map(shownRefund),
    timeline: facts.map(({ at, fact, factEn, detail, ok }) => ({ at: at.toISOString(), fact, factEn, detail, ok })),
  }
}

/**
 * Gives money of a payment back by hand, in full or in part, with a reason. One refund at a time, together never more than was paid. The provider
 * is called by the worker; points are taken back as it says done.
 */
export async function refund(ctx: Ctx, paymentId: string, input: { amountFen: number; reason: string }): Promise<Refund> {
  const payment = await lockPayment(ctx, paymentId)
  if (!payment) throw new Refusal('not_found', { what: 'payment' })
  const underWay = (await refundsOf(ctx, paymentId)).some((r) => r.state === 'created' || r.state === 'asking')
  refuseUnless(canRefund({ ...payment, underWay }, input.amountFen), { paymentId, refundableFen: refundable(payment) })
  note(ctx, { subject: paymentId, amountFen: input.amountFen, reason: input.reason })
  return shownRefund(await requestRefund(ctx, payment, { ...input, byName: staffOf(ctx).name }))
}
