import { isInside, mayMove, type ParkingState } from '@atrium/shared/parking/rules.ts'
import type { Ctx } from '../context.ts'
import { newId } from '../db/id.ts'
import { announce } from '../outbox/announce.ts'
import { dropCommandsOf } from './store/gates.ts'
import { type SessionRow, insertTrail, updateSession } from './store/sessions.ts'

export type Words = { act: string; actEn: string; detail?: string | null; by?: string | null }

/** Adds a line to what happened to a stay. */
export const tell = (ctx: Ctx, parkingId: string, { act, actEn, detail = null, by = null }: Words) =>
  insertTrail(ctx, { entryId: newId(ctx.now), parkingId, at: ctx.now, act, actEn, detail, byName: by })

/** Since when nobody could open for a stay: another try does not make the wait begin anew. */
function stuckAtOf({ stuckAt }: SessionRow, state: ParkingState, now: Date): Date | null {
  if (state === 'stuck') return stuckAt ?? now
  return state === 'leaving' ? stuckAt : null
}

/**
 * Moves a stay to another state, along the declared edges only, with a line in its trail. A stay that ends lets its plate go and gets its exit time,
 * and no barrier is raised for it any more.
 * Runs in the caller's transaction with the stay locked; answers the stay as it is now.
 */
export async function move(ctx: Ctx, session: SessionRow, state: ParkingState, words: Words, change: Partial<SessionRow> = {}): Promise<SessionRow> {
  if (session.state !== state && !mayMove(session.state, state)) throw new Error(`a stay cannot go from ${session.state} to ${state}`)
  const ended = isInside(state) ? {} : { openPlate: null, exitAt: change.exitAt ?? session.exitAt ?? ctx.now }
  const full = { ...change, ...ended, state, stuckAt: stuckAtOf(session, state, ctx.now) }
  await updateSession(ctx, session.parkingId, full)
  if (!isInside(state)) await dropCommandsOf(ctx, session.parkingId)
  await tell(ctx, session.parkingId, words)
  const next = { ...session, ...full }
  await announce(ctx, isInside(state) ? 'parking.changed' : 'parking.exited', { parkingId: session.parkingId, state, carParkId: session.carParkId, ...(next.memberId && { memberId: next.memberId }) })
  return next
}
