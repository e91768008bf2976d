import { boolean, mysqlTable } from 'drizzle-orm/mysql-core'
import { at, bytes, code, createdAt, id, mallId } from './columns.ts'

/** Append-only: what was agreed to or withdrawn, by which version of the notice. The newest row of a purpose holds. */
export const consents = mysqlTable('consents', {
  consentId: id('consentId').primaryKey(),
  mallId: mallId(),
  memberId: id('memberId').notNull(),
  purpose: code('purpose', 20).$type<'membership' | 'personalisation' | 'marketing'>().notNull(),
  granted: boolean('granted').notNull(),
  version: code('version', 20).notNull(),
  noticeHash: bytes('noticeHash', 32).notNull(),
  channel: code('channel', 10).notNull(),
  requestId: code('requestId', 64).notNull(),
  at: at('at').notNull(),
  createdAt: createdAt(),
})
