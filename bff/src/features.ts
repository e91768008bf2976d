import type { Contract } from '@atrium/shared/contract.ts'
import type { Handlers } from './http/handlers.ts'
import type { FeatureJobs } from './outbox/drain.ts'
import { outboxJobs } from './outbox/jobs.ts'

/** A feature's endpoints: its contract with a handler for each. */
export type FeatureRoutes = { contract: Contract; routes: Record<string, unknown> }

const feature = <const C extends Contract>(contract: C, routes: Handlers<C>): FeatureRoutes => ({ contract, routes })

/** Every feature with endpoints. A new one adds a line here and a line in shared/src/contracts.ts. */
export const features: FeatureRoutes[] = [
]

/** Every feature that reacts to events or works by the clock. */
export const jobs: FeatureJobs[] = [outboxJobs]

void feature
