import { onMounted, onUnmounted, shallowRef } from 'vue'
import type { Reply } from '@atrium/shared/contracts.ts'
import { problemOf, type Problem } from '@/flow/problem'
import { call } from '@/platform/request'

type Screen = Reply<'GET /api/parking/exits/{laneId}'>
/** `cut`: no answer came; `unknown`: there is no such exit; `help`: the answer was of no use. In none of them what was shown can be trusted. */
export type Trouble = 'cut' | 'unknown' | 'help'

const lookEveryMs = 2_000

/** What the screen at an exit says instead of the lane. */
export function troubleOf(problem: Problem): Trouble {
  if (problem.kind === 'offline') return 'cut'
  return problem.kind === 'refused' && problem.code === 'not_found' ? 'unknown' : 'help'
}

/** What stands at the exit of this screen, looked at every two seconds. */
export function useExit(laneId: string) {
  const at = shallowRef<Screen | null>(null)
  const trouble = shallowRef<Trouble | null>(laneId ? null : 'unknown')
  let timer: ReturnType<typeof setTimeout> | undefined

  async function look(): Promise<void> {
    try {
      at.value = await call('GET /api/parking/exits/{laneId}', { params: { laneId } })
      trouble.value = null
    } catch (thrown) {
      trouble.value = troubleOf(problemOf(thrown))
    }
    timer = setTimeout(() => { void look() }, lookEveryMs)
  }
  onMounted(() => { if (laneId) void look() })
  onUnmounted(() => clearTimeout(timer))
  return { at, trouble }
}
