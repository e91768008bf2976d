import type { RateLimit } from '@atrium/shared/contract.ts'
import { Refusal } from '@atrium/shared/refusal.ts'
import type { Caller, Deps } from '../context.ts'

/** How many times as wide limits by address are for this caller: an address that many share has room for many. */
export const roomOf = ({ config }: Deps, caller: Caller): number => (caller.kind === 'guest' && config.sharedAddresses.includes(caller.address) ? 20 : 1)

type Window = { count: number; endsAt: number }

/**
 * Fixed windows in the memory of this process: with N processes a caller gets at most N times as much, which is enough against
 * floods. Limits that protect people (SMS, sign-in) are counted in the database by their feature. Each limit has windows of its own: who
 * floods one with made-up values pushes nobody out of another.
 */
export function rateLimiter(maxCallers = 50_000) {
  const ofLimit = new WeakMap<RateLimit, Map<string, Window>>()
  return function take(key: string, limit: RateLimit, now: number, room = 1): { remaining: number; resetMs: number } {
    const windows = ofLimit.get(limit) ?? new Map<string, Window>()
    ofLimit.set(limit, windows)
    let window = windows.get(key)
    if (!window || window.endsAt <= now) {
      if (windows.size >= maxCallers) for (const [k, w] of windows) if (w.endsAt <= now || windows.size >= maxCallers) windows.delete(k)
      window = { count: 0, endsAt: now + limit.windowMs }
      windows.set(key, window)
    }
    window.count += 1
    const max = limit.max * room
    if (window.count > max) throw new Refusal('rate_limited', { retryAfterMs: window.endsAt - now })
    return { remaining: max - window.count, resetMs: window.endsAt - now }
  }
}
