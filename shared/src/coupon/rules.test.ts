import { expect, test } from 'vitest'
import { type TemplateInput, claimObstacle, costCeilingFen, differenceOf, expiresSoon, ownTemplate, redeemObstacle, restorable, stateAfter, stateAt, templateFaults, validityFrom, valueOf } from './rules.ts'

const now = new Date('2026-11-20T04:00:00.000Z')
const later = (ms: number) => new Date(now.getTime() + ms)
const day = 86_400_000

const open = { state: 'published', claimFrom: later(-day), claimUntil: later(day), remaining: 10, perMember: 1, minimumTier: null, pointsPrice: 0 } as const
const lin = { owned: 0, tier: 'gold', points: 100 } as const
test.each([
  ['open to all', {}, lin, null],
  ['open to a guest', {}, null, null],
  ['not started', { claimFrom: later(1) }, lin, 'coupon_not_started'],
  ['starting now', { claimFrom: now }, lin, null],
  ['window over', { claimUntil: now }, lin, 'coupon_ended'],
  ['ended by hand', { state: 'ended' }, lin, 'coupon_ended'],
  ['paused', { state: 'paused' }, lin, 'coupon_paused'],
  ['being changed', { state: 'draft' }, lin, 'coupon_paused'],
  ['sold out', { remaining: 0 }, lin, 'coupon_sold_out'],
  ['without limit', { remaining: null }, lin, null],
  ['had one already', {}, { ...lin, owned: 1 }, 'coupon_limit_reached'],
  ['had one, and it is sold out: one is not told to wait for more', { remaining: 0 }, { ...lin, owned: 1 }, 'coupon_limit_reached'],
  ['for crimson', { minimumTier: 'crimson' }, lin, 'coupon_tier_too_low'],
  ['for gold', { minimumTier: 'gold' }, lin, null],
  ['for 100 points', { pointsPrice: 100 }, lin, null],
  ['for 101 points', { pointsPrice: 101 }, lin, 'points_insufficient'],
  ['for points, asked by a guest', { pointsPrice: 101, minimumTier: 'crimson' }, null, null],
] as const)('claim %s → %s', (_name, change, claimer, obstacle) => {
  expect(claimObstacle({ ...open, ...change }, claimer, now)).toBe(obstacle)
})

test.each([
  ['absolute', { kind: 'absolute', from: '2026-12-01T00:00:00.000Z', until: '2026-12-31T16:00:00.000Z' }, '2026-12-01T00:00:00.000Z', '2026-12-31T16:00:00.000Z'],
  ['one day: to the end of tomorrow', { kind: 'days', days: 1 }, now.toISOString(), '2026-11-21T16:00:00.000Z'],
  ['thirty days', { kind: 'days', days: 30 }, now.toISOString(), '2026-12-20T16:00:00.000Z'],
] as const)('validity %s', (_name, validity, from, until) => {
  const span = validityFrom(validity, now)
  expect([span.validFrom.toISOString(), span.validUntil.toISOString()]).toEqual([from, until])
})

const coupon = { state: 'available', validFrom: later(-day), validUntil: later(day), kind: 'cash', storeIds: ['S1', 'S2'] } as const
const at = (storeId: string, place: 'store' | 'car_park' = 'store') => ({ place, storeId })
test.each([
  ['at its store', {}, at('S1'), null],
  ['at another', {}, at('S3'), 'store_not_allowed'],
  ['good everywhere', { storeIds: [] }, at('S3'), null],
  ['before its time', { validFrom: later(1) }, at('S1'), 'coupon_not_yet_valid'],
  ['in its last moment', { validUntil: later(1) }, at('S1'), null],
  ['at its end', { validUntil: now }, at('S1'), 'coupon_expired'],
  ['redeemed', { state: 'redeemed', validUntil: now }, at('S1'), 'coupon_redeemed'],
  ['locked by a payment', { state: 'locked' }, at('S1'), 'coupon_locked'],
  ['void', { state: 'void' }, at('S1'), 'coupon_void'],
  ['parking coupon at a shop', { kind: 'parking', storeIds: [] }, at('S1'), 'store_not_allowed'],
  ['parking coupon at a car park', { kind: 'parking', storeIds: [] }, at('P1', 'car_park'), null],
  ['parking coupon of another car park', { kind: 'parking', storeIds: ['P2'] }, at('P1', 'car_park'), 'store_not_allowed'],
  ['shop coupon at a car park', { storeIds: [] }, at('P1', 'car_park'), 'store_not_allowed'],
] as const)('redeem %s → %s', (_name, change, place, obstacle) => {
  expect(redeemObstacle({ ...coupon, ...change }, place, now)).toBe(obstacle)
})

