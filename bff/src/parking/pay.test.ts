import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { type TestPark, testPark } from './test-park.ts'

const plate = '苏C8K6Q2'

/** A car that has stood for so long, with a guest's quote. */
const parked = async (minutes: number, p: TestPark) => {
  const parkingId = await p.driveIn(plate)
  p.minutes(minutes)
  const quote = (await p.call('POST /api/parking/sessions/{parkingId}/quote', { params: { parkingId }, body: {} })).body
  return { parkingId, quote }
}
const payBy = (p: TestPark, quoteId: string, over: { key?: string; as?: string; method?: 'wechat_native' | 'alipay_qr' | 'wechat_jsapi' } = {}) =>
  p.call('POST /api/parking/pay', { body: { quoteId, method: over.method ?? 'wechat_native' }, key: over.key ?? randomUUID(), ...(over.as && { as: over.as }) })
const callback = (p: TestPark, message: { headers: Record<string, string>; body: string }) => p.app.request('/callback/wechat-pay/payment', { method: 'POST', ...message })

describe('paying a stay', () => {
  test('in, quote, pay, out', async () => {
    const p = await testPark()
    const { parkingId, quote } = await parked(65, p)
    expect(quote).toMatchObject({ dueFen: 800, tariffFen: 800, validUntil: '2026-11-20T05:30:00.000Z', nextDueFen: 1200 })
    const payment = (await payBy(p, quote.quoteId)).body
    expect(payment).toMatchObject({ state: 'waiting', amountFen: 800, action: { kind: 'qr' }, subject: '停车费 苏C·8K6Q2' })
    const fact = p.wechat.pay(payment.paymentNumber)
    expect((await callback(p, p.wechat.callback(fact))).status).toBe(200)
    expect((await p.call('POST /api/parking/lookup', { body: { plate } })).body.item).toMatchObject({ state: 'paid', paidFen: 800, paymentId: null })
    expect((await p.call('GET /api/payments/{paymentId}', { params: { paymentId: payment.paymentId } })).body).toMatchObject({ state: 'paid', leaveBy: '2026-11-20T05:20:00.000Z' })
    p.minutes(15)
    const out = await p.see(plate, 'exit')
    expect(out.info).toBe('ok')
    await p.barrier('exit', 'opened', out.commandId)
    expect(await p.sessions()).toMatchObject([{ parkingId, state: 'closed', paidFen: 800 }])
  })

  test('paid while waiting at the exit: the camera fetches the order to open', async () => {
    const p = await testPark()
    const { quote } = await parked(65, p)
    expect((await p.see(plate, 'exit')).info).toBe('no')
    const payment = (await payBy(p, quote.quoteId)).body
    expect(await p.comet('exit')).toEqual({ status: 'ok' })
    await callback(p, p.wechat.callback(p.wechat.pay(payment.paymentNumber)))
    const order = (await p.comet('exit'))?.Response_AlarmInfoPlate
    expect(order).toMatchObject({ info: 'ok' })
    await p.barrier('exit', 'opened', order!.commandId)
    expect(await p.sessions()).toMatchObject([{ state: 'closed' }])
  })

  test('who overstays the time to leave pays from the payment on', async () => {
    const p = await testPark()
    const { parkingId, quote } = await parked(65, p)
    await callback(p, p.wechat.callback(p.wechat.pay((await payBy(p, quote.quoteId)).body.paymentNumber)))
    p.minutes(40)
    expect((await p.see(plate, 'exit')).info).toBe('no')
    const again = (await p.call('POST /api/parking/sessions/{parkingId}/quote', { params: { parkingId }, body: {} })).body
    expect(again).toMatchObject({ dueFen: 400, tariffFen: 1200 })
    await callback(p, p.wechat.callback(p.wechat.pay((await payBy(p, again.quoteId)).body.paymentNumber)))
    expect(await p.sessions()).toMatchObject([{ state: 'leaving', paidFen: 1200 }])
  })

  test('the same key answers the same payment, the same quote finds the open one', async () => {
    const p = await testPark()
    const { quote } = await parked(65, p)
    const first = (await payBy(p, quote.quoteId, { key: 'pay-key-0001' })).body
    expect((await payBy(p, quote.quoteId, { key: 'pay-key-0001' })).body).toEqual(first)
    expect((await payBy(p, quote.quoteId)).body.paymentId).toBe(first.paymentId)
    expect(p.wechat.trades.size).toBe(1)
  })

  test('many devices with one quote at once open one payment', async () => {
    const p = await testPark()
    const { quote } = await parked(65, p)
    const answers = await Promise.all(Array.from({ length: 8 }, () => payBy(p, quote.quoteId)))
    expect(answers.map((a) => a.status)).toEqual(Array(8).fill(200))
    expect(new Set(answers.map((a) => a.body.paymentId)).size).toBe(1)
    expect(p.wechat.trades.size).toBe(1)
  })

  test('two guests who know the plate get a quote each, so that neither holds the payment of the other', async () => {
    const p = await testPark()
    await parked(65, p)
    const look = async () => (await p.call('POST /api/parking/lookup', { body: { plate } })).body.item!.quote.quoteId
    const [one, other] = [await look(), await look()]
    expect(other).not.toBe(one)
    expect((await payBy(p, one)).body.paymentId).not.toBe((await payBy(p, other)).body.paymentId)
  })

  test('another method takes the place of the first one', async () => {
    const p = await testPark()
    const { quote } = await parked(65, p)
    const first = (await payBy(p, quote.quoteId)).body
    const second = (await payBy(p, quote.quoteId, { method: 'alipay_qr' })).body
    expect(second).toMatchObject({ state: 'waiting', method: 'alipay_qr' })
    expect((await p.call('GET /api/payments/{paymentId}', { params: { paymentId: first.paymentId } })).body.state).toBe('closed')
  })

  test('refuses a quote that ran out, one overtaken by a payment, nothing due, and one of nobody', async () => {
    const p = await testPark()
    const { parkingId, quote } = await parked(65, p)
    p.minutes(26)
    expect((await payBy(p, quote.quoteId)).problem.code).toBe('quote_changed')
    const [a, b] = [await p.call('POST /api/parking/sessions/{parkingId}/quote', { params: { parkingId }, body: {} }), await p.call('POST /api/parking/sessions/{parkingId}/quote', { params: { parkingId }, body: {} })]
    await callback(p, p.wechat.callback(p.wechat.pay((await payBy(p, a.body.quoteId)).body.paymentNumber)))
    expect((await payBy(p, b.body.quoteId)).problem.code).toBe('quote_changed')
    p.seconds(1)
    const free = (await p.call('POST /api/parking/sessions/{parkingId}/quote', { params: { parkingId }, body: {} })).body
    expect((await payBy(p, free.quoteId)).problem.code).toBe('nothing_due')
    expect((await payBy(p, '01ARZ3NDEKTSV4RRFFQ69G5FAV')).problem.code).toBe('parking_unknown')
  })

  test('a pay sheet needs the account of the payer', async () => {
    const p = await testPark()
    const { quote } = await parked(65, p)
    expect((await payBy(p, quote.quoteId, { method: 'wechat_jsapi' })).problem.code).toBe('payer_unknown')
  })

  test('a member quote is paid by that member alone, and shown to nobody else', async () => {
    const p = await testPark()
    const { parkingId } = await parked(65, p)
    const [owner, stranger] = [p.asMember(), p.asMember()]
    const quote = (await p.call('POST /api/parking/sessions/{parkingId}/quote', { params: { parkingId }, body: {}, as: owner })).body
    expect((await payBy(p, quote.quoteId, { as: stranger })).problem.code).toBe('parking_unknown')
    expect((await payBy(p, quote.quoteId)).problem.code).toBe('parking_unknown')
    const payment = (await payBy(p, quote.quoteId, { as: owner })).body
    const params = { paymentId: payment.paymentId }
    expect((await p.call('GET /api/payments/{paymentId}', { params, as: stranger })).status).toBe(404)
    expect((await p.call('GET /api/payments/{paymentId}', { params })).status).toBe(404)
    expect((await p.call('POST /api/payments/{paymentId}/cancel', { params, as: stranger })).status).toBe(404)
    expect((await p.call('GET /api/payments/{paymentId}', { params, as: owner })).status).toBe(200)
    expect((await p.call('GET /api/payments', { as: owner })).body).toMatchObject({ total: 1 })
    expect((await p.call('GET /api/payments', { as: stranger })).body).toMatchObject({ total: 0 })
  })
})

