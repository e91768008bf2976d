import { describe, expect, test } from 'vitest'
import { type TestMall, testMall } from '../http/test-kit.ts'
import { makeMall, makeStore, makeTenant } from '../testing/mall.ts'

async function mall() {
  const t = await testMall()
  await makeMall(t)
  const tenantId = await makeTenant(t)
  return { t, tenantId }
}
const names = async (t: TestMall, query: Record<string, string>) => (await t.call('GET /api/shops', { query })).body.items.map((s) => s.name)

describe('finding shops', () => {
  test.each([['山雀', 1], ['雀咖', 1], ['shanque', 1], ['SHAN QUE', 1], ['sqkf', 1], ['titmouse', 1], ['L2-77', 1], ['手冲', 2], ['咖啡', 2], ['nothing', 0], ['%', 0], ['_', 0]])('by %s finds %d', async (q, found) => {
    const { t, tenantId } = await mall()
    await makeStore(t, { tenantId, name: '山雀咖啡', nameEn: 'Titmouse Coffee', floor: 'L2', unit: 'L2-77' })
    await makeStore(t, { tenantId, name: '野渡茶铺', nameEn: 'Ferry Tea Bar' })
    await makeStore(t, { tenantId, name: '旧店', nameEn: 'Gone', status: 'closed' })
    expect(await names(t, { q })).toHaveLength(found)
  })
  test('by floor, trade and initial, in the order of pinyin, page after page', async () => {
    const { t, tenantId } = await mall()
    for (const [name, floor, tradeCategory] of [['松果', 'L1', 'food'], ['白鹭', 'L1', 'fashion'], ['素问', 'L2', 'fashion'], ['阿婆', 'L2', 'food']] as const) await makeStore(t, { tenantId, name, nameEn: name, floor, tradeCategory })
    expect(await names(t, {})).toEqual(['阿婆', '白鹭', '松果', '素问'])
    expect(await names(t, { floor: 'L2' })).toEqual(['阿婆', '素问'])
    expect(await names(t, { tradeCategory: 'fashion' })).toEqual(['白鹭', '素问'])
    expect(await names(t, { initial: 'S' })).toEqual(['松果', '素问'])
    const first = await t.call('GET /api/shops', { query: { limit: 3, sort: '-name' } })
    const second = await t.call('GET /api/shops', { query: { limit: 3, sort: '-name', cursor: first.body.nextCursor! } })
    expect([...first.body.items, ...second.body.items].map((s) => s.name)).toEqual(['素问', '松果', '白鹭', '阿婆'])
    expect([first.body.total, second.body.nextCursor]).toEqual([4, null])
  })
  test('tells whether it is open now', async () => {
    const { t, tenantId } = await mall()
    const { storeId } = await makeStore(t, { tenantId, opensAt: '17:00', closesAt: '02:00' })
    const fitting = await makeStore(t, { tenantId, status: 'fitting', opensAt: '00:00', closesAt: '23:59' })
    const openNow = async (shopId: string) => (await t.call('GET /api/shops/{shopId}', { params: { shopId } })).body.openNow
    expect([await openNow(storeId), await openNow(fitting.storeId)]).toEqual([false, false])
    t.clock.set('2026-11-20T17:30:00.000Z')
    expect(await openNow(storeId)).toBe(true)
  })
  test('shows neither closed shops nor those of another mall', async () => {
    const { t, tenantId } = await mall()
    const closed = await makeStore(t, { tenantId, status: 'closed' })
    const other = await mall()
    const elsewhere = await makeStore(other.t, { tenantId: other.tenantId })
    for (const shopId of [closed.storeId, elsewhere.storeId]) expect((await t.call('GET /api/shops/{shopId}', { params: { shopId } })).problem.code).toBe('not_found')
  })
})

