import { mysqlTable, text, varchar } from 'drizzle-orm/mysql-core'
import { at, code, createdAt, id, mallId } from './columns.ts'

export const notice = mysqlTable('notice', {
  noticeId: id('noticeId').primaryKey(),
  mallId: mallId(),
  kind: code('kind', 10).$type<'notice' | 'event' | 'urgent'>().notNull(),
  state: code('state', 10).$type<'draft' | 'published' | 'withdrawn'>().notNull(),
  title: varchar('title', { length: 40 }).notNull(),
  titleEn: varchar('titleEn', { length: 80 }).notNull(),
  summary: varchar('summary', { length: 80 }).notNull(),
  summaryEn: varchar('summaryEn', { length: 160 }).notNull(),
  body: text('body').notNull(),
  bodyEn: text('bodyEn').notNull(),
  art: code('art', 30).notNull(),
  place: varchar('place', { length: 40 }),
  placeEn: varchar('placeEn', { length: 80 }),
  startsAt: at('startsAt'),
  endsAt: at('endsAt'),
  publishedAt: at('publishedAt'),
  /** Staff account that wrote it, and the name it had then. */
  createdById: id('createdById').notNull(),
  createdBy: varchar('createdBy', { length: 30 }).notNull(),
  createdAt: createdAt(),
  updatedAt: at('updatedAt').notNull(),
})
