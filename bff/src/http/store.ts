import { and, eq, inArray, lt } from 'drizzle-orm'
import { idempotency } from '@atrium/schema/kit.ts'
import type { Ctx, Executor } from '../context.ts'

type Key = NonNullable<Ctx['idempotency']>

/** Writes the key row of this call; a duplicate key error means that the key was used before. */
export async function insertKey(ctx: Ctx, key: Key): Promise<void> {
  await ctx.db.insert(idempotency).values({ actor: key.actor, idempotencyKey: key.key, mallId: ctx.mallId, route: key.route, requestHash: key.requestHash })
}

/** The same for many keys at once. */
export async function insertKeys(ctx: Ctx, keys: readonly Key[]): Promise<void> {
  if (keys.length) await ctx.db.insert(idempotency).values(keys.map((key) => ({ actor: key.actor, idempotencyKey: key.key, mallId: ctx.mallId, route: key.route, requestHash: key.requestHash })))
}

/** Which of these keys were used before. */
export async function findUsedKeys(ctx: Ctx, keys: readonly Key[]): Promise<Key[]> {
  if (keys.length === 0) return []
  const rows = await ctx.db.select({ actor: idempotency.actor, key: idempotency.idempotencyKey }).from(idempotency).where(inArray(idempotency.idempotencyKey, keys.map((key) => key.key)))
  return keys.filter((key) => rows.some((row) => row.actor === key.actor && row.key === key.key))
}

export async function saveReply(ctx: Ctx, key: Key, reply: string): Promise<void> {
  await ctx.db.update(idempotency).set({ reply }).where(and(eq(idempotency.actor, key.actor), eq(idempotency.idempotencyKey, key.key)))
}

export async function findKey(ctx: Ctx, key: Key) {
  const [row] = await ctx.db.select().from(idempotency).where(and(eq(idempotency.actor, key.actor), eq(idempotency.idempotencyKey, key.key)))
  return row ?? null
}

/** Forgets keys older than `before`, at most `limit` at a time; answers how many. */
export async function deleteKeys(db: Executor, before: Date, limit: number): Promise<number> {
  const [result] = await db.delete(idempotency).where(lt(idempotency.createdAt, before)).limit(limit)
  return result.affectedRows
}
