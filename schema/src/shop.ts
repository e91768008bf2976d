import { char, mysqlTable, text, varchar } from 'drizzle-orm/mysql-core'
import { at, code, createdAt, fen, id, json, mallId } from './columns.ts'

export const tenant = mysqlTable('tenant', {
  tenantId: id('tenantId').primaryKey(),
  mallId: mallId(),
  name: varchar('name', { length: 60 }).notNull(),
  creditCode: code('creditCode', 20).notNull(),
  createdAt: createdAt(),
})

/** One row is both the store that redeems and the shop that visitors see: `shopId` and `storeId` are the same. */
export const store = mysqlTable('store', {
  storeId: id('storeId').primaryKey(),
  mallId: mallId(),
  tenantId: id('tenantId').notNull(),
  name: varchar('name', { length: 40 }).notNull(),
  nameEn: varchar('nameEn', { length: 60 }).notNull(),
  /** `shan que ka fei`, so that "shanque", "que" and, with `initials`, "sqkf" find it. */
  pinyin: varchar('pinyin', { length: 200 }).notNull(),
  initials: varchar('initials', { length: 40 }).notNull(),
  initial: char('initial', { length: 1 }).notNull(),
  floor: code('floor', 4).notNull(),
  unit: code('unit', 12).notNull(),
  tradeCategory: code('tradeCategory', 20).notNull(),
  logo: text('logo').notNull(),
  summary: varchar('summary', { length: 80 }).notNull(),
  summaryEn: varchar('summaryEn', { length: 160 }).notNull(),
  description: text('description').notNull(),
  descriptionEn: text('descriptionEn').notNull(),
  phone: varchar('phone', { length: 30 }),
  opensAt: code('opensAt', 5).notNull(),
  closesAt: code('closesAt', 5).notNull(),
  tags: json<string[]>('tags').notNull(),
  averageSpendFen: fen('averageSpendFen'),
  status: code('status', 10).$type<'open' | 'fitting' | 'closed'>().notNull(),
  createdAt: createdAt(),
  updatedAt: at('updatedAt').notNull(),
})