describe('plates', () => {
  test('bind, again, elsewhere, wrong, too many, unbind', async () => {
    const p = await testPark()
    const [owner, stranger] = [p.asMember(), p.asMember()]
    const bound = await p.call('POST /api/parking/plates', { as: owner, body: { plate: '苏c·8k6q2' } })
    expect(bound.body).toMatchObject({ plate, plateKind: 'blue' })
    expect((await p.call('POST /api/parking/plates', { as: owner, body: { plate } })).body.plateId).toBe(bound.body.plateId)
    expect((await p.call('POST /api/parking/plates', { as: stranger, body: { plate } })).problem.code).toBe('plate_bound_elsewhere')
    expect((await p.call('POST /api/parking/plates', { as: owner, body: { plate: '苏C12' } })).status).toBe(400)
    expect((await p.call('POST /api/parking/plates', { as: owner, body: { plate: '某C12345' } })).problem.code).toBe('plate_invalid')
    for (const other of ['苏CA0001', '苏CA0002', '苏CA0003', '苏CA0004']) await p.call('POST /api/parking/plates', { as: owner, body: { plate: other } })
    expect((await p.call('POST /api/parking/plates', { as: owner, body: { plate: '苏CA0005' } })).problem.code).toBe('plate_limit_reached')
    await p.call('DELETE /api/parking/plates/{plateId}', { as: stranger, params: { plateId: bound.body.plateId } })
    expect((await p.call('GET /api/parking/plates', { as: owner })).body.items).toHaveLength(5)
    await p.call('DELETE /api/parking/plates/{plateId}', { as: owner, params: { plateId: bound.body.plateId } })
    expect((await p.call('POST /api/parking/plates', { as: stranger, body: { plate } })).status).toBe(200)
  })

  test('my car inside comes with its quote and the hours of my tier, and those let me out by themselves', async () => {
    const p = await testPark()
    const me = p.asMember()
    await p.call('POST /api/parking/plates', { as: me, body: { plate } })
    await p.driveIn(plate)
    p.minutes(85)
    const { body } = await p.call('GET /api/parking/running', { as: me })
    expect(body.items).toMatchObject([{ plate, state: 'open', quote: { dueFen: 0, tariffFen: 800, parts: [{ kind: 'free' }, { kind: 'tier_hours', minutes: 55 }, { kind: 'due', fen: 0 }] }, coupons: [] }])
    const out = await p.see(plate, 'exit')
    expect(out.info).toBe('ok')
    await p.barrier('exit', 'opened', out.commandId)
    expect((await p.call('GET /api/parking/sessions', { as: me })).body).toMatchObject({ total: 1, items: [{ state: 'closed', paidFen: 0 }] })
    // The hour of the day is used up: the next stay costs its full price.
    await p.driveIn(plate)
    p.minutes(85)
    expect((await p.call('GET /api/parking/running', { as: me })).body.items[0]!.quote).toMatchObject({ dueFen: 800 })
  })

  test('a stranger finds a car by its whole plate only', async () => {
    const p = await testPark()
    await p.driveIn(plate)
    expect((await p.call('POST /api/parking/lookup', { body: { plate: '苏C8K6' } })).problem.code).toBe('plate_invalid')
    expect((await p.call('POST /api/parking/lookup', { body: { plate: '苏C8K6Q3' } })).problem.code).toBe('parking_unknown')
    expect((await p.call('POST /api/parking/lookup', { body: { plate: '苏C·8K6Q2' } })).body.item).toMatchObject({ plate, quote: { dueFen: 0 } })
  })
})
