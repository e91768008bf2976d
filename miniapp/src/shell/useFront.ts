import { ref, shallowRef } from 'vue'
import type { Reply } from '@atrium/shared/contracts.ts'
import { problemOf, type Problem } from '@/flow/problem'
import { call } from '@/platform/request'
import { recall, remember } from '@/platform/storage'

type Shops = Reply<'GET /api/shops'>['items']
type Notices = Reply<'GET /api/notices'>['items']

/** What the home page shows to everyone: what happens in the house, and the shops of the floor one looks at. */
export function useFront() {
  const notices = shallowRef<Notices>(recall<Notices>('front.notices', []))
  const shops = shallowRef<Shops>([])
  const floor = ref('')
  const problem = ref<Problem | null>(null)

  async function load(): Promise<void> {
    try {
      notices.value = (await call('GET /api/notices', { query: { limit: 3 } })).items
      remember('front.notices', notices.value)
      problem.value = null
    } catch (thrown) {
      problem.value = problemOf(thrown)
    }
  }

  /** Looks at another floor; while its shops load the old ones stay. */
  async function look(code: string): Promise<void> {
    floor.value = code
    const reply = await call('GET /api/shops', { query: { floor: code, limit: 3 } }).catch(() => null)
    if (reply && floor.value === code) shops.value = reply.items
  }
  return { notices, shops, floor, problem, load, look }
}
