import { dayMs, minuteMs } from '../time.ts'

/**
 * One row of prices, as printed at the gate. The free minutes are given once per entry and lie before the first unit; then come a
 * first unit and further units, each begun unit counts whole; each 24 h from entry cost at most `dayCapFen` (0: no cap), and the
 * next 24 h begin with the first unit again.
 */
export type Tariff = { freeMinutes: number; firstMinutes: number; firstFen: number; unitMinutes: number; unitFen: number; dayCapFen: number; graceMinutes: number }

export type SignLine = { text: string; textEn: string }

const capOf = (tariff: Tariff): number => (tariff.dayCapFen > 0 ? tariff.dayCapFen : Infinity)

/** Price of `ms` that are billed from the start of a window on: nothing for nothing, else the first unit and every begun one after it. */
function unitsFen(tariff: Tariff, ms: number): number {
  if (ms <= 0) return 0
  const beyond = ms - tariff.firstMinutes * minuteMs
  return tariff.firstFen + (beyond > 0 ? Math.ceil(beyond / (tariff.unitMinutes * minuteMs)) * tariff.unitFen : 0)
}

/** Prices of each 24 h of a stay, from entry on. The free minutes shorten the first one. */
function windowsFen(tariff: Tariff, stayMs: number): number[] {
  const windows: number[] = []
  for (let from = 0; from < stayMs; from += dayMs) {
    const inside = Math.min(stayMs - from, dayMs)
    windows.push(unitsFen(tariff, from === 0 ? inside - tariff.freeMinutes * minuteMs : inside))
  }
  return windows
}

/** What a stay of `stayMs` costs, in fen. */
export const priceOfStay = (tariff: Tariff, stayMs: number): number =>
  windowsFen(tariff, stayMs).reduce((sum, fen) => sum + Math.min(fen, capOf(tariff)), 0)

/** What the same stay would cost without the cap, in fen; the difference is the quote's line `cap`. */
export const uncappedOfStay = (tariff: Tariff, stayMs: number): number => windowsFen(tariff, stayMs).reduce((sum, fen) => sum + fen, 0)

/** What parking from `entry` to `exit` costs, in fen. An exit before the entry (clock set back) costs nothing. */
export const priceOf = (tariff: Tariff, entry: Date, exit: Date): number => priceOfStay(tariff, Math.max(0, exit.getTime() - entry.getTime()))

const yuan = (fen: number): string => (fen % 100 === 0 ? String(fen / 100) : (fen / 100).toFixed(2))
const spanZh = (minutes: number): string => (minutes % 60 === 0 ? `${minutes / 60} 小时` : `${minutes} 分钟`)
const spanEn = (minutes: number): string => {
  if (minutes % 60 !== 0) return `${minutes} minutes`
  return minutes === 60 ? 'hour' : `${minutes / 60} hours`
}

/** The tariff in the words of the sign at the gate, one line for each rule. */
export function signOf(tariff: Tariff): SignLine[] {
  const lines: SignLine[] = []
  if (tariff.freeMinutes > 0) lines.push({ text: `首 ${spanZh(tariff.freeMinutes)}免费`, textEn: `First ${spanEn(tariff.freeMinutes)} free` })
  const unit = { text: `每 ${spanZh(tariff.unitMinutes)} ${yuan(tariff.unitFen)} 元`, textEn: `¥${yuan(tariff.unitFen)} per ${spanEn(tariff.unitMinutes)}` }
  const firstIsUnit = tariff.firstMinutes === tariff.unitMinutes && tariff.firstFen === tariff.unitFen
  if (firstIsUnit || tariff.firstMinutes === 0) lines.push(tariff.freeMinutes > 0 ? { text: `之后${unit.text}`, textEn: `Then ${unit.textEn}` } : unit)
  else {
    lines.push({ text: `${tariff.freeMinutes > 0 ? '之后' : ''}首 ${spanZh(tariff.firstMinutes)} ${yuan(tariff.firstFen)} 元`, textEn: `${tariff.freeMinutes > 0 ? 'Then first' : 'First'} ${spanEn(tariff.firstMinutes)} ¥${yuan(tariff.firstFen)}` })
    lines.push({ text: `再${unit.text}`, textEn: `Then ${unit.textEn}` })
  }
  if (tariff.dayCapFen > 0) lines.push({ text: `每 24 小时最高 ${yuan(tariff.dayCapFen)} 元`, textEn: `At most ¥${yuan(tariff.dayCapFen)} per 24 hours` })
  lines.push({ text: `付款后 ${spanZh(tariff.graceMinutes)}内离场`, textEn: `Leave within ${spanEn(tariff.graceMinutes)} of paying` })
  return lines
}

/** Points of the price curve over the first 24 h, one each half hour. */
export const curveOf = (tariff: Tariff): { minutes: number; fen: number }[] =>
  Array.from({ length: 49 }, (_, i) => ({ minutes: i * 30, fen: priceOfStay(tariff, i * 30 * minuteMs) }))
