import { text } from '@/i18n'
import { businessDay } from '@atrium/shared/time.ts'
import { mallTime } from '@/platform/clock'
import { clockTime, grouped, moment } from '@/ui/format'
import type { Template } from './worth'

/** What the button of a template says and does; a button that cannot act says what stops one. */
export type ClaimButton = { kind: 'take' | 'price' | 'ghost' | 'off'; text: string; act: 'claim' | 'use' | 'none' }

const stopped = (words: string): ClaimButton => ({ kind: 'off', text: words, act: 'none' })

/** `10:00` when it opens today, else with its day. */
const opening = (iso: string, now: Date): string => (businessDay(new Date(iso)) === businessDay(now) ? clockTime(iso) : moment(iso, now))

/** The button for `template` as the server sees this visitor now. */
export function claimButton(template: Template, short = false): ClaimButton {
  const ready = template.pointsPrice > 0
    ? { kind: 'price', text: text(short ? 'coupon.pointsShort' : 'coupon.points', { n: grouped(template.pointsPrice) }), act: 'claim' } as const
    : { kind: 'take', text: text('coupon.claim'), act: 'claim' } as const
  if (template.obstacle === null) return ready
  if (template.owned > 0 && template.obstacle === 'coupon_limit_reached') return { kind: 'ghost', text: text('coupon.use'), act: 'use' }
  if (template.obstacle === 'coupon_not_started') return { kind: 'price', text: text('coupon.opens', { time: opening(template.claimFrom, new Date(mallTime())) }), act: 'none' }
  if (template.obstacle === 'points_insufficient') return stopped(short ? text('coupon.pointsShort', { n: grouped(template.pointsPrice) }) : text('coupon.points', { n: grouped(template.pointsPrice) }))
  if (template.obstacle === 'coupon_tier_too_low' && template.minimumTier) return stopped(text('coupon.tier', { tier: text(`common.tier.${template.minimumTier}`) }))
  const words: Record<string, string> = { coupon_sold_out: 'coupon.soldOut', coupon_ended: 'coupon.ended', coupon_paused: 'coupon.paused', coupon_limit_reached: 'coupon.limit' }
  // A guest meets `unauthenticated`: the button works and leads to joining.
  return template.obstacle === 'unauthenticated' ? ready : stopped(text(words[template.obstacle] ?? `refusal.${template.obstacle}`))
}
