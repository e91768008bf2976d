import { coupons, redemptions } from '@atrium/schema/coupon.ts'
import { validityFrom, valueOf } from '@atrium/shared/coupon/rules.ts'
import { withCheckDigit } from '@atrium/shared/check-digit.ts'
import { tierReaches } from '@atrium/shared/member/rules.ts'
import { businessDay } from '@atrium/shared/time.ts'
import type { DemoTemplate } from '../coupon/build.ts'
import { insertRows } from '../insert.ts'
import type { DemoStaff, DemoStore, World } from '../world.ts'
import type { Calendar } from './days.ts'
import type { Book } from './ledger.ts'
import type { DemoMember } from './members.ts'

type CouponRow = typeof coupons.$inferInsert
type RedemptionRow = typeof redemptions.$inferInsert

/** Coupons of a year: claimed within the rules of their templates, redeemed at their shops, expired, or still waiting. */
export const couponDesk = (world: World, templates: readonly DemoTemplate[], stores: readonly DemoStore[], staff: readonly DemoStaff[], book: Book) => {
  const { random, mallId, now } = world
  const rows: CouponRow[] = []
  const redeemed: RedemptionRow[] = []
  const owned = new Map<string, number>()
  const numbers = new Set<string>()
  const unique = (make: () => string): string => {
    for (;;) {
      const number = make()
      if (numbers.size < numbers.add(number).size) return number
    }
  }

  /** One more coupon of a member; null where the template's rules say no. */
  const claim = (template: DemoTemplate, member: DemoMember, at: Date): CouponRow | null => {
    const key = `${template.templateId}|${member.memberId}`
    const has = owned.get(key) ?? 0
    const soldOut = template.stock !== null && template.claimed >= template.stock
    if (has >= template.perMember || soldOut || at < template.claimFrom || at >= template.claimUntil || at < member.joinedAt || at > now || !tierReaches(member.tier, template.minimumTier)) return null
    const couponId = world.id(at)
    if (template.pointsPrice > 0) {
      const paid = book.post({ currency: 'points', memberId: member.memberId, amount: -template.pointsPrice, house: 'spent', kind: 'claim', source: `claim:${couponId}`, facts: { couponId, title: template.title, titleEn: template.titleEn }, at })
      if (!paid) return null
    }
    owned.set(key, has + 1)
    template.claimed += 1
    const row: CouponRow = {
      couponId, mallId, couponNumber: unique(() => withCheckDigit(random.digits(11))), templateId: template.templateId, version: 1, memberId: member.memberId, memberSequence: has + 1, claimKey: random.bytes(32),
      state: 'available', claimedAt: at, ...validityFrom(template.validity, at), pointsPaid: template.pointsPrice, lockedFor: null, lockedAt: null, redeemedAt: null, createdAt: at,
    }
    rows.push(row)
    return row
  }

  const redeem = (template: DemoTemplate, row: CouponRow, at: Date, where: Pick<RedemptionRow, 'storeId' | 'storeName' | 'storeNameEn' | 'paymentId' | 'staffId' | 'staffName' | 'channel' | 'valueFen'>): void => {
    Object.assign(row, { state: 'redeemed', redeemedAt: at })
    template.redeemed += 1
    redeemed.push({
      redemptionId: world.id(at), mallId, redemptionNumber: unique(() => withCheckDigit(businessDay(at).slice(2).replaceAll('-', '') + random.digits(7))), couponId: row.couponId, standingFor: row.couponId, templateId: row.templateId, memberId: row.memberId,
      receiptNumber: null, state: 'redeemed', at, restoredAt: null, restoredById: null, restoreReason: null, createdAt: at, ...where,
    })
  }

  /** At a shop of the template, by its own people where the demo has some. */
  const redeemAtShop = (template: DemoTemplate, row: CouponRow, at: Date): void => {
    const storeId = template.storeIds.length ? random.pick(template.storeIds) : random.pick(stores).storeId
    const store = stores.find(s => s.storeId === storeId)!
    const own = staff.filter(s => s.role === 'salesAssociate' && ({ '老灶台地锅鸡': 'assistant.laozaotai', '山雀咖啡': 'assistant.shanque' })[store.name] === s.account)[0]
    redeem(template, row, at, { storeId: store.storeId, storeName: store.name, storeNameEn: store.nameEn, paymentId: null, staffId: own?.staffId ?? null, staffName: own?.name ?? '当班店员', channel: random.pick(['weapp', 'console']), valueFen: valueOf(template.worth) })
  }

  /** What became of a coupon by now: redeemed on some day of its validity, expired, or still there. */
  const live = (template: DemoTemplate, row: CouponRow, calendar: Calendar): void => {
    const wants = random.chance(0.58)
    const until = Math.min(row.validUntil.getTime(), now.getTime())
    const visit = wants ? momentWithin(calendar, row.claimedAt, until) : null
    if (visit) redeemAtShop(template, row, visit)
    else if (row.validUntil <= now) row.state = 'expired'
  }
  const momentWithin = (calendar: Calendar, from: Date, until: number): Date | null => {
    const ago = Math.ceil((now.getTime() - from.getTime()) / 86_400_000)
    for (let tries = 0; tries < 12; tries += 1) {
      const at = calendar.moment(Math.max(0, ago))
      const hour = (at.getUTCHours() + 8) % 24
      if (at > from && at.getTime() < until && hour >= 10 && hour < 22) return at
    }
    return null
  }
  const write = async (): Promise<void> => {
    for (const row of rows) if (row.state === 'available' && row.validUntil <= now) row.state = 'expired'
    await insertRows(world.connection, coupons, rows)
    await insertRows(world.connection, redemptions, redeemed)
  }
  return { claim, redeem, live, write, rows, redeemed }
}
export type CouponDesk = ReturnType<typeof couponDesk>
