import { memberVisits } from '@atrium/schema/identity.ts'
import { businessDay } from '@atrium/shared/time.ts'
import { insertRows } from '../insert.ts'
import type { World } from '../world.ts'
import type { Seen } from './members.ts'

/** On which days members were in the mall, by the first thing they did on each. */
export const visitBook = (world: World) => {
  const days = new Map<string, typeof memberVisits.$inferInsert>()
  const seen = new Map<string, Seen>()

  const visit = (memberId: string, at: Date, kind: string): void => {
    if (at > world.now) return
    const day = businessDay(at)
    const key = `${memberId}|${day}`
    const known = days.get(key)
    const person = seen.get(memberId) ?? { lastSeenAt: null, visits: 0 }
    if (!known) {
      days.set(key, { mallId: world.mallId, memberId, day, firstAt: at, kind })
      person.visits += 1
    } else if (at < known.firstAt!) Object.assign(known, { firstAt: at, kind })
    if (!person.lastSeenAt || at > person.lastSeenAt) person.lastSeenAt = at
    seen.set(memberId, person)
  }
  return { visit, seen: (memberId: string): Seen => seen.get(memberId) ?? { lastSeenAt: null, visits: 0 }, write: () => insertRows(world.connection, memberVisits, [...days.values()]), count: () => days.size }
}
