import type { z } from 'zod'
import { type Tier, tierReaches } from '../member/rules.ts'
import type { RefusalCode } from '../refusal.ts'
import { addDays, businessDay, dayMs, startOfBusinessDay } from '../time.ts'
import type { couponStates, templateStates, TemplateInput as InputSchema, Validity as ValiditySchema, Worth as WorthSchema } from './contract.ts'

export type Worth = z.output<typeof WorthSchema>
export type Validity = z.output<typeof ValiditySchema>
export type TemplateInput = z.output<typeof InputSchema>
export type CouponState = (typeof couponStates)[number]
export type TemplateState = (typeof templateStates)[number]

/** A coupon that ends within this time is shown as about to expire. */
export const soonMs = 3 * dayMs

/** What a claimer brings; null for a guest, who is told only what stops everybody. */
export type Claimer = { owned: number; tier: Tier; points: number } | null
export type Claimable = { state: TemplateState; claimFrom: Date; claimUntil: Date; remaining: number | null; perMember: number; minimumTier: Tier | null; pointsPrice: number }

/** The refusal that a claim would meet now, or null. What cannot change by waiting or saving comes before what can. */
export function claimObstacle(template: Claimable, claimer: Claimer, now: Date): RefusalCode | null {
  if (template.state === 'ended' || now >= template.claimUntil) return 'coupon_ended'
  if (template.state !== 'published') return 'coupon_paused'
  if (now < template.claimFrom) return 'coupon_not_started'
  if (claimer && claimer.owned >= template.perMember) return 'coupon_limit_reached'
  if (template.remaining !== null && template.remaining <= 0) return 'coupon_sold_out'
  if (claimer && !tierReaches(claimer.tier, template.minimumTier)) return 'coupon_tier_too_low'
  if (claimer && claimer.points < template.pointsPrice) return 'points_insufficient'
  return null
}

/** From when until when (exclusive) a coupon claimed now is valid. `days` counts whole business days after the day of the claim. */
export function validityFrom(validity: Validity, now: Date): { validFrom: Date; validUntil: Date } {
  if (validity.kind === 'absolute') return { validFrom: new Date(validity.from), validUntil: new Date(validity.until) }
  return { validFrom: now, validUntil: startOfBusinessDay(addDays(businessDay(now), validity.days + 1)) }
}

/** The state that counts now: a job stores `expired` later, but a coupon past its end has expired already. */
export const stateAt = (coupon: { state: CouponState; validUntil: Date }, now: Date): CouponState =>
  coupon.state === 'available' && coupon.validUntil <= now ? 'expired' : coupon.state

/** Whether to remind: it is available and ends soon. */
export const expiresSoon = (coupon: { state: CouponState; validUntil: Date }, now: Date): boolean =>
  stateAt(coupon, now) === 'available' && coupon.validUntil.getTime() - now.getTime() <= soonMs

const byState: Record<CouponState, RefusalCode | null> = { available: null, locked: 'coupon_locked', redeemed: 'coupon_redeemed', expired: 'coupon_expired', void: 'coupon_void' }

/**
 * The refusal that a redemption at `storeId` would meet, or null. An empty list of stores means all; a parking coupon is good at car parks
 * alone (`place` tells which kind of place asks), and other coupons are good at shops alone.
 */
export function redeemObstacle(coupon: { state: CouponState; validFrom: Date; validUntil: Date; kind: Worth['kind']; storeIds: readonly string[] }, at: { place: 'store' | 'car_park'; storeId: string }, now: Date): RefusalCode | null {
  const state = byState[stateAt(coupon, now)]
  if (state) return state
  if (now < coupon.validFrom) return 'coupon_not_yet_valid'
  if ((coupon.kind === 'parking') !== (at.place === 'car_park')) return 'store_not_allowed'
  return coupon.storeIds.length === 0 || coupon.storeIds.includes(at.storeId) ? null : 'store_not_allowed'
}

/** Value of one redemption in fen as far as the coupon itself knows it: a discount counts its cap, parking what the payment says. */
export function valueOf(worth: Worth): number {
  switch (worth.kind) {
    case 'cash': return worth.amountFen
    case 'discount': return worth.capFen
    case 'exchange':
    case 'gift': return worth.valueFen
    case 'parking': return 0
  }
}

