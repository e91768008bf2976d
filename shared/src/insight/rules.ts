export type HourCount = { hour: number; count: number }

/** Counts of each hour from 0 to `until` (not included), missing hours as 0. */
export const spread = (rows: readonly HourCount[], until: number): number[] => Array.from({ length: until }, (_, hour) => rows.find((r) => r.hour === hour)?.count ?? 0)

export const total = (rows: readonly HourCount[]): number => rows.reduce((sum, r) => sum + r.count, 0)

/** How many are inside at the end of each hour, when `before` were inside at its beginning. */
export function insideByHour(before: number, entries: readonly HourCount[], exits: readonly HourCount[], until: number): number[] {
  const [came, went] = [spread(entries, until), spread(exits, until)]
  let inside = before
  return came.map((count, hour) => (inside = Math.max(0, inside + count - went[hour]!)))
}

/** A stock of coupons that is about to run out: less than a tenth of it is left. */
export const runsLow = (stock: number | null, claimed: number): boolean => stock !== null && stock - claimed > 0 && (stock - claimed) * 10 < stock
