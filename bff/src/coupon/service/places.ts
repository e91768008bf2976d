import type { Ctx, Deps } from '../../context.ts'
import { type StoreName, storesById } from '../../shop/service.ts'

const keptMs = 10_000
type Kept = { store: StoreName | null; until: number }
const caches = new WeakMap<Deps, Map<string, Kept>>()

/**
 * Names and marks of stores, kept in this process for ten seconds: every list of coupons asks for the same few. Ids that are no store of this mall
 * (car parks of parking coupons) are missing.
 */
export async function placesOf(ctx: Ctx, storeIds: readonly string[]): Promise<Map<string, StoreName>> {
  let cache = caches.get(ctx.deps)
  if (!cache) caches.set(ctx.deps, (cache = new Map()))
  const now = ctx.now.getTime()
  const key = (id: string) => `${ctx.mallId}|${id}`
  const wanted = [...new Set(storeIds)]
  const missing = wanted.filter((id) => !((cache.get(key(id))?.until ?? 0) > now))
  if (missing.length) {
    const found = await storesById(ctx, missing)
    if (cache.size > 5_000) cache.clear()
    // A store that was not there may be made in the next moment: only what was found is kept.
    for (const [id, store] of found) cache.set(key(id), { store, until: now + keptMs })
  }
  return new Map(wanted.flatMap((id) => {
    const store = cache.get(key(id))?.store
    return store ? [[id, store] as const] : []
  }))
}
