import { codeStepMs } from '@atrium/shared/dynamic-code.ts'
import { minuteMs } from '@atrium/shared/time.ts'
import { systemCtx } from '../context.ts'
import { inTransaction } from '../db/transaction.ts'
import { everyMall } from '../mall/service.ts'
import { announceAll } from '../outbox/announce.ts'
import type { Consumers, FeatureJobs, Schedule } from '../outbox/drain.ts'
import { expireDue, forgetCodes } from './store/coupons.ts'
import { addRedeemed } from './store/templates.ts'

const batch = 500

/** The count beside a template follows the redemptions, so that a busy till does not wait for one hot row. */
const consumers: Consumers = {
  'coupon.redeemed': async (ctx, { data }) => void (await addRedeemed(ctx, data.templateId as string, 1)),
  'coupon.restored': async (ctx, { data }) => void (await addRedeemed(ctx, data.templateId as string, -1)),
}

const schedules: Schedule[] = [{
  name: 'coupon.expire', everyMs: minuteMs,
  run: async ({ deps, now }) => {
    for (const mallId of await everyMall(deps)) {
      let marked = batch
      while (marked === batch) {
        marked = await inTransaction(systemCtx(deps, mallId, 'coupon-expire'), async (tx) => {
          const expired = await expireDue(tx, now, batch)
          await announceAll(tx, 'coupon.expired', expired)
          return expired.length
        })
      }
    }
  },
}, {
  // A code is refused as too old after two steps; an hour keeps enough to tell why.
  name: 'coupon.forget-codes', everyMs: 10 * minuteMs, run: async ({ deps, now }) => void (await forgetCodes(deps.db, new Date(now.getTime() - 60 * codeStepMs), 5_000)),
}]

export const couponJobs: FeatureJobs = { name: 'coupon', consumers, schedules }
