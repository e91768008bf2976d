import fc from 'fast-check'
import { eq } from 'drizzle-orm'
import { payments } from '@atrium/schema/payment.ts'
import { expect, test } from 'vitest'
import { type TestPark, testPark } from '../parking/test-park.ts'

// Any order of events on any side, then quiet: what the provider holds and what the books say must be the same, and nobody is charged twice.
const plate = '苏C8K6Q2'
type World = { p: TestPark; parkingId: string; callbacks: { headers: Record<string, string>; body: string }[]; exit: string | undefined }

const trades = (p: TestPark) => [...p.wechat.trades.values()]
const pick = <T>(from: T[], n: number): T | undefined => from[n % Math.max(1, from.length)]
const deliver = (p: TestPark, message: World['callbacks'][number]) => p.app.request('/callback/wechat-pay/payment', { method: 'POST', ...message })
const rows = (p: TestPark) => p.deps.db.select().from(payments).where(eq(payments.mallId, p.mallId))

const steps = {
  order: async ({ p, parkingId }: World) => {
    const quote = await p.call('POST /api/parking/sessions/{parkingId}/quote', { params: { parkingId }, body: {} })
    if (quote.status === 200) await p.call('POST /api/parking/pay', { body: { quoteId: quote.body.quoteId, method: 'wechat_native' } })
  },
  pay: async (w: World, n: number) => {
    const open = pick(trades(w.p).filter((trade) => trade.state === 'open'), n)
    if (!open) return
    const message = w.p.wechat.callback(w.p.wechat.pay(open.paymentNumber))
    if (n % 3 > 0) w.callbacks.push(message)
    if (n % 3 > 1) w.callbacks.push(message)
  },
  lateMoney: async ({ p }: World, n: number) => {
    const shut = pick(trades(p).filter((trade) => trade.state === 'closed'), n)
    if (shut) p.wechat.payLate(shut.paymentNumber)
  },
  deliver: async (w: World, n: number) => {
    const [message] = w.callbacks.splice(n % Math.max(1, w.callbacks.length), 1)
    if (message) await deliver(w.p, message)
  },
  cancel: async ({ p }: World, n: number) => {
    const one = pick(await rows(p), n)
    if (one) await p.call('POST /api/payments/{paymentId}/cancel', { params: { paymentId: one.paymentId } })
  },
  check: async ({ p }: World, n: number) => {
    const one = pick(await rows(p), n)
    if (one) await p.call('POST /api/payments/{paymentId}/check', { params: { paymentId: one.paymentId } })
  },
  refund: async ({ p }: World, n: number) => {
    const one = pick((await rows(p)).filter((row) => row.paidAt), n)
    if (one) await p.call('POST /admin/payments/{paymentId}/refund', { as: p.asStaff('finance'), params: { paymentId: one.paymentId }, body: { amountFen: 1 + (n % 900), reason: '多收了停车费' } })
  },
  fault: async ({ p }: World, n: number) => p.wechat.fault((['place', 'query', 'close', 'refund', 'queryRefund'] as const)[n % 5]!, n % 2 ? 'silent' : 'reply_lost'),
  sweep: async ({ p }: World) => p.work(),
  wait: async ({ p }: World, n: number) => p.seconds([2, 20, 400, 1200][n % 4]!),
  exit: async (w: World) => { w.exit = (await w.p.see(plate, 'exit')).commandId ?? (await w.p.comet('exit'))?.Response_AlarmInfoPlate?.commandId },
  barrier: async (w: World, n: number) => { await w.p.barrier('exit', n % 2 ? 'opened' : 'jammed', w.exit) },
}
const step = fc.record({ name: fc.constantFrom(...(Object.keys(steps) as (keyof typeof steps)[])), n: fc.nat({ max: 1000 }) })

// MODEL_RUNS=500 looks longer than a test run has time for.
test('whatever happens in whatever order, books and provider agree in the end', async () => {
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30 }), async (story) => {
    const p = await testPark()
    const w: World = { p, parkingId: await p.driveIn(plate), callbacks: [], exit: undefined }
    p.minutes(65)
    for (const { name, n } of story) await steps[name](w, n)
    p.wechat.heal()
    for (const message of w.callbacks) await deliver(p, message)
    for (let i = 0; i < 12; i += 1) {
      p.minutes(7)
      await p.work()
    }
    const books = await rows(p)
    const [stay] = (await p.sessions()).filter((row) => row.parkingId === w.parkingId)
    for (const row of books) {
      const trade = p.wechat.trades.get(row.paymentNumber)
      const back = p.wechat.refundsOf(row.paymentNumber).reduce((sum, refund) => sum + refund.order.amountFen, 0)
      expect(['paid', 'closed', 'failed', 'refunded']).toContain(row.state)
      expect(row.paidAt !== null).toBe(trade?.state === 'paid')
      expect(row.refundedFen).toBe(back)
    }
    const kept = books.filter((row) => row.kept)
    expect(stay).toMatchObject({ paidFen: kept.reduce((sum, row) => sum + row.amountFen, 0), refundedFen: kept.reduce((sum, row) => sum + row.refundedFen, 0) })
    expect(books.filter((row) => row.kept === false).every((row) => row.state === 'refunded')).toBe(true)
    expect(stay!.state === 'stuck' && stay!.paidFen > stay!.refundedFen).toBe(false)
  }), { numRuns: Number(process.env.MODEL_RUNS ?? 25) })
}, 600_000)
