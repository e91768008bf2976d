import { and, eq, lt, or, sql } from 'drizzle-orm'
import { idempotency, writeProbe } from '@atrium/schema/kit.ts'
import type { Ctx, Executor } from '../context.ts'
import { prepared } from '../db/prepared.ts'
import { open, seal } from '../db/sealed.ts'

type Key = NonNullable<Ctx['idempotency']>

const sealedReply = 'idempotency.reply'

const { placeholder } = sql
const keyInsert = prepared((db) => db.insert(idempotency).values({ actor: placeholder('actor'), idempotencyKey: placeholder('key'), mallId: placeholder('mallId'), route: placeholder('route'), requestHash: placeholder('requestHash'), createdAt: placeholder('now') }).prepare())
const replyUpdate = prepared((db) => db.update(idempotency).set({ reply: sql`${placeholder('reply')}` }).where(and(eq(idempotency.actor, placeholder('actor')), eq(idempotency.idempotencyKey, placeholder('key')))).prepare())

/** Writes the key row of this call; a duplicate key error means that the key was used before. */
export async function insertKey(ctx: Ctx, { actor, key, route, requestHash }: Key): Promise<void> {
  await keyInsert(ctx.db).execute({ actor, key, route, requestHash, mallId: ctx.mallId, now: ctx.now })
}

/** The same for many keys at once. */
export async function insertKeys(ctx: Ctx, keys: readonly Key[]): Promise<void> {
  if (keys.length) await ctx.db.insert(idempotency).values(keys.map((key) => ({ actor: key.actor, idempotencyKey: key.key, mallId: ctx.mallId, route: key.route, requestHash: key.requestHash, createdAt: ctx.now })))
}

/** Which of these keys were used before. */
export async function findUsedKeys(ctx: Ctx, keys: readonly Key[]): Promise<Key[]> {
  if (keys.length === 0) return []
  // In pairs, as the primary key has them: the keys alone would be looked for in the whole table, and callers ask under the lock of a hot row.
  const pairs = or(...keys.map((key) => and(eq(idempotency.actor, key.actor), eq(idempotency.idempotencyKey, key.key))))
  const rows = await ctx.db.select({ actor: idempotency.actor, key: idempotency.idempotencyKey }).from(idempotency).where(pairs)
  return keys.filter((key) => rows.some((row) => row.actor === key.actor && row.key === key.key))
}

export async function saveReply(ctx: Ctx, { actor, key }: Key, reply: string): Promise<void> {
  await replyUpdate(ctx.db).execute({ actor, key, reply: seal(ctx, sealedReply, reply) })
}

/** The row of a used key with its reply opened. */
export async function findKey(ctx: Ctx, key: Key) {
  const [row] = await ctx.db.select().from(idempotency).where(and(eq(idempotency.actor, key.actor), eq(idempotency.idempotencyKey, key.key)))
  return row ? { ...row, reply: row.reply && open(ctx, sealedReply, row.reply) } : null
}

/** Forgets keys older than `before`, at most `limit` at a time; answers how many. */
export async function deleteKeys(db: Executor, before: Date, limit: number): Promise<number> {
  const [result] = await db.delete(idempotency).where(lt(idempotency.createdAt, before)).limit(limit)
  return result.affectedRows
}

/** Writes the one row of readiness; throws when the database takes no writes. Serves every mall. */
export async function probeWrite(db: Executor, at: Date): Promise<void> {
  await db.insert(writeProbe).values({ one: 1, at }).onDuplicateKeyUpdate({ set: { at } })
}
