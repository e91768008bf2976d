import type { Reply } from '@atrium/shared/contracts.ts'
import { minuteMs } from '@atrium/shared/time.ts'
import type { BarPart } from '@/ui/ParkingBar.vue'

export type Quote = Reply<'POST /api/parking/sessions/{parkingId}/quote'>
export type Bar = { parts: BarPart[]; now: number; marks: { at: number; ms: number }[] }

/** Two clock times closer than this share of the bar would overlap. */
const closest = 0.12

/**
 * The bar of a stay: parts with minutes in their order, from the entry to where the last of them ends; `now` and the marks are fractions of it.
 * Null when no part covers time (a stay within the free minutes of which nothing is known yet).
 */
export function quoteBar(quote: Pick<Quote, 'parts' | 'stayMinutes'>, entryAt: string): Bar | null {
  const covering = quote.parts.filter((part) => part.minutes > 0)
  const covered = covering.reduce((sum, part) => sum + part.minutes, 0)
  if (covered === 0) return null
  const whole = Math.max(covered, quote.stayMinutes)
  const entry = Date.parse(entryAt)
  let passed = 0
  const edges = covering.map((part) => (passed += part.minutes) / whole)
  const inner = [0, ...edges.slice(0, -1)].filter((at, i, all) => i === 0 || (at - (all[i - 1] ?? 0) >= closest && 1 - at >= closest))
  const marks = [...inner, 1].map((at) => ({ at, ms: entry + at * whole * minuteMs }))
  return { parts: covering.map((part) => ({ kind: part.kind, share: part.minutes / whole })), now: Math.min(1, quote.stayMinutes / whole), marks }
}
