import { ref } from 'vue'
import { useList } from '@/flow/useList'
import { call } from '@/platform/request'

export type Shelf = 'available' | 'redeemed' | 'expired'
const states: Record<Shelf, string> = { available: 'available,locked', redeemed: 'redeemed', expired: 'expired,void' }

/** My coupons of one shelf; what expires first comes first. */
export function useCoupons() {
  const shelf = ref<Shelf>('available')
  const list = useList((cursor) => call('GET /api/coupons', { query: { cursor, limit: 20, state: states[shelf.value], sort: shelf.value === 'available' ? 'validUntil' : '-validUntil' } }))

  async function choose(next: Shelf): Promise<void> {
    shelf.value = next
    await list.restart()
  }
  return { ...list, shelf, choose }
}