test('what is past its end has expired, before any job says so; what was redeemed stays redeemed', () => {
  expect(stateAt({ state: 'available', validUntil: now }, now)).toBe('expired')
  expect(stateAt({ state: 'redeemed', validUntil: now }, now)).toBe('redeemed')
  expect(expiresSoon({ state: 'available', validUntil: later(3 * day) }, now)).toBe(true)
  expect(expiresSoon({ state: 'available', validUntil: later(3 * day + 1) }, now)).toBe(false)
  expect(expiresSoon({ state: 'redeemed', validUntil: later(day) }, now)).toBe(false)
})

test.each([
  [{ kind: 'cash', amountFen: 5_000, minimumSpendFen: 20_000 }, 5_000, 500_000],
  [{ kind: 'discount', offPerMille: 250, capFen: 6_000, minimumSpendFen: 0 }, 6_000, 600_000],
  [{ kind: 'exchange', thing: '拿铁', thingEn: 'Latte', valueFen: 3_000 }, 3_000, 300_000],
  [{ kind: 'gift', thing: '布袋', thingEn: 'Bag', valueFen: 0 }, 0, 0],
  [{ kind: 'parking', minutes: 120 }, 0, null],
] as const)('%o is worth %i, a hundred cost at most %s', (worth, value, ceiling) => {
  expect(valueOf(worth)).toBe(value)
  expect(costCeilingFen(worth, 100)).toBe(ceiling)
  expect(costCeilingFen(worth, null)).toBeNull()
})

test.each([
  ['draft', 'submit', 'submitted'], ['draft', 'edit', 'draft'], ['draft', 'publish', null], ['draft', 'approve', null],
  ['submitted', 'approve', 'approved'], ['submitted', 'return', 'draft'], ['submitted', 'edit', null], ['submitted', 'publish', null],
  ['approved', 'publish', 'published'], ['approved', 'edit', 'draft'], ['approved', 'approve', null],
  ['published', 'pause', 'paused'], ['published', 'edit', null], ['published', 'end', 'ended'],
  ['paused', 'resume', 'published'], ['paused', 'edit', 'draft'], ['ended', 'resume', null], ['ended', 'end', null],
] as const)('a %s template, %s → %s', (state, act, after) => {
  expect(stateAfter(state, act)).toBe(after)
})

test('nobody approves their own, written or submitted', () => {
  expect(ownTemplate({ createdById: 'A', submittedById: 'B' }, 'A')).toBe(true)
  expect(ownTemplate({ createdById: 'A', submittedById: 'B' }, 'B')).toBe(true)
  expect(ownTemplate({ createdById: 'A', submittedById: 'B' }, 'C')).toBe(false)
})

const input: TemplateInput = {
  title: '五十元券', titleEn: '50 off', worth: { kind: 'cash', amountFen: 5_000, minimumSpendFen: 20_000 }, stock: 500, perMember: 1, pointsPrice: 0, minimumTier: null,
  claimFrom: '2026-11-20T00:00:00.000Z', claimUntil: '2026-12-20T00:00:00.000Z', validity: { kind: 'days', days: 7 }, storeIds: [], funder: 'mall', terms: '', termsEn: '',
}
test.each([
  ['sound', {}, []],
  ['window upside down', { claimUntil: input.claimFrom }, ['#/body/claimUntil']],
  ['validity upside down', { validity: { kind: 'absolute', from: input.claimUntil, until: input.claimFrom } }, ['#/body/validity/until']],
  ['claimed after expiry', { validity: { kind: 'absolute', from: input.claimFrom, until: '2026-12-01T00:00:00.000Z' } }, ['#/body/validity/until']],
  ['more off than spent', { worth: { kind: 'cash', amountFen: 5_000, minimumSpendFen: 4_000 } }, ['#/body/worth/amountFen']],
  ['no minimum', { worth: { kind: 'cash', amountFen: 5_000, minimumSpendFen: 0 } }, []],
  ['more each than there are', { perMember: 600 }, ['#/body/perMember']],
] as const)('template %s', (_name, change, pointers) => {
  expect(templateFaults({ ...input, ...change } as TemplateInput).map((f) => f.pointer)).toEqual(pointers)
})

test('a difference names the fields that changed, or all when nothing is in force', () => {
  expect(differenceOf(input, { ...input, stock: null, title: '六十元券' })).toEqual([{ field: 'title', before: '五十元券', after: '六十元券' }, { field: 'stock', before: '500', after: '∞' }])
  expect(differenceOf(null, input)).toHaveLength(14)
})

test.each([
  ['the same business day', '2026-11-20T15:59:59.999Z', { state: 'redeemed', paymentId: null }, true],
  ['the next', '2026-11-20T16:00:00.000Z', { state: 'redeemed', paymentId: null }, false],
  ['already restored', '2026-11-20T05:00:00.000Z', { state: 'restored', paymentId: null }, false],
  ['used in a payment', '2026-11-20T05:00:00.000Z', { state: 'redeemed', paymentId: 'P' }, false],
] as const)('restore on %s', (_name, when, redemption, expected) => {
  expect(restorable({ ...redemption, at: now }, new Date(when))).toBe(expected)
})
