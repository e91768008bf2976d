import { and, eq, inArray, sql } from 'drizzle-orm'
import { pointsPayments, pointsRefunds } from '@atrium/schema/points.ts'
import type { Scope } from '../context.ts'

export type KnownPayment = typeof pointsPayments.$inferSelect

const payment = (scope: Scope, paymentId: string) => and(eq(pointsPayments.mallId, scope.mallId), eq(pointsPayments.paymentId, paymentId))

/** The row of a payment, locked and made when it is missing: payment and refund may come in any order. */
export async function lockPayment(scope: Scope, paymentId: string): Promise<KnownPayment> {
  await scope.db.insert(pointsPayments).ignore().values({ paymentId, mallId: scope.mallId })
  const [row] = await scope.db.select().from(pointsPayments).where(payment(scope, paymentId)).for('update')
  if (!row) throw new Error(`payment ${paymentId} belongs to another mall`)
  return row
}

export const changePayment = (scope: Scope, paymentId: string, change: Partial<Pick<KnownPayment, 'memberId' | 'paidFen' | 'pointsEarned'>>) =>
  scope.db.update(pointsPayments).set(change).where(payment(scope, paymentId))

/** Remembers a refund; one told twice stays one. */
export const addRefund = (scope: Scope, refund: { refundId: string; paymentId: string; amountFen: number }) => scope.db.insert(pointsRefunds).ignore().values({ ...refund, mallId: scope.mallId })

export async function refundedFenOf(scope: Scope, paymentId: string): Promise<number> {
  const [row] = await scope.db.select({ fen: sql<number>`coalesce(sum(${pointsRefunds.amountFen}), 0)`.mapWith(Number) }).from(pointsRefunds).where(and(eq(pointsRefunds.mallId, scope.mallId), eq(pointsRefunds.paymentId, paymentId)))
  return row!.fen
}

export const findPayments = (scope: Scope, paymentIds: readonly string[]) =>
  scope.db.select({ paymentId: pointsPayments.paymentId, pointsEarned: pointsPayments.pointsEarned }).from(pointsPayments).where(and(eq(pointsPayments.mallId, scope.mallId), inArray(pointsPayments.paymentId, [...paymentIds])))
