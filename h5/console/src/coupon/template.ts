import { stateAfter } from '@atrium/shared/coupon/rules.ts'
import type { Permission } from '@atrium/shared/staff/permissions.ts'
import type { Input, Reply, Row } from '../platform/api.ts'
import { text } from '../platform/copy.ts'
import { daySpan } from '../platform/format.ts'
import type { Tone } from '../ui/Tag.vue'

export type Template = Row<'GET /admin/coupon-templates'>
export type TemplateDetail = Reply<'GET /admin/coupon-templates/{templateId}'>
export type TemplateInput = Input<'POST /admin/coupon-templates'>['body']
export type TemplateState = Template['state']
export type Kind = Template['worth']['kind']

export const templateStates: readonly TemplateState[] = ['draft', 'submitted', 'approved', 'published', 'paused', 'ended']
export const kinds: readonly Kind[] = ['cash', 'discount', 'exchange', 'parking', 'gift']

export const stateTone: Record<TemplateState, Tone> = { draft: 'plain', submitted: 'warn', approved: 'info', published: 'good', paused: 'plain', ended: 'plain' }

/** A step in the life of a template, and who may take it. From which states is a rule all faces share. */
export const verbs = ['submit', 'approve', 'return', 'publish', 'pause', 'resume', 'end'] as const
export type Verb = (typeof verbs)[number]
const needs: Record<Verb, Permission> = { submit: 'coupon.edit', approve: 'coupon.approve', return: 'coupon.approve', publish: 'coupon.edit', pause: 'coupon.edit', resume: 'coupon.edit', end: 'coupon.edit' }

/** What can be done with a template now by someone with these permissions; the BFF decides again. */
export const verbsFor = (template: Pick<Template, 'state'>, may: (p: Permission) => boolean): Verb[] =>
  verbs.filter((verb) => stateAfter(template.state, verb) !== null && may(needs[verb]))

/** How a step is called: what nobody could claim yet is discarded, not ended. */
export const verbName = (verb: Verb, template: Pick<Template, 'state'>): string => (verb === 'end' && (template.state === 'draft' || template.state === 'submitted') ? 'discard' : verb)

/** The editor's model: the input with every part of `worth` and `validity` side by side, so that changing the kind forgets nothing. */
export type Draft = {
  title: string; titleEn: string; kind: Kind; amountFen: number | null; minimumSpendFen: number | null; offPerMille: number | null; capFen: number | null; thing: string; thingEn: string; valueFen: number | null; minutes: number | null
  stock: number | null; perMember: number | null; pointsPrice: number | null; minimumTier: Template['minimumTier']; claimFrom: string | null; claimUntil: string | null
  validKind: 'absolute' | 'days'; validFrom: string | null; validUntil: string | null; validDays: number | null; storeIds: string[]; funder: 'mall' | 'tenant'; terms: string; termsEn: string
}

/** A fresh draft: claimable from the next hour for thirty days, valid thirty days from the claim. */
export function newDraft(now: number): Draft {
  const hour = Math.ceil(now / 3_600_000) * 3_600_000
  const iso = (ms: number) => new Date(ms).toISOString()
  return {
    title: '', titleEn: '', kind: 'cash', amountFen: null, minimumSpendFen: null, offPerMille: 200, capFen: 5000, thing: '', thingEn: '', valueFen: null, minutes: 120, stock: 500, perMember: 1, pointsPrice: 0, minimumTier: null,
    claimFrom: iso(hour), claimUntil: iso(hour + 30 * 86_400_000), validKind: 'days', validFrom: iso(hour), validUntil: iso(hour + 45 * 86_400_000), validDays: 30, storeIds: [], funder: 'mall', terms: '', termsEn: '',
  }
}

/** An existing template as the editor's model. */
export function draftOf(template: Template, now: number): Draft {
  const { title, titleEn, stock, perMember, pointsPrice, minimumTier, claimFrom, claimUntil, storeIds, funder, terms, termsEn, worth, validity } = template
  const { kind, ...values } = worth
  return {
    ...newDraft(now), title, titleEn, stock, perMember, pointsPrice, minimumTier, claimFrom, claimUntil, storeIds: [...storeIds], funder, terms, termsEn, kind, ...values,
    ...(validity.kind === 'days' ? { validKind: 'days', validDays: validity.days } : { validKind: 'absolute', validFrom: validity.from, validUntil: validity.until }),
  }
}

/** What `kind` is worth, from the draft's parts. */
export function worthOf(draft: Draft): Template['worth'] {
  switch (draft.kind) {
    case 'cash': return { kind: 'cash', amountFen: draft.amountFen ?? 0, minimumSpendFen: draft.minimumSpendFen ?? 0 }
    case 'discount': return { kind: 'discount', offPerMille: draft.offPerMille ?? 1, capFen: draft.capFen ?? 0, minimumSpendFen: draft.minimumSpendFen ?? 0 }
    case 'parking': return { kind: 'parking', minutes: draft.minutes ?? 0 }
    default: return { kind: draft.kind, thing: draft.thing, thingEn: draft.thingEn, valueFen: draft.valueFen ?? 0 }
  }
}

/** What is sent: exactly the fields of the contract. */
export const inputOf = (draft: Draft): TemplateInput => ({
  title: draft.title.trim(), titleEn: draft.titleEn.trim(), worth: worthOf(draft), stock: draft.stock, perMember: draft.perMember ?? 1, pointsPrice: draft.pointsPrice ?? 0, minimumTier: draft.minimumTier,
  claimFrom: draft.claimFrom!, claimUntil: draft.claimUntil!, validity: draft.validKind === 'days' ? { kind: 'days', days: draft.validDays ?? 1 } : { kind: 'absolute', from: draft.validFrom!, until: draft.validUntil! },
  storeIds: draft.storeIds, funder: draft.funder, terms: draft.terms.trim(), termsEn: draft.termsEn.trim(),
})

/** `11-01 – 11-30` or `领取后 30 天`. */
export const validityText = (validity: Template['validity']): string => (validity.kind === 'days' ? text('coupon.days', { n: validity.days }) : daySpan(validity.from, validity.until))

/** 全场, 松间火锅, or 松间火锅 等 3 家. */
export const shopsText = (names: readonly string[]): string => (names.length === 0 ? text('coupon.mallShops') : names.length === 1 ? names[0]! : text('coupon.shopsOf', { first: names[0], n: names.length }))
