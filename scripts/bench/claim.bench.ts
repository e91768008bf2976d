import { randomUUID } from 'node:crypto'
import { withCheckDigit } from '@atrium/shared/check-digit.ts'
import { newId } from '../../bff/src/db/id.ts'
import type { Bench } from './bench.ts'
import { loadWell } from './stand/load.ts'
import { serve } from './stand/process.ts'
import { openTemplate, signedInMembers, withWorld, type World } from './stand/world.ts'

const members = 300
const callers = 128
const durationMs = 4_000
/** A member may claim 60 times a minute. */
const perMember = 50
let serial = 0

/** The usual way: every claim locks the stock of the template for the length of its own transaction and commit. */
const aloneInItsTransaction = async ({ pool, mallId }: World, templateId: string, memberId: string): Promise<void> => {
  const connection = await pool.getConnection()
  try {
    const now = new Date()
    await connection.query('START TRANSACTION')
    await connection.query('SELECT stock, claimed FROM couponStocks WHERE templateId = ? FOR UPDATE', [templateId])
    await connection.query('SELECT count(*) FROM coupons WHERE mallId = ? AND templateId = ? AND memberId = ?', [mallId, templateId, memberId])
    const couponId = newId(now)
    await connection.query('INSERT INTO coupons SET ?', [{
      couponId, mallId, couponNumber: withCheckDigit(`6${String(++serial).padStart(10, '0')}`), templateId, version: 1, memberId, memberSequence: serial, claimKey: Buffer.from(randomUUID().replaceAll('-', ''), 'ascii'), state: 'available', claimedAt: now, validFrom: now,
      validUntil: new Date(now.getTime() + 86_400_000)
    }])
    await connection.query('INSERT INTO outbox SET ?', [{ eventId: newId(now), mallId, type: 'bench', data: '{}', occurredAt: now, availableAt: now, deliveredAt: now }])
    await connection.query('UPDATE couponStocks SET claimed = claimed + 1 WHERE templateId = ?', [templateId])
    await connection.query('COMMIT')
  } finally {
    connection.release()
  }
}

/** A run on one coupon: over HTTP, committed in groups, beside a transaction for each claim without any HTTP. */
const bench: Bench = () => withWorld({ members: 200, parkings: 1_000 }, async world => {
  const people = await signedInMembers(world, members)
  const [hot, alone] = [await openTemplate(world), await openTemplate(world)]
  const end = performance.now() + durationMs
  let claims = 0
  await Promise.all(Array.from({ length: callers }, async () => {
    while (performance.now() < end) await aloneInItsTransaction(world, alone, people[claims++ % members]!.id)
  }))
  const bare = claims / (durationMs / 1000)

  const ours = await serve('bff/src/main.ts', world.port, world.env)
  try {
    let turn = 0
    const next = () => {
      const person = people[turn++ % members]!
      return turn > members * perMember ? null : { method: 'POST' as const, path: `/api/coupon-templates/${hot}/claim`, headers: { authorization: `Bearer ${person.token}`, 'idempotency-key': randomUUID() }, body: {} }
    }
    const { perSecond } = await loadWell(world.port, next, { connections: callers, durationMs })
    return [{ name: 'claims of one coupon over HTTP, in groups, beside a transaction each', ours: perSecond, bare, unit: 'a second' }]
  } finally {
    await ours.stop()
  }
})
export default bench
