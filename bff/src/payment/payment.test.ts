import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { inbox } from '@atrium/schema/kit.ts'
import { payments } from '@atrium/schema/payment.ts'
import { describe, expect, test } from 'vitest'
import { inTransaction } from '../db/transaction.ts'
import { announce } from '../outbox/announce.ts'
import { hintRefund } from './refund.ts'
import { movePayment } from './store.ts'
import { type TestPark, testPark } from '../parking/test-park.ts'

const plate = '苏C8K6Q2'

/** A car that owes 8 yuan and a payment for it that waits for the payer. */
async function waiting(over: { as?: string } = {}) {
  const p = await testPark()
  const parkingId = await p.driveIn(plate)
  p.minutes(65)
  const quote = await quoteOf(p, parkingId, over.as)
  const payment = await payOf(p, quote.quoteId, over.as)
  return { p, parkingId, payment, params: { paymentId: payment.paymentId } }
}
const quoteOf = async (p: TestPark, parkingId: string, as?: string) => (await p.call('POST /api/parking/sessions/{parkingId}/quote', { params: { parkingId }, body: {}, ...(as && { as }) })).body
const payOf = async (p: TestPark, quoteId: string, as?: string) => (await p.call('POST /api/parking/pay', { body: { quoteId, method: 'wechat_native' }, ...(as && { as }) })).body
const callback = (p: TestPark, message: { headers: Record<string, string>; body: string }) => p.app.request('/callback/wechat-pay/payment', { method: 'POST', ...message })
const show = async (p: TestPark, paymentId: string) => (await p.call('GET /api/payments/{paymentId}', { params: { paymentId } })).body
const inboxOf = (p: TestPark) => p.deps.db.select().from(inbox).where(eq(inbox.mallId, p.mallId))

describe('a callback', () => {
  test('fifteen times at once books once', async () => {
    const { p, payment } = await waiting()
    const message = p.wechat.callback(p.wechat.pay(payment.paymentNumber))
    const answers = await Promise.all(Array.from({ length: 15 }, () => callback(p, message)))
    expect(answers.every((a) => a.status === 200)).toBe(true)
    expect(await p.sessions()).toMatchObject([{ state: 'paid', paidFen: 800 }])
    expect(await inboxOf(p)).toHaveLength(1)
    const { body } = await p.call('GET /admin/payments/{paymentId}', { as: p.asStaff('finance'), params: { paymentId: payment.paymentId } })
    expect(body.timeline.map((line) => line.fact)).toEqual(['创建支付单', '下单成功，等待付款', '收到支付通知，验签通过'])
  })

  test('lost for good: the sweeper finds the money', async () => {
    const { p, payment } = await waiting()
    p.wechat.pay(payment.paymentNumber)
    p.seconds(4)
    await p.work()
    expect(await show(p, payment.paymentId)).toMatchObject({ state: 'paid' })
    expect(await p.sessions()).toMatchObject([{ state: 'paid' }])
  })

  test('forged, of another sum, or of no payment of ours is refused and books nothing', async () => {
    const { p, payment } = await waiting()
    const fact = { paymentNumber: payment.paymentNumber, providerNumber: 'T1', amountFen: 800, paidAt: p.clock.now() }
    expect((await callback(p, p.wechat.callback(fact, 'M1', false))).status).toBe(401)
    expect((await callback(p, p.wechat.callback({ ...fact, amountFen: 1 }, 'M2'))).status).toBe(401)
    expect((await callback(p, p.wechat.callback({ ...fact, paymentNumber: 'P0000' }, 'M3'))).status).toBe(401)
    expect((await p.app.request('/callback/alipay/payment', { method: 'POST', ...p.wechat.callback(fact, 'M4') })).status).toBe(401)
    expect(await inboxOf(p)).toHaveLength(0)
    expect(await show(p, payment.paymentId)).toMatchObject({ state: 'waiting' })
    expect(await p.sessions()).toMatchObject([{ state: 'open', paidFen: 0 }])
  })

  test('races the query: one effect', async () => {
    const { p, payment, params } = await waiting()
    const message = p.wechat.callback(p.wechat.pay(payment.paymentNumber))
    await Promise.all([callback(p, message), p.call('POST /api/payments/{paymentId}/check', { params }), p.work(), callback(p, { ...message, body: message.body.replace('"M', '"N') })])
    expect(await p.sessions()).toMatchObject([{ state: 'paid', paidFen: 800 }])
  })

  test('a day late, after it ran out and was closed: everything goes back by itself', async () => {
    const { p, payment } = await waiting()
    p.minutes(11)
    await p.work()
    expect(await show(p, payment.paymentId)).toMatchObject({ state: 'closed' })
    p.wechat.payLate(payment.paymentNumber)
    const late = { paymentNumber: payment.paymentNumber, providerNumber: `T${payment.paymentNumber}`, amountFen: 800, paidAt: p.clock.now() }
    expect((await callback(p, p.wechat.callback(late))).status).toBe(200)
    await p.work()
    expect(await show(p, payment.paymentId)).toMatchObject({ state: 'refunded', refundedFen: 800 })
    expect(p.wechat.refundsOf(payment.paymentNumber)).toHaveLength(1)
    expect(await p.sessions()).toMatchObject([{ state: 'open', paidFen: 0 }])
  })
})

