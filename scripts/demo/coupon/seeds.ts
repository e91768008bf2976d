import type { Validity, Worth } from '@atrium/shared/coupon/rules.ts'

export interface TemplateSeed {
  state: 'draft' | 'submitted' | 'published' | 'paused' | 'ended'
  title: string
  titleEn: string
  worth: Worth
  /** Names of shops; `all` for every shop or car park. */
  shops: readonly string[] | 'all'
  funder: 'mall' | 'tenant'
  stock: number | null
  perMember: number
  pointsPrice: number
  minimumTier: 'gold' | 'crimson' | null
  /** Claimable from and until, in days from now. */
  claim: [from: number, until: number]
  validity: Extract<Validity, { kind: 'days' }>
  terms: string
  termsEn: string
  /** How many of a year's coupons are of this template, as a weight; 0 for none. */
  share: number
}

const cash = (yuan: number, minimum: number): Worth => ({ kind: 'cash', amountFen: yuan * 100, minimumSpendFen: minimum * 100 })
const days = (count: number): TemplateSeed['validity'] => ({ kind: 'days', days: count })
const plain = { pointsPrice: 0, minimumTier: null, perMember: 1 } as const

/** Twelve templates of every kind, in the states that the console shows. */
export const templateSeeds: TemplateSeed[] = [
  { ...plain, state: 'published', title: '地锅鸡满 200 减 50', titleEn: '¥50 off griddle chicken', worth: cash(50, 200), shops: ['老灶台地锅鸡'], funder: 'tenant', stock: 3000, perMember: 4, claim: [-340, 40], validity: days(30), terms: '堂食可用，不与店内折扣同享。', termsEn: 'For dining in; not with other offers of the shop.', share: 9 },
  { ...plain, state: 'published', title: '停车券 2 小时', titleEn: '2 hours of parking', worth: { kind: 'parking', minutes: 120 }, shops: 'all', funder: 'mall', stock: null, perMember: 12, claim: [-340, 60], validity: days(60), terms: 'P1、P2 通用，缴费时自动列出。', termsEn: 'For P1 and P2; offered as you pay.', share: 12 },
  { ...plain, state: 'published', title: '桂花拿铁 1 杯', titleEn: 'One osmanthus latte', worth: { kind: 'exchange', thing: '桂花拿铁（大杯）', thingEn: 'Osmanthus latte, large', valueFen: 3600 }, shops: ['野渡咖啡'], funder: 'mall', stock: 1200, perMember: 3, pointsPrice: 200, claim: [-200, 60], validity: days(30), terms: '凭券到店领取，可换同价饮品。', termsEn: 'Take it at the shop; may be swapped for a drink of the same price.', share: 4 },
  { ...plain, state: 'published', title: '鹿行户外满 500 减 80', titleEn: '¥80 off at Deertrail', worth: cash(80, 500), shops: ['鹿行户外'], funder: 'tenant', stock: 800, perMember: 2, claim: [-260, 20], validity: days(45), terms: '租赁不参与。', termsEn: 'Not for rentals.', share: 5 },
  { ...plain, state: 'published', title: '山雀咖啡买一赠一', titleEn: 'Buy one, get one at Titmouse', worth: { kind: 'gift', thing: '同款咖啡一杯', thingEn: 'A second cup of the same', valueFen: 3200 }, shops: ['山雀咖啡', '禾下面包'], funder: 'tenant', stock: 2500, perMember: 6, claim: [-320, 30], validity: days(21), terms: '赠饮与所购同款同杯型。', termsEn: 'The second is of the same kind and size.', share: 9 },
  { ...plain, state: 'published', title: '松间火锅满 200 减 40', titleEn: '¥40 off hotpot', worth: cash(40, 200), shops: ['松间火锅'], funder: 'tenant', stock: 600, claim: [-150, 15], validity: days(30), terms: '周五、周六晚市不可用。', termsEn: 'Not on Friday and Saturday evenings.', share: 4 },
  { ...plain, state: 'published', title: '山月素食午市 8 折', titleEn: '20% off lunch at Hillmoon', worth: { kind: 'discount', offPerMille: 200, capFen: 3000, minimumSpendFen: 0 }, shops: ['山月素食'], funder: 'tenant', stock: 1500, perMember: 5, claim: [-300, 30], validity: days(30), terms: '11:00–14:00 可用，最多减 30 元。', termsEn: '11:00 to 14:00, at most ¥30 off.', share: 5 },
  { ...plain, state: 'published', title: '金桂会员满 300 减 30', titleEn: '¥30 off for Gold', worth: cash(30, 300), shops: 'all', funder: 'mall', stock: 2000, perMember: 4, minimumTier: 'gold', claim: [-300, 40], validity: days(30), terms: '全场店铺可用，停车除外。', termsEn: 'In every shop, not for parking.', share: 4 },
  { ...plain, state: 'submitted', title: '松果童馆周中体验', titleEn: 'Pinecone Kids on weekdays', worth: { kind: 'exchange', thing: '两小时单人票', thingEn: 'A two-hour ticket', valueFen: 12_800 }, shops: ['松果童馆'], funder: 'mall', stock: 300, pointsPrice: 800, claim: [3, 60], validity: days(30), terms: '周一至周四可用。', termsEn: 'Monday to Thursday.', share: 0 },
  { ...plain, state: 'paused', title: '疏野鞋履满 500 减 60', titleEn: '¥60 off at Shuye', worth: cash(60, 500), shops: ['疏野鞋履'], funder: 'tenant', stock: 500, claim: [-120, 30], validity: days(30), terms: '换季款不参与。', termsEn: 'Not for end-of-season shoes.', share: 2 },
  { ...plain, state: 'ended', title: '开馆五周年礼', titleEn: 'Five years of Atrium', worth: { kind: 'gift', thing: '五周年帆布袋', thingEn: 'Anniversary tote', valueFen: 4900 }, shops: ['南巷百货'], funder: 'mall', stock: 400, claim: [-90, -60], validity: days(20), terms: '凭会员码与券到店领取。', termsEn: 'With the member code, at the shop.', share: 3 },
  { ...plain, state: 'draft', title: '跨年夜停车 3 小时', titleEn: "Three hours on New Year's Eve", worth: { kind: 'parking', minutes: 180 }, shops: 'all', funder: 'mall', stock: 1000, claim: [35, 42], validity: days(7), terms: '12 月 31 日 18:00 后入场可用。', termsEn: 'For entries after 18:00 on 31 December.', share: 0 },
]
