import { bigint, mysqlTable } from 'drizzle-orm/mysql-core'
import { createdAt, fen, id, mallId } from './columns.ts'

/** A payment as points know it; `paidFen` is null while only a refund of it is known. `pointsEarned` is what it gives, refunds taken off. */
export const pointsPayments = mysqlTable('pointsPayments', {
  paymentId: id('paymentId').primaryKey(),
  mallId: mallId(),
  memberId: id('memberId'),
  paidFen: fen('paidFen'),
  pointsEarned: bigint('pointsEarned', { mode: 'number' }).notNull().default(0),
  createdAt: createdAt(),
})

/** Refunds that were told, once each. */
export const pointsRefunds = mysqlTable('pointsRefunds', {
  refundId: id('refundId').primaryKey(),
  mallId: mallId(),
  paymentId: id('paymentId').notNull(),
  amountFen: fen('amountFen').notNull(),
  createdAt: createdAt(),
})
