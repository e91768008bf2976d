import type { FeatureJobs } from '../outbox/drain.ts'
import { forgetExports, runExport } from './exports.ts'
import type { Lists } from './lists.ts'
import { checkEveryMall } from './service.ts'

export const operationsJobs = (lists: Lists): FeatureJobs => ({
  name: 'operations',
  consumers: { 'export.requested': { steps: (ctx, event) => runExport(ctx, lists, event) } },
  schedules: [
    { name: 'operations.invariants', everyMs: 3_600_000, run: checkEveryMall },
    { name: 'operations.forgetExports', everyMs: 3_600_000, run: forgetExports },
  ],
})
