import { int, mysqlTable, primaryKey, varchar } from 'drizzle-orm/mysql-core'
import { at, blob, code, id, json, mallId } from './columns.ts'

/** How each invariant stood when it was last checked in this mall. */
export const invariantResult = mysqlTable('invariantResult', {
  mallId: mallId(),
  code: code('code', 60).notNull(),
  broken: int('broken').notNull(),
  sample: json<Record<string, unknown>[]>('sample').notNull(),
  checkedAt: at('checkedAt').notNull(),
  tookMs: int('tookMs').notNull(),
}, (t) => [primaryKey({ columns: [t.mallId, t.code] })])

/** A list on its way to a file. It runs with the reach its owner has when the worker takes it. */
export const exportJob = mysqlTable('exportJob', {
  exportId: id('exportId').primaryKey(),
  mallId: mallId(),
  staffId: id('staffId').notNull(),
  kind: code('kind', 30).notNull(),
  format: code('format', 4).$type<'csv' | 'xlsx'>().notNull(),
  language: code('language', 5).$type<'zh-CN' | 'en'>().notNull(),
  /** Sealed: somebody may have searched for a phone. */
  filters: blob('filters').notNull(),
  state: code('state', 10).$type<'queued' | 'running' | 'ready' | 'failed'>().notNull(),
  rows: int('rowsDone').notNull().default(0),
  total: int('total'),
  fileName: varchar('fileName', { length: 80 }),
  failure: varchar('failure', { length: 200 }),
  createdAt: at('createdAt').notNull(),
  /** Moves while a worker writes; one that stands still was left by a worker that died. */
  touchedAt: at('touchedAt'),
  endedAt: at('endedAt'),
})
