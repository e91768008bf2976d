import { mysqlTable, primaryKey, smallint, varchar } from 'drizzle-orm/mysql-core'
import { code, createdAt, id, json, mallId } from './columns.ts'

export type Point = [number, number]
export type Transport = { kind: 'metro' | 'bus' | 'drive'; text: string; textEn: string }
export type Facility = { kind: 'restroom' | 'elevator' | 'escalator' | 'service' | 'nursing' | 'parking' | 'exit' | 'atm' | 'accessible' | 'kiosk'; x: number; y: number; name: string }
export type Corridors = { nodes: { x: number; y: number; lift: boolean }[]; edges: { a: number; b: number; steps: boolean }[] }

export const mall = mysqlTable('mall', {
  mallId: id('mallId').primaryKey(),
  code: code('code', 40).notNull(),
  name: varchar('name', { length: 40 }).notNull(),
  nameEn: varchar('nameEn', { length: 80 }).notNull(),
  city: varchar('city', { length: 40 }).notNull(),
  address: varchar('address', { length: 120 }).notNull(),
  addressEn: varchar('addressEn', { length: 160 }).notNull(),
  phone: varchar('phone', { length: 30 }).notNull(),
  opensAt: code('opensAt', 5).notNull(),
  closesAt: code('closesAt', 5).notNull(),
  transport: json<Transport[]>('transport').notNull(),
  createdAt: createdAt(),
})

/** A floor with its plan on a 1000 × 700 canvas. */
export const floor = mysqlTable('floor', {
  mallId: mallId(),
  code: code('code', 4).notNull(),
  position: smallint('position').notNull(),
  name: varchar('name', { length: 40 }).notNull(),
  nameEn: varchar('nameEn', { length: 80 }).notNull(),
  theme: varchar('theme', { length: 40 }).notNull(),
  themeEn: varchar('themeEn', { length: 80 }).notNull(),
  outline: json<Point[]>('outline').notNull(),
  atrium: json<Point[]>('atrium').notNull(),
  facilities: json<Facility[]>('facilities').notNull(),
  corridors: json<Corridors>('corridors').notNull(),
}, (t) => [primaryKey({ columns: [t.mallId, t.code] })])

/** A lettable unit; which store stands in it is said by the store. */
export const unit = mysqlTable('unit', {
  mallId: mallId(),
  unit: code('unit', 12).notNull(),
  floor: code('floor', 4).notNull(),
  points: json<Point[]>('points').notNull(),
  door: json<Point>('door').notNull(),
}, (t) => [primaryKey({ columns: [t.mallId, t.unit] })])

export const tradeCategory = mysqlTable('tradeCategory', {
  mallId: mallId(),
  code: code('code', 20).notNull(),
  position: smallint('position').notNull(),
  name: varchar('name', { length: 20 }).notNull(),
  nameEn: varchar('nameEn', { length: 40 }).notNull(),
}, (t) => [primaryKey({ columns: [t.mallId, t.code] })])
