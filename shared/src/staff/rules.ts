import { type Role, roles } from './permissions.ts'

/**
 * Five failures in a row from one address lock an account there for a quarter of an hour, fifty from wherever lock it for every address but those that
 * its owner signed in from in the last thirty days: nobody keeps somebody else out. Sessions end after half an hour without a call and twelve hours in all.
 */
export const signInLimits = { failures: 5, failuresEverywhere: 50, knownMs: 30 * 86_400_000, lockMs: 15 * 60_000, ticketMs: 5 * 60_000, idleMs: 30 * 60_000, absoluteMs: 12 * 3_600_000 } as const

export type Attempts = { failures: number; lockedUntil: Date | null }

/** Whether an account is locked at `now`. */
export const isLocked = (attempts: Attempts, now: Date): boolean => attempts.lockedUntil !== null && attempts.lockedUntil > now

/** The count after one more failure at `now`; a lock that has passed starts a new count. */
export function afterFailure(attempts: Attempts, now: Date, limit: number = signInLimits.failures): Attempts {
  const failures = (attempts.lockedUntil === null ? attempts.failures : 0) + 1
  return { failures, lockedUntil: failures >= limit ? new Date(now.getTime() + signInLimits.lockMs) : null }
}

/** Whether a session still holds at `now`. */
export const sessionHolds = (session: { lastSeenAt: Date; expiresAt: Date; endedAt: Date | null }, now: Date): boolean =>
  session.endedAt === null && session.expiresAt > now && now.getTime() - session.lastSeenAt.getTime() < signInLimits.idleMs

/**
 * What is wrong with the reach of an account, as the field to mend, or null. Mall roles stand without tenant and stores, a manager has a tenant,
 * an associate a tenant and stores of it. `tenantStores` are the stores of the named tenant; null when there is no such tenant.
 */
export function reachFault(input: { role: Role; tenantId: string | null; storeIds: readonly string[] }, tenantStores: readonly string[] | null): 'tenantId' | 'storeIds' | null {
  const { reach } = roles[input.role]
  if (reach === 'mall') return input.tenantId !== null ? 'tenantId' : input.storeIds.length ? 'storeIds' : null
  if (input.tenantId === null || tenantStores === null) return 'tenantId'
  if (reach === 'tenant') return input.storeIds.length ? 'storeIds' : null
  return input.storeIds.length > 0 && input.storeIds.every((id) => tenantStores.includes(id)) ? null : 'storeIds'
}

/** Whether a mall would be left without anybody who can manage accounts, when `staffId` stops being an active administrator. */
export const leavesNobody = (administrators: readonly string[], staffId: string): boolean => administrators.every((id) => id === staffId)
