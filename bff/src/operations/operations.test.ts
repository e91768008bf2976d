import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { store } from '@atrium/schema/shop.ts'
import { unit } from '@atrium/schema/mall.ts'
import { staff } from '@atrium/schema/staff.ts'
import { type TestMall, testMall } from '../http/test-kit.ts'
import { makeMall, makeStore, makeTenant } from '../testing/mall.ts'
import { makeStaff, signInAs } from '../testing/staff.ts'
import { authenticateStaff } from '../staff/service.ts'

async function mall() {
  const t = await testMall({ auth: { staff: authenticateStaff, member: async () => null } })
  await makeMall(t)
  const tenantId = await makeTenant(t)
  return { t, tenantId }
}
type Body = { kind: 'shops' | 'staff' | 'audit' | 'payments'; format: 'csv' | 'xlsx'; query: Record<string, string>; language?: 'en' }
const ask = (t: TestMall, as: string, body: Body) => t.call('POST /admin/exports', { as, body })
const file = (t: TestMall, as: string, exportId: string) => t.call('GET /admin/exports/{exportId}/file', { as, params: { exportId } })

describe('an export', () => {
  test('holds the list as it is filtered, as a spreadsheet reads it, and is counted', async () => {
    const { t, tenantId } = await mall()
    for (let i = 0; i < 103; i += 1) await makeStore(t, { tenantId, floor: i < 101 ? 'L1' : 'L2', name: i === 0 ? '=1+1,"x"' : `店${i}` })
    const as = await signInAs(t, await makeStaff(t, 'operations'))
    const { body } = await ask(t, as, { kind: 'shops', format: 'csv', query: { floor: 'L1' } })
    expect(body).toMatchObject({ state: 'queued', total: 101, rows: 0, fileName: null })
    expect((await file(t, as, body.exportId)).problem.code).toBe('export_not_ready')
    await t.drain()
    expect((await t.call('GET /admin/exports/{exportId}', { as, params: { exportId: body.exportId } })).body).toMatchObject({ state: 'ready', rows: 101, total: 101, fileName: '店铺-2026-11-20-1200.csv' })
    const answer = await file(t, as, body.exportId)
    const text = Buffer.from(await answer.response.arrayBuffer()).toString('utf8')
    expect(text.startsWith('\uFEFF单元,店名,业态,商户,状态,')).toBe(true)
    expect(text.split('\r\n')).toHaveLength(103)
    expect(text).toContain(`"'=1+1,""x"""`)
    expect(text).toContain(',正常,10:00,22:00,38,')
    expect(answer.response.headers.get('content-disposition')).toContain("filename*=UTF-8''%E5%BA%97%E9%93%BA-")
    expect(statSync(join(t.deps.config.filesDir, 'exports', `${body.exportId}.csv`)).mode & 0o777).toBe(0o600)
  })
  test('as a workbook', async () => {
    const { t, tenantId } = await mall()
    await makeStore(t, { tenantId })
    const as = await signInAs(t, await makeStaff(t, 'operations'))
    const { body } = await ask(t, as, { kind: 'shops', format: 'xlsx', query: {}, language: 'en' })
    await t.drain()
    const bytes = readFileSync(join(t.deps.config.filesDir, 'exports', `${body.exportId}.xlsx`))
    expect(bytes.subarray(0, 2).toString()).toBe('PK')
    expect((await file(t, as, body.exportId)).response.headers.get('content-disposition')).toContain('shops-2026-11-20-1200.xlsx')
  })
  test('holds personal data masked, as the list does', async () => {
    const { t } = await mall()
    const as = await signInAs(t, await makeStaff(t, 'administrator'))
    const { body } = await ask(t, as, { kind: 'staff', format: 'csv', query: {} })
    await t.drain()
    const text = await (await file(t, as, body.exportId)).response.text()
    expect(text).toContain('139****0000')
    expect(text).not.toContain('13900000000')
  })
  test('needs the right to the list, and a filter that the list takes', async () => {
    const { t } = await mall()
    const marketing = await signInAs(t, await makeStaff(t, 'marketing'))
    expect((await ask(t, marketing, { kind: 'payments', format: 'csv', query: {} })).problem.code).toBe('forbidden')
    expect((await ask(t, marketing, { kind: 'shops', format: 'csv', query: { sort: 'logo' } })).problem.code).toBe('validation_failed')
    expect((await ask(t, await signInAs(t, await makeStaff(t, 'customerService')), { kind: 'shops', format: 'csv', query: {} })).status).toBe(403)
  })
  test('of a tenant holds its own shops, and is nobody else’s', async () => {
    const { t, tenantId } = await mall()
    const mine = await makeStore(t, { tenantId, name: '自家店' })
    await makeStore(t, { tenantId: await makeTenant(t, '徐州别家有限公司'), name: '别家店' })
    const manager = await signInAs(t, await makeStaff(t, 'tenantManager', { tenantId }))
    const other = await signInAs(t, await makeStaff(t, 'operations'))
    const { body } = await ask(t, manager, { kind: 'shops', format: 'csv', query: {} })
    await t.drain()
    const text = await (await file(t, manager, body.exportId)).response.text()
    expect([text.includes(mine.name), text.includes('别家店'), (await file(t, other, body.exportId)).status]).toEqual([true, false, 404])
  })
  test('of an account that was disabled meanwhile fails', async () => {
    const { t } = await mall()
    const person = await makeStaff(t, 'operations')
    const as = await signInAs(t, person)
    const { body } = await ask(t, as, { kind: 'shops', format: 'csv', query: {} })
    await t.deps.db.update(staff).set({ disabledAt: t.clock.now() }).where(eq(staff.staffId, person.staffId))
    await t.drain()
    await t.deps.db.update(staff).set({ disabledAt: null }).where(eq(staff.staffId, person.staffId))
    expect((await t.call('GET /admin/exports/{exportId}', { as, params: { exportId: body.exportId } })).body.state).toBe('failed')
  })
  test('asked for and fetched is audited; asked for twice with one key is one', async () => {
    const { t } = await mall()
    const as = await signInAs(t, await makeStaff(t, 'administrator'))
    const again = () => t.call('POST /admin/exports', { as, key: 'export-once-01', body: { kind: 'shops', format: 'csv', query: {} } })
    const [first, second] = [await again(), await again()]
    expect(second.body).toEqual(first.body)
    await t.drain()
    await file(t, as, first.body.exportId)
    const { items } = (await t.call('GET /admin/audit', { as, query: { act: 'exports' } })).body
    expect(items.map((e) => [e.act, e.subject])).toEqual(expect.arrayContaining([['POST /admin/exports', first.body.exportId], ['GET /admin/exports/{exportId}/file', first.body.exportId]]))
    expect(items).toHaveLength(2)
  })
})

