import { eq } from 'drizzle-orm'
import { payments, refunds } from '@atrium/schema/payment.ts'
import { newId } from '../db/id.ts'
import type { TestMall } from '../http/test-kit.ts'

const hour = 3_600_000

/** A paid payment for a stay of two hours that ended, as the payment feature leaves it. `amountFen` 0 was free and needs no provider. */
export async function aPaidParking({ deps, mallId, clock }: TestMall, { amountFen, memberId = newId(clock.now()) }: { amountFen: number; memberId?: string }): Promise<{ paymentId: string; memberId: string }> {
  const now = clock.now()
  const paymentId = newId(now)
  const free = amountFen === 0
  await deps.db.insert(payments).values({
    paymentId, mallId, paymentNumber: `P${paymentId}`, purpose: 'parking', subjectId: newId(now), quoteId: newId(now), subject: '停车费 苏C·8K6Q2', subjectEn: 'Parking 苏C·8K6Q2', memberId, plate: '苏C8K6Q2',
    method: free ? 'none' : 'wechat_jsapi', provider: free ? 'none' : 'wechat', state: 'paid', amountFen, kept: true, providerNumber: free ? null : `42000${paymentId}`, expiresAt: now, paidAt: now, createdAt: now,
    invoice: { title: '停车费 2 小时', titleEn: 'Parking, 2 hours', address: '江苏省徐州市云龙区和平路 1 号', plate: '苏C8K6Q2', from: new Date(now.getTime() - 2 * hour).toISOString(), until: now.toISOString() },
  })
  return { paymentId, memberId }
}

/** Money of a payment went back, as the payment feature leaves it. */
export async function aRefund({ deps, mallId, clock }: TestMall, { paymentId, amountFen }: { paymentId: string; amountFen: number }): Promise<string> {
  const now = clock.now()
  const refundId = newId(now)
  const [payment] = await deps.db.select().from(payments).where(eq(payments.paymentId, paymentId))
  await deps.db.insert(refunds).values({ refundId, mallId, paymentId, refundNumber: `R${refundId}`, amountFen, reason: '测试', byName: null, createdAt: now, state: 'refunded', doneAt: now })
  await deps.db.update(payments).set({ committedFen: amountFen, refundedFen: amountFen, state: amountFen === payment!.amountFen ? 'refunded' : 'paid' }).where(eq(payments.paymentId, paymentId))
  return refundId
}
