import { stuckRefundMs } from '@atrium/shared/parking/rules.ts'
import type { Ctx } from '../context.ts'
import { inTransaction } from '../db/transaction.ts'
import type { FeatureJobs } from '../outbox/drain.ts'
import { refundAll } from '../payment/service.ts'
import { notOpened } from './lane.ts'
import './purpose.ts'
import { overdueCommands } from './store/gates.ts'
import { lockLane } from './store/places.ts'
import { lockSession, stuckSince } from './store/sessions.ts'
import { move } from './trail.ts'

/** A queued order that no camera fetched within this time is given up. */
const unfetchedMs = 30_000

/** Looks after barriers: commands nobody acknowledged are given again or given up; whoever paid and stays shut in gets the money back. */
export async function watchGates(ctx: Ctx): Promise<void> {
  for (const row of await overdueCommands(ctx.db, ctx.now, new Date(ctx.now.getTime() - unfetchedMs))) {
    await inTransaction({ ...ctx, mallId: row.mallId }, async (tx) => {
      const lane = await lockLane(tx, row.laneId)
      await notOpened(tx, lane, row.commandId, row.state === 'queued' ? 'unfetched' : 'silent')
    })
  }
  for (const row of await stuckSince(ctx.db, new Date(ctx.now.getTime() - stuckRefundMs))) {
    await inTransaction({ ...ctx, mallId: row.mallId }, async (tx) => {
      // Payments are locked before their stay, so that a refund of the console cannot wait for us while we wait for it.
      await refundAll(tx, 'parking', row.parkingId, '付款后道闸未能打开，自动退款')
      const session = await lockSession(tx, row.parkingId)
      if (session?.state !== 'stuck') throw new Error('no longer stuck')
      await move(tx, session, 'refunded', { act: '未能开闸，自动全额退款', actEn: 'Nobody could open, refunded in full' })
    }).catch((error: unknown) => ctx.log.warn({ err: error, parkingId: row.parkingId }, 'stuck refund put off'))
  }
}

export const parkingJobs: FeatureJobs = {
  name: 'parking',
  consumers: {},
  schedules: [{ name: 'parking.gates', everyMs: 1_000, run: watchGates }],
}
