import { reactive, ref } from 'vue'
import { useList } from '@/flow/useList'
import { call } from '@/platform/request'

/** Shops by floor, trade category and words; typing waits a moment before it asks. */
export function useShops() {
  const filter = reactive({ floor: '', tradeCategory: '' })
  const words = ref('')
  const list = useList((cursor) => call('GET /api/shops', { query: { cursor, limit: 20, floor: filter.floor || undefined, tradeCategory: filter.tradeCategory || undefined, q: words.value.trim() || undefined } }))
  let pause: ReturnType<typeof setTimeout> | undefined

  function choose(change: Partial<typeof filter>): void {
    Object.assign(filter, change)
    void list.restart()
  }
  function search(next: string): void {
    words.value = next
    clearTimeout(pause)
    pause = setTimeout(() => { void list.restart() }, 300)
  }
  function clear(): void {
    words.value = ''
    choose({ floor: '', tradeCategory: '' })
  }
  return { ...list, filter, words, choose, search, clear }
}
