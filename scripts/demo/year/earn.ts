import { pointsPayments, pointsRefunds } from '@atrium/schema/points.ts'
import { benefitsOf, tierFor } from '@atrium/shared/member/rules.ts'
import { earnRule, growthExpiresAt, growthFor, pointsExpireAt, pointsFor } from '@atrium/shared/points/rules.ts'
import { insertRows } from '../insert.ts'
import type { World } from '../world.ts'
import type { Book } from './ledger.ts'
import type { DemoMember } from './members.ts'

/** Points and growth by the rules of the house, for the members of a year. */
export const earnerOf = (world: World, book: Book) => {
  const { mallId } = world
  const payments: (typeof pointsPayments.$inferInsert)[] = []
  const refunds: (typeof pointsRefunds.$inferInsert)[] = []
  const followGrowth = (member: DemoMember, at: Date) => {
    const tier = tierFor(book.balance('growth', member.memberId))
    if (tier !== member.tier) Object.assign(member, { tier, tierSince: at })
  }

  const welcome = (member: DemoMember): void => {
    book.post({ currency: 'points', memberId: member.memberId, amount: earnRule.welcomePoints, house: 'issued', kind: 'welcome', source: `welcome:${member.memberId}`, facts: {}, at: member.joinedAt, expiresAt: pointsExpireAt(member.joinedAt) })
  }

  /** Points for money; answers how many. A purchase at a shop names no payment of ours. */
  const earn = (member: DemoMember, paid: { paymentId: string; amountFen: number; kind: 'parking_paid' | 'purchase'; at: Date }) => {
    const points = pointsFor(paid.amountFen, member.tier)
    const growth = growthFor(paid.amountFen)
    const move = {
      memberId: member.memberId, house: 'issued' as const, kind: paid.kind, source: `payment:${paid.paymentId}`, at: paid.at,
      facts: { paymentId: paid.kind === 'purchase' ? null : paid.paymentId, amountFen: paid.amountFen, perMille: benefitsOf(member.tier).pointsPerMille },
    }
    const postings = {
      points: points > 0 ? book.post({ ...move, currency: 'points', amount: points, expiresAt: pointsExpireAt(paid.at) }) : null,
      growth: growth > 0 ? book.post({ ...move, currency: 'growth', amount: growth, expiresAt: growthExpiresAt(paid.at) }) : null,
    }
    payments.push({ paymentId: paid.paymentId, mallId, memberId: member.memberId, paidFen: paid.amountFen, pointsEarned: points, createdAt: paid.at })
    followGrowth(member, paid.at)
    return { points, growth, postings }
  }

  /** A guest's payment is known to points as one that earns nothing. */
  const guestPaid = (paymentId: string, amountFen: number, at: Date): void => { payments.push({ paymentId, mallId, memberId: null, paidFen: amountFen, pointsEarned: 0, createdAt: at }) }

  /** Takes back what a payment earned, when it is refunded in full; what is spent already stays (the caller refunds others). Answers whether it could. */
  const takeBack = (member: DemoMember, paymentId: string, earned: ReturnType<typeof earn>, refund: { refundId: string; amountFen: number; at: Date }): boolean => {
    if (book.balance('points', member.memberId) < earned.points) return false
    const facts = { paymentId, amountFen: refund.amountFen }
    const move = { memberId: member.memberId, house: 'issued' as const, kind: 'refund', source: `refund:${refund.refundId}`, facts, at: refund.at }
    if (earned.postings.points) book.post({ ...move, currency: 'points', amount: -earned.points, reverses: earned.postings.points })
    if (earned.postings.growth) book.post({ ...move, currency: 'growth', amount: -earned.growth, reverses: earned.postings.growth })
    payments.find(p => p.paymentId === paymentId)!.pointsEarned = 0
    refunds.push({ refundId: refund.refundId, mallId, paymentId, amountFen: refund.amountFen, createdAt: refund.at })
    followGrowth(member, refund.at)
    return true
  }
  const write = async (): Promise<void> => {
    await insertRows(world.connection, pointsPayments, payments)
    await insertRows(world.connection, pointsRefunds, refunds)
  }
  return { welcome, earn, guestPaid, takeBack, write }
}
export type Earner = ReturnType<typeof earnerOf>
