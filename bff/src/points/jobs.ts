import { minuteMs } from '@atrium/shared/time.ts'
import { expireLots, releaseHolds } from '../ledger/service.ts'
import { announce } from '../outbox/announce.ts'
import type { Announcement, Consumers, FeatureJobs, Schedule } from '../outbox/drain.ts'
import { earnForPayment, followGrowth, takeBackForRefund, welcome } from './service.ts'

const text = (event: Announcement, field: string): string => {
  const value = event.data[field]
  if (typeof value !== 'string') throw new Error(`${event.type} without ${field}`)
  return value
}
const fen = (event: Announcement): number => {
  const value = event.data.amountFen
  if (!Number.isSafeInteger(value)) throw new Error(`${event.type} without amountFen`)
  return value as number
}

const consumers: Consumers = {
  'member.joined': async (ctx, event) => welcome(ctx, text(event, 'memberId')),
  'payment.paid': async (ctx, event) => {
    const memberId = typeof event.data.memberId === 'string' ? event.data.memberId : null
    await earnForPayment(ctx, { paymentId: text(event, 'paymentId'), memberId, amountFen: fen(event), kind: event.data.purpose === 'parking' ? 'parking_paid' : 'purchase' })
  },
  'payment.refunded': async (ctx, event) => takeBackForRefund(ctx, { refundId: text(event, 'refundId'), paymentId: text(event, 'paymentId'), amountFen: fen(event) }),
}

const schedules: Schedule[] = [{
  name: 'points.expire', everyMs: 10 * minuteMs,
  run: async ({ deps }) => {
    await releaseHolds(deps)
    await expireLots(deps, 'points', (tx, memberId, points) => announce(tx, 'points.changed', { memberId, points: -points }))
    await expireLots(deps, 'growth', (tx, memberId) => followGrowth(tx, memberId))
  },
}]

export const pointsJobs: FeatureJobs = { name: 'points', consumers, schedules }
