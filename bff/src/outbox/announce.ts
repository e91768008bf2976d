import type { EventType } from '@atrium/shared/operations/events.ts'
import type { Ctx } from '../context.ts'
import { newId } from '../db/id.ts'
import { insertEvent, insertEvents } from './store.ts'

export type { EventType }

/**
 * Says what changed, in the transaction of the change: both are there or neither. `data` holds ids, numbers and states, never personal
 * data; `memberId`, `storeId` and `tenantId` in it decide which live streams carry it.
 */
export async function announce(ctx: Ctx, type: EventType, data: Record<string, unknown>): Promise<void> {
  if (!ctx.inTransaction) throw new Error(`announce(${type}) outside a transaction`)
  await insertEvent(ctx, { eventId: newId(ctx.now), type, data })
}

/** Announces many changes of one kind in one statement: for writes that commit as a group. */
export async function announceAll(ctx: Ctx, type: EventType, all: readonly Record<string, unknown>[]): Promise<void> {
  if (!ctx.inTransaction) throw new Error(`announceAll(${type}) outside a transaction`)
  await insertEvents(ctx, all.map((data) => ({ eventId: newId(ctx.now), type, data })))
}
