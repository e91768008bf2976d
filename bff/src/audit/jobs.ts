import type { FeatureJobs } from '../outbox/drain.ts'
import { proveEveryMall } from './proof.ts'

export const auditJobs: FeatureJobs = { name: 'audit', consumers: {}, schedules: [{ name: 'audit.prove', everyMs: 3_600_000, run: proveEveryMall }] }
