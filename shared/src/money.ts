/**
 * Formats fen as yuan with two decimals and grouped thousands, `-` as U+2212: 128050 → `1,280.50`.
 * Refuses a value that is not a safe integer: money never passes through fractions.
 */
export function formatFen(fen: number): string {
  if (!Number.isSafeInteger(fen)) throw new RangeError(`not an amount in fen: ${fen}`)
  const abs = Math.abs(fen)
  const yuan = String(Math.floor(abs / 100)).replace(/\B(?=(\d{3})+$)/g, ',')
  return `${fen < 0 ? '−' : ''}${yuan}.${String(abs % 100).padStart(2, '0')}`
}

/** Fen as the plain yuan string of provider protocols: 128050 → `1280.50`. Refuses negative and fractional values. */
export function fenToYuan(fen: number): string {
  if (!Number.isSafeInteger(fen) || fen < 0) throw new RangeError(`not a payable amount in fen: ${fen}`)
  return `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`
}

/** Yuan string of a provider (`12`, `12.3`, `12.30`) as fen; null when it is not one. */
export function yuanToFen(yuan: string): number | null {
  const match = /^(\d{1,10})(?:\.(\d{1,2}))?$/.exec(yuan)
  return match ? Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0')) : null
}

/**
 * Splits `totalFen` over `weights` by largest remainder: parts are integers, sum to the total, and a zero weight gets nothing.
 * Refuses negative input and weights that sum to 0 while there is something to split.
 */
export function splitFen(totalFen: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((a, b) => a + b, 0)
  if (!Number.isSafeInteger(totalFen) || totalFen < 0 || weights.some((w) => w < 0)) throw new RangeError('split of a negative or fractional amount')
  if (sum === 0) {
    if (totalFen > 0) throw new RangeError('nothing to split over')
    return weights.map(() => 0)
  }
  // Whole numbers only: total × weight may pass 2^53, so the division runs on BigInt.
  const scale = 1_000_000
  const scaled = weights.map((w) => BigInt(Math.round(w * scale)))
  const whole = scaled.reduce((a, b) => a + b, 0n)
  const shares = scaled.map((w, i) => ({ i, floor: (BigInt(totalFen) * w) / whole, rest: (BigInt(totalFen) * w) % whole }))
  let left = totalFen - Number(shares.reduce((a, s) => a + s.floor, 0n))
  const parts = shares.map((s) => Number(s.floor))
  for (const s of [...shares].sort((a, b) => (b.rest > a.rest ? 1 : b.rest < a.rest ? -1 : a.i - b.i))) {
    if (left === 0) break
    parts[s.i]! += 1
    left -= 1
  }
  return parts
}
