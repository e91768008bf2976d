import { and, asc, eq, inArray, isNull, lt, lte, or, sql } from 'drizzle-orm'
import { handled, outbox, schedule } from '@atrium/schema/kit.ts'
import type { Ctx, Executor } from '../context.ts'
import { prepared } from '../db/prepared.ts'

export type OutboxRow = typeof outbox.$inferSelect

const { placeholder } = sql
const eventInsert = prepared((db) => db.insert(outbox).values({ eventId: placeholder('eventId'), mallId: placeholder('mallId'), type: placeholder('type'), data: placeholder('data'), occurredAt: placeholder('now'), availableAt: placeholder('now') }).prepare())

export async function insertEvent(ctx: Ctx, event: { eventId: string; type: string; data: Record<string, unknown> }): Promise<void> {
  await eventInsert(ctx.db).execute({ ...event, mallId: ctx.mallId, now: ctx.now })
}

/** The same for many events at once. */
export async function insertEvents(ctx: Ctx, events: { eventId: string; type: string; data: Record<string, unknown> }[]): Promise<void> {
  if (events.length) await ctx.db.insert(outbox).values(events.map((event) => ({ ...event, mallId: ctx.mallId, occurredAt: ctx.now, availableAt: ctx.now })))
}

/** Takes up to `limit` undelivered due events for this worker until `until`; other workers skip them. Call it in a transaction. */
export async function leaseDue(db: Executor, now: Date, until: Date, limit: number): Promise<OutboxRow[]> {
  const rows = await db.select().from(outbox).where(and(isNull(outbox.deliveredAt), lte(outbox.availableAt, now))).orderBy(asc(outbox.availableAt), asc(outbox.eventId)).limit(limit).for('update', { skipLocked: true })
  if (rows.length) await db.update(outbox).set({ availableAt: until }).where(inArray(outbox.eventId, rows.map((r) => r.eventId)))
  return rows
}

export const markDelivered = (db: Executor, eventId: string, now: Date) => db.update(outbox).set({ deliveredAt: now, lastError: null }).where(eq(outbox.eventId, eventId))

export const postpone = (db: Executor, row: OutboxRow, until: Date, error: string) =>
  db.update(outbox).set({ attempts: row.attempts + 1, availableAt: until, lastError: error.slice(0, 300) }).where(eq(outbox.eventId, row.eventId))

/** Records that `consumer` handled the event; a duplicate key error means that it had. */
export const insertHandled = (ctx: Ctx, consumer: string, eventId: string) => ctx.db.insert(handled).values({ consumer, eventId, mallId: ctx.mallId })

export async function wasHandled(ctx: Ctx, consumer: string, eventId: string): Promise<boolean> {
  const rows = await ctx.db.select({ one: sql`1` }).from(handled).where(and(eq(handled.consumer, consumer), eq(handled.eventId, eventId)))
  return rows.length > 0
}

/** Events delivered and effects recorded before `before` are forgotten, at most `limit` of each. */
export async function forgetDelivered(db: Executor, before: Date, limit: number): Promise<void> {
  await db.delete(outbox).where(lt(outbox.deliveredAt, before)).limit(limit)
  await db.delete(handled).where(lt(handled.createdAt, before)).limit(limit)
}

/** A turn that a worker has: nobody else runs the schedule until it ended, or until `heldUntil` passed because its worker died. */
type Turn = { name: string; startedAt: Date }
const mine = (turn: Turn) => and(eq(schedule.name, turn.name), eq(schedule.startedAt, turn.startedAt), isNull(schedule.endedAt))

/** Takes the turn of a schedule when it is due and nobody has it: not null for exactly one of many workers. */
export async function takeTurn(db: Executor, name: string, now: Date, dueAt: Date, heldUntil: Date): Promise<Turn | null> {
  await db.insert(schedule).ignore().values({ name, dueAt: now })
  const free = or(isNull(schedule.heldUntil), lte(schedule.heldUntil, now))
  const [result] = await db.update(schedule).set({ dueAt, heldUntil, startedAt: now, endedAt: null }).where(and(eq(schedule.name, name), lte(schedule.dueAt, now), free))
  return result.affectedRows === 1 ? { name, startedAt: now } : null
}

export const holdTurn = (db: Executor, turn: Turn, heldUntil: Date) => db.update(schedule).set({ heldUntil }).where(mine(turn))

export const endTurn = (db: Executor, turn: Turn, now: Date, error: string | null) => db.update(schedule).set({ endedAt: now, heldUntil: null, lastError: error?.slice(0, 300) ?? null }).where(mine(turn))