describe('a provider that does not answer', () => {
  test('after accepting the order: asked, never ordered twice under another number', async () => {
    const p = await testPark()
    const parkingId = await p.driveIn(plate)
    p.minutes(65)
    p.wechat.fault('place', 'reply_lost')
    const payment = await payOf(p, (await quoteOf(p, parkingId)).quoteId)
    expect(payment).toMatchObject({ state: 'asking', action: { kind: 'none' } })
    p.seconds(4)
    await p.work()
    expect(await show(p, payment.paymentId)).toMatchObject({ state: 'waiting', action: { kind: 'qr' } })
    expect(p.wechat.trades.size).toBe(1)
  })

  test('before accepting: the same number goes out again', async () => {
    const p = await testPark()
    const parkingId = await p.driveIn(plate)
    p.minutes(65)
    p.wechat.fault('place', 'silent')
    const payment = await payOf(p, (await quoteOf(p, parkingId)).quoteId)
    expect(payment.state).toBe('asking')
    const { body } = await p.call('POST /api/payments/{paymentId}/check', { params: { paymentId: payment.paymentId } })
    expect(body).toMatchObject({ state: 'waiting', paymentNumber: payment.paymentNumber })
  })

  test('for a while: the payer is told so, and the truth afterwards', async () => {
    const { p, payment, params } = await waiting()
    p.wechat.pay(payment.paymentNumber)
    p.wechat.fault('query', 'silent', 2)
    expect((await p.call('POST /api/payments/{paymentId}/check', { params })).problem.code).toBe('provider_unavailable')
    expect(await show(p, payment.paymentId)).toMatchObject({ state: 'asking' })
    for (let i = 0; i < 4; i += 1) {
      p.seconds(20)
      await p.work()
    }
    expect(await show(p, payment.paymentId)).toMatchObject({ state: 'paid' })
  })

  test('a process that died between storing and ordering: the sweeper goes on', async () => {
    const { p, payment } = await waiting()
    p.wechat.trades.clear()
    await p.deps.db.update(payments).set({ state: 'created', action: null, asks: 0 }).where(eq(payments.paymentId, payment.paymentId))
    p.seconds(4)
    await p.work()
    expect(await show(p, payment.paymentId)).toMatchObject({ state: 'waiting', action: { kind: 'qr' } })
  })
})

describe('closing', () => {
  test('unpaid is closed, cancelling again answers the same', async () => {
    const { p, params } = await waiting()
    expect((await p.call('POST /api/payments/{paymentId}/cancel', { params })).body).toMatchObject({ state: 'closed' })
    expect((await p.call('POST /api/payments/{paymentId}/cancel', { params })).body).toMatchObject({ state: 'closed' })
  })

  test('races the payment: what was faster counts, and paid stays paid', async () => {
    const { p, payment, params } = await waiting()
    p.wechat.pay(payment.paymentNumber)
    expect((await p.call('POST /api/payments/{paymentId}/cancel', { params })).body).toMatchObject({ state: 'paid' })
    expect((await p.call('POST /api/payments/{paymentId}/cancel', { params })).problem.code).toBe('payment_paid')
    expect(await p.sessions()).toMatchObject([{ state: 'paid', paidFen: 800 }])
  })

  test('without an answer it stays open, and closes by itself later', async () => {
    const { p, payment, params } = await waiting()
    p.wechat.fault('close', 'reply_lost')
    expect((await p.call('POST /api/payments/{paymentId}/cancel', { params })).problem.code).toBe('provider_unavailable')
    expect(await show(p, payment.paymentId)).toMatchObject({ state: 'asking' })
    p.seconds(20)
    await p.work()
    expect(await show(p, payment.paymentId)).toMatchObject({ state: 'closed' })
  })

  test('money that only a look back finds goes back as well', async () => {
    const { p, payment, params } = await waiting()
    await p.call('POST /api/payments/{paymentId}/cancel', { params })
    p.wechat.payLate(payment.paymentNumber)
    p.minutes(21)
    await p.work()
    await p.work()
    expect(await show(p, payment.paymentId)).toMatchObject({ state: 'refunded' })
  })
})

