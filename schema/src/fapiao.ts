import { boolean, index, int, mysqlTable, primaryKey, uniqueIndex, varchar } from 'drizzle-orm/mysql-core'
import { at, code, createdAt, fen, id, mallId, sealed } from './columns.ts'

/** A member's titles (抬头). Name, credit code and bank account are sealed together as JSON. */
export const fapiaoTitle = mysqlTable('fapiaoTitle', {
  titleId: id('titleId').primaryKey(),
  mallId: mallId(),
  memberId: id('memberId').notNull(),
  kind: code('kind', 10).$type<'personal' | 'company'>().notNull(),
  details: sealed('details', 1200).notNull(),
  isDefault: boolean('isDefault').notNull(),
  createdAt: createdAt(),
  removedAt: at('removedAt'),
}, (t) => [index('fapiaoTitle_member').on(t.mallId, t.memberId)])

/** One digital invoice. `orderNumber` is ours with the provider and changes only after the provider said no. */
export const fapiao = mysqlTable('fapiao', {
  fapiaoId: id('fapiaoId').primaryKey(),
  mallId: mallId(),
  memberId: id('memberId').notNull(),
  orderNumber: code('orderNumber', 20).notNull(),
  state: code('state', 12).$type<'requested' | 'issuing' | 'asking' | 'issued' | 'failed' | 'reversed'>().notNull(),
  titleKind: code('titleKind', 10).$type<'personal' | 'company'>().notNull(),
  title: sealed('title', 1200).notNull(),
  grossFen: fen('grossFen').notNull(),
  netFen: fen('netFen').notNull(),
  taxFen: fen('taxFen').notNull(),
  taxRatePerMille: int('taxRatePerMille').notNull(),
  number: code('number', 20),
  pdfUrl: varchar('pdfUrl', { length: 500 }),
  issuedAt: at('issuedAt'),
  requestedAt: at('requestedAt').notNull(),
  attempts: int('attempts').notNull().default(0),
  /** When the provider is asked next; null when nothing is open. */
  askAt: at('askAt'),
  failure: varchar('failure', { length: 200 }),
  /** Our number for the red fapiao once a refund asked for one, and its 20 digits once issued. */
  redOrderNumber: code('redOrderNumber', 20),
  redNumber: code('redNumber', 20),
}, (t) => [
  uniqueIndex('fapiao_order').on(t.orderNumber), uniqueIndex('fapiao_number').on(t.number),
  index('fapiao_member').on(t.mallId, t.memberId, t.requestedAt), index('fapiao_requested').on(t.mallId, t.requestedAt), index('fapiao_state').on(t.mallId, t.state, t.requestedAt), index('fapiao_ask').on(t.askAt),
])

/** What a fapiao is over. `livePaymentId` is the payment while the fapiao may count, so a payment has one live line at most. */
export const fapiaoLine = mysqlTable('fapiaoLine', {
  fapiaoId: id('fapiaoId').notNull(),
  paymentId: id('paymentId').notNull(),
  mallId: mallId(),
  livePaymentId: id('livePaymentId'),
  title: varchar('title', { length: 100 }).notNull(),
  titleEn: varchar('titleEn', { length: 150 }).notNull(),
  grossFen: fen('grossFen').notNull(),
  netFen: fen('netFen').notNull(),
  taxFen: fen('taxFen').notNull(),
}, (t) => [primaryKey({ columns: [t.fapiaoId, t.paymentId] }), uniqueIndex('fapiaoLine_live').on(t.livePaymentId), index('fapiaoLine_payment').on(t.mallId, t.paymentId)])

/** What happened to a fapiao, in order. */
export const fapiaoTrail = mysqlTable('fapiaoTrail', {
  trailId: id('trailId').primaryKey(),
  mallId: mallId(),
  fapiaoId: id('fapiaoId').notNull(),
  at: at('at').notNull(),
  fact: varchar('fact', { length: 60 }).notNull(),
  factEn: varchar('factEn', { length: 80 }).notNull(),
  detail: varchar('detail', { length: 200 }),
}, (t) => [index('fapiaoTrail_fapiao').on(t.mallId, t.fapiaoId, t.at)])
