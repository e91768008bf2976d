import { text } from '../platform/copy.ts'
import { count, fullMoment } from '../platform/format.ts'
import { conditionText, worthText, type Worth } from '../platform/names.ts'
import { shopsText, validityText, type Template } from './template.ts'

const parsed = <T>(raw: string): T | null => { try { return JSON.parse(raw) as T } catch { return null } }

/**
 * One value of a template's difference in words. The BFF sends values as it compares them (numbers, ISO times, JSON, `∞` for no
 * limit); what cannot be read is shown as it came. `nameOf` gives the name of a store.
 */
export function said(field: string, raw: string | null, nameOf: (storeId: string) => string | null): string | null {
  if (raw === null) return null
  switch (field) {
    case 'worth': {
      const worth = parsed<Worth>(raw)
      return worth ? `${worthText(worth)} · ${conditionText(worth)}` : raw
    }
    case 'validity': {
      const validity = parsed<Template['validity']>(raw)
      return validity ? validityText(validity) : raw
    }
    case 'storeIds': {
      const ids = parsed<string[]>(raw) ?? raw.split(',').filter(Boolean)
      return ids.length === 0 ? shopsText([]) : ids.map((id) => nameOf(id) ?? id).join('、')
    }
    case 'claimFrom': case 'claimUntil': return Number.isNaN(Date.parse(raw)) ? raw : fullMoment(raw)
    case 'minimumTier': return raw === '∞' ? text('coupon.anyTier') : text(`name.tier.${raw}`)
    case 'funder': return text(`name.funder.${raw}`)
    case 'stock': return raw === '∞' ? text('coupon.noLimit') : text('coupon.ruleSheets', { n: count(Number(raw)) })
    case 'perMember': return text('coupon.ruleSheets', { n: count(Number(raw)) })
    case 'pointsPrice': return raw === '0' ? text('coupon.ruleFree') : text('coupon.points', { n: count(Number(raw)) })
    default: return raw || '—'
  }
}
