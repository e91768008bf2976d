import { templateFaults } from '@atrium/shared/coupon/rules.ts'
import { text } from '../platform/copy.ts'
import type { Field, Section } from '../ui/form/spec.ts'
import type { Option } from '../ui/list/spec.ts'
import { inputOf, kinds, type Draft } from './template.ts'

const isThing = (d: Draft) => d.kind === 'exchange' || d.kind === 'gift'
const hasMinimum = (d: Draft) => d.kind === 'cash' || d.kind === 'discount'
/** `message` when the rule all faces share finds a fault at `pointer`, the place in what is sent. */
const sound = (pointer: string, message: string) => (d: Draft) => (templateFaults(inputOf(d)).some((fault) => fault.pointer === `#/body/${pointer}`) ? message : null)

/** Every field of the editor, by key: the form at the top and the pills of the rules take theirs from here. */
export function fieldsOf(stores: () => readonly Option[]): { [K in keyof Draft]: Field<Draft> } {
  return {
    title: { key: 'title', label: 'coupon.title', kind: 'text', required: true, min: 2, max: 24 },
    titleEn: { key: 'titleEn', label: 'coupon.titleEn', kind: 'text', required: true, min: 2, max: 60 },
    kind: { key: 'kind', label: 'coupon.kind', kind: 'cards', required: true, wide: true, options: () => kinds.map((value) => ({ value, label: text(`name.kind.${value}`) })) },
    amountFen: { key: 'amountFen', label: 'coupon.amount', kind: 'money', required: true, min: 1, max: 1_000_000_00, visible: (d) => d.kind === 'cash', check: sound('worth/amountFen', 'coupon.checkOff') },
    minimumSpendFen: { key: 'minimumSpendFen', label: 'coupon.minimum', kind: 'money', min: 0, max: 1_000_000_00, visible: hasMinimum },
    offPerMille: { key: 'offPerMille', label: 'coupon.off', kind: 'number', unit: 'coupon.perMille', required: true, min: 1, max: 999, visible: (d) => d.kind === 'discount' },
    capFen: { key: 'capFen', label: 'coupon.cap', kind: 'money', required: true, min: 1, visible: (d) => d.kind === 'discount' },
    thing: { key: 'thing', label: 'coupon.thing', kind: 'text', required: true, max: 30, visible: isThing },
    thingEn: { key: 'thingEn', label: 'coupon.thingEn', kind: 'text', required: true, max: 60, visible: isThing },
    valueFen: { key: 'valueFen', label: 'coupon.value', kind: 'money', required: true, min: 1, visible: isThing },
    minutes: { key: 'minutes', label: 'coupon.minutes', kind: 'number', unit: 'coupon.minutesUnit', required: true, min: 10, max: 1440, visible: (d) => d.kind === 'parking' },
    stock: { key: 'stock', label: 'coupon.stock', kind: 'limit', min: 1, max: 10_000_000, help: 'coupon.stockHelp', refusals: ['stock_below_issued'] },
    perMember: { key: 'perMember', label: 'coupon.perMember', kind: 'number', required: true, min: 1, max: 100, check: sound('perMember', 'coupon.checkEach') },
    pointsPrice: { key: 'pointsPrice', label: 'coupon.pointsPrice', kind: 'number', unit: 'coupon.pointsUnit', required: true, min: 0, max: 10_000_000 },
    minimumTier: { key: 'minimumTier', label: 'coupon.tier', kind: 'choice', options: () => (['silver', 'gold', 'crimson'] as const).map((value) => ({ value, label: text(`name.tier.${value}`) })) },
    claimFrom: { key: 'claimFrom', label: 'coupon.claimFrom', kind: 'moment', required: true },
    claimUntil: { key: 'claimUntil', label: 'coupon.claimUntil', kind: 'moment', required: true, check: sound('claimUntil', 'coupon.checkOrder') },
    validKind: { key: 'validKind', label: 'coupon.validKind', kind: 'cards', options: () => [{ value: 'days', label: text('coupon.daysAfter') }, { value: 'absolute', label: text('coupon.absolute') }] },
    validFrom: { key: 'validFrom', label: 'coupon.validFrom', kind: 'moment', required: true, visible: (d) => d.validKind === 'absolute' },
    validUntil: { key: 'validUntil', label: 'coupon.validUntil', kind: 'moment', required: true, visible: (d) => d.validKind === 'absolute', check: sound('validity/until', 'coupon.checkValid') },
    validDays: { key: 'validDays', label: 'coupon.validDays', kind: 'number', unit: 'coupon.daysUnit', required: true, min: 1, max: 366, visible: (d) => d.validKind === 'days' },
    storeIds: { key: 'storeIds', label: 'coupon.stores', kind: 'choices', help: 'coupon.storesAll', placeholder: 'coupon.allShops', options: stores, check: sound('storeIds', 'coupon.checkParking') },
    funder: { key: 'funder', label: 'coupon.funder', kind: 'cards', options: () => (['mall', 'tenant'] as const).map((value) => ({ value, label: text(`name.funder.${value}`) })) },
    terms: { key: 'terms', label: 'coupon.terms', kind: 'long', max: 600 },
    termsEn: { key: 'termsEn', label: 'coupon.termsEn', kind: 'long', max: 1200 },
  }
}

/** The plain part of the editor; everything else is a pill of a rule. */
export const formSections = (fields: ReturnType<typeof fieldsOf>): { basics: Section<Draft>[]; words: Section<Draft>[] } => ({
  basics: [{ fields: [fields.title, fields.titleEn, fields.kind] }],
  words: [{ title: 'coupon.words', fields: [fields.terms, fields.termsEn] }],
})
