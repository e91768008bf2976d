import { expect, test } from 'vitest'
import { couponMall } from '../testing/coupons.ts'

type Mall = Awaited<ReturnType<typeof couponMall>>
const draft = async (t: Mall, change: Parameters<Mall['input']>[0] = {}) => (await t.call('POST /admin/coupon-templates', { body: t.input(change), as: t.staff.marketing })).body
const edit = (t: Mall, templateId: string, change: Parameters<Mall['input']>[0], as = t.staff.marketing) => t.call('PUT /admin/coupon-templates/{templateId}', { params: { templateId }, body: t.input(change), as })

test('a template lives from draft to end, each step by who may', async () => {
  const t = await couponMall()
  const { templateId, state } = await draft(t)
  expect(state).toBe('draft')
  const steps = [['submit', t.staff.marketing, 'submitted'], ['approve', t.staff.operations, 'approved'], ['publish', t.staff.marketing, 'published'], ['pause', t.staff.marketing, 'paused'], ['resume', t.staff.marketing, 'published'], ['end', t.staff.marketing, 'ended']] as const
  for (const [act, as, after] of steps) {
    t.clock.advance(1000)
    expect((await t.act(templateId, act, as)).body.state).toBe(after)
  }
  const { body } = await t.call('GET /admin/coupon-templates/{templateId}', { params: { templateId }, as: t.staff.operations })
  expect(body.history.map((h) => [h.act, h.by])).toEqual([['end', '周若琳'], ['resume', '周若琳'], ['pause', '周若琳'], ['publish', '周若琳'], ['approve', '何店长'], ['submit', '周若琳'], ['create', '周若琳']])
})

test('steps that are not there are refused', async () => {
  const t = await couponMall()
  const { templateId } = await draft(t)
  for (const act of ['approve', 'publish', 'pause', 'resume'] as const) {
    const reply = await t.act(templateId, act, act === 'approve' ? t.staff.operations : t.staff.marketing)
    expect([reply.status, reply.problem.code]).toEqual([409, 'template_state'])
  }
})

test('nobody approves what they wrote, submitted or changed', async () => {
  const t = await couponMall()
  // An administrator holds both permissions.
  const both = t.asStaff('administrator', { staffId: '01JD0000000000000000000001', name: '两手' })
  const own = (await t.call('POST /admin/coupon-templates', { body: t.input(), as: both })).body.templateId
  await t.act(own, 'submit', both)
  expect((await t.act(own, 'approve', both)).problem.code).toBe('approve_own')
  expect((await t.call('POST /admin/coupon-templates/{templateId}/return', { params: { templateId: own }, body: { reason: '自己退自己' }, as: both })).problem.code).toBe('approve_own')
  const changed = (await draft(t)).templateId
  await edit(t, changed, { stock: 5 }, both)
  await t.act(changed, 'submit', t.staff.marketing)
  expect((await t.act(changed, 'approve', both)).problem.code).toBe('approve_own')
  expect((await t.act(changed, 'approve', t.staff.operations)).status).toBe(200)
})

test('who approves needs the permission, who edits as well', async () => {
  const t = await couponMall()
  const { templateId } = await draft(t)
  await t.act(templateId, 'submit', t.staff.marketing)
  expect((await t.act(templateId, 'approve', t.staff.marketing)).problem.code).toBe('forbidden')
  expect((await t.call('POST /admin/coupon-templates', { body: t.input(), as: t.staff.operations })).problem.code).toBe('forbidden')
  expect((await t.call('POST /admin/coupon-templates', { body: t.input(), as: t.staff.manager })).problem.code).toBe('forbidden')
})

test('sent back with a reason, changed, submitted again', async () => {
  const t = await couponMall()
  const { templateId } = await draft(t)
  await t.act(templateId, 'submit', t.staff.marketing)
  expect((await edit(t, templateId, { stock: 5 })).problem.code).toBe('template_state')
  const returned = await t.call('POST /admin/coupon-templates/{templateId}/return', { params: { templateId }, body: { reason: '门槛太低' }, as: t.staff.operations })
  expect(returned.body).toMatchObject({ state: 'draft', returnReason: '门槛太低' })
  expect((await edit(t, templateId, { stock: 5 })).body).toMatchObject({ state: 'draft', stock: 5, version: 1 })
  expect((await t.act(templateId, 'submit', t.staff.marketing)).body.returnReason).toBeNull()
})

