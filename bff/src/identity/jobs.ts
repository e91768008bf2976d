import { dayMs, hourMs } from '@atrium/shared/time.ts'
import type { Consumers, FeatureJobs, Schedule } from '../outbox/drain.ts'
import { recordVisit } from './service.ts'
import { forgetSessions } from './store/sessions.ts'
import { forgetCodes } from './store/sms.ts'

const batch = 5_000
const keepEndedMs = 30 * dayMs

/** Paying and redeeming show that a member was in the mall that day. */
const consumers: Consumers = {
  'payment.paid': async (ctx, { data, occurredAt }) => {
    if (typeof data.memberId === 'string') await recordVisit(ctx, data.memberId, 'payment', occurredAt)
  },
  'coupon.redeemed': async (ctx, { data, occurredAt }) => {
    if (typeof data.memberId === 'string') await recordVisit(ctx, data.memberId, 'coupon', occurredAt)
  },
}

const schedules: Schedule[] = [{
  name: 'identity.forget', everyMs: hourMs,
  run: async (ctx) => {
    await forgetCodes(ctx.db, new Date(ctx.now.getTime() - 2 * dayMs), batch)
    await forgetSessions(ctx.db, new Date(ctx.now.getTime() - keepEndedMs), batch)
  },
}]

export const identityJobs: FeatureJobs = { name: 'identity', consumers, schedules }
