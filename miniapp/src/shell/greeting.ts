import { businessHour, isOpenAt } from '@atrium/shared/time.ts'

/** Which greeting fits the hour in the mall. */
export function greetingAt(now: Date): 'morning' | 'forenoon' | 'noon' | 'afternoon' | 'evening' {
  const hour = businessHour(now)
  if (hour >= 5 && hour < 9) return 'morning'
  if (hour >= 9 && hour < 12) return 'forenoon'
  if (hour >= 12 && hour < 14) return 'noon'
  return hour >= 14 && hour < 18 ? 'afternoon' : 'evening'
}

/** What the hours say at this moment: open today, opens later today, or closed until tomorrow. */
export function hoursAt(opensAt: string, closesAt: string, now: Date): 'hours' | 'opens' | 'closed' {
  if (isOpenAt(opensAt, closesAt, now)) return 'hours'
  return isOpenAt('00:00', opensAt, now) ? 'opens' : 'closed'
}