test('a change after publishing is a new version: members keep what they claimed', async () => {
  const t = await couponMall()
  const templateId = await t.publish()
  const [early, late] = [await t.member(), await t.member()]
  const { body: held } = await t.claim(templateId, early.as)
  expect((await edit(t, templateId, { title: '三十元代金券' })).problem.code).toBe('template_state')
  await t.act(templateId, 'pause', t.staff.marketing)
  const changed = await edit(t, templateId, { title: '三十元代金券', worth: { kind: 'cash', amountFen: 3_000, minimumSpendFen: 10_000 }, storeIds: [] })
  expect(changed.body).toMatchObject({ version: 2, state: 'draft' })
  expect((await t.claim(templateId, late.as)).problem.code).toBe('coupon_paused')
  await t.act(templateId, 'submit', t.staff.marketing)
  const inbox = (await t.call('GET /admin/approvals', { as: t.staff.operations })).body.items
  expect(inbox).toHaveLength(1)
  expect(inbox[0]).toMatchObject({ templateId, mine: false, submittedBy: '周若琳', costCeilingFen: 300_000 })
  expect(inbox[0]!.difference.map((d) => d.field)).toEqual(['title', 'worth', 'storeIds'])
  expect((await t.call('GET /admin/approvals', { as: t.asStaff('finance') })).body.items).toHaveLength(1)
  await t.act(templateId, 'approve', t.staff.operations)
  await t.act(templateId, 'publish', t.staff.marketing)
  expect((await t.claim(templateId, late.as)).body).toMatchObject({ title: '三十元代金券', worth: { amountFen: 3_000 } })
  expect((await t.call('GET /api/coupons/{couponId}', { params: { couponId: held.couponId }, as: early.as })).body).toMatchObject({ title: '五十元代金券', worth: { amountFen: 5_000 } })
})

test('the stock never goes below what is claimed', async () => {
  const t = await couponMall()
  const templateId = await t.publish({ stock: 3 })
  for (let i = 0; i < 3; i += 1) await t.claim(templateId, (await t.member()).as)
  await t.act(templateId, 'pause', t.staff.marketing)
  const less = await edit(t, templateId, { stock: 2 })
  expect([less.status, less.problem.code, less.problem.claimed]).toEqual([422, 'stock_below_issued', 3])
  await edit(t, templateId, { stock: 4 })
  for (const [act, as] of [['submit', t.staff.marketing], ['approve', t.staff.operations], ['publish', t.staff.marketing]] as const) await t.act(templateId, act, as)
  expect((await t.claim(templateId, (await t.member()).as)).status).toBe(200)
  expect((await t.claim(templateId, (await t.member()).as)).problem.code).toBe('coupon_sold_out')
})

test('what makes no sense is refused with a pointer to it', async () => {
  const t = await couponMall()
  const { status, problem } = await t.call('POST /admin/coupon-templates', { body: t.input({ perMember: 50, stock: 10 }), as: t.staff.marketing })
  expect([status, problem.code]).toEqual([400, 'validation_failed'])
  expect(problem.errors).toMatchObject([{ pointer: '#/body/perMember' }])
})

test('tenants see the templates that their shops take, the mall sees all', async () => {
  const t = await couponMall()
  const [mine, everywhere] = [await t.publish({ title: '咖啡券' }), await t.publish({ title: '全场券', storeIds: [] })]
  const theirs = await t.publish({ title: '火锅券', storeIds: [t.hotpot.storeId] })
  const ids = async (as: string, query: Record<string, string> = {}) => new Set((await t.call('GET /admin/coupon-templates', { query: query as never, as })).body.items.map((i) => i.templateId))
  expect(await ids(t.staff.manager)).toEqual(new Set([mine, everywhere]))
  expect(await ids(t.staff.operations)).toEqual(new Set([mine, everywhere, theirs]))
  expect(await ids(t.staff.operations, { q: '火锅' })).toEqual(new Set([theirs]))
  expect(await ids(t.staff.operations, { state: 'draft' })).toEqual(new Set())
  expect((await t.call('GET /admin/coupon-templates/{templateId}', { params: { templateId: theirs }, as: t.staff.manager })).problem.code).toBe('not_found')
})

test('a shop shows its own offers, not those of every shop', async () => {
  const t = await couponMall()
  await t.publish({ title: '全场券', storeIds: [] })
  const templateId = await t.publish({ title: '咖啡券', titleEn: 'Coffee' })
  const { body } = await t.call('GET /api/shops/{shopId}', { params: { shopId: t.latte.storeId } })
  expect(body.coupons).toEqual([{ templateId, title: '咖啡券', titleEn: 'Coffee', face: '满200减50', faceEn: '¥50 off 200' }])
  expect(body).toMatchObject({ offer: '满200减50', offerEn: '¥50 off 200' })
})

test('sent twice: one draft', async () => {
  const t = await couponMall()
  const send = () => t.call('POST /admin/coupon-templates', { body: t.input(), as: t.staff.marketing, key: 'draft-key-0001' })
  // The same staff account, so the same key.
  expect((await send()).body).toEqual((await send()).body)
  expect((await t.call('GET /admin/coupon-templates', { as: t.staff.marketing })).body.total).toBe(1)
})
