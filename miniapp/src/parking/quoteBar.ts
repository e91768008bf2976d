import type { Reply } from '@atrium/shared/contracts.ts'
import { minuteMs } from '@atrium/shared/time.ts'
import type { BarPart } from '@/ui/ParkingBar.vue'

export type Quote = Reply<'POST /api/parking/sessions/{parkingId}/quote'>
export type Bar = { parts: BarPart[]; now: number; marks: { at: number; ms: number }[] }

/** The share of the bar that a clock time with some air takes, in letters of either size. */
const labels = { plain: 0.12, elder: 0.18 }

/**
 * The bar of a stay: parts with minutes in their order, from the entry to where the last of them ends; `now` and the marks are fractions of it.
 * Null when no part covers time (a stay within the free minutes of which nothing is known yet).
 */
export function quoteBar(quote: Pick<Quote, 'parts' | 'stayMinutes'>, entryAt: string, elder = false): Bar | null {
  const covering = quote.parts.filter((part) => part.minutes > 0)
  const covered = covering.reduce((sum, part) => sum + part.minutes, 0)
  if (covered === 0) return null
  const whole = Math.max(covered, quote.stayMinutes)
  const entry = Date.parse(entryAt)
  let passed = 0
  const edges = covering.map((part) => (passed += part.minutes) / whole)
  // The first and the last time stand inside the bar and not around their mark, so they reach further.
  const label = elder ? labels.elder : labels.plain
  const inner = [0, ...edges.slice(0, -1)].filter((at, i, all) => i === 0 || (at - (all[i - 1] ?? 0) >= (i === 1 ? 1.5 : 1) * label && 1 - at >= 1.5 * label))
  const marks = [...inner, 1].map((at) => ({ at, ms: entry + at * whole * minuteMs }))
  return { parts: covering.map((part) => ({ kind: part.kind, share: part.minutes / whole })), now: Math.min(1, quote.stayMinutes / whole), marks }
}
