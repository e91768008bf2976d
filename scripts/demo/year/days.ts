import { addDays, businessDay, startOfBusinessDay } from '@atrium/shared/time.ts'
import type { Random } from '../random.ts'

const dayMs = 86_400_000
/** Monday first. */
const weekdays = [0.82, 0.8, 0.84, 0.9, 1.15, 1.62, 1.5]
/** How busy each hour of the day is at the gates, midnight first. */
const entryHours = [0.2, 0.1, 0.1, 0.1, 0.2, 0.5, 1.2, 2.4, 4, 6, 10, 13, 11, 9, 10, 9, 8, 11, 13, 10, 6, 3, 1.5, 0.6]

export interface Calendar {
  /** A moment at which somebody comes, on a day between `from` days ago and today, never after now. */
  moment: (from?: number) => Date
}

/** Days up to now that are told in full; of those before them the demo keeps a sample, so that lists stay quick on a small machine. */
export const wholeDays = 5

/** The rhythm of a year up to now: weekends, holidays, today only as far as it has come. `whole` is how much denser the last days are told. */
export const calendarOf = (random: Random, now: Date, whole = 2.5, days = 363): Calendar => {
  const today = businessDay(now)
  const sinceMidnight = now.getTime() - startOfBusinessDay(today).getTime()
  const list = Array.from({ length: days + 1 }, (_, ago) => {
    const start = startOfBusinessDay(addDays(today, -ago))
    const weekday = (new Date(start.getTime() + 8 * 3_600_000).getUTCDay() + 6) % 7
    const holiday = /-(01-01|05-0[1-3]|10-0[1-5])$/.test(addDays(today, -ago)) ? 1.5 : 1
    return { start, weight: weekdays[weekday]! * holiday * (1 + (whole - 1) / (1 + Math.exp((ago - wholeDays) / 0.8))) * (0.9 + random.next() * 0.2) }
  })
  const cumulative: number[] = []
  list.reduce((sum, day, i) => (cumulative[i] = sum + day.weight), 0)
  const upTo = (from: number) => cumulative[Math.min(from, days)]!
  const dayAt = (weight: number) => {
    let [low, high] = [0, list.length - 1]
    while (low < high) {
      const middle = (low + high) >> 1
      if (cumulative[middle]! > weight) high = middle
      else low = middle + 1
    }
    return low
  }
  const hours = entryHours.map((weight, hour) => [hour, weight] as const)
  return {
    moment: (from = days) => {
      for (;;) {
        const ago = dayAt(random.next() * upTo(from))
        const into = random.weighted(hours) * 3_600_000 + random.int(0, 3_599_999)
        // What today has not come to yet belongs to no day at all, so that today has the shape of a day until now.
        if (ago > 0 || into < sinceMidnight) return new Date(list[ago]!.start.getTime() + into)
      }
    },
  }
}

/** The whole days between two instants. */
export const daysBetween = (from: Date, until: Date): number => Math.floor((until.getTime() - from.getTime()) / dayMs)
