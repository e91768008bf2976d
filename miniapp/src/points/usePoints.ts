import { ref } from 'vue'
import type { Input } from '@atrium/shared/contracts.ts'
import { useList } from '@/flow/useList'
import { useLoad } from '@/flow/useLoad'
import { call } from '@/platform/request'

export type PointsKind = NonNullable<NonNullable<Input<'GET /api/points/entries'>['query']>['kind']>

/** My points: the balance with what expires next, and each entry with its reason. */
export function usePoints() {
  const kind = ref<PointsKind | 'all'>('all')
  const summary = useLoad(() => call('GET /api/points'))
  const entries = useList((cursor) => call('GET /api/points/entries', { query: { cursor, limit: 20, sort: '-at', kind: kind.value === 'all' ? undefined : kind.value } }))
  async function choose(next: PointsKind | 'all'): Promise<void> {
    kind.value = next
    await entries.restart()
  }
  const load = async () => { await Promise.all([summary.load(), entries.load()]) }
  return { summary, entries, kind, choose, load }
}