describe('invariants', () => {
  test('are checked on demand, and what breaks one is shown with its rows', async () => {
    const { t, tenantId } = await mall()
    const as = await signInAs(t, await makeStaff(t, 'auditor'))
    const before = (await t.call('GET /admin/invariants', { as })).body.items
    expect(before.length).toBeGreaterThan(20)
    expect(before.every((i) => i.promise && i.promiseEn && i.checkedAt === null)).toBe(true)
    const made = await makeStore(t, { tenantId })
    await t.deps.db.delete(unit).where(eq(unit.unit, made.unit))
    const admin = await signInAs(t, await makeStaff(t, 'administrator'))
    const found = (await t.call('POST /admin/invariants/run', { as: admin })).body.items.find((i) => i.code === '11-stores-stand-in-units')!
    expect(found).toMatchObject({ broken: 1, sample: [{ mallId: t.mallId, storeId: made.storeId }], checkedAt: t.clock.now().toISOString() })
    expect((await t.call('GET /admin/dashboard', { as: admin })).body.problems).toEqual(expect.arrayContaining([expect.objectContaining({ level: 'bad', link: '/invariants' })]))
    await t.deps.db.delete(store).where(eq(store.storeId, made.storeId))
    expect((await t.call('POST /admin/invariants/run', { as: admin })).body.items.filter((i) => i.broken > 0)).toEqual([])
  })
  test('are checked by the hour in every mall', async () => {
    const { t } = await mall()
    const as = await signInAs(t, await makeStaff(t, 'auditor'))
    t.clock.advance(3_600_000 * 24 * 30)
    await t.drain()
    t.clock.advance(-3_600_000 * 24 * 30)
    expect((await t.call('GET /admin/invariants', { as })).body.items.every((i) => i.checkedAt !== null)).toBe(true)
  })
})
