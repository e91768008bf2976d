import { channelAccounts } from '@atrium/schema/identity.ts'
import { parkingTierDays } from '@atrium/schema/parking.ts'
import { payments } from '@atrium/schema/payment.ts'
import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { newId } from '../db/id.ts'
import { blindIndexOf, seal } from '../db/sealed.ts'
import { inTransaction } from '../db/transaction.ts'
import { runInvariants } from '../operations/invariants.ts'
import { couponMall } from '../testing/coupons.ts'
import { parkIn } from './test-park.ts'

const plate = '苏C8K6Q2'

/** A gold member whose bound car has stood for 252 minutes, with a parking coupon of an hour in the pocket. */
async function goldMember(tier: 'silver' | 'gold' | 'crimson' = 'gold') {
  const p = await parkIn(couponMall)
  const me = await p.member({ tier })
  const templateId = await p.publish({ title: '停车一小时', titleEn: 'An hour of parking', worth: { kind: 'parking', minutes: 60 }, storeIds: [] })
  const { body: coupon } = await p.claim(templateId, me.as)
  await p.call('POST /api/parking/plates', { as: me.as, body: { plate } })
  const parkingId = await p.driveIn(plate)
  p.minutes(252)
  const quote = async (couponId: string | null, as = me.as) => (await p.call('POST /api/parking/sessions/{parkingId}/quote', { as, params: { parkingId }, body: { couponId } })).body
  const pay = async (quoteId: string, method: 'wechat_native' | 'alipay_qr' | 'wechat_jsapi' | 'alipay_trade' = 'wechat_native') => p.call('POST /api/parking/pay', { as: me.as, body: { quoteId, method } })
  const paid = async (paymentNumber: string) => p.app.request('/callback/wechat-pay/payment', { method: 'POST', ...p.wechat.callback(p.wechat.pay(paymentNumber)) })
  const couponState = async () => (await p.call('GET /api/coupons/{couponId}', { as: me.as, params: { couponId: coupon.couponId } })).body.state
  return { p, me, coupon, parkingId, quote, pay, paid, couponState }
}

