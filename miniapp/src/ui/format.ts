import { formatFen } from '@atrium/shared/money.ts'
import { addDays, businessDay, minuteMs, shanghaiTime } from '@atrium/shared/time.ts'
import { currentLanguage, text } from '@/i18n'
import { mallTime } from '@/platform/clock'

/** `¥8.00`; a negative amount with U+2212 before the sign: `−¥8.00`. */
export const yuan = (fen: number): string => (fen < 0 ? `−¥${formatFen(-fen)}` : `¥${formatFen(fen)}`)

/** Without cents when there are none: 5000 → `50`, 5050 → `50.50`. */
export const shortYuan = (fen: number): string => formatFen(fen).replace(/\.00$/, '')

/** 12860 → `12,860`. */
export const grouped = (n: number): string => String(Math.abs(n)).replace(/\B(?=(\d{3})+$)/g, ',').replace(/^/, n < 0 ? '−' : '')

/** 86 → `1小时26分`, 40 → `40分`, 120 → `2小时`. */
export function duration(minutes: number): string {
  const [h, m] = [Math.floor(minutes / 60), Math.floor(minutes % 60)]
  if (h === 0) return text('common.minutes', { m })
  return m === 0 ? text('common.hours', { h }) : text('common.hoursMinutes', { h, m })
}

/** `14:32` of an instant, Asia/Shanghai. */
export const clockTime = (iso: string): string => shanghaiTime(new Date(iso)).slice(11, 16)

/** `11月20日`, with the year when it is another one. */
export function day(iso: string, now = new Date(mallTime())): string {
  const [y, m, d] = businessDay(new Date(iso)).split('-').map(Number)
  return y === Number(businessDay(now).slice(0, 4)) ? text('common.monthDay', { m, d }) : text('common.yearMonthDay', { y, m, d })
}

/** `11月20日 周四`. */
export function dayAndWeekday(iso: string, now = new Date(mallTime())): string {
  const weekday = new Date(`${businessDay(new Date(iso))}T00:00:00Z`).getUTCDay()
  return `${day(iso, now)} ${text('common.weekdays').split(',')[weekday]}`
}

/** `今天 14:32`, `明天 10:00`, else `11月20日 14:32`. */
export function moment(iso: string, now = new Date(mallTime())): string {
  const today = businessDay(now)
  const that = businessDay(new Date(iso))
  const name = that === today ? 'common.today' : that === addDays(today, 1) ? 'common.tomorrow' : that === addDays(today, -1) ? 'common.yesterday' : null
  return `${name ? text(name) : day(iso, now)} ${clockTime(iso)}`
}

/** Whole minutes from `from` to `to`, never negative. */
export const minutesBetween = (from: string, to: number): number => Math.max(0, Math.floor((to - Date.parse(from)) / minuteMs))

/** `14:12` left of a span in milliseconds; never negative. */
export function countdown(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000))
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

/** `4471 0926 5538`: digits in groups of four. */
export const groupsOf4 = (digits: string): string => digits.replace(/(.{4})(?=.)/g, '$1 ')

/** Names in a list: `老灶台、野渡咖啡`. */
export const listed = (names: readonly string[]): string => names.join(currentLanguage() === 'en' ? ', ' : '、')
