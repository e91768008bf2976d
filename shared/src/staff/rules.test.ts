import { describe, expect, test } from 'vitest'
import { type Permission, type Role, grants, permissions, roles } from './permissions.ts'
import { type Attempts, afterFailure, isLocked, leavesNobody, reachFault, sessionHolds, signInLimits } from './rules.ts'

const now = new Date('2026-11-20T04:00:00.000Z')
const later = (ms: number) => new Date(now.getTime() + ms)

describe('lock-out', () => {
  test('five failures lock for fifteen minutes, four do not', () => {
    let attempts: Attempts = { failures: 0, lockedUntil: null }
    for (let i = 0; i < 4; i += 1) attempts = afterFailure(attempts, now)
    expect(isLocked(attempts, now)).toBe(false)
    attempts = afterFailure(attempts, now)
    expect([isLocked(attempts, now), isLocked(attempts, later(signInLimits.lockMs - 1)), isLocked(attempts, later(signInLimits.lockMs))]).toEqual([true, true, false])
  })
  test('after a lock the count begins anew', () => expect(afterFailure({ failures: 5, lockedUntil: now }, later(1))).toEqual({ failures: 1, lockedUntil: null }))
})

test.each([
  ['fresh', { seen: 0, ends: signInLimits.absoluteMs, ended: null }, true],
  ['idle for just under half an hour', { seen: 1 - signInLimits.idleMs, ends: 1000, ended: null }, true],
  ['idle for half an hour', { seen: -signInLimits.idleMs, ends: 1000, ended: null }, false],
  ['at its end', { seen: 0, ends: 0, ended: null }, false],
  ['ended', { seen: 0, ends: 1000, ended: 0 }, false],
])('a session that is %s', (_, { seen, ends, ended }, holds) =>
  expect(sessionHolds({ lastSeenAt: later(seen), expiresAt: later(ends), endedAt: ended === null ? null : later(ended) }, now)).toBe(holds))

test.each<[Role, string | null, string[], string[] | null, ReturnType<typeof reachFault>]>([
  ['finance', null, [], null, null],
  ['finance', 't', [], ['a'], 'tenantId'],
  ['finance', null, ['a'], null, 'storeIds'],
  ['tenantManager', 't', [], ['a'], null],
  ['tenantManager', null, [], null, 'tenantId'],
  ['tenantManager', 't', [], null, 'tenantId'],
  ['tenantManager', 't', ['a'], ['a'], 'storeIds'],
  ['salesAssociate', 't', ['a'], ['a', 'b'], null],
  ['salesAssociate', 't', [], ['a'], 'storeIds'],
  ['salesAssociate', 't', ['a', 'x'], ['a'], 'storeIds'],
])('%s with tenant %s and stores %j', (role, tenantId, storeIds, tenantStores, fault) => expect(reachFault({ role, tenantId, storeIds }, tenantStores)).toBe(fault))

test('somebody must stay who can manage accounts', () => {
  expect([leavesNobody(['a'], 'a'), leavesNobody(['a', 'b'], 'a'), leavesNobody([], 'a')]).toEqual([true, false, true])
})

test.each<[Permission, Role[]]>([
  ['coupon.redeem', ['tenantManager', 'salesAssociate']],
  ['coupon.edit', ['administrator', 'marketing']],
  ['coupon.approve', ['administrator', 'operations', 'finance']],
  ['payment.refund', ['finance']],
  ['member.unmask', ['administrator', 'customerService']],
  ['staff.edit', ['administrator']],
  ['audit.read', ['administrator', 'auditor']],
  ['parking.operate', ['administrator', 'parking']],
])('%s is for %j alone', (permission, holders) => expect((Object.keys(roles) as Role[]).filter((role) => grants(role, permission))).toEqual(holders))

test('the auditor changes nothing', () => expect(permissions.filter((p) => grants('auditor', p) && !p.endsWith('.read'))).toEqual(['export.run']))
