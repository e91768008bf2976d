import type { Ctx } from '../context.ts'
import type { PaidFact } from './gateway.ts'
import type { PaymentRow } from './store.ts'

/**
 * What a payment is for. The feature that owns the purpose registers one; payment calls it inside its own transaction, so that money and
 * what it bought are one commit: no paid payment ever stands beside an unpaid stay, and nothing has to converge later. Payment knows
 * purposes by name alone and imports none of them.
 */
export type Purpose = {
  /** Money came in: `kept` was credited; `superfluous` the debt was already settled, and what this payment held is let go. */
  paid: (ctx: Ctx, payment: PaymentRow, fact: PaidFact) => Promise<'kept' | 'superfluous'>
  /** The payment ended without money: what it held (coupon, minutes of the tier) is free again. */
  released: (ctx: Ctx, payment: PaymentRow) => Promise<void>
  /** Money of a kept payment went back. */
  refunded: (ctx: Ctx, payment: PaymentRow, amountFen: number) => Promise<void>
  /** Until when the payer must have left, if that means anything. */
  leaveBy: (ctx: Ctx, subjectId: string) => Promise<Date | null>
}

const purposes = new Map<string, Purpose>()

/** Called once by each feature that takes payments, as its module loads. */
export const servePurpose = (name: PaymentRow['purpose'], purpose: Purpose): void => { purposes.set(name, purpose) }

export function purposeOf(payment: PaymentRow): Purpose {
  const purpose = purposes.get(payment.purpose)
  if (!purpose) throw new Error(`nobody serves payments for ${payment.purpose}`)
  return purpose
}
