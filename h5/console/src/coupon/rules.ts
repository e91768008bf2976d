import { text } from '../platform/copy.ts'
import { count, daySpan, money } from '../platform/format.ts'
import { foldOf } from '../platform/names.ts'
import { language } from '../platform/copy.ts'
import { shopsText, type Draft } from './template.ts'

/** A word of a rule sentence, or a pill that opens the editors of `keys`. `operator` pills are quiet, `money` persimmon. */
export type Part = { word: string } | { pill: string; keys: readonly (keyof Draft)[]; tone: 'operator' | 'value' | 'money' }
export type Rule = { key: string; parts: readonly Part[] }

const word = (key: string): Part => ({ word: text(key) })
const operator = (key: string, keys: readonly (keyof Draft)[]): Part => ({ pill: text(key), keys, tone: 'operator' })
const value = (pill: string, keys: readonly (keyof Draft)[]): Part => ({ pill, keys, tone: 'value' })
const fen = (amount: number | null, keys: readonly (keyof Draft)[]): Part => ({ pill: money(amount ?? 0), keys, tone: 'money' })

/** Who may claim and when it counts, as sentences. `storeNames` are those of the stores chosen. */
export function conditionRules(draft: Draft, storeNames: readonly string[]): Rule[] {
  const valid = draft.validKind === 'days' ? text('coupon.days', { n: draft.validDays ?? '…' }) : daySpan(draft.validFrom, draft.validUntil)
  const spends = draft.kind === 'cash' || draft.kind === 'discount'
  return [
    { key: 'tier', parts: [word('coupon.ruleTier'), operator('coupon.ruleAtLeast', ['minimumTier']), value(draft.minimumTier ? text(`name.tier.${draft.minimumTier}`) : text('coupon.anyTier'), ['minimumTier'])] },
    ...(spends ? [{ key: 'spend', parts: [word('coupon.ruleSpend'), operator('coupon.ruleNotLess', ['minimumSpendFen']), draft.minimumSpendFen ? fen(draft.minimumSpendFen, ['minimumSpendFen']) : value(text('coupon.ruleAnySpend'), ['minimumSpendFen'])] }] : []),
    { key: 'claim', parts: [word('coupon.ruleClaim'), value(daySpan(draft.claimFrom, draft.claimUntil), ['claimFrom', 'claimUntil'])] },
    { key: 'each', parts: [word('coupon.ruleEach'), operator('coupon.ruleMost', ['perMember']), value(text('coupon.ruleSheets', { n: draft.perMember ?? '…' }), ['perMember']), word('coupon.ruleTotal'), value(draft.stock === null ? text('coupon.noLimit') : text('coupon.ruleSheets', { n: count(draft.stock) }), ['stock'])] },
    { key: 'price', parts: [word('coupon.rulePrice'), value(draft.pointsPrice ? text('coupon.points', { n: count(draft.pointsPrice) }) : text('coupon.ruleFree'), ['pointsPrice'])] },
    { key: 'valid', parts: [word('coupon.ruleValid'), value(valid, ['validKind', 'validDays', 'validFrom', 'validUntil'])] },
    { key: 'shops', parts: [word('coupon.ruleShops'), value(shopsText(storeNames), ['storeIds'])] },
  ]
}

/** What using it does, as sentences. */
export function effectRules(draft: Draft): Rule[] {
  const fund: Rule = { key: 'fund', parts: [word('coupon.ruleFund'), operator('coupon.ruleBy', ['funder']), value(text(`name.funder.${draft.funder}`), ['funder'])] }
  switch (draft.kind) {
    case 'cash': return [{ key: 'cash', parts: [word('coupon.ruleOff'), operator('coupon.ruleMinus', ['amountFen']), fen(draft.amountFen, ['amountFen'])] }, fund]
    case 'discount': return [
      { key: 'discount', parts: [word('coupon.ruleOff'), operator('coupon.ruleFold', ['offPerMille']), value(text('name.worth.discount', { fold: foldOf(draft.offPerMille ?? 0), off: (draft.offPerMille ?? 0) / 10 }), ['offPerMille']), word('coupon.ruleCap'), fen(draft.capFen, ['capFen'])] }, fund,
    ]
    case 'parking': return [{ key: 'parking', parts: [word('coupon.rulePark'), operator('coupon.ruleFree2', ['minutes']), value(`${draft.minutes ?? 0} ${text('coupon.minutesUnit')}`, ['minutes'])] }, fund]
    default: return [{ key: 'thing', parts: [word('coupon.ruleGet'), value((language() === 'en' ? draft.thingEn : draft.thing) || '…', ['thing', 'thingEn']), word('coupon.ruleWorth'), fen(draft.valueFen, ['valueFen'])] }, fund]
  }
}
