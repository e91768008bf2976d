import { NoticeRefused, type Notice, type PaidFact, type PaymentGateway, type PaymentOrder, ProviderUnclear, type RefundOrder } from './gateway.ts'

type Trade = PaymentOrder & { state: 'open' | 'paid' | 'closed'; providerNumber: string; paidAt: Date | null }
type Call = 'place' | 'query' | 'close' | 'refund' | 'queryRefund'

/** A provider that lives in memory, for tests of what happens on our side: it can be slow to answer, lose replies and be paid. */
export function testProvider(now: () => Date) {
  const trades = new Map<string, Trade>()
  const refunds = new Map<string, { order: RefundOrder; at: Date }>()
  const faults: { call: Call; kind: 'silent' | 'reply_lost' }[] = []
  const calls: Call[] = []
  const closing = new Set<string>()

  /** `silent`: nothing done, no answer. `reply_lost`: done, no answer. */
  const fault = (call: Call, kind: 'silent' | 'reply_lost', times = 1) => { for (let i = 0; i < times; i += 1) faults.push({ call, kind }) }
  // Sweepers serve every mall of the database: what other tests left open must not use up a fault of this one.
  const doing = <T>(call: Call, paymentNumber: string, work: () => T): T => {
    calls.push(call)
    const at = call === 'place' || trades.has(paymentNumber) ? faults.findIndex((f) => f.call === call) : -1
    const [struck] = at < 0 ? [] : faults.splice(at, 1)
    if (struck?.kind === 'silent') throw new ProviderUnclear('no answer')
    const result = work()
    if (struck) throw new ProviderUnclear('reply lost')
    return result
  }
  const factOf = (trade: Trade): PaidFact => ({ paymentNumber: trade.paymentNumber, providerNumber: trade.providerNumber, amountFen: trade.amountFen, paidAt: trade.paidAt! })
  const refunded = (order: RefundOrder) => ({ state: 'refunded' as const, providerNumber: `RF${order.refundNumber}`, doneAt: refunds.get(order.refundNumber)!.at })

  const gateway: PaymentGateway = {
    place: async (order) => doing('place', order.paymentNumber, () => {
      const known = trades.get(order.paymentNumber)
      if (known?.state === 'paid') return { state: 'paid_already' }
      if (known?.state === 'closed') return { state: 'closed_already' }
      if (!known) trades.set(order.paymentNumber, { ...order, state: 'open', providerNumber: `T${order.paymentNumber}`, paidAt: null })
      return { state: 'placed', action: { kind: 'qr', content: `weixin://${order.paymentNumber}` } }
    }),
    query: async (paymentNumber) => doing('query', paymentNumber, () => {
      const trade = trades.get(paymentNumber)
      if (!trade) return { state: 'unknown' }
      if (trade.state === 'open') return { state: 'waiting' }
      return trade.state === 'paid' ? { state: 'paid', fact: factOf(trade) } : { state: 'closed' }
    }),
    close: async (paymentNumber) => doing('close', paymentNumber, () => {
      const trade = trades.get(paymentNumber)
      if (trade?.state === 'paid') return 'paid'
      if (trade) trade.state = 'closed'
      return 'closed'
    }),
    refund: async (order) => doing('refund', order.paymentNumber, () => {
      if (closing.delete(order.paymentNumber)) return { state: 'failed', reason: '退款已关闭' }
      if (!refunds.has(order.refundNumber)) refunds.set(order.refundNumber, { order, at: now() })
      return refunded(order)
    }),
    queryRefund: async (order) => doing('queryRefund', order.paymentNumber, () => (refunds.has(order.refundNumber) ? refunded(order) : { state: 'unknown' })),
    readNotice: ({ headers, body }): Notice => {
      if (headers['x-test-signature'] !== 'genuine') throw new NoticeRefused('not signed')
      const said = JSON.parse(body.toString()) as { messageId: string; fact: Omit<PaidFact, 'paidAt'> & { paidAt: string } }
      return { kind: 'paid', messageId: said.messageId, fact: { ...said.fact, paidAt: new Date(said.fact.paidAt) } }
    },
    acknowledge: (taken) => ({ status: taken ? 200 : 401, type: 'text/plain', body: taken ? 'ok' : 'no' }),
  }

  return {
    gateway, trades, fault, calls,
    /** The next refund of this payment is closed: its number never moves money. */
    closeRefund: (paymentNumber: string) => { closing.add(paymentNumber) },
    /** No fault strikes any more. */
    heal: () => { faults.length = 0 },
    refundsOf: (paymentNumber: string) => [...refunds.values()].filter((refund) => refund.order.paymentNumber === paymentNumber),
    /** The payer pays; whether anybody is told is another matter. */
    pay: (paymentNumber: string): PaidFact => {
      const trade = trades.get(paymentNumber)
      if (!trade || trade.state === 'closed') throw new Error(`nothing to pay under ${paymentNumber}`)
      trade.state = 'paid'
      trade.paidAt ??= now()
      return factOf(trade)
    },
    /** Money comes in for an order that was closed: a scanned code can do that. */
    payLate: (paymentNumber: string): void => { Object.assign(trades.get(paymentNumber)!, { state: 'paid', paidAt: now() }) },
    callback: (fact: PaidFact, messageId = `M${fact.paymentNumber}`, genuine = true) => ({ headers: { 'x-test-signature': genuine ? 'genuine' : 'forged' }, body: JSON.stringify({ messageId, fact }) }),
  }
}
