import { onMounted, onUnmounted, shallowRef } from 'vue'
import type { Reply } from '@atrium/shared/contracts.ts'
import { problemOf } from '@/flow/problem'
import { call } from '@/platform/request'

type Screen = Reply<'GET /api/parking/exits/{laneId}'>

const lookEveryMs = 2_000

/** What stands at the exit of this screen, looked at every two seconds. `cut`: no answer, so nothing shown can be trusted; `unknown`: no such exit. */
export function useExit(laneId: string) {
  const at = shallowRef<Screen | null>(null)
  const cut = shallowRef(false)
  const unknown = shallowRef(false)
  let timer: ReturnType<typeof setTimeout> | undefined

  async function look(): Promise<void> {
    try {
      at.value = await call('GET /api/parking/exits/{laneId}', { params: { laneId } })
      cut.value = false
      unknown.value = false
    } catch (thrown) {
      const problem = problemOf(thrown)
      unknown.value = problem.kind === 'refused' && problem.code !== 'rate_limited'
      cut.value = !unknown.value
    }
    timer = setTimeout(() => { void look() }, lookEveryMs)
  }
  onMounted(() => {
    if (laneId) void look()
    else unknown.value = true
  })
  onUnmounted(() => clearTimeout(timer))
  return { at, cut, unknown }
}
