import { type SQL, and, asc, desc, eq, gte, inArray, isNotNull, isNull, lt, lte, or, sql } from 'drizzle-orm'
import { inbox } from '@atrium/schema/kit.ts'
import { type InvoiceFacts, type PayMethod, paymentFacts, payments, refunds } from '@atrium/schema/payment.ts'
import { mayMove } from '@atrium/shared/payment/rules.ts'
import type { Ctx, Executor, Scope } from '../context.ts'
import { type ListQuery, countAll, pageOf, paging } from '../http/paging.ts'

export type PaymentRow = typeof payments.$inferSelect
export type RefundRow = typeof refunds.$inferSelect
export type NewPayment = typeof payments.$inferInsert
export type { InvoiceFacts, PayMethod }

export async function findPayment(scope: Scope, paymentId: string): Promise<PaymentRow | undefined> {
  const [row] = await scope.db.select().from(payments).where(and(eq(payments.mallId, scope.mallId), eq(payments.paymentId, paymentId)))
  return row
}

/** The same, held until the transaction ends. A payment is locked before its purpose, everywhere. */
export async function lockPayment(scope: Scope, paymentId: string): Promise<PaymentRow | undefined> {
  const [row] = await scope.db.select().from(payments).where(and(eq(payments.mallId, scope.mallId), eq(payments.paymentId, paymentId))).for('update')
  return row
}

/** By our number, in every mall: a provider's message names nothing else. */
export async function findByNumber(db: Executor, paymentNumber: string): Promise<PaymentRow | undefined> {
  const [row] = await db.select().from(payments).where(eq(payments.paymentNumber, paymentNumber))
  return row
}

/** The open payment of a quote, if there is one. */
export async function findOpenOf(scope: Scope, quoteId: string): Promise<PaymentRow | undefined> {
  const [row] = await scope.db.select().from(payments).where(and(eq(payments.mallId, scope.mallId), eq(payments.openQuoteId, quoteId)))
  return row
}

export async function insertPayment(scope: Scope, row: Omit<NewPayment, 'mallId'>): Promise<void> {
  await scope.db.insert(payments).values({ ...row, mallId: scope.mallId })
}

export async function updatePayment(scope: Scope, paymentId: string, change: Partial<NewPayment>): Promise<void> {
  await scope.db.update(payments).set(change).where(and(eq(payments.mallId, scope.mallId), eq(payments.paymentId, paymentId)))
}

/** Moves a payment, as it stands under its lock, to another state along the declared edges. */
export async function movePayment(scope: Scope, payment: Pick<PaymentRow, 'paymentId' | 'state'>, state: PaymentRow['state'], change: Partial<NewPayment> = {}): Promise<void> {
  if (payment.state !== state && !mayMove(payment.state, state)) throw new Error(`a payment cannot go from ${payment.state} to ${state}`)
  await updatePayment(scope, payment.paymentId, { ...change, state })
}

/** Points that the payer earned, or gave back with a refund. */
export const addPointsEarned = (scope: Scope, paymentId: string, points: number) =>
  scope.db.update(payments).set({ pointsEarned: sql`${payments.pointsEarned} + ${points}` }).where(and(eq(payments.mallId, scope.mallId), eq(payments.paymentId, paymentId)))

/** Payments of every mall whose time to be asked about has come, oldest first. */
export const dueToAsk = (db: Executor, now: Date, limit: number) =>
  db.select({ mallId: payments.mallId, paymentId: payments.paymentId }).from(payments).where(lte(payments.askAt, now)).orderBy(asc(payments.askAt)).limit(limit)

/** Open payments for a subject. */
export const openOf = (scope: Scope, purpose: 'parking', subjectId: string): Promise<PaymentRow[]> =>
  scope.db.select().from(payments).where(and(eq(payments.mallId, scope.mallId), eq(payments.purpose, purpose), eq(payments.subjectId, subjectId), isNotNull(payments.openQuoteId)))

/** Payments that were credited to a subject and still hold money. */
export const keptOf = (scope: Scope, purpose: 'parking', subjectId: string): Promise<PaymentRow[]> =>
  scope.db.select().from(payments).where(and(eq(payments.mallId, scope.mallId), eq(payments.purpose, purpose), eq(payments.subjectId, subjectId), eq(payments.kept, true)))

export async function insertFact(scope: Scope, row: Omit<typeof paymentFacts.$inferInsert, 'mallId'>): Promise<void> {
  await scope.db.insert(paymentFacts).values({ ...row, mallId: scope.mallId })
}

