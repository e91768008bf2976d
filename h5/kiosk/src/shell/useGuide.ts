import { computed, shallowRef } from 'vue'
import type { Reply } from '@atrium/shared/contracts.ts'
import { call } from '@/platform/request'
import { recall, remember } from '@/platform/storage'

export type Shop = Reply<'GET /api/shops'>['items'][number]
export type Plan = Reply<'GET /api/mall/floors/{floor}/plan'>
export type Mall = Reply<'GET /api/mall'>
export type Notice = Reply<'GET /api/notices'>['items'][number]
type Guide = { mall: Mall; shops: Shop[]; plans: Record<string, Plan>; notices: Notice[]; keptAt: string }

const refreshMs = 120_000

const guide = shallowRef<Guide | null>(recall<Guide | null>('kiosk.guide', null))
const offline = shallowRef(false)
const tries = shallowRef(0)
let timer: ReturnType<typeof setTimeout> | undefined

async function allShops(): Promise<Shop[]> {
  const shops: Shop[] = []
  let cursor: string | undefined
  do {
    const page = await call('GET /api/shops', { query: { cursor, limit: 100 } })
    shops.push(...page.items)
    cursor = page.nextCursor ?? undefined
  } while (cursor)
  return shops
}

async function fetchGuide(): Promise<Guide> {
  const [mall, shops, notices] = await Promise.all([call('GET /api/mall'), allShops(), call('GET /api/notices', { query: { limit: 20 } })])
  const plans = await Promise.all(mall.floors.map(async ({ code }) => [code, await call('GET /api/mall/floors/{floor}/plan', { params: { floor: code } })] as const))
  return { mall, shops, notices: notices.items, plans: Object.fromEntries(plans), keptAt: new Date().toISOString() }
}

/**
 * What the kiosk can show without a network: mall, shops, floor plans, events. Kept on the device and renewed every two minutes; when that
 * fails the kept copy stays, stamped with its age, and the next try comes sooner.
 */
export function useGuide() {
  async function renew(): Promise<void> {
    clearTimeout(timer)
    try {
      guide.value = await fetchGuide()
      remember('kiosk.guide', guide.value)
      offline.value = false
      tries.value = 0
    } catch {
      offline.value = true
      tries.value += 1
    }
    timer = setTimeout(() => { void renew() }, offline.value ? Math.min(refreshMs, 3_000 * tries.value) : refreshMs)
  }
  /** The browser's own word that the network went is believed at once; that it is back is tried. */
  function listen(): void {
    window.addEventListener('offline', () => { offline.value = true })
    window.addEventListener('online', () => { void renew() })
  }
  return {
    guide, offline, tries, renew, listen,
    shops: computed(() => guide.value?.shops ?? []), floors: computed(() => guide.value?.mall.floors ?? []), notices: computed(() => guide.value?.notices ?? []),
  }
}
