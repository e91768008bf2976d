import { z } from 'zod'
import type { PaidFact } from '../../payment/gateway.ts'

/** An order as a query or a payment callback shows it. */
export const Transaction = z.object({
  appid: z.string(), mchid: z.string(), out_trade_no: z.string(), transaction_id: z.string().optional(), success_time: z.string().optional(),
  trade_state: z.enum(['SUCCESS', 'REFUND', 'NOTPAY', 'CLOSED', 'REVOKED', 'USERPAYING', 'PAYERROR']), amount: z.object({ total: z.int().optional(), currency: z.string().optional() }).optional(),
})
export type Transaction = z.output<typeof Transaction>

/** The payment that a successful transaction proves; null when it lacks its number, time or amount, or is not in yuan. */
export function factOf(transaction: Transaction): PaidFact | null {
  const { transaction_id: providerNumber, success_time: paid, amount } = transaction
  const paidAt = new Date(paid ?? '')
  if (!providerNumber || Number.isNaN(paidAt.getTime()) || amount?.total === undefined || (amount.currency ?? 'CNY') !== 'CNY') return null
  return { paymentNumber: transaction.out_trade_no, providerNumber, amountFen: amount.total, paidAt }
}
