import { businessDay } from '@atrium/shared/time.ts'
import { clockTime, dayAndWeekday, day } from '@/ui/format'

/** `11月20日 周四 16:00–21:00`, over several days `11月20日 – 11月23日`; empty without a date. */
export function span(startsAt: string | null, endsAt: string | null): string {
  if (!startsAt) return ''
  if (!endsAt) return `${dayAndWeekday(startsAt)} ${clockTime(startsAt)}`
  if (businessDay(new Date(startsAt)) === businessDay(new Date(endsAt))) return `${dayAndWeekday(startsAt)} ${clockTime(startsAt)}–${clockTime(endsAt)}`
  return `${day(startsAt)} – ${day(endsAt)}`
}
