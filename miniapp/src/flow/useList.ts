import { onUnmounted, ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import { needsSignIn, problemOf, type Problem } from './problem'

export type Page<T> = { items: T[]; nextCursor: string | null; total: number }
export type List<T> = {
  items: ShallowRef<T[]>
  total: Ref<number>
  /** The list is asked for; what was held is still shown. */
  loading: Ref<boolean>
  loadingMore: Ref<boolean>
  ended: Ref<boolean>
  problem: Ref<Problem | null>
  /** Asks for all pages held so far, so that a list one comes back to is fresh and as long as it was. */
  load: () => Promise<void>
  /** Begins another list, after a filter changed: nothing of the old one stays. */
  restart: () => Promise<void>
  more: () => Promise<void>
  /** Asks again for what failed. */
  retry: () => Promise<void>
  /** Puts a changed row in place of the one that `same` recognises. */
  put: (row: T, same: (row: T) => boolean) => void
}

/** A list that loads page by page; an overtaken answer is dropped. `kept` are the rows to show until the server has answered. */
export function useList<T>(fetcher: (cursor: string | undefined) => Promise<Page<T>>, kept: () => T[] = () => []): List<T> {
  const items = shallowRef<T[]>(kept())
  const total = ref(0)
  const [loading, loadingMore, ended] = [ref(false), ref(false), ref(false)]
  const problem = ref<Problem | null>(null)
  let cursor: string | null = null
  let turn = 0
  let failed = load
  onUnmounted(() => { turn = -1 })

  /** Asks for pages from a cursor on until `length` rows are there, at least one page, and shows them behind `before`. */
  async function fetchRows(before: T[], from: string | undefined, length: number, mine: number): Promise<void> {
    const rows = [...before]
    let next: string | null | undefined = from
    let page: Page<T>
    do {
      page = await fetcher(next ?? undefined)
      if (mine !== turn) return
      rows.push(...page.items)
      next = page.nextCursor
    } while (next !== null && rows.length < length)
    items.value = rows
    total.value = page.total
    cursor = next
    ended.value = next === null
    problem.value = null
  }

  function fail(thrown: unknown, again: () => Promise<void>): void {
    problem.value = problemOf(thrown)
    failed = again
    if (needsSignIn(problem.value)) items.value = []
    if (!items.value.length) total.value = 0
  }

  async function load(): Promise<void> {
    const mine = (turn += 1)
    loading.value = true
    await fetchRows([], undefined, items.value.length, mine).catch((thrown) => { if (mine === turn) fail(thrown, load) })
    if (mine === turn) loading.value = false
  }

  function restart(): Promise<void> {
    items.value = kept()
    problem.value = cursor = null
    ended.value = false
    return load()
  }

  async function more(): Promise<void> {
    if (loading.value || loadingMore.value || cursor === null) return
    const mine = turn
    loadingMore.value = true
    problem.value = null
    await fetchRows(items.value, cursor, 0, mine).catch((thrown) => { if (mine === turn) fail(thrown, more) })
    loadingMore.value = false
  }

  const put = (row: T, same: (row: T) => boolean) => { items.value = items.value.map((old) => (same(old) ? row : old)) }
  return { items, total, loading, loadingMore, ended, problem, load, restart, more, retry: () => failed(), put }
}
