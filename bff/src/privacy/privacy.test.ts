import { expect, test } from 'vitest'
import { testMall } from '../http/test-kit.ts'
import { noticeInForce } from './service.ts'

const { version } = noticeInForce()

test('the notice says what, what for, how long, who and which rights, in both languages', async () => {
  const t = await testMall()
  const { body } = await t.call('GET /api/privacy/notice')
  expect(body.version).toBe(version)
  expect(body.summary.every((s) => s.text && s.textEn && s.heading && s.headingEn)).toBe(true)
})

test('each purpose is agreed to on its own, and withdrawing is as easy', async () => {
  const t = await testMall()
  const as = t.asMember()
  const say = (purpose: 'marketing' | 'personalisation', granted: boolean, of = version, key?: string) => t.call('POST /api/privacy/consents', { body: { purpose, granted, version: of }, as, ...(key && { key }) })
  expect((await say('marketing', true, version, 'consent-0001')).body).toEqual({ ok: true })
  expect((await say('marketing', true, version, 'consent-0001')).response.headers.get('idempotency-replayed')).toBe('true')
  expect((await t.call('GET /api/privacy/consents', { as })).body.items).toEqual([
    { purpose: 'membership', granted: false, version: null, at: null },
    { purpose: 'personalisation', granted: false, version: null, at: null },
    { purpose: 'marketing', granted: true, version, at: t.clock.now().toISOString() },
  ])
  t.clock.advance(1000)
  await say('marketing', false, '2020-01')
  const { items } = (await t.call('GET /api/privacy/consents', { as })).body
  expect(items.find((i) => i.purpose === 'marketing')).toMatchObject({ granted: false })
})

test('an old text is not agreed to', async () => {
  const t = await testMall()
  const reply = await t.call('POST /api/privacy/consents', { body: { purpose: 'marketing', granted: true, version: '2020-01' }, as: t.asMember() })
  expect([reply.status, reply.problem.code]).toEqual([422, 'consent_required'])
})

test('a guest and another member see nothing of it', async () => {
  const t = await testMall()
  await t.call('POST /api/privacy/consents', { body: { purpose: 'marketing', granted: true, version }, as: t.asMember() })
  expect((await t.call('GET /api/privacy/consents', { as: t.asMember() })).body.items.every((i) => !i.granted)).toBe(true)
  expect((await t.call('GET /api/privacy/consents')).problem.code).toBe('unauthenticated')
})
