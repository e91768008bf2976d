import { int, mysqlTable, primaryKey, tinyint, varchar } from 'drizzle-orm/mysql-core'
import { at, blob, bytes, code, createdAt, id, json, mallId } from './columns.ts'

/** One row for each write that took an Idempotency-Key; written in the transaction of the write itself. */
export const idempotency = mysqlTable('idempotency', {
  actor: code('actor', 40).notNull(),
  idempotencyKey: code('idempotencyKey', 100).notNull(),
  mallId: mallId(),
  route: varchar('route', { length: 120 }).notNull(),
  requestHash: bytes('requestHash', 32).notNull(),
  /** Sealed, since replies carry what only its caller may see. Null while a write of several steps is under way. */
  reply: blob('reply'),
  createdAt: createdAt(),
}, (t) => [primaryKey({ columns: [t.actor, t.idempotencyKey] })])

/** What happened, written with the change and delivered after it. `data` holds ids and numbers only. */
export const outbox = mysqlTable('outbox', {
  eventId: id('eventId').primaryKey(),
  mallId: mallId(),
  type: varchar('type', { length: 60 }).notNull(),
  data: json<Record<string, unknown>>('data').notNull(),
  occurredAt: at('occurredAt').notNull(),
  createdAt: createdAt(),
  deliveredAt: at('deliveredAt'),
  availableAt: at('availableAt').notNull(),
  attempts: int('attempts').notNull().default(0),
  lastError: varchar('lastError', { length: 300 }),
})

/** Consumer and event whose effect is done: makes each effect happen once. */
export const handled = mysqlTable('handled', {
  consumer: varchar('consumer', { length: 80 }).notNull(),
  eventId: id('eventId').notNull(),
  mallId: mallId(),
  createdAt: createdAt(),
}, (t) => [primaryKey({ columns: [t.consumer, t.eventId] })])

/** Verified messages of vendors, one row for each vendor id; processed after they were acknowledged. */
export const inbox = mysqlTable('inbox', {
  inboxId: id('inboxId').primaryKey(),
  mallId: mallId(),
  vendor: code('vendor', 20).notNull(),
  vendorMessageId: code('vendorMessageId', 120).notNull(),
  kind: code('kind', 60).notNull(),
  payload: json<Record<string, unknown>>('payload').notNull(),
  receivedAt: at('receivedAt').notNull(),
  processedAt: at('processedAt'),
  attempts: int('attempts').notNull().default(0),
  lastError: varchar('lastError', { length: 300 }),
})

/** Turns of scheduled jobs: whoever moves `dueAt` forward runs the job, and holds it until it ended; `heldUntil` moves on while its worker lives. */
export const schedule = mysqlTable('schedule', {
  name: varchar('name', { length: 80 }).primaryKey(),
  dueAt: at('dueAt').notNull(),
  startedAt: at('startedAt'),
  endedAt: at('endedAt'),
  heldUntil: at('heldUntil'),
  lastError: varchar('lastError', { length: 300 }),
})

/** One row that readiness writes: a database that only reads, or has no room left, is not ready. */
export const writeProbe = mysqlTable('writeProbe', {
  one: tinyint('one').primaryKey(),
  at: at('at').notNull(),
})
