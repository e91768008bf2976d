import { and, eq, inArray, isNull, lt, sql } from 'drizzle-orm'
import { smsBudgets, smsCodes } from '@atrium/schema/identity.ts'
import type { Executor } from '../../context.ts'

export type SmsCode = typeof smsCodes.$inferSelect
export type Window = { subject: Buffer; windowName: 'hour' | 'day'; windowStart: Date }

export async function findCode(db: Executor, phoneIndex: Buffer): Promise<SmsCode | null> {
  const [row] = await db.select().from(smsCodes).where(eq(smsCodes.phoneIndex, phoneIndex))
  return row ?? null
}

export const saveCode = (db: Executor, code: Pick<SmsCode, 'phoneIndex' | 'codeHash' | 'sentAt' | 'expiresAt'>) =>
  db.insert(smsCodes).values(code).onDuplicateKeyUpdate({ set: { codeHash: code.codeHash, sentAt: code.sentAt, expiresAt: code.expiresAt, tries: 0, usedAt: null } })

/** A message that never went out does not make the next one wait. */
export const forgetSending = (db: Executor, phoneIndex: Buffer, codeHash: Buffer, sentAt: Date) =>
  db.update(smsCodes).set({ sentAt }).where(and(eq(smsCodes.phoneIndex, phoneIndex), eq(smsCodes.codeHash, codeHash)))

export const countTry = (db: Executor, phoneIndex: Buffer) => db.update(smsCodes).set({ tries: sql`${smsCodes.tries} + 1` }).where(eq(smsCodes.phoneIndex, phoneIndex))

/** True for the one caller who uses the code. */
export async function useCode(db: Executor, phoneIndex: Buffer, codeHash: Buffer, now: Date): Promise<boolean> {
  const [result] = await db.update(smsCodes).set({ usedAt: now }).where(and(eq(smsCodes.phoneIndex, phoneIndex), eq(smsCodes.codeHash, codeHash), isNull(smsCodes.usedAt)))
  return result.affectedRows === 1
}

/** Counts one message in each window and answers what stood there before. The rows stay locked until the transaction ends. */
export async function countMessage(db: Executor, windows: readonly Window[]): Promise<number[]> {
  for (const window of windows) await db.insert(smsBudgets).values({ ...window, sent: 1 }).onDuplicateKeyUpdate({ set: { sent: sql`${smsBudgets.sent} + 1` } })
  const rows = await db.select().from(smsBudgets).where(inArray(smsBudgets.subject, windows.map((w) => w.subject)))
  return windows.map((w) => (rows.find((row) => row.subject.equals(w.subject) && row.windowName === w.windowName && row.windowStart.getTime() === w.windowStart.getTime())?.sent ?? 1) - 1)
}

/** Forgets codes and windows that ended before. */
export async function forgetCodes(db: Executor, before: Date, limit: number): Promise<void> {
  await db.delete(smsCodes).where(lt(smsCodes.expiresAt, before)).limit(limit)
  await db.delete(smsBudgets).where(lt(smsBudgets.windowStart, before)).limit(limit)
}
