import { setTimeout as wait } from 'node:timers/promises'
import { drizzle } from 'drizzle-orm/mysql2'
import type { PoolConnection } from 'mysql2/promise'
import type { Ctx, Executor } from '../context.ts'
import { claimKey } from '../http/idempotency.ts'
import { isPassing } from './errors.ts'

const tries = 5
const executors = new WeakMap<object, Executor>()

/** The query builder of a connection, kept with it, and with it the statements it prepared. The driver wraps a connection anew each time it lends it. */
function executorOf(lent: PoolConnection): Executor {
  const connection = lent.connection as unknown as object
  let executor = executors.get(connection)
  if (!executor) executors.set(connection, (executor = drizzle({ client: lent }) as unknown as Executor))
  return executor
}

/**
 * Runs `work` in one transaction and answers what it answers; joins the transaction that is already open.
 * Deadlocks, lock waits and lost connections run the whole function again (up to five times), so `work` must do nothing outside the
 * database. A connection lost at COMMIT leaves the outcome open: the idempotency or `handled` row tells it apart on the next run.
 */
export async function inTransaction<T>(ctx: Ctx, work: (ctx: Ctx) => Promise<T>): Promise<T> {
  if (ctx.inTransaction) return work(ctx)
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await once(ctx, work)
    } catch (error) {
      if (attempt === tries || !isPassing(error)) throw error
      await wait(10 * 2 ** attempt + Math.random() * 20)
    }
  }
}

async function once<T>(ctx: Ctx, work: (ctx: Ctx) => Promise<T>): Promise<T> {
  const connection = await ctx.deps.pool.getConnection()
  let usable = true
  // Notes of a failed try must not reach the audit row of the next one.
  const auditNote = { subject: ctx.auditNote.subject, detail: { ...ctx.auditNote.detail } }
  const inner: Ctx = { ...ctx, db: executorOf(connection), inTransaction: true, auditNote }
  const mustClaim = ctx.idempotency !== null && !ctx.idempotency.claimed
  try {
    await connection.query('START TRANSACTION')
    if (mustClaim) await claimKey(inner)
    const result = await work(inner)
    await connection.query('COMMIT')
    if (mustClaim) ctx.idempotency!.claimed = true
    Object.assign(ctx.auditNote, auditNote)
    return result
  } catch (error) {
    // InnoDB rolls back only the statement on a lock wait, so the ROLLBACK is always said.
    await connection.query('ROLLBACK').catch(() => { usable = false })
    throw error
  } finally {
    if (usable) connection.release()
    else connection.destroy()
  }
}
