import type { PaymentAction } from '@atrium/shared/payment/rules.ts'

/** An order as a provider needs it. Sending the same one twice must be harmless, so nothing in it changes between tries. */
export type PaymentOrder = {
  /** Ours, unique: the provider takes one payment for it. */
  paymentNumber: string
  amountFen: number
  subject: string
  /** `in_app`: the pay sheet of the mini-program, for `payer`; `code`: a code that anyone may scan. */
  kind: 'in_app' | 'code'
  payer: string | null
  createdAt: Date
  expiresAt: Date
}

/** What the provider says of an order it was sent. */
export type Placed = { state: 'placed'; action: PaymentAction } | { state: 'refused'; reason: string } | { state: 'paid_already' } | { state: 'closed_already' }

/** A payment as proven by the provider: signature, app, merchant and currency were checked by the adapter. */
export type PaidFact = { paymentNumber: string; providerNumber: string; amountFen: number; paidAt: Date }

/** How an order stands. `unknown`: the provider has never heard of it. */
export type TradeAnswer = { state: 'paid'; fact: PaidFact } | { state: 'waiting' } | { state: 'closed' } | { state: 'unknown' }

export type RefundOrder = { refundNumber: string; paymentNumber: string; providerNumber: string; amountFen: number; paidFen: number; reason: string }
/** `failed` moved no money and never will under this number; `unknown`: never heard of. */
export type RefundAnswer = { state: 'refunded'; providerNumber: string; doneAt: Date } | { state: 'under_way'; note: string | null } | { state: 'failed'; reason: string } | { state: 'unknown' }

/** A verified message of the provider. `messageId` stays the same over its repeats. */
export type Notice =
  | { kind: 'paid'; messageId: string; fact: PaidFact }
  | { kind: 'refund'; messageId: string; refundNumber: string }
  | { kind: 'other'; messageId: string }

/** Thrown when the outcome of a call is open (time-out, 5xx, broken or badly signed reply): ask, never assume. */
export class ProviderUnclear extends Error {}
/** Thrown for a message that is not proven to be the provider's, or speaks of another app, merchant or currency. */
export class NoticeRefused extends Error {}

export type RawNotice = { headers: Record<string, string>; body: Buffer; now: Date }

/** Port: what Atrium needs from a payment provider. Calls throw ProviderUnclear when nobody can tell what came of them. */
export type PaymentGateway = {
  place: (order: PaymentOrder) => Promise<Placed>
  query: (paymentNumber: string, now: Date) => Promise<TradeAnswer>
  /** Ends an unpaid order. `paid`: the money was faster. */
  close: (paymentNumber: string) => Promise<'closed' | 'paid'>
  refund: (order: RefundOrder) => Promise<RefundAnswer>
  queryRefund: (order: RefundOrder) => Promise<RefundAnswer>
  /** Verifies and reads a callback over its raw bytes. Throws NoticeRefused. */
  readNotice: (raw: RawNotice) => Notice
  /** What the provider wants to read when a callback was taken in, and when it was not. */
  acknowledge: (taken: boolean) => { status: number; type: string; body: string }
}
