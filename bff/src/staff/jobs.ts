import { signInLimits } from '@atrium/shared/staff/rules.ts'
import type { FeatureJobs } from '../outbox/drain.ts'
import { forgetOld } from './store.ts'

const keepMs = 24 * 3_600_000

export const staffJobs: FeatureJobs = {
  name: 'staff',
  consumers: {},
  schedules: [{ name: 'staff.forget', everyMs: 3_600_000, run: (ctx) => forgetOld(ctx.db, new Date(ctx.now.getTime() - keepMs), new Date(ctx.now.getTime() - signInLimits.knownMs)) }],
}