export const factsOf = (scope: Scope, paymentId: string) =>
  scope.db.select().from(paymentFacts).where(and(eq(paymentFacts.mallId, scope.mallId), eq(paymentFacts.paymentId, paymentId))).orderBy(asc(paymentFacts.at), asc(paymentFacts.entryId))

export async function insertRefund(scope: Scope, row: Omit<typeof refunds.$inferInsert, 'mallId'>): Promise<void> {
  await scope.db.insert(refunds).values({ ...row, mallId: scope.mallId })
}

export async function findRefund(scope: Scope, refundId: string): Promise<RefundRow | undefined> {
  const [row] = await scope.db.select().from(refunds).where(and(eq(refunds.mallId, scope.mallId), eq(refunds.refundId, refundId)))
  return row
}

/** Held until the transaction ends; where the payment is locked as well, it is locked first. */
export async function lockRefund(scope: Scope, refundId: string): Promise<RefundRow | undefined> {
  const [row] = await scope.db.select().from(refunds).where(and(eq(refunds.mallId, scope.mallId), eq(refunds.refundId, refundId))).for('update')
  return row
}

/** By our number, in every mall. */
export async function findRefundByNumber(db: Executor, refundNumber: string): Promise<RefundRow | undefined> {
  const [row] = await db.select().from(refunds).where(eq(refunds.refundNumber, refundNumber))
  return row
}

export async function updateRefund(scope: Scope, refundId: string, change: Partial<RefundRow>): Promise<void> {
  await scope.db.update(refunds).set(change).where(and(eq(refunds.mallId, scope.mallId), eq(refunds.refundId, refundId)))
}

export const refundsOf = (scope: Scope, paymentId: string): Promise<RefundRow[]> =>
  scope.db.select().from(refunds).where(and(eq(refunds.mallId, scope.mallId), eq(refunds.paymentId, paymentId))).orderBy(asc(refunds.createdAt), asc(refunds.refundId))

/** Refunds of every mall whose time to be sent or asked about has come. */
export const dueRefunds = (db: Executor, now: Date, limit: number) =>
  db.select({ mallId: refunds.mallId, refundId: refunds.refundId }).from(refunds).where(lte(refunds.askAt, now)).orderBy(asc(refunds.askAt)).limit(limit)

/** Stores a verified message once; false when it was there already. */
export async function insertMessage(scope: Scope, row: Omit<typeof inbox.$inferInsert, 'mallId'>): Promise<boolean> {
  const [result] = await scope.db.insert(inbox).ignore().values({ ...row, mallId: scope.mallId })
  return result.affectedRows === 1
}

export const markProcessed = (scope: Scope, inboxId: string, at: Date) => scope.db.update(inbox).set({ processedAt: at }).where(and(eq(inbox.mallId, scope.mallId), eq(inbox.inboxId, inboxId)))

/** Messages of every mall and both providers that were taken in before `before` and not worked off. */
export const openMessages = (db: Executor, before: Date, limit: number) =>
  db.select().from(inbox).where(and(isNull(inbox.processedAt), lt(inbox.receivedAt, before), inArray(inbox.vendor, ['wechat', 'alipay']), lt(inbox.attempts, 50))).orderBy(asc(inbox.receivedAt)).limit(limit)

export const countAttempt = (scope: Scope, inboxId: string, error: string) =>
  scope.db.update(inbox).set({ attempts: sql`${inbox.attempts} + 1`, lastError: error.slice(0, 300) }).where(and(eq(inbox.mallId, scope.mallId), eq(inbox.inboxId, inboxId)))

type Filters = { state?: string | undefined; method?: string | undefined; from?: string | undefined; until?: string | undefined; q?: string | undefined }

/** `q` is a payment number, a provider number or a plate, each in full. Numbers are ASCII columns, which must not be compared with other text. */
const searched = (q: string, plate: string | null): SQL => or(...(/^[\x20-\x7e]+$/.test(q) ? [eq(payments.paymentNumber, q), eq(payments.providerNumber, q)] : []), ...(plate ? [eq(payments.plate, plate)] : [])) ?? sql`false`

const filtered = (scope: Scope, { state, method, from, until, q }: Filters, plate: string | null): SQL | undefined => and(
  eq(payments.mallId, scope.mallId), state ? eq(payments.state, state as PaymentRow['state']) : undefined, method ? eq(payments.method, method as PaymentRow['method']) : undefined,
  from ? gte(payments.createdAt, new Date(from)) : undefined, until ? lt(payments.createdAt, new Date(until)) : undefined,
  q ? searched(q, plate) : undefined,
)