test('a refund of the house that the provider closed goes out under a new number, not at once again', async () => {
  const { p, payment, params } = await waiting()
  p.minutes(11)
  await p.work()
  p.wechat.payLate(payment.paymentNumber)
  p.wechat.closeRefund(payment.paymentNumber)
  await callback(p, p.wechat.callback({ paymentNumber: payment.paymentNumber, providerNumber: `T${payment.paymentNumber}`, amountFen: 800, paidAt: p.clock.now() }))
  await p.work()
  await p.work()
  const desk = async () => (await p.call('GET /admin/payments/{paymentId}', { as: p.asStaff('finance'), params })).body
  const before = await desk()
  expect([before.state, p.wechat.refundsOf(payment.paymentNumber)]).toEqual(['refunding', []])
  expect(before.timeline.at(-1)).toMatchObject({ fact: '退款未到账，换号再退', ok: false })
  p.minutes(2)
  await p.work()
  expect(await show(p, payment.paymentId)).toMatchObject({ state: 'refunded', refundedFen: 800 })
  const [done] = p.wechat.refundsOf(payment.paymentNumber)
  expect((await desk()).refunds.map((one) => one.refundNumber)).toEqual([done!.order.refundNumber])
  expect(before.timeline.at(-1)!.detail).not.toContain(done!.order.refundNumber)
})

test('a payment moves along the declared edges alone', async () => {
  const { p, payment } = await waiting()
  const row = { paymentId: payment.paymentId, state: 'closed' } as const
  await expect(movePayment(p.ctx(), row, 'waiting')).rejects.toThrow('cannot go from closed to waiting')
  await expect(movePayment(p.ctx(), { ...row, state: 'refunded' }, 'paid')).rejects.toThrow('cannot go from refunded to paid')
  expect(await show(p, payment.paymentId)).toMatchObject({ state: 'waiting' })
})

test('points earned and taken back show with the payment, in whichever order they are told', async () => {
  const { p, payment } = await waiting()
  await inTransaction(p.ctx(), async (tx) => {
    await announce(tx, 'points.taken_back', { paymentId: payment.paymentId, points: 3 })
    await announce(tx, 'points.earned', { paymentId: payment.paymentId, points: 8 })
  })
  await p.work()
  expect((await show(p, payment.paymentId)).pointsEarned).toBe(5)
})

test('two phones pay the same debt at once: one is kept, the other goes back', async () => {
  const { p, parkingId, payment } = await waiting()
  const other = await payOf(p, (await quoteOf(p, parkingId)).quoteId)
  expect(other.paymentId).not.toBe(payment.paymentId)
  const messages = [payment, other].map((one) => p.wechat.callback(p.wechat.pay(one.paymentNumber)))
  await Promise.all(messages.map((message) => callback(p, message)))
  await p.work()
  const states = await Promise.all([payment, other].map(async (one) => (await show(p, one.paymentId)).state))
  expect(states.sort()).toEqual(['paid', 'refunded'])
  expect(await p.sessions()).toMatchObject([{ state: 'paid', paidFen: 800, refundedFen: 0 }])
})

