import type { tiers } from './contract.ts'

/** 银桂 silver, 金桂 gold, 丹桂 crimson. */
export type Tier = (typeof tiers)[number]

/** What each tier asks (growth over the last twelve months, one for each yuan paid) and gives. */
export const tierTable = [
  { tier: 'silver', growth: 0, pointsPerMille: 1000, parkingHours: 1, name: '银桂', nameEn: 'Silver' },
  { tier: 'gold', growth: 3_000, pointsPerMille: 1500, parkingHours: 2, name: '金桂', nameEn: 'Gold' },
  { tier: 'crimson', growth: 10_000, pointsPerMille: 2000, parkingHours: 3, name: '丹桂', nameEn: 'Crimson' },
] as const satisfies readonly { tier: Tier; growth: number; pointsPerMille: number; parkingHours: number; name: string; nameEn: string }[]

/** Growth counts for this long. */
export const growthLifeDays = 365

const rank = (tier: Tier): number => tierTable.findIndex((row) => row.tier === tier)

/** Threshold and benefits of a tier. */
export const benefitsOf = (tier: Tier): (typeof tierTable)[number] => tierTable[rank(tier)]!

/** The tier that `growth` reaches. */
export const tierFor = (growth: number): Tier => [...tierTable].reverse().find((row) => growth >= row.growth)?.tier ?? 'silver'

/** The tier above and how much growth it still needs; null at the top. */
export function nextTier(tier: Tier, growth: number): { tier: Tier; growthNeeded: number } | null {
  const above = tierTable[rank(tier) + 1]
  return above ? { tier: above.tier, growthNeeded: Math.max(0, above.growth - growth) } : null
}

/** Whether `tier` is `minimum` or above; no minimum lets everyone in. */
export const tierReaches = (tier: Tier, minimum: Tier | null): boolean => minimum === null || rank(tier) >= rank(minimum)
