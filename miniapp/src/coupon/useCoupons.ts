import { ref } from 'vue'
import { useList } from '@/flow/useList'
import { call } from '@/platform/request'
import { fillWallet, wallet } from './wallet'

export type Shelf = 'available' | 'redeemed' | 'expired'
const states: Record<Shelf, string> = { available: 'available,locked', redeemed: 'redeemed', expired: 'expired,void' }

/** My coupons of one shelf; what expires first comes first. Those at hand are kept on the phone and show off-line. */
export function useCoupons() {
  const shelf = ref<Shelf>('available')
  const list = useList(async (cursor) => {
    const atHand = shelf.value === 'available'
    const page = await call('GET /api/coupons', { query: { cursor, limit: 20, state: states[shelf.value], sort: atHand ? 'validUntil' : '-validUntil' } })
    if (atHand) fillWallet(cursor ? [...wallet(), ...page.items] : page.items)
    return page
  }, () => (shelf.value === 'available' ? wallet() : []))

  async function choose(next: Shelf): Promise<void> {
    shelf.value = next
    await list.restart()
  }
  return { ...list, shelf, choose }
}
