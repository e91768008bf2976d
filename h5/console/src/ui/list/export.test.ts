import { afterEach, expect, test, vi } from 'vitest'
import { connect } from '../../platform/call.ts'
import { json, problem } from '../../testing/mounting.ts'
import { useExport } from './useExport.ts'

afterEach(() => vi.restoreAllMocks())
const job = (over: object) => ({ exportId: 'E1', kind: 'members', format: 'csv', state: 'running', rows: 0, total: 100, createdAt: 'x', fileName: null, ...over })

test('an export is asked for with the filters alone, followed, and fetched', async () => {
  const sent: string[] = []
  const states = [job({ rows: 40 }), job({ rows: 100, state: 'ready', fileName: '会员.csv' })]
  connect({ fetch: (async (url: string, request: RequestInit) => {
    sent.push(`${request.method} ${url} ${request.body ?? ''}`.trim())
    return url.endsWith('/file') ? new Response('a,b') : request.method === 'POST' ? json(job({})) : json(states.shift())
  }) as typeof fetch })
  const saved: string[] = []
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) { saved.push(this.download) })
  vi.stubGlobal('URL', Object.assign(URL, { createObjectURL: () => 'blob:x', revokeObjectURL: () => {} }))
  const run = useExport(1)
  await run.start('members', 'csv', { limit: '20', cursor: 'c', tier: 'gold', sort: '-points' })
  expect(JSON.parse(sent[0]!.split(' ').slice(2).join(' '))).toMatchObject({ kind: 'members', format: 'csv', query: { tier: 'gold', sort: '-points' } })
  expect(sent.slice(1)).toEqual(['GET /admin/exports/E1', 'GET /admin/exports/E1', 'GET /admin/exports/E1/file'])
  expect([saved, run.share.value, run.running.value, run.trouble.value]).toEqual([['会员.csv'], 1, false, null])
})

test('too much is refused with its reason', async () => {
  connect({ fetch: (async () => problem(422, 'export_too_large')) as typeof fetch })
  const run = useExport(1)
  await run.start('audit', 'xlsx', {})
  expect(run.trouble.value).toMatchObject({ code: 'export_too_large' })
  expect(run.running.value).toBe(false)
})
