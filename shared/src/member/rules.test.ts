import { expect, test } from 'vitest'
import { benefitsOf, nextTier, tierFor, tierReaches } from './rules.ts'

test.each([[0, 'silver'], [2_999, 'silver'], [3_000, 'gold'], [9_999, 'gold'], [10_000, 'crimson'], [1_000_000, 'crimson']] as const)('growth of %i is %s', (growth, tier) => {
  expect(tierFor(growth)).toBe(tier)
})

test.each([
  ['silver', 0, { tier: 'gold', growthNeeded: 3_000 }],
  ['gold', 6_420, { tier: 'crimson', growthNeeded: 3_580 }],
  ['crimson', 12_000, null],
  // A tier kept by grace while growth fell, or growth counted before the tier moved: never a negative number.
  ['silver', 3_100, { tier: 'gold', growthNeeded: 0 }],
] as const)('%s with growth %i looks up to %o', (tier, growth, next) => {
  expect(nextTier(tier, growth)).toEqual(next)
})

test.each([['silver', null, true], ['silver', 'silver', true], ['silver', 'gold', false], ['crimson', 'gold', true]] as const)('%s reaches %s: %s', (tier, minimum, reaches) => {
  expect(tierReaches(tier, minimum)).toBe(reaches)
})

test('a higher tier never gives less', () => {
  expect(benefitsOf('silver').parkingHours).toBeLessThan(benefitsOf('gold').parkingHours)
  expect(benefitsOf('gold').pointsPerMille).toBeLessThan(benefitsOf('crimson').pointsPerMille)
})
