import { computed, ref, shallowRef } from 'vue'
import { call, download, Fault } from '../../platform/call.ts'
import type { Input, Reply } from '../../platform/api.ts'
import { language } from '../../platform/copy.ts'
import { troubleOf, type Trouble } from '../../platform/useAsync.ts'

export type ExportJob = Reply<'GET /admin/exports/{exportId}'>
export type ExportKind = NonNullable<Input<'POST /admin/exports'>['body']>['kind']

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Hands a file to the browser's download list. */
export function save(blob: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
}

/**
 * Writes a list to a file on the server and fetches it: `start` with the list's filters, `job` says how far it is, `share` is
 * 0…1 or null while the number of rows is not known. `stop` gives up waiting: the server finishes by itself, and what it still
 * answers is not heard.
 */
export function useExport(pollMs = 600) {
  const job = shallowRef<ExportJob | null>(null)
  const trouble = shallowRef<Trouble | null>(null)
  const running = ref(false)
  let run: AbortController | null = null
  const stop = () => { run?.abort(); running.value = false }

  async function start(kind: ExportKind, format: 'csv' | 'xlsx', query: Record<string, string>): Promise<void> {
    stop()
    const { signal } = (run = new AbortController())
    const heard = <T>(answer: T): T => { signal.throwIfAborted(); return answer }
    running.value = true
    trouble.value = null
    job.value = null
    const { cursor: _cursor, limit: _limit, ...filters } = query
    try {
      let now = heard(await call('POST /admin/exports', { body: { kind, format, query: filters, language: language() }, signal }))
      const params = { exportId: now.exportId }
      while (now.state === 'queued' || now.state === 'running') {
        job.value = now
        heard(await wait(pollMs))
        now = heard(await call('GET /admin/exports/{exportId}', { params, signal }))
      }
      job.value = now
      if (now.state === 'failed') throw new Fault(500, null)
      save(heard(await download('GET /admin/exports/{exportId}/file', { params, signal })), now.fileName ?? `${kind}.${format}`)
    } catch (cause) {
      if (!signal.aborted) trouble.value = troubleOf(cause)
    } finally {
      if (run?.signal === signal) running.value = false
    }
  }

  const share = computed(() => (job.value?.total ? Math.min(1, job.value.rows / job.value.total) : null))
  return { job, share, running, trouble, start, stop }
}
