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

test.each(['asked for', 'followed', 'fetched'])('an export given up while it is %s says and keeps nothing more', async (when) => {
  const saved = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => {})
  const run = useExport(1)
  const give = <T>(now: boolean, answer: T): T => { if (now) { run.stop(); run.job.value = null } return answer }
  connect({ fetch: (async (url: string, request: RequestInit) => (
    request.method === 'POST' ? give(when === 'asked for', json(job({}))) : url.endsWith('/file') ? give(when === 'fetched', new Response('a,b')) : give(when === 'followed', json(job({ state: 'ready' })))
  )) as typeof fetch })
  await run.start('members', 'csv', {})
  expect([run.job.value, run.trouble.value, run.running.value, saved.mock.calls.length]).toEqual([null, null, false, 0])
})

test('a new export is not disturbed by the one given up before it', async () => {
  const waiting: ((answer: Response) => void)[] = []
  connect({ fetch: (() => new Promise((resolve) => waiting.push(resolve))) as unknown as typeof fetch })
  const run = useExport(1)
  const first = run.start('members', 'csv', {})
  run.stop()
  void run.start('audit', 'csv', {})
  waiting[0]!(json(job({ state: 'ready' })))
  await first
  expect([run.running.value, run.job.value]).toEqual([true, null])
})