describe('refunds', () => {
  const refund = (p: TestPark, paymentId: string, amountFen: number, key: string = randomUUID(), role: 'finance' | 'parking' | 'administrator' = 'finance') =>
    p.call('POST /admin/payments/{paymentId}/refund', { as: p.asStaff(role), params: { paymentId }, body: { amountFen, reason: '多收了停车费' }, key })
  const paid = async () => {
    const w = await waiting()
    await callback(w.p, w.p.wechat.callback(w.p.wechat.pay(w.payment.paymentNumber)))
    return w
  }

  test('in part, then the rest; never more than was paid', async () => {
    const { p, payment } = await paid()
    expect((await refund(p, payment.paymentId, 300)).body).toMatchObject({ state: 'created', amountFen: 300 })
    expect((await refund(p, payment.paymentId, 300)).problem.code).toBe('refund_in_progress')
    await p.work()
    expect(await show(p, payment.paymentId)).toMatchObject({ state: 'paid', refundedFen: 300 })
    expect((await refund(p, payment.paymentId, 501)).problem.code).toBe('refund_exceeds_paid')
    await refund(p, payment.paymentId, 500)
    await p.work()
    expect(await show(p, payment.paymentId)).toMatchObject({ state: 'refunded', refundedFen: 800 })
    const { body } = await p.call('GET /admin/payments', { as: p.asStaff('auditor'), query: { q: '苏C·8K6Q2' } })
    expect(body).toMatchObject({ total: 1, totals: { askedFen: 800, paidFen: 800, refundedFen: 800, netFen: 0 }, items: [{ plate, state: 'refunded' }] })
    expect((await p.call('GET /admin/payments', { as: p.asStaff('auditor'), query: { q: '苏CX0000', sort: '-paidAt' } })).body.total).toBe(0)
  })

  test('thirty at once commit no more than was paid', async () => {
    const { p, payment } = await paid()
    const answers = await Promise.all(Array.from({ length: 30 }, () => refund(p, payment.paymentId, 500)))
    expect(answers.filter((a) => a.status === 200)).toHaveLength(1)
  })

  test('without an answer it is asked about and sent under the same number', async () => {
    const { p, payment } = await paid()
    p.wechat.fault('refund', 'reply_lost')
    await refund(p, payment.paymentId, 800)
    await p.work()
    expect(await show(p, payment.paymentId)).toMatchObject({ state: 'refunding', refundedFen: 0 })
    p.seconds(6)
    await p.work()
    expect(await show(p, payment.paymentId)).toMatchObject({ state: 'refunded' })
    expect(p.wechat.refundsOf(payment.paymentNumber)).toHaveLength(1)
  })

  test('a hint that comes after it is done opens nothing again', async () => {
    const { p, payment } = await paid()
    const { refundId } = (await refund(p, payment.paymentId, 300)).body
    await p.work()
    await hintRefund(p.ctx(), refundId)
    p.minutes(61)
    await p.work()
    expect(await show(p, payment.paymentId)).toMatchObject({ state: 'paid', refundedFen: 300 })
  })

  test('one that was never taken in goes out again', async () => {
    const { p, payment } = await paid()
    p.wechat.fault('refund', 'silent')
    await refund(p, payment.paymentId, 800)
    await p.work()
    p.seconds(6)
    await p.work()
    expect(await show(p, payment.paymentId)).toMatchObject({ state: 'refunded' })
  })

  test('the same key is one refund; an unpaid payment and other roles are refused', async () => {
    const { p, payment } = await paid()
    const as = p.asStaff('finance')
    const once = { as, params: { paymentId: payment.paymentId }, body: { amountFen: 100, reason: '多收了停车费' }, key: 'refund-key-1' }
    const first = await p.call('POST /admin/payments/{paymentId}/refund', once)
    expect((await p.call('POST /admin/payments/{paymentId}/refund', once)).body).toEqual(first.body)
    expect((await refund(p, payment.paymentId, 100, randomUUID(), 'parking')).status).toBe(403)
    expect((await refund(p, payment.paymentId, 100, randomUUID(), 'administrator')).status).toBe(403)
    const unpaid = await waiting()
    expect((await refund(unpaid.p, unpaid.payment.paymentId, 100)).problem.code).toBe('payment_closed')
  })
})

describe('paid and shut in', () => {
  /** Paid, at the exit, and the barrier does not move. */
  const stuck = async () => {
    const w = await waiting()
    await callback(w.p, w.p.wechat.callback(w.p.wechat.pay(w.payment.paymentNumber)))
    const { commandId } = await w.p.see(plate, 'exit')
    for (let i = 0; i < 3; i += 1) {
      await w.p.barrier('exit', 'jammed', commandId)
      w.p.seconds(30)
      await w.p.comet('exit')
    }
    expect(await w.p.sessions()).toMatchObject([{ state: 'stuck' }])
    return w
  }

  test('for ten minutes: the money goes back by itself', async () => {
    const { p, payment } = await stuck()
    p.minutes(11)
    await p.work()
    await p.work()
    expect(await p.sessions()).toMatchObject([{ state: 'refunded', refundedFen: 800, openPlate: null }])
    expect(await show(p, payment.paymentId)).toMatchObject({ state: 'refunded' })
  })

  test('opened by hand in time: nothing goes back', async () => {
    const { p, payment } = await stuck()
    await p.comet('exit')
    await p.call('POST /admin/parking/lanes/{laneId}/open', { as: p.asStaff('parking'), params: { laneId: p.lane.exit }, body: { reason: '道闸卡住' } })
    await p.barrier('exit', 'opened', (await p.comet('exit'))!.Response_AlarmInfoPlate!.commandId)
    p.minutes(11)
    await p.work()
    expect(await p.sessions()).toMatchObject([{ state: 'closed' }])
    expect(await show(p, payment.paymentId)).toMatchObject({ state: 'paid' })
  })

  test('closed by the operator: refunded in full', async () => {
    const { p, parkingId, payment } = await stuck()
    const answer = await p.call('POST /admin/parking/sessions/{parkingId}/close', { as: p.asStaff('parking'), params: { parkingId }, body: { reason: '道闸坏了' } })
    expect(answer.body).toMatchObject({ state: 'refunded' })
    await p.work()
    expect(await show(p, payment.paymentId)).toMatchObject({ state: 'refunded', refundedFen: 800 })
  })
})
