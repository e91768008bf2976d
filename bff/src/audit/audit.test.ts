import { and, eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { auditEntry, auditHead } from '@atrium/schema/audit.ts'
import { type TestMall, testMall } from '../http/test-kit.ts'
import { inTransaction } from '../db/transaction.ts'
import { runInvariants } from '../operations/invariants.ts'
import { makeMall } from '../testing/mall.ts'
import { proveEveryMall } from './proof.ts'
import { recordAudit } from './service.ts'

const notice = { kind: 'notice' as const, title: '停水通知', titleEn: 'Water off', summary: '', summaryEn: '', body: '今晚停水', bodyEn: 'Tonight', art: 'notice', place: null, startsAt: null, endsAt: null }
async function mall(entries = 6) {
  const t = await testMall()
  for (let i = 0; i < entries; i += 1) await t.call('POST /admin/notices', { as: t.asStaff('marketing'), body: notice })
  return t
}
const proof = async (t: TestMall) => (await t.call('GET /admin/audit/proof', { as: t.asStaff('auditor') })).body
const entriesOf = (t: TestMall) => t.deps.db.select().from(auditEntry).where(eq(auditEntry.mallId, t.mallId))

test('every staff write has one entry: who, when, what, from where, with what result', async () => {
  const t = await mall(0)
  const staffId = '01J00000000000000000000042'
  const done = await t.call('POST /admin/notices', { as: t.asStaff('marketing', { staffId, name: '唐可盈' }), body: notice })
  const refused = await t.call('POST /admin/notices', { as: t.asStaff('finance'), body: notice })
  const malformed = await t.call('POST /admin/notices', { as: t.asStaff('marketing'), body: { ...notice, title: '' } })
  const { body } = await t.call('GET /admin/audit', { as: t.asStaff('auditor') })
  const byRequest = new Map(body.items.map((e) => [e.requestId, e]))
  expect(byRequest.get(done.response.headers.get('x-request-id')!)).toMatchObject({ staffId, staffName: '唐可盈', role: 'marketing', act: 'POST /admin/notices', subject: done.body.noticeId, outcome: 'done', refusal: null, at: t.clock.now().toISOString(), address: 'test' })
  expect(byRequest.get(refused.response.headers.get('x-request-id')!)).toMatchObject({ outcome: 'refused', refusal: 'forbidden' })
  expect(byRequest.get(malformed.response.headers.get('x-request-id')!)).toMatchObject({ outcome: 'refused', refusal: 'validation_failed' })
  expect(body.total).toBe(3)
})

test('filters by person, act, result and time', async () => {
  const t = await mall(2)
  await t.call('POST /admin/notices', { as: t.asStaff('finance'), body: notice })
  t.clock.advance(3_600_000)
  await t.call('POST /admin/notices', { as: t.asStaff('marketing'), body: notice })
  const total = async (query: Record<string, string>) => (await t.call('GET /admin/audit', { as: t.asStaff('auditor'), query })).body.total
  expect([await total({ outcome: 'refused' }), await total({ act: 'notices' }), await total({ act: 'staff' }), await total({ from: t.clock.now().toISOString() }), await total({ q: '测试finance' })]).toEqual([1, 4, 0, 1, 1])
})

test('the chain is unbroken after writes in parallel', async () => {
  const t = await mall(0)
  await Promise.all(Array.from({ length: 24 }, () => t.call('POST /admin/notices', { as: t.asStaff('marketing'), body: notice })))
  expect(await proof(t)).toMatchObject({ entries: 24, unbroken: true, brokenAt: null })
})

test('what rolls back leaves no entry, and the chain goes on', async () => {
  const t = await mall(3)
  await expect(inTransaction(t.ctx(), async (tx) => {
    await recordAudit(tx, { act: 'test', outcome: 'done', refusal: null })
    throw new Error('no')
  })).rejects.toThrow('no')
  await t.call('POST /admin/notices', { as: t.asStaff('marketing'), body: notice })
  expect(await proof(t)).toMatchObject({ entries: 4, unbroken: true })
})

test('a changed entry shows, whatever was changed', async () => {
  const t = await mall()
  const [row] = await entriesOf(t)
  for (const change of [{ staffName: '别人' }, { outcome: 'refused' as const }, { detail: '{}' }, { at: new Date(row!.at.getTime() + 1) }, { address: '10.0.0.1' }, { subject: null }]) {
    const restore = Object.fromEntries(Object.keys(change).map((key) => [key, row![key as keyof typeof row]]))
    await t.deps.db.update(auditEntry).set(change).where(eq(auditEntry.entryId, row!.entryId))
    expect(await proof(t)).toMatchObject({ unbroken: false, brokenAt: row!.entryId })
    await t.deps.db.update(auditEntry).set(restore).where(eq(auditEntry.entryId, row!.entryId))
  }
  expect((await proof(t)).unbroken).toBe(true)
})

test('a missing entry shows, in the middle and at the end, even when the head is wound back', async () => {
  const t = await mall(80)
  const rows = await entriesOf(t)
  const lane = rows.find((r) => rows.some((x) => x.lane === r.lane && x.sequence === 3))!.lane
  const chain = rows.filter((r) => r.lane === lane).sort((a, b) => a.sequence - b.sequence)
  for (const gone of [chain[1]!, chain.at(-1)!]) {
    await t.deps.db.delete(auditEntry).where(eq(auditEntry.entryId, gone.entryId))
    expect((await proof(t)).unbroken).toBe(false)
    await t.deps.db.insert(auditEntry).values(gone)
  }
  const head = and(eq(auditHead.mallId, t.mallId), eq(auditHead.lane, lane))
  await t.deps.db.update(auditHead).set({ hash: Buffer.alloc(32, 7) }).where(head)
  expect((await proof(t)).unbroken).toBe(false)
  await t.deps.db.update(auditHead).set({ hash: chain.at(-1)!.hash }).where(head)
  expect((await proof(t)).unbroken).toBe(true)
})

/** Takes entries of a lane and its head away and looks; then puts them back. */
async function without(t: TestMall, lane: number, entries: (typeof auditEntry.$inferSelect)[], head: Partial<typeof auditHead.$inferSelect> | null, look: () => Promise<void>): Promise<void> {
  const ofLane = and(eq(auditHead.mallId, t.mallId), eq(auditHead.lane, lane))
  const [was] = await t.deps.db.select().from(auditHead).where(ofLane)
  for (const entry of entries) await t.deps.db.delete(auditEntry).where(eq(auditEntry.entryId, entry.entryId))
  await t.deps.db.delete(auditHead).where(ofLane)
  if (head) await t.deps.db.insert(auditHead).values({ ...was!, ...head })
  await look()
  await t.deps.db.delete(auditHead).where(ofLane)
  await t.deps.db.insert(auditHead).values(was!)
  for (const entry of entries) await t.deps.db.insert(auditEntry).values(entry)
}
const broken92 = async (t: TestMall) => (await runInvariants(t.deps.db)).find((r) => r.code === '92-audit-chain')!.rows.filter((row) => row.mallId === t.mallId).length

test('a cut tail shows though the head says the entry before it, and so does a lane that is gone', async () => {
  const t = await mall(80)
  await makeMall(t)
  const rows = await entriesOf(t)
  const lane = rows.find((r) => rows.some((x) => x.lane === r.lane && x.sequence === 3))!.lane
  const chain = rows.filter((r) => r.lane === lane).sort((a, b) => a.sequence - b.sequence)
  const kept = chain.at(-3)!
  await without(t, lane, chain.slice(-2), { sequence: kept.sequence, hash: kept.hash }, async () => {
    expect((await proof(t)).unbroken).toBe(false)
    await proveEveryMall(t.ctx())
    expect(await broken92(t)).toBe(1)
  })
  await proveEveryMall(t.ctx())
  expect([await broken92(t), (await proof(t)).unbroken]).toEqual([0, true])
  await without(t, lane, chain, null, async () => { expect([(await proof(t)).unbroken, await broken92(t)]).toEqual([false, 1]) })
  await without(t, lane, [], null, async () => { expect([(await proof(t)).unbroken, await broken92(t)]).toEqual([false, 2]) })
  expect((await proof(t)).unbroken).toBe(true)
})

test('the proof goes on where it stopped, begins anew at the end, and so comes by every entry', async () => {
  const t = await mall(80)
  await makeMall(t)
  const [row] = (await entriesOf(t)).filter((entry) => entry.sequence === 1)
  const longest = Math.max(...(await entriesOf(t)).map((entry) => entry.sequence))
  const walk = async (looks: number) => { for (let i = 0; i < looks; i += 1) await proveEveryMall(t.ctx(), 1) }
  await walk(1)
  await t.deps.db.update(auditEntry).set({ staffName: '别人' }).where(eq(auditEntry.entryId, row!.entryId))
  await walk(longest + 1)
  expect(await broken92(t)).toBe(1)
  await t.deps.db.update(auditEntry).set({ staffName: row!.staffName }).where(eq(auditEntry.entryId, row!.entryId))
  await walk(longest + 1)
  expect(await broken92(t)).toBe(0)
})

test('only who may read it reads it', async () => {
  const t = await mall(1)
  for (const as of [t.asStaff('operations'), t.asStaff('tenantManager'), t.asMember()]) expect([401, 403]).toContain((await t.call('GET /admin/audit', { as })).status)
})
