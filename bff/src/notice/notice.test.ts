import { expect, test } from 'vitest'
import { testMall } from '../http/test-kit.ts'

const body = { kind: 'event' as const, title: '冬日市集', titleEn: 'Winter market', summary: '36 个摊位', summaryEn: '36 stalls', body: '周六下午四点', bodyEn: 'Saturday at four', art: 'market', place: '一楼中庭', startsAt: '2026-11-21T08:00:00.000Z', endsAt: null }

test('a notice is written, published, changed and withdrawn; visitors see it in between', async () => {
  const t = await testMall()
  const as = t.asStaff('marketing', { name: '唐可盈' })
  const seen = async () => (await t.call('GET /api/notices')).body.items.map((n) => n.title)
  const draft = await t.call('POST /admin/notices', { as, body })
  const params = { noticeId: draft.body.noticeId }
  expect(draft.body).toMatchObject({ state: 'draft', createdBy: '唐可盈', publishedAt: null })
  expect([await seen(), (await t.call('GET /api/notices/{noticeId}', { params })).status]).toEqual([[], 404])
  expect((await t.call('POST /admin/notices/{noticeId}/publish', { as, params })).body.publishedAt).toBe(t.clock.now().toISOString())
  t.clock.advance(60_000)
  // Publishing again moves nothing.
  expect((await t.call('POST /admin/notices/{noticeId}/publish', { as, params })).body.publishedAt).not.toBe(t.clock.now().toISOString())
  await t.call('PUT /admin/notices/{noticeId}', { as, params, body: { ...body, title: '冬日大集' } })
  expect([await seen(), (await t.call('GET /api/notices/{noticeId}', { params })).body.body]).toEqual([['冬日大集'], '周六下午四点'])
  await t.call('POST /admin/notices/{noticeId}/withdraw', { as, params })
  expect(await seen()).toEqual([])
})

test('newest first, by kind', async () => {
  const t = await testMall()
  const as = t.asStaff('operations')
  for (const [title, kind] of [['第一', 'event'], ['第二', 'notice'], ['第三', 'event']] as const) {
    const { noticeId } = (await t.call('POST /admin/notices', { as, body: { ...body, title, kind } })).body
    await t.call('POST /admin/notices/{noticeId}/publish', { as, params: { noticeId } })
    t.clock.advance(1000)
  }
  expect((await t.call('GET /api/notices')).body.items.map((n) => n.title)).toEqual(['第三', '第二', '第一'])
  expect((await t.call('GET /api/notices', { query: { kind: 'event' } })).body.items.map((n) => n.title)).toEqual(['第三', '第一'])
})

test('who may not, writes nothing', async () => {
  const t = await testMall()
  const elsewhere = await testMall()
  const { noticeId } = (await t.call('POST /admin/notices', { as: t.asStaff('marketing'), body })).body
  const publish = (as: string) => t.call('POST /admin/notices/{noticeId}/publish', { as, params: { noticeId } })
  expect([(await publish(t.asStaff('finance'))).status, (await publish(t.asMember())).status, (await publish(elsewhere.asStaff('marketing'))).status]).toEqual([403, 401, 404])
  expect((await t.call('POST /admin/notices', { as: t.asStaff('auditor'), body })).status).toBe(403)
  expect((await t.call('POST /admin/notices', { as: t.asStaff('marketing'), body: { ...body, title: '' } })).problem.code).toBe('validation_failed')
  expect((await t.call('GET /admin/notices', { as: t.asStaff('auditor') })).body.items.map((n) => n.state)).toEqual(['draft'])
})
