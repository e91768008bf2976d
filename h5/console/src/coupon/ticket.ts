import { text } from '../platform/copy.ts'
import { count, daySpan } from '../platform/format.ts'
import { conditionText, either, ticketValue } from '../platform/names.ts'
import type { TicketLook } from '../ui/PhoneTicketPreview.vue'
import { shopsText, validityText, worthOf, type Draft } from './template.ts'

/** The ticket as a member will see it, from the draft as it stands; `unit` is where the only shop is, when it is only one. */
export function lookOf(draft: Draft, storeNames: readonly string[], unit: string | null, claimed: number): TicketLook {
  const worth = worthOf(draft)
  const validity = draft.validKind === 'days' ? ({ kind: 'days', days: draft.validDays ?? 0 } as const) : ({ kind: 'absolute', from: draft.validFrom ?? '', until: draft.validUntil ?? '' } as const)
  return {
    title: text('coupon.previewTitle'), logo: null, shop: storeNames.length === 1 ? storeNames[0]! : text('coupon.mallName'), place: unit ?? (storeNames.length === 0 ? text('coupon.allShops') : shopsText(storeNames)),
    ...ticketValue(worth), condition: [either(draft.title, draft.titleEn), conditionText(worth)].filter(Boolean).join(' · '),
    facts: [
      { label: text('coupon.factTime'), value: daySpan(draft.claimFrom, draft.claimUntil) },
      { label: text('coupon.factValid'), value: validity.kind === 'absolute' && !(validity.from && validity.until) ? '—' : validityText(validity) },
      { label: text('coupon.factEach'), value: text('coupon.factEachValue', { n: draft.perMember ?? '…' }) },
      ...(draft.pointsPrice ? [{ label: text('coupon.factPrice'), value: text('coupon.points', { n: count(draft.pointsPrice) }) }] : []),
    ],
    button: text('coupon.previewTake'), left: draft.stock === null ? text('coupon.previewAny') : text('coupon.previewLeft', { n: count(Math.max(0, draft.stock - claimed)) }),
  }
}
