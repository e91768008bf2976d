import { leavingLostMs, stuckRefundMs } from '@atrium/shared/parking/rules.ts'
import { dayMs, hourMs } from '@atrium/shared/time.ts'
import type { Ctx } from '../context.ts'
import { lowestId } from '../db/id.ts'
import { inTransaction } from '../db/transaction.ts'
import type { FeatureJobs } from '../outbox/drain.ts'
import { refundAll } from '../payment/service.ts'
import { notOpened } from './lane.ts'
import './purpose.ts'
import { forgetCommands, overdueCommands } from './store/gates.ts'
import { lockLane } from './store/places.ts'
import { forgetQuotes, leavingLost, lockSession, stuckSince } from './store/sessions.ts'
import { move } from './trail.ts'

/** A queued order that no camera fetched within this time is given up. */
const unfetchedMs = 30_000
/** Quotes and orders to barriers are looked up in disputes; afterwards the trail of the stay tells enough. */
const keptMs = 90 * dayMs
const batch = 5_000

/** Runs `work` for each row in a transaction of its mall. One that fails is logged and has its next turn; the others go on. */
async function each<R extends { mallId: string }>(ctx: Ctx, rows: R[], work: (tx: Ctx, row: R) => Promise<void>): Promise<void> {
  for (const row of rows) await inTransaction({ ...ctx, mallId: row.mallId }, (tx) => work(tx, row)).catch((error: unknown) => ctx.log.warn({ err: error, row }, 'gate watch'))
}

/** Looks after barriers: commands nobody acknowledged are given again or given up; whoever paid and stays shut in gets the money back. */
export async function watchGates(ctx: Ctx): Promise<void> {
  const ago = (ms: number) => new Date(ctx.now.getTime() - ms)
  await each(ctx, await overdueCommands(ctx.db, ctx.now, ago(unfetchedMs)), async (tx, row) => {
    await notOpened(tx, await lockLane(tx, row.laneId), row.commandId, row.state === 'queued' ? 'unfetched' : 'silent')
  })
  await each(ctx, await leavingLost(ctx.db, ago(leavingLostMs)), async (tx, { parkingId }) => {
    const session = await lockSession(tx, parkingId)
    if (session?.state === 'leaving') await move(tx, session, 'stuck', { act: '放行后无回执', actEn: 'Let out, and no word of the barrier' })
  })
  await each(ctx, await stuckSince(ctx.db, ago(stuckRefundMs)), async (tx, { parkingId }) => {
    // Payments are locked before their stay, so that a refund of the console cannot wait for us while we wait for it.
    await refundAll(tx, 'parking', parkingId, '付款后道闸未能打开，自动退款')
    const session = await lockSession(tx, parkingId)
    if (session?.state !== 'stuck') throw new Error('no longer stuck')
    await move(tx, session, 'refunded', { act: '未能开闸，自动全额退款', actEn: 'Nobody could open, refunded in full' })
  })
}

/** Forgets quotes and orders to barriers after ninety days. */
export async function forgetOld(ctx: Ctx): Promise<void> {
  const before = lowestId(new Date(ctx.now.getTime() - keptMs))
  await forgetQuotes(ctx.db, before, batch)
  await forgetCommands(ctx.db, before, batch)
}

export const parkingJobs: FeatureJobs = {
  name: 'parking',
  consumers: {},
  schedules: [{ name: 'parking.gates', everyMs: 1_000, run: watchGates }, { name: 'parking.forget', everyMs: hourMs, run: forgetOld }],
}
