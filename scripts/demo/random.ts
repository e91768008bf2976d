/** Numbers from a seed: the same seed gives the same mall on every machine. */
export interface Random {
  /** From 0 up to 1. */
  next: () => number
  /** Whole number from `from` to `to`, both included. */
  int: (from: number, to: number) => number
  pick: <T>(list: readonly T[]) => T
  /** One of the entries, each as likely as its weight. */
  weighted: <T>(entries: readonly (readonly [T, number])[]) => T
  chance: (probability: number) => boolean
  shuffle: <T>(list: readonly T[]) => T[]
  /** Around `mean`, bell-shaped, within three deviations. */
  bell: (mean: number, deviation: number) => number
  bytes: (count: number) => Buffer
  digits: (count: number) => string
}

/** The generator of `seed` (mulberry32). Not for secrets. */
export const randomOf = (seed: number): Random => {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  const int = (from: number, to: number) => from + Math.floor(next() * (to - from + 1))
  const pick = <T>(list: readonly T[]): T => list[int(0, list.length - 1)]!
  const weighted = <T>(entries: readonly (readonly [T, number])[]): T => {
    let left = next() * entries.reduce((sum, [, weight]) => sum + weight, 0)
    for (const [value, weight] of entries) {
      left -= weight
      if (left < 0) return value
    }
    return entries.at(-1)![0]
  }
  const shuffle = <T>(list: readonly T[]): T[] => {
    const copy = [...list]
    for (let i = copy.length - 1; i > 0; i -= 1) {
      const j = int(0, i)
      ;[copy[i], copy[j]] = [copy[j]!, copy[i]!]
    }
    return copy
  }
  return {
    next, int, pick, weighted, shuffle,
    chance: probability => next() < probability,
    bell: (mean, deviation) => mean + (next() + next() + next() + next() + next() + next() - 3) * deviation * Math.SQRT2,
    bytes: count => Buffer.from(Array.from({ length: count }, () => int(0, 255))),
    digits: count => Array.from({ length: count }, () => int(0, 9)).join(''),
  }
}

const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** ULIDs whose time is given and whose rest comes from the seed; two of one millisecond differ by 75 random bits. */
export const idsOf = (random: Random) => (at: Date): string => {
  let ms = at.getTime()
  let time = ''
  for (let i = 0; i < 10; i += 1) {
    time = letters[ms % 32]! + time
    ms = Math.floor(ms / 32)
  }
  return time + Array.from({ length: 16 }, () => letters[random.int(0, 31)]).join('')
}
