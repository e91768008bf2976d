import type { PaymentAction, PaymentState, RefundState } from '@atrium/shared/payment/rules.ts'
import { boolean, int, mysqlTable, varchar } from 'drizzle-orm/mysql-core'
import { at, code, createdAt, fen, id, json, mallId, sealed } from './columns.ts'

export type PayMethod = 'wechat_jsapi' | 'wechat_native' | 'alipay_trade' | 'alipay_qr'
/** What a fapiao for the payment says: where the car stood and from when on; the end is filled in as the car leaves. */
export type InvoiceFacts = { title: string; titleEn: string; address: string; plate: string; from: string; until: string | null }

/** One debt to be paid once. What it is for is named by `purpose` and `subjectId`. */
export const payments = mysqlTable('payments', {
  paymentId: id('paymentId').primaryKey(),
  mallId: mallId(),
  /** out_trade_no at the provider. */
  paymentNumber: code('paymentNumber', 32).notNull(),
  purpose: code('purpose', 20).$type<'parking'>().notNull(),
  subjectId: id('subjectId').notNull(),
  quoteId: id('quoteId'),
  /** The quote while the payment is open, else null: one open payment for a quote. */
  openQuoteId: id('openQuoteId'),
  subject: varchar('subject', { length: 80 }).notNull(),
  subjectEn: varchar('subjectEn', { length: 120 }).notNull(),
  memberId: id('memberId'),
  plate: varchar('plate', { length: 20 }),
  method: code('method', 16).$type<PayMethod | 'none'>().notNull(),
  provider: code('provider', 10).$type<'wechat' | 'alipay' | 'none'>().notNull(),
  state: code('state', 12).$type<PaymentState>().notNull(),
  amountFen: fen('amountFen').notNull(),
  refundedFen: fen('refundedFen').notNull().default(0),
  /** Refunds done and under way together. */
  committedFen: fen('committedFen').notNull().default(0),
  /** 1 credited to its purpose, 0 superfluous and given back, null while nothing came in. */
  kept: boolean('kept'),
  providerNumber: code('providerNumber', 64),
  payer: sealed('payer'),
  action: json<PaymentAction>('action'),
  invoice: json<InvoiceFacts>('invoice'),
  failure: varchar('failure', { length: 200 }),
  expiresAt: at('expiresAt').notNull(),
  paidAt: at('paidAt'),
  closedAt: at('closedAt'),
  askAt: at('askAt'),
  asks: int('asks').notNull().default(0),
  pointsEarned: int('pointsEarned').notNull().default(0),
  fapiaoId: id('fapiaoId'),
  fapiaoState: code('fapiaoState', 12),
  createdAt: at('createdAt').notNull(),
})

/** Everything that became known about a payment, in order. */
export const paymentFacts = mysqlTable('paymentFacts', {
  entryId: id('entryId').primaryKey(),
  mallId: mallId(),
  paymentId: id('paymentId').notNull(),
  at: at('at').notNull(),
  fact: varchar('fact', { length: 80 }).notNull(),
  factEn: varchar('factEn', { length: 120 }).notNull(),
  detail: varchar('detail', { length: 300 }),
  ok: boolean('ok'),
  createdAt: createdAt(),
})

/** Money going back. */
export const refunds = mysqlTable('refunds', {
  refundId: id('refundId').primaryKey(),
  mallId: mallId(),
  paymentId: id('paymentId').notNull(),
  /** out_refund_no at the provider; every try sends the same until the provider says that it never will under this one. */
  refundNumber: code('refundNumber', 32).notNull(),
  amountFen: fen('amountFen').notNull(),
  state: code('state', 10).$type<RefundState>().notNull(),
  reason: varchar('reason', { length: 200 }).notNull(),
  byName: varchar('byName', { length: 40 }),
  providerNumber: code('providerNumber', 64),
  failure: varchar('failure', { length: 200 }),
  createdAt: at('createdAt').notNull(),
  doneAt: at('doneAt'),
  askAt: at('askAt'),
  asks: int('asks').notNull().default(0),
})
