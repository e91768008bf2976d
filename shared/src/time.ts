/** China has had one zone without summer time since 1991, so the offset is a constant. */
const zoneMs = 8 * 3_600_000
export const minuteMs = 60_000
export const hourMs = 3_600_000
export const dayMs = 24 * hourMs

/** The business day of an instant in Asia/Shanghai: `2026-11-20`. */
export const businessDay = (at: Date): string => new Date(at.getTime() + zoneMs).toISOString().slice(0, 10)

/** The instant at which a business day begins (00:00 in Asia/Shanghai). */
export const startOfBusinessDay = (day: string): Date => new Date(Date.parse(`${day}T00:00:00.000Z`) - zoneMs)

/** The business day `days` after `day` (negative: before). */
export const addDays = (day: string, days: number): string => new Date(Date.parse(`${day}T00:00:00.000Z`) + days * dayMs).toISOString().slice(0, 10)

/** Hour of the business day, 0 to 23. */
export const businessHour = (at: Date): number => new Date(at.getTime() + zoneMs).getUTCHours()

/** Minutes since midnight in Asia/Shanghai. */
export const businessMinute = (at: Date): number => businessHour(at) * 60 + new Date(at.getTime() + zoneMs).getUTCMinutes()

/** Wall time in Asia/Shanghai as providers write it: `2026-11-20 14:32:05`. */
export const shanghaiTime = (at: Date): string => new Date(at.getTime() + zoneMs).toISOString().slice(0, 19).replace('T', ' ')

/** The instant of a provider's `2026-11-20 14:32:05` in Asia/Shanghai; null when it is not one. */
export function fromShanghaiTime(text: string): Date | null {
  if (!/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text)) return null
  const ms = Date.parse(`${text.replace(' ', 'T')}.000Z`)
  return Number.isNaN(ms) ? null : new Date(ms - zoneMs)
}

/** Whether a shop with hours `10:00`–`22:00` is open; closing after midnight (`18:00`–`02:00`) is understood. */
export function isOpenAt(opensAt: string, closesAt: string, at: Date): boolean {
  const minutes = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5))
  const [from, until, now] = [minutes(opensAt), minutes(closesAt), businessMinute(at)]
  return from <= until ? now >= from && now < until : now >= from || now < until
}
