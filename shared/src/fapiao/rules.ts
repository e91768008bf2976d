import { splitFen } from '../money.ts'
import type { RefusalCode } from '../refusal.ts'
import { isTaxId } from '../uscc.ts'

/** Tax classification of parking (车辆停放服务, under 不动产经营租赁). The provider adds the abbreviation in front of the name. */
export const parkingTaxCode = '3040502020200000000'
export const parkingGoodsName = '车辆停放服务'
export const maxTitles = 20

/** VAT rates of parking by the day from which they hold, newest first: a change of law is one line. */
const parkingRates: { from: string; perMille: number }[] = [{ from: '2019-04-01', perMille: 90 }]

/** The rate in force on a business day, in per mille. */
export const parkingRateOn = (day: string): number => parkingRates.find((rate) => day >= rate.from)!.perMille

/** Net and tax of a tax-inclusive amount: net = gross ÷ (1 + rate), rounded half up to the fen; tax is the rest, so both add up. */
export function netOf(grossFen: number, ratePerMille: number): { netFen: number; taxFen: number } {
  const netFen = Math.floor((grossFen * 2000 + (1000 + ratePerMille)) / (2 * (1000 + ratePerMille)))
  return { netFen, taxFen: grossFen - netFen }
}

/** Splits the tax of one fapiao over its lines so that net, tax and gross add up by line and in all. */
export function linesOf<L extends { grossFen: number }>(lines: readonly L[], ratePerMille: number): { lines: (L & { netFen: number; taxFen: number })[]; grossFen: number; netFen: number; taxFen: number } {
  const grossFen = lines.reduce((sum, line) => sum + line.grossFen, 0)
  const { netFen, taxFen } = netOf(grossFen, ratePerMille)
  const taxes = splitFen(taxFen, lines.map((line) => line.grossFen))
  return { lines: lines.map((line, i) => ({ ...line, taxFen: taxes[i]!, netFen: line.grossFen - taxes[i]! })), grossFen, netFen, taxFen }
}

export type TitleDetails = { name: string; creditCode: string | null; address: string | null; phone: string | null; bank: string | null; account: string | null }

/** What stops a title, or null: a company needs a credit code that checks (GB 32100-2015) or an older tax id. */
export const titleRefusal = (kind: 'personal' | 'company', details: TitleDetails): RefusalCode | null =>
  kind === 'company' && !isTaxId(details.creditCode ?? '') ? 'credit_code_invalid' : null

const firstAskMs = 3_000

/** When the provider is asked again after `asked` times: 3 s, 6 s, … at most 10 minutes. */
export const askAgainMs = (asked: number): number => Math.min(600_000, firstAskMs * 2 ** Math.min(asked, 10))

/** States in which a fapiao holds its payments: nothing else may be issued over them. */
export const liveStates = ['requested', 'issuing', 'asking', 'issued'] as const
