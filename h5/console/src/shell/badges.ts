import { defineStore } from 'pinia'
import { ref } from 'vue'
import { call } from '../platform/call.ts'
import { mayDo } from '../platform/session.ts'

/** What stands beside a menu entry: grey waits for me, red is broken now. */
export type Badge = { n: number; broken: boolean }

/** The numbers beside menu entries; reloaded when something happens that could change them. */
export const useBadges = defineStore('badges', () => {
  const badges = ref<Record<string, Badge>>({})

  async function load(): Promise<void> {
    const next: Record<string, Badge> = {}
    // A badge is a courtesy: when its endpoint does not answer, the menu simply shows none.
    const quiet = <T>(wanted: boolean, read: () => Promise<T>): Promise<T | null> => (wanted ? read().catch(() => null) : Promise.resolve(null))
    const [approvals, alarms] = await Promise.all([
      quiet(mayDo('coupon.approve'), () => call('GET /admin/approvals')),
      quiet(mayDo('parking.read'), () => call('GET /admin/parking/alarms')),
    ])
    const waiting = approvals?.items.filter((item) => !item.mine).length ?? 0
    if (waiting) next.approvals = { n: waiting, broken: false }
    if (alarms?.items.length) next.control = { n: alarms.items.length, broken: true }
    badges.value = next
  }
  return { badges, load }
})
