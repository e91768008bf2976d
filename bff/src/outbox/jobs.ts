import { keyLifeMs } from '../http/idempotency.ts'
import { deleteKeys } from '../http/store.ts'
import type { FeatureJobs } from './drain.ts'
import { forgetDelivered } from './store.ts'

const keepEventsMs = 14 * 24 * 3_600_000

/** Housekeeping: used keys after a day, delivered events after two weeks. */
export const outboxJobs: FeatureJobs = {
  name: 'outbox',
  consumers: {},
  schedules: [{
    name: 'outbox.forget', everyMs: 600_000,
    run: async (ctx) => {
      await deleteKeys(ctx.db, new Date(ctx.now.getTime() - keyLifeMs), 10_000)
      await forgetDelivered(ctx.db, new Date(ctx.now.getTime() - keepEventsMs), 10_000)
    },
  }],
}
