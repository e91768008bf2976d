import type { Endpoint } from '@atrium/shared/contract.ts'
import { Refusal } from '@atrium/shared/refusal.ts'
import { grants } from '@atrium/shared/staff/permissions.ts'
import type { Caller, StaffCaller } from '../context.ts'

/** Lets `caller` through to an endpoint or throws `unauthenticated` or `forbidden`. What is not allowed here is not allowed. */
export function authorise(endpoint: Endpoint, caller: Caller): void {
  const { who } = endpoint
  if (who === 'guest' || who === 'vendor') return
  if (who === 'member') {
    if (caller.kind !== 'member') throw new Refusal('unauthenticated')
    return
  }
  if (caller.kind !== 'staff') throw new Refusal('unauthenticated')
  if (who === 'staff') return
  if (!grants(caller.role, who.can) || !reaches(caller, endpoint.within ?? 'mall')) throw new Refusal('forbidden')
}

/** A permission that spans the mall needs an account of the mall; a store-wide one is enough for its store. */
const width = { store: 0, tenant: 1, mall: 2 }
const reaches = (caller: StaffCaller, within: 'mall' | 'tenant' | 'store') => width[caller.reach] >= width[within]

/** Refuses a store or tenant that is named in the input and lies outside the caller's reach. */
export function withinReach(caller: Caller, ...parts: unknown[]): void {
  if (caller.kind !== 'staff' || caller.reach === 'mall') return
  for (const part of parts) {
    const { storeId, storeIds, tenantId } = (part ?? {}) as { storeId?: unknown; storeIds?: unknown; tenantId?: unknown }
    const stores = [...(storeId === undefined ? [] : [storeId]), ...(Array.isArray(storeIds) ? storeIds : [])]
    if (stores.some((s) => !caller.storeIds.includes(s as string)) || (typeof tenantId === 'string' && tenantId !== caller.tenantId)) throw new Refusal('forbidden')
  }
}
