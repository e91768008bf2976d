import type { DemoCarPark } from '../parking/build.ts'
import { daysAgo, type World } from '../world.ts'
import { wholeDays, type Calendar } from './days.ts'
import type { DemoMember } from './members.ts'

export interface Stay { plate: string; member: DemoMember | null; carPark: DemoCarPark; entryAt: Date; exitAt: Date }

const minuteMs = 60_000

/** Minutes that somebody stays: errands, meals, afternoons, whole days. */
const stayMinutes = (world: World): number => {
  const { random } = world
  const [from, until] = random.weighted([[[5, 28], 12], [[42, 150], 58], [[150, 290], 24], [[290, 620], 6]] as const)
  return Math.round(from + (until - from) * random.next())
}

/** A year of cars: members' plates, regulars without a card, and strangers. Nobody is inside twice at once. */
export const planStays = (world: World, calendar: Calendar, members: readonly DemoMember[], carParks: readonly DemoCarPark[], newPlate: () => string): Stay[] => {
  const { random, now, size } = world
  const [p1, p2] = carParks as [DemoCarPark, DemoCarPark]
  const owners = members.filter(m => m.plates.length > 0)
  const strangers = Array.from({ length: Math.max(4, Math.round(size.parkings * 0.22)) }, newPlate)
  const busyUntil = new Map<string, number>()
  const moments = Array.from({ length: size.parkings - 1 }, () => calendar.moment()).sort((a, b) => a.getTime() - b.getTime())

  const carAt = (at: Date): { plate: string; member: DemoMember | null } => {
    // Most cars of a day are strangers'; the sample of older days is of members above all.
    const share = at > daysAgo(world, wholeDays + 1) ? 0.3 : 0.66
    for (let tries = 0; ; tries += 1) {
      const member = random.chance(share) ? random.pick(owners) : null
      const plate = member ? random.pick(member.plates) : random.pick(strangers)
      const free = (busyUntil.get(plate) ?? 0) < at.getTime() && plate !== first.plate
      if (free && (!member || member.joinedAt < at)) return { plate, member }
      if (tries > 50) return { plate: newPlate(), member: null }
    }
  }
  // The first of the introduced members is in the car park right now.
  const first: Stay = { plate: members[0]!.plates[0]!, member: members[0]!, carPark: p1, entryAt: new Date(now.getTime() - 86 * minuteMs), exitAt: new Date(now.getTime() + 95 * minuteMs) }
  const stays = moments.map((entryAt): Stay => {
    const { plate, member } = carAt(entryAt)
    const exitAt = new Date(entryAt.getTime() + stayMinutes(world) * minuteMs + random.int(0, 59_999))
    busyUntil.set(plate, exitAt.getTime() + 20 * minuteMs)
    return { plate, member, carPark: random.chance(0.8) ? p1 : p2, entryAt, exitAt }
  })
  return [...stays, first]
}
