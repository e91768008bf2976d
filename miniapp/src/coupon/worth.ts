import type { Reply } from '@atrium/shared/contracts.ts'
import { currentLanguage, pick, text } from '@/i18n'
import type { Face } from '@/ui/Ticket.vue'
import { shortYuan } from '@/ui/format'
import './messages'

export type Template = Reply<'GET /api/coupon-templates'>['items'][number]
export type Coupon = Reply<'GET /api/coupons'>['items'][number]
export type Worth = Coupon['worth']

const minimum = (fen: number): string => (fen > 0 ? text('coupon.condition.minimum', { yuan: shortYuan(fen) }) : text('coupon.condition.none'))

/** 250 per mille off is `7.5 折`; in English `25 % off`. */
const discount = (offPerMille: number): string => String(currentLanguage() === 'en' ? offPerMille / 10 : (1000 - offPerMille) / 100)

/** What the stub of a ticket says: the value is the largest thing. */
export function faceOf(worth: Worth): Face {
  if (worth.kind === 'cash') return { sign: '¥', number: shortYuan(worth.amountFen), unit: '', condition: minimum(worth.minimumSpendFen) }
  if (worth.kind === 'discount') {
    const condition = worth.capFen > 0 ? text('coupon.condition.cap', { yuan: shortYuan(worth.capFen) }) : minimum(worth.minimumSpendFen)
    return { sign: '', number: discount(worth.offPerMille), unit: text('coupon.unit.off'), condition }
  }
  if (worth.kind === 'parking') {
    const whole = worth.minutes % 60 === 0
    return { sign: '', number: String(whole ? worth.minutes / 60 : worth.minutes), unit: text(whole ? 'coupon.unit.hour' : 'coupon.unit.minute'), condition: text('coupon.condition.parking') }
  }
  return { sign: '', number: '1', unit: text('coupon.unit.piece'), condition: pick(worth.thing, worth.thingEn) }
}

/** The worth in one word, for a sentence or a button: `¥50`, `7.5折`, `2小时`. */
export function worthWord(worth: Worth): string {
  const face = faceOf(worth)
  return worth.kind === 'exchange' || worth.kind === 'gift' ? face.condition : `${face.sign}${face.number}${face.unit}`
}

/** Where it counts, in one line. */
export function placeOf(of: Pick<Template, 'storeNames' | 'storeNamesEn' | 'worth'>): string {
  const names = currentLanguage() === 'en' ? of.storeNamesEn : of.storeNames
  const [first] = names
  if (!first) return text(of.worth.kind === 'parking' ? 'coupon.carParks' : 'coupon.everywhere')
  return names.length === 1 ? first : text('coupon.stores', { name: first, n: names.length })
}
