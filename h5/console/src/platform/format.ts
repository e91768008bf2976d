/**
 * How the console writes numbers, money, times and plates. The business day is Asia/Shanghai whatever clock the operator's
 * computer keeps.
 */
export type Language = 'zh-CN' | 'en'

const zone = 'Asia/Shanghai'
const formatters = new Map<string, Intl.DateTimeFormat>()

function parts(iso: string | number | Date, language: Language, options: Intl.DateTimeFormatOptions): string {
  const key = language + JSON.stringify(options)
  let formatter = formatters.get(key)
  if (!formatter) formatters.set(key, (formatter = new Intl.DateTimeFormat(language, { timeZone: zone, hourCycle: 'h23', ...options })))
  return formatter.format(new Date(iso))
}

/** 123456 fen → `¥1,234.56`; a loss keeps a real minus sign: `−¥0.50`. */
export function money(fen: number): string {
  const sign = fen < 0 ? '−' : ''
  const cents = Math.abs(Math.trunc(fen))
  return `${sign}¥${Math.floor(cents / 100).toLocaleString('en-US')}.${String(cents % 100).padStart(2, '0')}`
}

/** `money` without `.00` when the amount is whole: labels such as 满 200 减 40. */
export const shortMoney = (fen: number): string => money(fen).replace(/\.00$/, '')

/** 1842 → `1,842`. */
export const count = (n: number): string => n.toLocaleString('en-US').replace('-', '−')

/** A change with its sign: `+216`, `−38`, `0`. */
export const signed = (n: number): string => (n > 0 ? `+${count(n)}` : count(n))

/** 0.754 → `75%`. */
export const percent = (share: number): string => `${Math.round(share * 100)}%`

/** `2026-11-20` of an instant, in the mall's zone. */
export const dayOf = (iso: string | number | Date): string => parts(iso, 'en', { year: 'numeric', month: '2-digit', day: '2-digit' }).replace(/(\d+)\/(\d+)\/(\d+)/, '$3-$1-$2')

/** Today as the value of a `days` filter: `2026-11-20..2026-11-20`. */
export const todayOnly = (now: number): string => `${dayOf(now)}..${dayOf(now)}`

/** `14:26`. */
export const clock = (iso: string | number | Date): string => parts(iso, 'en', { hour: '2-digit', minute: '2-digit' })

/** `14:26:08`. */
export const clockSeconds = (iso: string | number | Date): string => parts(iso, 'en', { hour: '2-digit', minute: '2-digit', second: '2-digit' })

/** Today: `14:26`; another day of this year: `11-18 20:11`; else `2025-11-18 20:11`. */
export function moment(iso: string | number | Date, now: number): string {
  const day = dayOf(iso)
  const today = dayOf(now)
  if (day === today) return clockSeconds(iso)
  return `${day.slice(0, 4) === today.slice(0, 4) ? day.slice(5) : day} ${clock(iso)}`
}

/** Everything there is to say about an instant: `2026-11-18 20:11:07`. */
export const fullMoment = (iso: string | number | Date): string => `${dayOf(iso)} ${clockSeconds(iso)}`

/** `11月21日 周六` or `Sat, 21 Nov`. */
export const longDay = (iso: string | number | Date, language: Language): string =>
  language === 'en'
    ? parts(iso, 'en', { weekday: 'short', day: 'numeric', month: 'short' })
    : `${parts(iso, 'zh-CN', { month: 'numeric', day: 'numeric' }).replace('/', '月')}日 ${parts(iso, 'zh-CN', { weekday: 'short' })}`.replace('日日', '日')

/** Two days as one span: `11-01 – 11-30`; an open end says so by a dash alone. */
export function daySpan(from: string | null, to: string | null): string {
  const short = (iso: string) => dayOf(iso).slice(5)
  if (from && to) return `${short(from)} – ${short(to)}`
  if (from) return `${short(from)} –`
  return to ? `– ${short(to)}` : '—'
}

/** 16 560 000 ms → `4 小时 36 分` or `4 h 36 min`; under a minute in seconds. */
export function duration(ms: number, language: Language): string {
  const zh = language === 'zh-CN'
  const seconds = Math.max(0, Math.round(ms / 1000))
  if (seconds < 60) return zh ? `${seconds} 秒` : `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return zh ? `${minutes} 分` : `${minutes} min`
  const hours = Math.floor(minutes / 60)
  if (hours < 48) return zh ? `${hours} 小时${minutes % 60 ? ` ${minutes % 60} 分` : ''}` : `${hours} h${minutes % 60 ? ` ${minutes % 60} min` : ''}`
  return zh ? `${Math.floor(hours / 24)} 天 ${hours % 24} 小时` : `${Math.floor(hours / 24)} d ${hours % 24} h`
}

/** `苏CF9283` → `苏C·F9283`: the dot that stands on the plate itself. */
export const plate = (number: string): string => (/^[\u4e00-\u9fa5][A-Z][^·]/.test(number) ? `${number.slice(0, 2)}·${number.slice(2)}` : number)

/** New-energy plates have eight characters and a green ground. */
export const isNewEnergy = (number: string): boolean => /^[\u4e00-\u9fa5][A-Z][A-Z0-9]{6}$/.test(number)

/** The share of `part` in `whole` as 0…1; an empty whole is 0. */
export const share = (part: number, whole: number): number => (whole > 0 ? Math.min(1, Math.max(0, part / whole)) : 0)
