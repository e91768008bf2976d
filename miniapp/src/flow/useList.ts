import { onUnmounted, ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import { problemOf, type Problem } from './problem'

export type Page<T> = { items: T[]; nextCursor: string | null; total: number }
export type List<T> = {
  items: ShallowRef<T[]>
  total: Ref<number>
  /** The first page is on its way and nothing is shown yet. */
  loading: Ref<boolean>
  loadingMore: Ref<boolean>
  ended: Ref<boolean>
  problem: Ref<Problem | null>
  load: () => Promise<void>
  more: () => Promise<void>
  /** Puts a changed row in place of the one that `same` recognises. */
  put: (row: T, same: (row: T) => boolean) => void
}

/** A list that loads page by page. `load` begins again (after a filter changed); an overtaken answer is dropped. */
export function useList<T>(fetcher: (cursor: string | undefined) => Promise<Page<T>>): List<T> {
  const items = shallowRef<T[]>([])
  const total = ref(0)
  const [loading, loadingMore, ended] = [ref(false), ref(false), ref(false)]
  const problem = ref<Problem | null>(null)
  let cursor: string | null = null
  let turn = 0
  onUnmounted(() => { turn = -1 })

  async function fetchPage(from: string | undefined, mine: number): Promise<void> {
    try {
      const page = await fetcher(from)
      if (mine !== turn) return
      items.value = from === undefined ? page.items : [...items.value, ...page.items]
      total.value = page.total
      cursor = page.nextCursor
      ended.value = page.nextCursor === null
      problem.value = null
    } catch (thrown) {
      if (mine === turn) problem.value = problemOf(thrown)
    }
  }

  async function load(): Promise<void> {
    const mine = (turn += 1)
    loading.value = true
    await fetchPage(undefined, mine)
    if (mine === turn) loading.value = false
  }

  async function more(): Promise<void> {
    if (loading.value || loadingMore.value || cursor === null) return
    loadingMore.value = true
    await fetchPage(cursor, turn)
    loadingMore.value = false
  }

  const put = (row: T, same: (row: T) => boolean) => { items.value = items.value.map((old) => (same(old) ? row : old)) }
  return { items, total, loading, loadingMore, ended, problem, load, more, put }
}