/** The most that a template can cost when every coupon is redeemed; null when there is no end to it (no stock limit, or parking by the minute). */
export const costCeilingFen = (worth: Worth, stock: number | null): number | null => (stock === null || worth.kind === 'parking' ? null : Math.min(valueOf(worth) * stock, 100_000_000_00))

export type TemplateAct = 'edit' | 'submit' | 'approve' | 'return' | 'publish' | 'pause' | 'resume' | 'end'

/** The declared edges of a template's life. Changing what was approved begins a new version, as a draft. */
const edges: Record<TemplateAct, { from: readonly TemplateState[]; to: TemplateState }> = {
  edit: { from: ['draft', 'approved', 'paused'], to: 'draft' },
  submit: { from: ['draft'], to: 'submitted' },
  approve: { from: ['submitted'], to: 'approved' },
  return: { from: ['submitted'], to: 'draft' },
  publish: { from: ['approved'], to: 'published' },
  pause: { from: ['published'], to: 'paused' },
  resume: { from: ['paused'], to: 'published' },
  end: { from: ['draft', 'submitted', 'approved', 'published', 'paused'], to: 'ended' },
}

/** The state after `act`, or null when a template in `state` does not know it. */
export const stateAfter = (state: TemplateState, act: TemplateAct): TemplateState | null => (edges[act].from.includes(state) ? edges[act].to : null)

/** Nobody approves or returns what they submitted or wrote. */
export const ownTemplate = (template: { createdById: string; submittedById: string | null }, staffId: string): boolean => template.createdById === staffId || template.submittedById === staffId

/** What makes no sense in a template, as JSON pointers into the body. */
export function templateFaults(input: TemplateInput): { pointer: string; detail: string }[] {
  const faults: { pointer: string; detail: string }[] = []
  if (Date.parse(input.claimUntil) <= Date.parse(input.claimFrom)) faults.push({ pointer: '#/body/claimUntil', detail: 'ends before it starts' })
  if (input.validity.kind === 'absolute') {
    if (Date.parse(input.validity.until) <= Date.parse(input.validity.from)) faults.push({ pointer: '#/body/validity/until', detail: 'ends before it starts' })
    else if (Date.parse(input.validity.until) < Date.parse(input.claimUntil)) faults.push({ pointer: '#/body/validity/until', detail: 'coupons would be claimed after they expired' })
  }
  if (input.worth.kind === 'cash' && input.worth.minimumSpendFen > 0 && input.worth.amountFen > input.worth.minimumSpendFen) faults.push({ pointer: '#/body/worth/amountFen', detail: 'takes off more than must be spent' })
  if (input.worth.kind === 'parking' && input.storeIds.length > 0 && input.funder === 'tenant') faults.push({ pointer: '#/body/storeIds', detail: 'a parking coupon names car parks, and the mall funds it' })
  if (input.stock !== null && input.perMember > input.stock) faults.push({ pointer: '#/body/perMember', detail: 'more for each member than there are' })
  return faults
}

const printed = (value: unknown): string => (value === null ? '∞' : typeof value === 'object' ? JSON.stringify(value) : String(value))
const compared = ['title', 'titleEn', 'worth', 'stock', 'perMember', 'pointsPrice', 'minimumTier', 'claimFrom', 'claimUntil', 'validity', 'storeIds', 'funder', 'terms', 'termsEn'] as const

/** The fields in which `after` differs from what is in force; all of them when nothing is. */
export const differenceOf = (before: TemplateInput | null, after: TemplateInput): { field: string; before: string | null; after: string }[] =>
  compared.filter((field) => before === null || printed(before[field]) !== printed(after[field])).map((field) => ({ field, before: before && printed(before[field]), after: printed(after[field]) }))

/** A redemption can be restored on its business day, once. */
export const restorable = (redemption: { state: 'redeemed' | 'restored'; at: Date; paymentId: string | null }, now: Date): boolean =>
  redemption.state === 'redeemed' && redemption.paymentId === null && businessDay(redemption.at) === businessDay(now)
