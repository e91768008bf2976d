import { onUnmounted, ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import { problemOf, type Problem } from './problem'

export type Load<T> = {
  data: ShallowRef<T | null>
  /** Loading for the first time; a reload keeps what is shown. */
  loading: Ref<boolean>
  problem: Ref<Problem | null>
  load: () => Promise<void>
}

/**
 * Loads one thing. `data` keeps its last value while it reloads and when a reload fails, so a page never goes blank under the
 * reader. An answer that a newer request has overtaken is dropped.
 */
export function useLoad<T>(fetcher: () => Promise<T>): Load<T> {
  const data = shallowRef<T | null>(null)
  const loading = ref(false)
  const problem = ref<Problem | null>(null)
  let turn = 0
  onUnmounted(() => { turn = -1 })

  async function load(): Promise<void> {
    const mine = (turn += 1)
    loading.value = data.value === null
    try {
      const value = await fetcher()
      if (mine !== turn) return
      data.value = value
      problem.value = null
    } catch (thrown) {
      if (mine === turn) problem.value = problemOf(thrown)
    } finally {
      if (mine === turn) loading.value = false
    }
  }
  return { data, loading, problem, load }
}
