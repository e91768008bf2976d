import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { memberVisits, memberships } from '@atrium/schema/identity.ts'
import { carParks, parkingSessions } from '@atrium/schema/parking.ts'
import { newId } from '../db/id.ts'
import { type TestMall, testMall } from '../http/test-kit.ts'

const dayMs = 86_400_000
const dashboard = async (t: TestMall) => (await t.call('GET /admin/dashboard', { as: t.asStaff('operations') })).body

test('an empty mall has a dashboard of noughts and nothing to mend', async () => {
  const t = await testMall()
  const body = await dashboard(t)
  expect([body.problems, body.figures.entries, body.capacity, body.hours.length]).toEqual([[], { value: 0, before: 0, spark: Array.from({ length: 13 }, () => 0) }, 0, 24])
})

test('today stands beside yesterday up to the same moment; what yesterday brought later does not count', async () => {
  const t = await testMall()
  const now = t.clock.now().getTime()
  const carParkId = newId(t.clock.now())
  await t.deps.db.insert(carParks).values({ carParkId, mallId: t.mallId, carParkCode: 'P1', name: 'P1', nameEn: 'P1', address: '和平路', total: 50, zones: [] })
  const stay = (enteredAgoMs: number, leftAgoMs: number | null) => {
    const plate = `苏C${String(Math.abs(enteredAgoMs)).slice(-5).padStart(5, '0')}`
    return { parkingId: newId(t.clock.now()), mallId: t.mallId, carParkId, tariffId: carParkId, plate, plateKind: 'blue' as const, openPlate: leftAgoMs === null ? plate : null, state: leftAgoMs === null ? 'open' as const : 'closed' as const, entryAt: new Date(now - enteredAgoMs), exitAt: leftAgoMs === null ? null : new Date(now - leftAgoMs), coupons: [] }
  }
  const hour = 3_600_000
  await t.deps.db.insert(parkingSessions).values([
    stay(2 * hour + 1, null), stay(3 * hour + 2, hour), stay(dayMs + hour + 3, dayMs - hour), stay(dayMs - 2 * hour, dayMs - 3 * hour), { ...stay(hour + 4, hour), state: 'void' as const },
  ])
  const member = newId(t.clock.now())
  await t.deps.db.insert(memberVisits).values({ mallId: t.mallId, memberId: member, day: '2026-11-20', firstAt: new Date(now - hour), kind: 'parking' })
  await t.deps.db.insert(memberships).values({ mallId: t.mallId, memberId: member, tier: 'silver', tierSince: new Date(now - hour), channel: 'h5', joinedAt: new Date(now - dayMs - hour), visits: 1 })
  const { figures, hours, capacity } = await dashboard(t)
  expect([figures.entries.value, figures.entries.before, figures.exits.value, figures.inside.value, figures.inside.before, figures.visits.value, figures.joined.value, figures.joined.before, capacity]).toEqual([2, 1, 1, 1, 1, 1, 0, 1, 50])
  // Noon in Shanghai is hour 12; both cars were inside at ten, one of them at noon.
  expect([hours[10]!.inside, hours[12]!.inside, hours[13]!.inside]).toEqual([2, 1, 0])
  // They never agreed to anything, which an invariant would find.
  await t.deps.db.delete(memberships).where(eq(memberships.mallId, t.mallId))
  await t.deps.db.delete(memberVisits).where(eq(memberVisits.mallId, t.mallId))
})

test('a dashboard is for those who may', async () => {
  const t = await testMall()
  const statuses = await Promise.all([t.asStaff('tenantManager'), t.asStaff('salesAssociate'), t.asMember()].map(async (as) => (await t.call('GET /admin/dashboard', { as })).status))
  expect(statuses).toEqual([403, 403, 401])
})
