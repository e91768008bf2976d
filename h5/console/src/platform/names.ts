import { addCopy, language, text } from './copy.ts'
import { money, shortMoney } from './format.ts'
import type { Reply } from './api.ts'

/** Words that several features share: tiers, channels, ways to pay, and what a coupon is worth. */
addCopy('name', {
  tier: { silver: '银桂', gold: '金桂', crimson: '丹桂' },
  channel: { weapp: '微信小程序', alipay: '支付宝小程序', h5: '手机网页', kiosk: '自助屏', console: '控制台' },
  method: { wechat_jsapi: '微信支付', wechat_native: '微信扫码', alipay_trade: '支付宝', alipay_qr: '支付宝扫码', none: '无需付款' },
  kind: { cash: '满减', discount: '折扣', exchange: '兑换', parking: '停车', gift: '礼品' },
  funder: { mall: '商场', tenant: '店铺' },
  worth: { cash: '满 {min} 减 {off}', cashFree: '立减 {off}', discount: '{fold} 折', parking: '停车 {n} 小时', parkingMinutes: '停车 {n} 分钟', anySpend: '不限金额可用', minSpend: '满 {min} 可用', cap: '，最多减 {cap}', parkingWhere: '抵扣停车时长', thingWorth: '价值 {value}' },
}, {
  tier: { silver: 'Silver osmanthus', gold: 'Gold osmanthus', crimson: 'Crimson osmanthus' },
  channel: { weapp: 'WeChat mini-program', alipay: 'Alipay mini-program', h5: 'Mobile web', kiosk: 'Kiosk', console: 'Console' },
  method: { wechat_jsapi: 'WeChat Pay', wechat_native: 'WeChat code', alipay_trade: 'Alipay', alipay_qr: 'Alipay code', none: 'Nothing due' },
  kind: { cash: 'Money off', discount: 'Discount', exchange: 'Exchange', parking: 'Parking', gift: 'Gift' },
  funder: { mall: 'Mall', tenant: 'Shop' },
  worth: { cash: '{off} off from {min}', cashFree: '{off} off', discount: '{off}% off', parking: '{n} h of parking', parkingMinutes: '{n} min of parking', anySpend: 'Any amount', minSpend: 'From {min}', cap: ', at most {cap}', parkingWhere: 'Taken off the stay', thingWorth: 'Worth {value}' },
})

export type Worth = Reply<'GET /admin/coupon-templates/{templateId}'>['worth']
export type Tier = Reply<'GET /admin/members/{memberId}'>['tier']

/** `en` when the operator reads English and there is English text, else `zh`. */
export const either = (zh: string, en: string | null | undefined): string => (language() === 'en' && en ? en : zh)

/** A discount in per mille off → `8` or `8.5` as Chinese 折 says it. */
export const foldOf = (offPerMille: number): string => String((1000 - offPerMille) / 100)

const hours = (minutes: number) => (minutes % 60 === 0 ? text('name.worth.parking', { n: minutes / 60 }) : text('name.worth.parkingMinutes', { n: minutes }))

/** What a coupon is worth in one phrase: 满 200 减 40, 8 折, 停车 2 小时. */
export function worthText(worth: Worth): string {
  switch (worth.kind) {
    case 'cash': return worth.minimumSpendFen ? text('name.worth.cash', { min: shortMoney(worth.minimumSpendFen), off: shortMoney(worth.amountFen) }) : text('name.worth.cashFree', { off: shortMoney(worth.amountFen) })
    case 'discount': return text('name.worth.discount', { fold: foldOf(worth.offPerMille), off: worth.offPerMille / 10 })
    case 'parking': return hours(worth.minutes)
    default: return either(worth.thing, worth.thingEn)
  }
}

/** When it counts: from which amount, up to which saving. */
export function conditionText(worth: Worth): string {
  switch (worth.kind) {
    case 'parking': return text('name.worth.parkingWhere')
    case 'cash': return worth.minimumSpendFen ? text('name.worth.minSpend', { min: shortMoney(worth.minimumSpendFen) }) : text('name.worth.anySpend')
    case 'discount': return `${worth.minimumSpendFen ? text('name.worth.minSpend', { min: shortMoney(worth.minimumSpendFen) }) : text('name.worth.anySpend')}${worth.capFen ? text('name.worth.cap', { cap: shortMoney(worth.capFen) }) : ''}`
    default: return text('name.worth.thingWorth', { value: money(worth.valueFen) })
  }
}

/** The value as the ticket writes it: a sign, the number, what follows it. */
export function ticketValue(worth: Worth): { unit: string; value: string; tail: string } {
  switch (worth.kind) {
    case 'cash': return { unit: '¥', value: shortMoney(worth.amountFen).slice(1), tail: '' }
    case 'discount': return language() === 'en' ? { unit: '', value: String(worth.offPerMille / 10), tail: '% off' } : { unit: '', value: foldOf(worth.offPerMille), tail: '折' }
    case 'parking': return worth.minutes % 60 === 0 ? { unit: '', value: String(worth.minutes / 60), tail: language() === 'en' ? 'h' : '小时' } : { unit: '', value: String(worth.minutes), tail: language() === 'en' ? 'min' : '分钟' }
    default: return { unit: '', value: either(worth.thing, worth.thingEn), tail: '' }
  }
}

/** A shop's drawn mark as something an `<img>` can show: markup from the database never becomes markup of the page. */
export const logoUrl = (svg: string | null): string | null => (svg ? `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}` : null)
