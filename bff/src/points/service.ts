import type { Input, Reply } from '@atrium/shared/contracts.ts'
import { benefitsOf, tierFor } from '@atrium/shared/member/rules.ts'
import { type PointsKind, earnRule, explain, growthExpiresAt, growthFor, pointsExpireAt, pointsFor, takeBackFor } from '@atrium/shared/points/rules.ts'
import { Refusal } from '@atrium/shared/refusal.ts'
import { businessDay, startOfBusinessDay } from '@atrium/shared/time.ts'
import { type Ctx, note } from '../context.ts'
import { newId } from '../db/id.ts'
import { inTransaction } from '../db/transaction.ts'
import type { ListQuery } from '../http/paging.ts'
import { setTier, tierOf } from '../identity/service.ts'
import { balanceOf, balancesOf, latestOf, post, postingOf, statementOf, summaryOf } from '../ledger/service.ts'
import { announce } from '../outbox/announce.ts'
import { type KnownPayment, addRefund, changePayment, findPayments, lockPayment, refundedFenOf } from './store.ts'

type Entry = Reply<'GET /api/points/entries'>['items'][number]
type Statement = Reply<'GET /api/points/entries'>

/**
 * Points and growth for a payment, once; refunds that were told before are taken off at once. A guest earns nothing. `kind` is what the entry is
 * called. Call it from the consumer of `payment.paid`.
 */
export const earnForPayment = (ctx: Ctx, paid: { paymentId: string; memberId: string | null; amountFen: number; kind: 'parking_paid' | 'purchase' }): Promise<void> => inTransaction(ctx, async (tx) => {
  const payment = await lockPayment(tx, paid.paymentId)
  if (payment.paidFen !== null) return
  await changePayment(tx, paid.paymentId, { memberId: paid.memberId, paidFen: paid.amountFen })
  if (paid.memberId === null) return
  const tier = await tierOf(tx, paid.memberId)
  const points = pointsFor(paid.amountFen, tier)
  const move = { memberId: paid.memberId, house: 'issued' as const, kind: paid.kind, source: sourceOf(paid.paymentId), facts: { paymentId: paid.paymentId, amountFen: paid.amountFen, perMille: benefitsOf(tier).pointsPerMille } }
  if (points > 0) await post(tx, { ...move, currency: 'points', amount: points, expiresAt: pointsExpireAt(tx.now) })
  const growth = growthFor(paid.amountFen)
  if (growth > 0) await post(tx, { ...move, currency: 'growth', amount: growth, expiresAt: growthExpiresAt(tx.now) })
  if (points > 0) {
    await changePayment(tx, paid.paymentId, { pointsEarned: points })
    await announce(tx, 'points.earned', { memberId: paid.memberId, paymentId: paid.paymentId, points })
  }
  await settleRefunds(tx, { ...payment, memberId: paid.memberId, paidFen: paid.amountFen }, null)
  await followGrowth(tx, paid.memberId)
})

/**
 * Takes back what a refunded payment had earned, in proportion to all its refunds so far and each refund once. Points that are spent already
 * become a debt which later points pay first. Call it from the consumer of `payment.refunded`.
 */
export const takeBackForRefund = (ctx: Ctx, refund: { refundId: string; paymentId: string; amountFen: number }): Promise<void> => inTransaction(ctx, async (tx) => {
  const payment = await lockPayment(tx, refund.paymentId)
  await addRefund(tx, refund)
  await settleRefunds(tx, payment, refund.refundId)
  if (payment.memberId) await followGrowth(tx, payment.memberId)
})

const sourceOf = (paymentId: string) => `payment:${paymentId}`

async function settleRefunds(tx: Ctx, payment: KnownPayment, refundId: string | null): Promise<void> {
  if (payment.memberId === null || payment.paidFen === null) return
  const refundedFen = await refundedFenOf(tx, payment.paymentId)
  if (refundedFen === 0) return
  const { memberId, paymentId } = payment
  // Refunds that came before the payment are settled together with it.
  const source = `refund:${refundId ?? paymentId}`
  const earned = await postingOf(tx, 'points', memberId, sourceOf(paymentId))
  const points = earned ? takeBackFor(earned.amount, payment.paidFen, refundedFen, -earned.reversed) : 0
  const facts = { paymentId, amountFen: Math.min(refundedFen, payment.paidFen) }
  if (earned && points > 0) {
    await post(tx, { currency: 'points', memberId, amount: -points, house: 'issued', kind: 'refund', source, facts, reverses: earned.postingId, mayOwe: true })
    await changePayment(tx, paymentId, { pointsEarned: earned.amount + earned.reversed - points })
    await announce(tx, 'points.taken_back', { memberId, paymentId, points })
  }
  const grown = await postingOf(tx, 'growth', memberId, sourceOf(paymentId))
  // Growth that has run out counts for nothing any more, so there is nothing to take back.
  const growth = grown ? Math.min(grown.lotRemaining, takeBackFor(grown.amount, payment.paidFen, refundedFen, -grown.reversed)) : 0
  if (grown && growth > 0) await post(tx, { currency: 'growth', memberId, amount: -growth, house: 'issued', kind: 'refund', source, facts, reverses: grown.postingId })
}

