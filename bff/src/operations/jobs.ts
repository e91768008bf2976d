import type { FeatureJobs } from '../outbox/drain.ts'
import { forgetExports, runExports } from './exports.ts'
import type { Lists } from './lists.ts'
import { checkEveryMall } from './service.ts'

export const operationsJobs = (lists: Lists): FeatureJobs => ({
  name: 'operations',
  consumers: {},
  schedules: [
    { name: 'operations.exports', everyMs: 1_000, run: (ctx) => runExports(ctx, lists) },
    { name: 'operations.invariants', everyMs: 3_600_000, run: checkEveryMall },
    { name: 'operations.forgetExports', everyMs: 3_600_000, run: forgetExports },
  ],
})
