import type { Contract } from '@atrium/shared/contract.ts'
import { auditContract } from '@atrium/shared/audit/contract.ts'
import { couponContract } from '@atrium/shared/coupon/contract.ts'
import { fapiaoContract } from '@atrium/shared/fapiao/contract.ts'
import { identityContract } from '@atrium/shared/identity/contract.ts'
import { insightContract } from '@atrium/shared/insight/contract.ts'
import { mallContract } from '@atrium/shared/mall/contract.ts'
import { memberContract } from '@atrium/shared/member/contract.ts'
import { noticeContract } from '@atrium/shared/notice/contract.ts'
import { operationsContract } from '@atrium/shared/operations/contract.ts'
import { parkingContract } from '@atrium/shared/parking/contract.ts'
import { paymentContract } from '@atrium/shared/payment/contract.ts'
import { pointsContract } from '@atrium/shared/points/contract.ts'
import { privacyContract } from '@atrium/shared/privacy/contract.ts'
import { shopContract } from '@atrium/shared/shop/contract.ts'
import { staffContract } from '@atrium/shared/staff/contract.ts'
import { auditJobs } from './audit/jobs.ts'
import { auditRoutes } from './audit/routes.ts'
import { couponJobs } from './coupon/jobs.ts'
import { couponRoutes } from './coupon/routes.ts'
import { offersByStore } from './coupon/service.ts'
import { fapiaoJobs } from './fapiao/jobs.ts'
import { fapiaoRoutes } from './fapiao/routes.ts'
import type { Handlers } from './http/handlers.ts'
import { identityJobs } from './identity/jobs.ts'
import { identityRoutes } from './identity/routes.ts'
import { insightRoutes } from './insight/routes.ts'
import { mallRoutes } from './mall/routes.ts'
import { memberRoutes } from './member/routes.ts'
import { noticeRoutes } from './notice/routes.ts'
import { operationsJobs } from './operations/jobs.ts'
import { listsOf } from './operations/lists.ts'
import { operationsRoutes } from './operations/routes.ts'
import type { FeatureJobs } from './outbox/drain.ts'
import { outboxJobs } from './outbox/jobs.ts'
import { parkingJobs } from './parking/jobs.ts'
import { parkingRoutes } from './parking/routes.ts'
import { paymentJobs } from './payment/jobs.ts'
import { paymentRoutes } from './payment/routes.ts'
import { pointsJobs } from './points/jobs.ts'
import { pointsRoutes } from './points/routes.ts'
import { privacyRoutes } from './privacy/routes.ts'
import { shopRoutes } from './shop/routes.ts'
import { staffJobs } from './staff/jobs.ts'
import { staffRoutes } from './staff/routes.ts'

/** A feature's endpoints: its contract with a handler for each. */
export type FeatureRoutes = { contract: Contract; routes: Record<string, unknown> }

const feature = <const C extends Contract>(contract: C, routes: Handlers<C>): FeatureRoutes => ({ contract, routes })

/** Every feature that serves on its own. A new one adds a line here and a line in shared/src/contracts.ts. */
const served: FeatureRoutes[] = [
  feature(mallContract, mallRoutes),
  feature(shopContract, shopRoutes(offersByStore)),
  feature(noticeContract, noticeRoutes),
  feature(identityContract, identityRoutes),
  feature(privacyContract, privacyRoutes),
  feature(memberContract, memberRoutes),
  feature(pointsContract, pointsRoutes),
  feature(couponContract, couponRoutes),
  feature(parkingContract, parkingRoutes),
  feature(paymentContract, paymentRoutes),
  feature(fapiaoContract, fapiaoRoutes),
  feature(staffContract, staffRoutes),
  feature(auditContract, auditRoutes),
]
/** What is exported is what the lists of the others serve. */
const lists = listsOf(served)

export const features: FeatureRoutes[] = [...served, feature(operationsContract, operationsRoutes(lists)), feature(insightContract, insightRoutes)]

/** Every feature that reacts to events or works by the clock. */
export const jobs: FeatureJobs[] = [outboxJobs, identityJobs, pointsJobs, couponJobs, parkingJobs, paymentJobs, fapiaoJobs, staffJobs, auditJobs, operationsJobs(lists)]
