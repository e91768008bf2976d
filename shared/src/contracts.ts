import type { InputOf, ReplyOf } from './contract.ts'
import { auditContract } from './audit/contract.ts'
import { couponContract } from './coupon/contract.ts'
import { fapiaoContract } from './fapiao/contract.ts'
import { identityContract } from './identity/contract.ts'
import { insightContract } from './insight/contract.ts'
import { mallContract } from './mall/contract.ts'
import { memberContract } from './member/contract.ts'
import { noticeContract } from './notice/contract.ts'
import { operationsContract } from './operations/contract.ts'
import { parkingContract } from './parking/contract.ts'
import { paymentContract } from './payment/contract.ts'
import { pointsContract } from './points/contract.ts'
import { privacyContract } from './privacy/contract.ts'
import { shopContract } from './shop/contract.ts'
import { staffContract } from './staff/contract.ts'

/** Every endpoint of Atrium. A new feature adds one line here. */
export const contracts = {
  ...mallContract, ...shopContract, ...noticeContract, ...identityContract, ...privacyContract, ...memberContract, ...pointsContract, ...couponContract,
  ...parkingContract, ...paymentContract, ...fapiaoContract, ...staffContract, ...auditContract, ...insightContract, ...operationsContract,
}

export type Api = typeof contracts
export type Route = keyof Api & string
/** What a caller sends: `Input<'POST /api/fapiao'>['body']`. */
export type Input<K extends Route> = InputOf<Api, K>
/** What comes back: `Reply<'GET /api/coupons'>`. */
export type Reply<K extends Route> = ReplyOf<Api, K>