describe('editing a shop', () => {
  test('changes what visitors find, says so, and is audited with its reason', async () => {
    const { t, tenantId } = await mall()
    const { storeId } = await makeStore(t, { tenantId, name: '山雀咖啡', nameEn: 'Titmouse' })
    const as = t.asStaff('operations')
    const answer = await t.call('PATCH /admin/shops/{shopId}', { as, params: { shopId: storeId }, body: { name: '云雀咖啡', status: 'open', reason: '品牌更名' } })
    expect(answer.body).toMatchObject({ name: '云雀咖啡', initial: 'Y', initials: 'yqkf' })
    expect(await names(t, { q: 'yunque' })).toEqual(['云雀咖啡'])
    expect(await names(t, { q: 'shanque' })).toEqual([])
    const audit = await t.call('GET /admin/audit', { as: t.asStaff('auditor') })
    expect(audit.body.items[0]).toMatchObject({ act: 'PATCH /admin/shops/{shopId}', subject: storeId, outcome: 'done', detail: { reason: '品牌更名', before: { name: '山雀咖啡' }, after: { name: '云雀咖啡' } } })
  })
  test('twice with one key is once', async () => {
    const { t, tenantId } = await mall()
    const { storeId } = await makeStore(t, { tenantId })
    const again = () => t.call('PATCH /admin/shops/{shopId}', { as, key: 'edit-once-0001', params: { shopId: storeId }, body: { summary: '新的一句', reason: '换季' } })
    const as = t.asStaff('operations', { staffId: '01J00000000000000000000001' })
    expect((await again()).body).toEqual((await again()).body)
    expect((await t.call('GET /admin/audit', { as: t.asStaff('auditor') })).body.total).toBe(1)
  })
  test('is for those who may, in their own mall', async () => {
    const { t, tenantId } = await mall()
    const other = await mall()
    const { storeId } = await makeStore(t, { tenantId })
    const edit = (as?: string) => t.call('PATCH /admin/shops/{shopId}', { ...(as && { as }), params: { shopId: storeId }, body: { summary: '不该改', reason: '试试' } })
    expect([(await edit()).status, (await edit(t.asStaff('marketing'))).status, (await edit(t.asStaff('tenantManager', { tenantId, storeIds: [storeId] }))).status, (await edit(other.t.asStaff('operations'))).status]).toEqual([401, 403, 403, 404])
    expect(await names(t, { q: '不该改' })).toEqual([])
  })
  test('a tenant sees its own shops alone', async () => {
    const { t, tenantId } = await mall()
    const mine = await makeStore(t, { tenantId })
    await makeStore(t, { tenantId: await makeTenant(t, '徐州别家餐饮有限公司') })
    const list = await t.call('GET /admin/shops', { as: t.asStaff('tenantManager', { tenantId, storeIds: [mine.storeId] }) })
    expect(list.body.items.map((s) => s.storeId)).toEqual([mine.storeId])
    expect((await t.call('GET /admin/shops', { as: t.asStaff('operations') })).body.total).toBe(2)
    const tenants = await t.call('GET /admin/tenants', { as: t.asStaff('tenantManager', { tenantId, storeIds: [mine.storeId] }) })
    expect(tenants.body.items.map((x) => [x.tenantId, x.stores.map((s) => s.storeId)])).toEqual([[tenantId, [mine.storeId]]])
  })
})

test('the mall counts its shops by floor and trade, and draws them on the plan', async () => {
  const { t, tenantId } = await mall()
  const open = await makeStore(t, { tenantId })
  await makeStore(t, { tenantId, status: 'closed' })
  const { body } = await t.call('GET /api/mall')
  expect(body).toMatchObject({ name: '云龙天地', openNow: true, floors: [{ code: 'L1', shopCount: 1 }, { code: 'L2', shopCount: 0 }] })
  expect(body.tradeCategories.map((c) => [c.code, c.shopCount])).toEqual([['food', 1], ['fashion', 0]])
  const plan = await t.call('GET /api/mall/floors/{floor}/plan', { params: { floor: 'L1' } })
  expect(plan.body.units.map((u) => u.shopId)).toEqual(expect.arrayContaining([open.storeId, null]))
  expect((await t.call('GET /api/mall/floors/{floor}/plan', { params: { floor: 'L9' } })).problem.code).toBe('not_found')
})
