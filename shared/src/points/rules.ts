import { type Tier, benefitsOf, growthLifeDays } from '../member/rules.ts'
import { businessDay, dayMs, startOfBusinessDay } from '../time.ts'
import type { pointsKinds } from './contract.ts'

export type PointsKind = (typeof pointsKinds)[number]

/** How points come about, as data: the one rule of the house. */
export const earnRule = { fenPerPoint: 100, welcomePoints: 100, text: '每消费 1 元积 1 分，金桂 1.5 倍，丹桂 2 倍；次年年底到期', textEn: '1 point for each yuan, ×1.5 for Gold, ×2 for Crimson; valid until the end of next year' } as const

/** Points for `amountFen` paid by a member of `tier`; parts of a point are dropped. */
export const pointsFor = (amountFen: number, tier: Tier): number =>
  Math.floor((Math.floor(amountFen / earnRule.fenPerPoint) * benefitsOf(tier).pointsPerMille) / 1000)

/** Growth for `amountFen` paid: one for each yuan, whatever the tier. */
export const growthFor = (amountFen: number): number => Math.floor(amountFen / earnRule.fenPerPoint)

/**
 * How much of `earned` to take back when `refundedFen` of `paidFen` are refunded in all and `takenBefore` was taken already. What stays is the
 * share of what stays paid, rounded down, so several part refunds take together exactly what one full refund takes.
 */
export function takeBackFor(earned: number, paidFen: number, refundedFen: number, takenBefore: number): number {
  if (paidFen <= 0) return 0
  const kept = Number((BigInt(earned) * BigInt(Math.max(0, paidFen - refundedFen))) / BigInt(paidFen))
  return Math.max(0, earned - kept - takenBefore)
}

/** Points expire with the end of the year after the one in which they were earned (Asia/Shanghai). */
export const pointsExpireAt = (earnedAt: Date): Date => startOfBusinessDay(`${Number(businessDay(earnedAt).slice(0, 4)) + 2}-01-01`)

/** Growth counts for twelve months. */
export const growthExpiresAt = (earnedAt: Date): Date => new Date(earnedAt.getTime() + growthLifeDays * dayMs)

type Facts = Record<string, string | number | null>
const yuan = (facts: Facts) => (Number(facts.amountFen ?? 0) / 100).toFixed(2)
const said = (facts: Facts, key: string) => String(facts[key] ?? '')

/** What an entry says to its member, in both languages. `facts` are those stored with the posting. */
const explanations: Record<PointsKind, { title: string; titleEn: string; detail: (facts: Facts) => string; detailEn: (facts: Facts) => string; link: (facts: Facts) => string | null }> = {
  parking_paid: {
    title: '停车缴费', titleEn: 'Parking paid', detail: (f) => `支付 ¥${yuan(f)}${multiplier(f, '，', ' 倍积分')}`, detailEn: (f) => `Paid ¥${yuan(f)}${multiplier(f, ', ×', ' points')}`,
    link: (f) => (f.paymentId ? `/payment/${f.paymentId}` : null),
  },
  purchase: {
    title: '消费', titleEn: 'Purchase', detail: (f) => `支付 ¥${yuan(f)}${multiplier(f, '，', ' 倍积分')}`, detailEn: (f) => `Paid ¥${yuan(f)}${multiplier(f, ', ×', ' points')}`,
    link: (f) => (f.paymentId ? `/payment/${f.paymentId}` : null),
  },
  refund: {
    title: '退款收回', titleEn: 'Taken back on refund', detail: (f) => `退款 ¥${yuan(f)}，按比例收回`, detailEn: (f) => `Refund of ¥${yuan(f)}, taken back in proportion`,
    link: (f) => (f.paymentId ? `/payment/${f.paymentId}` : null),
  },
  claim: { title: '兑换优惠券', titleEn: 'Coupon claimed', detail: (f) => said(f, 'title'), detailEn: (f) => said(f, 'titleEn'), link: (f) => (f.couponId ? `/coupon/${f.couponId}` : null) },
  welcome: { title: '入会礼', titleEn: 'Welcome gift', detail: () => '欢迎加入', detailEn: () => 'Glad to have you', link: () => null },
  expire: { title: '到期', titleEn: 'Expired', detail: (f) => `${said(f, 'earnedOn')} 获得的积分到期`, detailEn: (f) => `Points earned on ${said(f, 'earnedOn')} expired`, link: () => null },
  adjust: { title: '人工调整', titleEn: 'Adjusted by hand', detail: (f) => said(f, 'reason'), detailEn: (f) => said(f, 'reason'), link: () => null },
}

const multiplier = (facts: Facts, before: string, after: string): string => {
  const perMille = Number(facts.perMille ?? 1000)
  return perMille === 1000 ? '' : `${before}${perMille / 1000}${after}`
}

/** Title, detail and where a tap leads, for one entry. */
export function explain(kind: PointsKind, facts: Facts): { title: string; titleEn: string; detail: string; detailEn: string; link: string | null } {
  const e = explanations[kind]
  return { title: e.title, titleEn: e.titleEn, detail: e.detail(facts), detailEn: e.detailEn(facts), link: e.link(facts) }
}
