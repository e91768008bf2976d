import { bigint, boolean, mediumtext, mysqlTable, primaryKey, tinyint, varchar } from 'drizzle-orm/mysql-core'
import { at, bytes, code, id, mallId } from './columns.ts'

/**
 * Append only; nothing in Atrium updates or deletes a row, so entries outlive the 180 days that the law asks for. Each names the hash of the one before it
 * in its lane: lanes let staff work side by side while every lane stays one unbroken chain.
 */
export const auditEntry = mysqlTable('auditEntry', {
  entryId: id('entryId').primaryKey(),
  mallId: mallId(),
  lane: tinyint('lane').notNull(),
  sequence: bigint('sequence', { mode: 'number' }).notNull(),
  at: at('at').notNull(),
  staffId: id('staffId'),
  staffName: varchar('staffName', { length: 40 }).notNull(),
  role: code('role', 30),
  act: varchar('act', { length: 120 }).notNull(),
  subject: varchar('subject', { length: 80 }),
  outcome: code('outcome', 10).$type<'done' | 'refused' | 'failed'>().notNull(),
  refusal: code('refusal', 60),
  requestId: varchar('requestId', { length: 80 }).notNull(),
  address: varchar('address', { length: 45 }).notNull(),
  // Text, not json: servers rewrite json, and the hash is over these very bytes.
  detail: mediumtext('detail').notNull(),
  hash: bytes('hash', 32).notNull(),
})

/** The end of each lane, sealed by the key of the chain, and how far the proof has walked. A mall has all its lanes from its first entry on. */
export const auditHead = mysqlTable('auditHead', {
  mallId: mallId(),
  lane: tinyint('lane').notNull(),
  sequence: bigint('sequence', { mode: 'number' }).notNull(),
  hash: bytes('hash', 32).notNull(),
  seal: bytes('seal', 32).notNull(),
  walkedTo: bigint('walkedTo', { mode: 'number' }).notNull().default(0),
  /** Says that `walkedTo` is ours: nobody else moves it past what they changed. */
  walkSeal: bytes('walkSeal', 32).notNull(),
  /** What the last walk found. */
  broken: boolean('broken').notNull().default(false),
}, (t) => [primaryKey({ columns: [t.mallId, t.lane] })])