/** The tier follows growth, up and down. */
export async function followGrowth(tx: Ctx, memberId: string): Promise<void> {
  const { balance } = await balanceOf(tx, 'growth', memberId)
  if (await setTier(tx, memberId, tierFor(balance))) await announce(tx, 'member.changed', { memberId, tier: tierFor(balance) })
}

/** A gift for joining, once for each mall. Who paid here before joining starts in the tier that growth gives. */
export async function welcome(ctx: Ctx, memberId: string): Promise<void> {
  await post(ctx, { currency: 'points', memberId, amount: earnRule.welcomePoints, house: 'issued', kind: 'welcome', source: `welcome:${memberId}`, facts: {}, expiresAt: pointsExpireAt(ctx.now) })
  await followGrowth(ctx, memberId)
}

/** Pays for a coupon with points, in the transaction of the claim. Refuses `points_insufficient`, with nothing written. */
export async function spendForClaim(tx: Ctx, claim: { memberId: string; couponId: string; points: number; title: string; titleEn: string }): Promise<void> {
  const { memberId, couponId, title, titleEn } = claim
  const posted = await post(tx, { currency: 'points', memberId, amount: -claim.points, house: 'spent', kind: 'claim', source: `claim:${couponId}`, facts: { couponId, title, titleEn } })
  if (posted === 'insufficient') throw new Refusal('points_insufficient')
}

/** Adjusts points by hand. Refuses `points_insufficient` when more would go than there is. */
export const adjust = (ctx: Ctx, memberId: string, body: Input<'POST /admin/members/{memberId}/points'>['body']): Promise<{ balance: number }> => inTransaction(ctx, async (tx) => {
  const move = { currency: 'points' as const, memberId, house: 'adjusted' as const, kind: 'adjust', source: `adjust:${newId(tx.now)}`, facts: { reason: body.reason } }
  const posted = await post(tx, body.points > 0 ? { ...move, amount: body.points, expiresAt: pointsExpireAt(tx.now) } : { ...move, amount: body.points })
  if (posted === 'insufficient') throw new Refusal('points_insufficient')
  note(tx, { subject: memberId, points: body.points, reason: body.reason, balance: posted.balance })
  await announce(tx, 'points.changed', { memberId, points: body.points })
  return { balance: posted.balance }
})

/** Points that a payment gives, refunds taken off, by payment id; zero ones are missing until the payment was heard of. */
export async function pointsEarnedFor(ctx: Ctx, paymentIds: readonly string[]): Promise<Map<string, number>> {
  if (paymentIds.length === 0) return new Map()
  return new Map((await findPayments(ctx, paymentIds)).map((row) => [row.paymentId, row.pointsEarned]))
}

/** Points that can be spent now. */
export async function pointsOf(ctx: Ctx, memberId: string): Promise<number> {
  const { balance, held } = await balanceOf(ctx, 'points', memberId)
  return balance - held
}

/** The same for many members; who never had any is missing. */
export const pointsOfMany = (ctx: Ctx, memberIds: readonly string[]): Promise<Map<string, number>> => balancesOf(ctx, 'points', memberIds)

/** Balance, what is earned this year, what expires next, and the rule in words. */
export async function summary(ctx: Ctx, memberId: string): Promise<Reply<'GET /api/points'>> {
  const year = Number(businessDay(ctx.now).slice(0, 4))
  const s = await summaryOf(ctx, 'points', memberId, { from: startOfBusinessDay(`${year}-01-01`), until: startOfBusinessDay(`${year + 1}-01-01`) })
  return { balance: s.balance, pending: s.held, earnedThisYear: s.earned, expiring: s.expiring.map((e) => ({ points: e.units, at: e.at.toISOString() })), rule: earnRule.text, ruleEn: earnRule.textEn }
}

/** Each entry with its reason, newest first. */
export async function statement(ctx: Ctx, memberId: string, query: ListQuery & { kind?: PointsKind | undefined }): Promise<Statement> {
  const { rows, nextCursor, total } = await statementOf(ctx, 'points', memberId, query)
  const items = rows.map((row): Entry => {
    const kind = row.kind as PointsKind
    return { entryId: row.postingId, at: row.at.toISOString(), kind, points: row.amount, balance: row.balanceAfter!, ...explain(kind, row.facts) }
  })
  return { items, nextCursor, total }
}

/** The newest entries, in words. */
export async function latestEntries(ctx: Ctx, memberId: string, limit: number) {
  const rows = await latestOf(ctx, 'points', memberId, limit)
  return rows.map((row) => ({ at: row.at, points: row.amount, ...explain(row.kind as PointsKind, row.facts) }))
}
