export type Lot = { lotId: string; remaining: number; expiresAt: Date }

/**
 * Which lots give `amount`: `first` (the lot a refund belongs to) before others, then what expires soonest. Answers the takings and what no lot could
 * give (`short`: a debt, or a refusal, as the caller decides).
 */
export function takeFromLots(lots: readonly Lot[], amount: number, first: string | null = null): { takings: { lotId: string; amount: number }[]; short: number } {
  const order = [...lots].sort((a, b) => Number(b.lotId === first) - Number(a.lotId === first) || a.expiresAt.getTime() - b.expiresAt.getTime() || (a.lotId < b.lotId ? -1 : 1))
  const takings: { lotId: string; amount: number }[] = []
  let short = amount
  for (const lot of order) {
    const taken = Math.min(short, lot.remaining)
    if (taken > 0) takings.push({ lotId: lot.lotId, amount: taken })
    short -= taken
  }
  return { takings, short }
}