export async function listPayments(ctx: Ctx, query: ListQuery & Filters, plate: string | null) {
  const page = paging(query, { createdAt: payments.createdAt, amountFen: payments.amountFen, paidAt: payments.paidAt }, payments.paymentId, '-createdAt')
  // Unpaid ones have no place in an order by the time of payment.
  const where = and(filtered(ctx, query, plate), page.sortKey === 'paidAt' ? isNotNull(payments.paidAt) : undefined)
  const [rows, [sums]] = await Promise.all([
    ctx.db.select().from(payments).where(and(where, page.where)).orderBy(...page.orderBy).limit(page.limit),
    ctx.db.select({ total: countAll, askedFen: sql`coalesce(sum(${payments.amountFen}), 0)`.mapWith(Number), paidFen: sql`coalesce(sum(case when ${payments.paidAt} is not null then ${payments.amountFen} else 0 end), 0)`.mapWith(Number), refundedFen: sql`coalesce(sum(${payments.refundedFen}), 0)`.mapWith(Number) }).from(payments).where(where),
  ])
  return { ...pageOf(rows, query, (row) => [row[page.sortKey as 'createdAt'], row.paymentId]), ...sums! }
}

export async function listOfMember(ctx: Ctx, memberId: string, query: ListQuery & { state?: string | undefined }) {
  const page = paging(query, { createdAt: payments.createdAt }, payments.paymentId, '-createdAt')
  const where = and(eq(payments.mallId, ctx.mallId), eq(payments.memberId, memberId), query.state ? eq(payments.state, query.state as PaymentRow['state']) : undefined)
  const [rows, [count]] = await Promise.all([
    ctx.db.select().from(payments).where(and(where, page.where)).orderBy(...page.orderBy).limit(page.limit),
    ctx.db.select({ total: countAll }).from(payments).where(where),
  ])
  return { ...pageOf(rows, query, (row) => [row.createdAt, row.paymentId]), total: count!.total }
}

/** Payments with these ids that hold money, in the order of their ids; held until the transaction ends when `lock`. */
export const paidByIds = async (scope: Scope, paymentIds: readonly string[], lock = false): Promise<PaymentRow[]> => {
  if (paymentIds.length === 0) return []
  const query = scope.db.select().from(payments).where(and(eq(payments.mallId, scope.mallId), inArray(payments.paymentId, [...paymentIds]), isNotNull(payments.paidAt))).orderBy(asc(payments.paymentId))
  return lock ? query.for('update') : query
}

/** The newest payments of a member that hold money, at most 200. */
export const paidOfMember = (scope: Scope, memberId: string): Promise<PaymentRow[]> =>
  scope.db.select().from(payments).where(and(eq(payments.mallId, scope.mallId), eq(payments.memberId, memberId), isNotNull(payments.paidAt), sql`${payments.amountFen} > ${payments.committedFen}`)).orderBy(desc(payments.paidAt)).limit(200)

/** Money in between two instants: each hour of the business day, and each method. */
export async function sumsBetween(scope: Scope, from: Date, until: Date) {
  const where = and(eq(payments.mallId, scope.mallId), gte(payments.paidAt, from), lt(payments.paidAt, until), sql`${payments.amountFen} > 0`)
  const hour = sql<number>`hour(${payments.paidAt} + interval 8 hour)`.mapWith(Number)
  const paidFen = sql`coalesce(sum(${payments.amountFen}), 0)`.mapWith(Number)
  return {
    hours: await scope.db.select({ hour, paidFen, payments: countAll }).from(payments).where(where).groupBy(hour),
    methods: await scope.db.select({ method: payments.method, paidFen, payments: countAll }).from(payments).where(where).groupBy(payments.method),
  }
}

/** Payments that need a person's eye: asked about for long, or a refund that does not get through. */
export async function troublesOf(scope: Scope, before: Date) {
  return {
    asking: await scope.db.select().from(payments).where(and(eq(payments.mallId, scope.mallId), eq(payments.state, 'asking'), lt(payments.createdAt, before))).orderBy(asc(payments.createdAt)).limit(20),
    refunds: await scope.db.select().from(refunds).where(and(eq(refunds.mallId, scope.mallId), inArray(refunds.state, ['created', 'asking']), lt(refunds.createdAt, before))).orderBy(asc(refunds.createdAt)).limit(20),
  }
}