describe('tier hours and a coupon', () => {
  test('every part is named, the lines add up, and paying uses both up', async () => {
    const { p, me, coupon, quote, pay, paid, couponState } = await goldMember()
    const told = await quote(coupon.couponId)
    expect(told.parts.map((part) => [part.kind, part.minutes, part.fen, part.title])).toEqual([['free', 30, 0, '首 30 分钟免费'], ['tier_hours', 120, 1600, '会员减免 2 小时'], ['parking_coupon', 60, 800, '停车一小时'], ['due', 42, 800, '还需付']])
    const payment = (await pay(told.quoteId)).body
    expect(payment).toMatchObject({ amountFen: 800, state: 'waiting' })
    expect(await couponState()).toBe('locked')
    await paid(payment.paymentNumber)
    expect(await couponState()).toBe('redeemed')
    expect(await p.sessions()).toMatchObject([{ state: 'paid', paidFen: 800, tierMinutes: 120, memberId: me.memberId }])
    const again = await quote(null)
    expect(again).toMatchObject({ dueFen: 0, tariffFen: 3200 })
  })

  test('a payment that is given up lets both go', async () => {
    const { p, me, coupon, quote, pay, couponState } = await goldMember()
    const payment = (await pay((await quote(coupon.couponId)).quoteId)).body
    expect((await quote(null)).dueFen).toBe(3200)
    await p.call('POST /api/payments/{paymentId}/cancel', { as: me.as, params: { paymentId: payment.paymentId } })
    expect(await couponState()).toBe('available')
    expect(await quote(coupon.couponId)).toMatchObject({ dueFen: 800 })
  })

  test('a coupon that stays locked for a payment that is over breaks a promise', async () => {
    const { p, coupon, quote, pay } = await goldMember()
    const { paymentId } = (await pay((await quote(coupon.couponId)).quoteId)).body
    const undo = new Error('undo')
    const broken = async (state: 'waiting' | 'closed') => {
      let found: unknown[] = []
      await inTransaction(p.ctx(), async (tx) => {
        await tx.db.update(payments).set({ state }).where(eq(payments.paymentId, paymentId))
        found = (await runInvariants(tx.db)).find((r) => r.code === '55-locks-are-live')!.rows.filter((row) => row.couponId === coupon.couponId)
        throw undo
      }).catch((error: unknown) => { if (error !== undo) throw error })
      return found.length
    }
    expect([await broken('waiting'), await broken('closed')]).toEqual([0, 1])
  })

  test('the coupon of a payment under way is refused for a second one', async () => {
    const { coupon, quote, pay, p, parkingId, me } = await goldMember()
    const told = await quote(coupon.couponId)
    await pay(told.quoteId)
    const second = await p.call('POST /api/parking/sessions/{parkingId}/quote', { as: me.as, params: { parkingId }, body: { couponId: coupon.couponId } })
    expect(second.problem.code).toBe('coupon_locked')
  })

  test('a stranger’s coupon is unknown, guests have none, and a stranger gets no hours on my car', async () => {
    const { p, coupon, parkingId, quote } = await goldMember()
    const stranger = await p.member({ tier: 'crimson' })
    const ask = (couponId: string | null, as?: string) => p.call('POST /api/parking/sessions/{parkingId}/quote', { params: { parkingId }, body: { couponId }, ...(as && { as }) })
    expect((await ask(coupon.couponId, stranger.as)).problem.code).toBe('coupon_unknown')
    expect((await ask(coupon.couponId)).problem.code).toBe('coupon_unknown')
    expect((await quote(null, stranger.as)).dueFen).toBe(3200)
  })

  test('covered in full is settled at once, without a provider', async () => {
    const { p, quote, pay, coupon, couponState } = await goldMember('crimson')
    const told = await quote(coupon.couponId)
    expect(told.dueFen).toBe(0)
    expect((await pay(told.quoteId)).body).toMatchObject({ state: 'paid', method: 'none', amountFen: 0, action: { kind: 'none' } })
    expect(await couponState()).toBe('redeemed')
    expect((await p.see(plate, 'exit')).info).toBe('ok')
    expect(p.wechat.calls).toEqual([])
  })

  test('two quotes at once take the hours of the day once', async () => {
    const { p, me, quote, pay } = await goldMember()
    const [a, b] = [await quote(null), await quote(null)]
    const answers = await Promise.all([pay(a.quoteId), pay(b.quoteId)])
    // Whoever comes second is refused, or takes the place of the first: the hours are never held twice.
    expect(answers.every((answer) => answer.status === 200 || answer.problem.code === 'quote_changed')).toBe(true)
    expect((await p.call('GET /api/payments', { as: me.as, query: { state: 'waiting' } })).body.total).toBe(1)
    expect(await p.deps.db.select().from(parkingTierDays).where(eq(parkingTierDays.memberId, me.memberId))).toMatchObject([{ minutes: 120 }])
  })

  test('a stay bought back because the barrier stayed shut returns the coupon and the hours', async () => {
    const { p, me, coupon, parkingId, quote, pay, paid, couponState } = await goldMember()
    await paid((await pay((await quote(coupon.couponId)).quoteId)).body.paymentNumber)
    await p.call('POST /admin/parking/sessions/{parkingId}/close', { as: p.asStaff('parking'), params: { parkingId }, body: { reason: '道闸坏了' } })
    await p.work()
    expect(await couponState()).toBe('available')
    await p.driveIn(plate)
    p.minutes(85)
    expect((await p.call('GET /api/parking/running', { as: me.as })).body.items[0]!.quote.parts[1]).toMatchObject({ kind: 'tier_hours', minutes: 55 })
  })

  test('so does one that ended and is refunded in full at the desk; a part of it returns nothing', async () => {
    const { p, coupon, quote, pay, paid, couponState } = await goldMember()
    const payment = (await pay((await quote(coupon.couponId)).quoteId)).body
    await paid(payment.paymentNumber)
    await p.barrier('exit', 'opened', (await p.see(plate, 'exit')).commandId)
    const refund = async (amountFen: number) => {
      await p.call('POST /admin/payments/{paymentId}/refund', { as: p.asStaff('finance'), params: { paymentId: payment.paymentId }, body: { amountFen, reason: '客诉' } })
      await p.work()
    }
    const minutes = async () => (await p.deps.db.select().from(parkingTierDays).where(eq(parkingTierDays.mallId, p.mallId))).map((day) => day.minutes)
    await refund(300)
    expect([await couponState(), await minutes()]).toEqual(['redeemed', [120]])
    await refund(500)
    expect(await p.sessions()).toMatchObject([{ state: 'closed', refundedFen: 800 }])
    expect([await couponState(), await minutes()]).toEqual(['available', [0]])
  })

  test.each(['by itself', 'by hand'])('so does one that they covered in full, %s', async (how) => {
    const { p, coupon, parkingId, quote, pay, couponState } = await goldMember('crimson')
    await pay((await quote(coupon.couponId)).quoteId)
    await p.see(plate, 'exit')
    if (how === 'by hand') await p.call('POST /admin/parking/sessions/{parkingId}/close', { as: p.asStaff('parking'), params: { parkingId }, body: { reason: '道闸坏了' } })
    else {
      for (let minute = 0; minute < 13; minute += 1) {
        p.minutes(1)
        await p.work()
        await p.comet('exit')
      }
    }
    expect(await p.sessions()).toMatchObject([{ state: 'refunded', openPlate: null }])
    expect(await couponState()).toBe('available')
    expect((await p.deps.db.select().from(parkingTierDays).where(eq(parkingTierDays.mallId, p.mallId))).map((day) => day.minutes)).toEqual([0])
  })
})

test.each([['wechat_jsapi', 'wechat'], ['alipay_trade', 'alipay']] as const)('%s goes to the payer’s own account', async (method, provider) => {
  const { p, me, quote, pay } = await goldMember()
  const told = await quote(null)
  expect((await pay(told.quoteId, method)).problem.code).toBe('payer_unknown')
  const openId = `open-${me.memberId}`
  await p.deps.db.insert(channelAccounts).values({ accountId: newId(p.clock.now()), memberId: me.memberId, provider, openId: seal(p.ctx(), 'channelAccounts.openId', openId), openIdIndex: blindIndexOf(p.ctx(), 'test', openId), linkedAt: p.clock.now() })
  const payment = (await pay(told.quoteId, method)).body
  expect(payment.state).toBe('waiting')
  expect([...p[provider].trades.values()]).toMatchObject([{ payer: openId, kind: 'in_app', amountFen: 1600 }])
})
