import { randomUUID } from 'node:crypto'
import type { PoolConnection, RowDataPacket } from 'mysql2/promise'
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
/** As many chains of audit as the house has, beside its own. */
const bareLanes = 32

/**
 * The transaction without a server around it, by the driver alone. `business`: lock the coupon, look at what it promises, write redemption and event. `whole`: also what
 * the house asks of every write of staff inside its transaction, the idempotency row with its reply and the audit entry.
 */
const bareTransaction = async ({ pool, mallId, storeId }: World, couponNumber: string, scope: 'business' | 'whole'): Promise<void> => {
  const connection = await pool.getConnection()
  try {
    const now = new Date()
    const key = randomUUID()
    await connection.query('START TRANSACTION')
    if (scope === 'whole') await connection.query('INSERT INTO idempotency SET ?', [{ actor: 's:bench', idempotencyKey: key, mallId, route: 'bench', requestHash: Buffer.alloc(32) }])
    const [[locked]] = await connection.query<RowDataPacket[]>('SELECT couponId FROM coupons WHERE mallId = ? AND couponNumber = ? FOR UPDATE', [mallId, couponNumber])
    const [[coupon]] = await connection.query<RowDataPacket[]>(`SELECT c.*, v.*, r.redemptionId FROM coupons c JOIN couponTemplateVersions v ON v.templateId = c.templateId AND v.version = c.version
      LEFT JOIN redemptions r ON r.standingFor = c.couponId WHERE c.mallId = ? AND c.couponId = ?`, [mallId, locked!.couponId])
    if (coupon!.state !== 'available' || coupon!.kind !== 'cash') throw new Error('this coupon is not for the bare transaction')
    const redemptionId = newId(now)
    await connection.query('INSERT INTO redemptions SET ?', [{
      redemptionId, mallId, redemptionNumber: redemptionId.slice(-14), couponId: coupon!.couponId, standingFor: coupon!.couponId, templateId: coupon!.templateId, memberId: coupon!.memberId, storeId, storeName: '野渡咖啡', storeNameEn: 'Wild Ferry Coffee',
      staffName: '周敏', channel: 'console', valueFen: 5_000, state: 'redeemed', at: now
    }])
    await connection.query("UPDATE coupons SET state = 'redeemed', redeemedAt = ? WHERE mallId = ? AND couponId = ?", [now, mallId, coupon!.couponId])
    await connection.query('INSERT INTO outbox SET ?', [{ eventId: newId(now), mallId, type: 'bench', data: '{}', occurredAt: now, availableAt: now, deliveredAt: now }])
    if (scope === 'whole') {
      await connection.query('SELECT * FROM members WHERE memberId = ?', [coupon!.memberId])
      await connection.query('SELECT * FROM memberships WHERE mallId = ? AND memberId = ?', [mallId, coupon!.memberId])
      await connection.query("UPDATE idempotency SET reply = ? WHERE actor = 's:bench' AND idempotencyKey = ?", [JSON.stringify(coupon), key])
      await auditLikeTheHouse(connection, mallId, redemptionId, now)
    }
    await connection.query('COMMIT')
  } finally {
    connection.release()
  }
}

const auditLikeTheHouse = async (connection: PoolConnection, mallId: string, entryId: string, at: Date): Promise<void> => {
  const lane = bareLanes + Math.floor(Math.random() * bareLanes)
  const head = async () => (await connection.query<RowDataPacket[]>('SELECT sequence FROM auditHead WHERE mallId = ? AND lane = ? FOR UPDATE', [mallId, lane]))[0][0]
  let found = await head()
  if (!found) {
    await connection.query('INSERT IGNORE INTO auditHead SET ?', [{ mallId, lane, sequence: 0, hash: Buffer.alloc(32) }])
    found = await head()
  }
  const sequence = Number(found!.sequence) + 1
  await connection.query('INSERT INTO auditEntry SET ?', [{ entryId, mallId, lane, sequence, at, staffName: '周敏', role: 'salesAssociate', act: 'bench', outcome: 'done', requestId: entryId, address: 'local', detail: '{}', hash: Buffer.alloc(32) }])
  await connection.query('UPDATE auditHead SET sequence = ?, hash = ? WHERE mallId = ? AND lane = ?', [sequence, Buffer.alloc(32), mallId, lane])
}

/** Runs the bare transaction over a list of coupons, `callers` at a time; answers how many a second. */
const bareRound = async (world: World, numbers: string[], scope: 'business' | 'whole'): Promise<number> => {
  const started = performance.now()
  const open = [...numbers]
  await Promise.all(Array.from({ length: callers }, async () => {
    for (let number = open.pop(); number; number = open.pop()) await bareTransaction(world, number, scope)
  }))
  return numbers.length / ((performance.now() - started) / 1000)
}

/** Redeeming over HTTP (session, validation, idempotency, audit chain, events) beside the transaction alone. */
const bench: Bench = () => withWorld({ members: 200, parkings: 1_000 }, async world => {
  const people = await signedInMembers(world, 100)
  const associates = await signedInAssociates(world, Math.ceil((rounds + 1) * each / perAssociate))
  const numbers = (await heldCoupons(world, await openTemplate(world), people, 3 * (rounds + 1) * each / people.length)).map(coupon => coupon.couponNumber)
  const ours = await serve('bff/src/main.ts', world.port, world.env)
  try {
    const sums = { ours: 0, whole: 0, business: 0 }
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
      const rates = {
        ours: (await loadWell(world.port, next, { connections: callers })).perSecond,
        whole: await bareRound(world, numbers.splice(0, each), 'whole'), business: await bareRound(world, numbers.splice(0, each), 'business')
      }
      if (round >= 0) for (const who of ['ours', 'whole', 'business'] as const) sums[who] += rates[who] / rounds
    }
    return [
      { name: 'redeeming over HTTP, beside its transaction alone', ours: sums.ours, bare: sums.whole, unit: 'a second', atLeast: 0.4 },
      { name: 'the same, beside a transaction without idempotency and audit', ours: sums.ours, bare: sums.business, unit: 'a second' }
    ]
  } finally {
    await ours.stop()
  }
})
export default bench
