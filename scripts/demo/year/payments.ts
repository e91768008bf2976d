import { paymentFacts, payments, refunds, type PayMethod } from '@atrium/schema/payment.ts'
import { businessDay } from '@atrium/shared/time.ts'
import { formatPlate } from '@atrium/shared/plate.ts'
import { insertRows } from '../insert.ts'
import { daysAgo, type World } from '../world.ts'
import type { Stay } from './stays.ts'

export type PaymentRow = typeof payments.$inferInsert

/** The payments of a year with what became known about each. */
export const till = (world: World) => {
  const { mallId, random } = world
  const rows: PaymentRow[] = []
  const facts: (typeof paymentFacts.$inferInsert)[] = []
  const back: (typeof refunds.$inferInsert)[] = []
  let serial = 0
  const toldFrom = daysAgo(world, 60)

  const tell = (paymentId: string, at: Date, fact: string, factEn: string, detail: string | null, ok: boolean | null) => { if (at >= toldFrom) facts.push({ entryId: world.id(at), mallId, paymentId, at, fact, factEn, detail, ok, createdAt: at }) }
  // A running number in the middle keeps numbers apart without remembering them.
  const numberOf = (prefix: string, at: Date) => `${prefix}${businessDay(at).replaceAll('-', '')}${String((serial += 1)).padStart(6, '0')}${random.digits(4)}`
  const providerNumber = (provider: string, at: Date) => (provider === 'wechat' ? '4200002' : '2026112022001') + businessDay(at).replaceAll('-', '') + String((serial += 1)).padStart(7, '0') + random.digits(6)

  const begun = (stay: Stay, quoteId: string | null, memberId: string | null, method: PayMethod | 'none', amountFen: number, at: Date): PaymentRow => {
    const plate = formatPlate(stay.plate)
    const invoice = { title: `停车费 ${plate} ${stay.carPark.name}`, titleEn: `Parking ${plate} ${stay.carPark.nameEn}`, address: stay.carPark.address, plate: stay.plate, from: stay.entryAt.toISOString(), until: stay.exitAt <= world.now ? stay.exitAt.toISOString() : null }
    return {
      paymentId: world.id(at), mallId, paymentNumber: numberOf('P', at), purpose: 'parking', subjectId: '', quoteId, openQuoteId: null, subject: `停车费 ${plate}`, subjectEn: `Parking ${plate}`, memberId, plate: stay.plate, method,
      provider: method === 'none' ? 'none' : method.startsWith('wechat') ? 'wechat' : 'alipay', state: 'paid', amountFen, refundedFen: 0, committedFen: 0, kept: true, providerNumber: null, payer: null, action: null, invoice, failure: null,
      expiresAt: new Date(at.getTime() + 600_000), paidAt: at, closedAt: null, askAt: null, asks: 0, pointsEarned: 0, fapiaoId: null, fapiaoState: null, createdAt: new Date(at.getTime() - random.int(4_000, 40_000)),
    }
  }

  /** Money that came in, or a debt that discounts covered (`none`). */
  const pay = (stay: Stay, parkingId: string, quoteId: string | null, memberId: string | null, method: PayMethod | 'none', amountFen: number, at: Date): PaymentRow => {
    const row = begun(stay, quoteId, memberId, method, amountFen, at)
    row.subjectId = parkingId
    if (method === 'none') tell(row.paymentId, at, '优惠抵清，无需付款', 'Covered by discounts, nothing to pay', null, true)
    else {
      row.providerNumber = providerNumber(row.provider, at)
      tell(row.paymentId, row.createdAt, '创建支付单', 'Created', row.subject, null)
      tell(row.paymentId, at, '收到支付通知，验签通过', 'Callback received and verified', row.providerNumber, true)
    }
    rows.push(row)
    return row
  }

  /** A payment that was begun and given up. */
  const giveUp = (stay: Stay, parkingId: string, quoteId: string | null, memberId: string | null, method: PayMethod, amountFen: number, at: Date): void => {
    const row = begun(stay, quoteId, memberId, method, amountFen, at)
    const failed = random.chance(0.2)
    Object.assign(row, { subjectId: parkingId, state: failed ? 'failed' : 'closed', kept: null, paidAt: null, closedAt: at, failure: failed ? '支付渠道拒绝：余额不足' : null })
    tell(row.paymentId, row.createdAt, '创建支付单', 'Created', row.subject, null)
    tell(row.paymentId, at, failed ? '支付失败' : '已关闭', failed ? 'Failed' : 'Closed', row.failure ?? null, failed ? false : null)
    rows.push(row)
  }

  /** Gives a payment back in full. */
  const refund = (row: PaymentRow, at: Date, reason: string, byName: string): string => {
    const refundId = world.id(at)
    Object.assign(row, { state: 'refunded', refundedFen: row.amountFen, committedFen: row.amountFen, pointsEarned: 0 })
    back.push({ refundId, mallId, paymentId: row.paymentId, refundNumber: numberOf('R', at), amountFen: row.amountFen, state: 'refunded', reason, byName, providerNumber: `5030${random.digits(24)}`, failure: null, createdAt: at, doneAt: new Date(at.getTime() + 45_000), askAt: null, asks: 1 })
    tell(row.paymentId, at, '发起退款', 'Refund begun', reason, null)
    tell(row.paymentId, new Date(at.getTime() + 45_000), '退款到账', 'Refunded', null, true)
    return refundId
  }
  const write = async (): Promise<void> => {
    await insertRows(world.connection, payments, rows)
    await insertRows(world.connection, paymentFacts, facts)
    await insertRows(world.connection, refunds, back)
  }
  return { pay, giveUp, refund, write, rows, back }
}
export type Till = ReturnType<typeof till>
