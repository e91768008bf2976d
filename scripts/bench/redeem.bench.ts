import { randomUUID } from 'node:crypto'
import type { RowDataPacket } from 'mysql2/promise'
import { newId } from '../../bff/src/db/id.ts'
import type { Bench } from './bench.ts'
import { loadWell } from './stand/load.ts'
import { serve } from './stand/process.ts'
import { heldCoupons, openTemplate, signedInAssociates, signedInMembers, withWorld, type World } from './stand/world.ts'

const rounds = 4
const each = 400
const callers = 16
/** An assistant may redeem 60 times a minute. */
const perAssociate = 50

/** What redeeming writes, and nothing else: lock the coupon, look at what it promises, write the redemption and the event, commit. */
const bareTransaction = async ({ pool, mallId, storeId }: World, couponNumber: string): Promise<void> => {
  const connection = await pool.getConnection()
  try {
    const now = new Date()
    await connection.query('START TRANSACTION')
    const [[coupon]] = await connection.query<RowDataPacket[]>('SELECT couponId, memberId, templateId, version, state, validUntil FROM coupons WHERE mallId = ? AND couponNumber = ? FOR UPDATE', [mallId, couponNumber])
    const [[version]] = await connection.query<RowDataPacket[]>('SELECT kind, worth, storeIds FROM couponTemplateVersions WHERE templateId = ? AND version = ?', [coupon!.templateId, coupon!.version])
    if (coupon!.state !== 'available' || version!.kind !== 'cash') throw new Error('this coupon is not for the bare transaction')
    const redemptionId = newId(now)
    await connection.query('INSERT INTO redemptions SET ?', [{
      redemptionId, mallId, redemptionNumber: redemptionId.slice(-14), couponId: coupon!.couponId, standingFor: coupon!.couponId, templateId: coupon!.templateId, memberId: coupon!.memberId, storeId, storeName: '野渡咖啡', storeNameEn: 'Wild Ferry Coffee',
      staffName: '周敏', channel: 'console', valueFen: 5_000, state: 'redeemed', at: now
    }])
    await connection.query("UPDATE coupons SET state = 'redeemed', redeemedAt = ? WHERE mallId = ? AND couponId = ?", [now, mallId, coupon!.couponId])
    await connection.query('INSERT INTO outbox SET ?', [{ eventId: newId(now), mallId, type: 'bench', data: '{}', occurredAt: now, availableAt: now, deliveredAt: now }])
    await connection.query('COMMIT')
  } finally {
    connection.release()
  }
}

/** Runs the bare transaction over a list of coupons, `callers` at a time; answers how many a second. */
const bareRound = async (world: World, numbers: string[]): Promise<number> => {
  const started = performance.now()
  const open = [...numbers]
  await Promise.all(Array.from({ length: callers }, async () => {
    for (let number = open.pop(); number; number = open.pop()) await bareTransaction(world, number)
  }))
  return numbers.length / ((performance.now() - started) / 1000)
}

/** Redeeming over HTTP (session, validation, idempotency, audit chain, events) beside the transaction alone. */
const bench: Bench = () => withWorld({ members: 200, parkings: 1_000 }, async world => {
  const people = await signedInMembers(world, 100)
  const associates = await signedInAssociates(world, Math.ceil((rounds + 1) * each / perAssociate))
  const numbers = (await heldCoupons(world, await openTemplate(world), people, 2 * (rounds + 1) * each / people.length)).map(coupon => coupon.couponNumber)
  const ours = await serve('bff/src/main.ts', world.port, world.env)
  try {
    const sums = { ours: 0, bare: 0 }
    let turn = 0
    for (let round = -1; round < rounds; round++) {
      const mine = numbers.splice(0, each)
      const next = () => {
        const code = mine.pop()
        const associate = associates[Math.floor(turn / perAssociate)]
        if (!code || !associate) return null
        turn++
        return { method: 'POST' as const, path: '/admin/coupons/redeem', headers: { authorization: `Bearer ${associate.token}`, 'idempotency-key': randomUUID() }, body: { code, storeId: world.storeId } }
      }
      const rates = { ours: (await loadWell(world.port, next, { connections: callers })).perSecond, bare: await bareRound(world, numbers.splice(0, each)) }
      if (round >= 0) for (const who of ['ours', 'bare'] as const) sums[who] += rates[who] / rounds
    }
    return [{ name: 'redeeming over HTTP', ...sums, unit: 'a second', atLeast: 0.4 }]
  } finally {
    await ours.stop()
  }
})
export default bench
