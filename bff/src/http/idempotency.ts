import { Refusal } from '@atrium/shared/refusal.ts'
import type { Caller, Ctx } from '../context.ts'
import { duplicateKey } from '../db/errors.ts'
import { blindIndexOf } from '../db/sealed.ts'
import { findKey, insertKey } from './store.ts'

/** A key is kept for a day (docs/integrators.md says so). */
export const keyLifeMs = 24 * 3_600_000
/** A write of several steps that has not answered by then is taken up again by the same key. */
const stepsLifeMs = 30_000

/** Thrown inside the transaction when the key was used before; the mount then looks what became of it. */
export class KeyTaken extends Error {}

export async function claimKey(ctx: Ctx): Promise<void> {
  try {
    await insertKey(ctx, ctx.idempotency!)
  } catch (error) {
    if (duplicateKey(error) !== null) throw new KeyTaken()
    throw error
  }
}

/**
 * For calls that commit as a group: which keys were used before (their calls must end with `KeyTaken`), and claiming the others in one statement. Two
 * groups that meet on one key make the later one fail with a duplicate key error: run it again.
 */
export { findUsedKeys as usedKeys, insertKeys as claimKeys } from './store.ts'

/** Keys of one caller never meet those of another; guests share a space in which keys are unguessable. */
const actorOf = (caller: Caller): string => (caller.kind === 'member' ? `m:${caller.memberId}` : caller.kind === 'staff' ? `s:${caller.staffId}` : 'guest')

/** Reads `Idempotency-Key` (quoted as RFC 8941 asks, or bare). Refuses a missing or malformed one. The request is kept as an HMAC: it may hold a password. */
export function idempotencyOf(ctx: Ctx, header: string | undefined, route: string, request: unknown): NonNullable<Ctx['idempotency']> {
  const key = header?.trim().replace(/^"(.*)"$/, '$1')
  if (!key || !/^[\w.:-]{8,100}$/.test(key)) throw new Refusal('idempotency_key_missing')
  return { actor: actorOf(ctx.caller), key, route, requestHash: blindIndexOf(ctx, 'idempotency.request', JSON.stringify([route, request])), claimed: false }
}

/**
 * What a used key means: the stored reply; or `null` when the first call died between its steps and this one goes on.
 * Refuses another request under the same key (422) and a call that is still running (409).
 */
export async function replayOf(ctx: Ctx): Promise<string | null> {
  const key = ctx.idempotency!
  const row = await findKey(ctx, key)
  if (!row) return null
  if (!row.requestHash.equals(key.requestHash)) throw new Refusal('idempotency_key_reused')
  if (row.reply !== null) return row.reply
  if (ctx.now.getTime() - row.createdAt.getTime() < stepsLifeMs) throw new Refusal('idempotency_in_progress')
  return null
}
