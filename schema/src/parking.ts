import type { PlateKind } from '@atrium/shared/plate.ts'
import type { QuotePart } from '@atrium/shared/parking/quote.ts'
import type { ParkingState } from '@atrium/shared/parking/rules.ts'
import { bigint, boolean, double, int, mediumtext, mysqlTable, primaryKey, varchar } from 'drizzle-orm/mysql-core'
import { at, blindIndex, code, createdAt, fen, id, json, mallId, sealed } from './columns.ts'

/** How a lane stands; `offline` is not stored but seen from `lastSeenAt`. */
export type LaneState = 'closed' | 'opening' | 'open' | 'waiting_payment' | 'jammed'
/** `waiting` for a person; `done` needed none. */
export type ReadingState = 'done' | 'waiting' | 'corrected' | 'dismissed'
/** `queued` to be fetched, `sent` and not acknowledged yet, `opened` acknowledged, `failed` given up. */
export type CommandState = 'queued' | 'sent' | 'opened' | 'failed'
/** A parking coupon used up by a stay. */
export type UsedCoupon = { couponId: string; minutes: number; title: string; titleEn: string }

/** A car park; `zones` are its named parts with their bays. */
export const carParks = mysqlTable('carParks', {
  carParkId: id('carParkId').primaryKey(),
  mallId: mallId(),
  carParkCode: code('carParkCode', 20).notNull(),
  name: varchar('name', { length: 40 }).notNull(),
  nameEn: varchar('nameEn', { length: 80 }).notNull(),
  /** Street address as a fapiao for the letting of a place needs it. */
  address: varchar('address', { length: 120 }).notNull(),
  total: int('total').notNull(),
  zones: json<{ name: string; total: number }[]>('zones').notNull(),
  position: int('position').notNull().default(0),
  createdAt: createdAt(),
})

/** A tariff is never changed: a new version is added, and every stay keeps the one of its entry. */
export const parkingTariffs = mysqlTable('parkingTariffs', {
  tariffId: id('tariffId').primaryKey(),
  mallId: mallId(),
  carParkId: id('carParkId').notNull(),
  name: varchar('name', { length: 40 }).notNull(),
  version: int('version').notNull(),
  validFrom: at('validFrom').notNull(),
  freeMinutes: int('freeMinutes').notNull(),
  firstMinutes: int('firstMinutes').notNull(),
  firstFen: fen('firstFen').notNull(),
  unitMinutes: int('unitMinutes').notNull(),
  unitFen: fen('unitFen').notNull(),
  dayCapFen: fen('dayCapFen').notNull(),
  graceMinutes: int('graceMinutes').notNull(),
  createdAt: createdAt(),
})

/** A lane with its camera and barrier, and what is going on in it right now. */
export const parkingLanes = mysqlTable('parkingLanes', {
  laneId: id('laneId').primaryKey(),
  mallId: mallId(),
  carParkId: id('carParkId').notNull(),
  position: int('position').notNull().default(0),
  kind: code('kind', 10).$type<'entry' | 'exit'>().notNull(),
  name: varchar('name', { length: 40 }).notNull(),
  nameEn: varchar('nameEn', { length: 80 }).notNull(),
  /** Zone into which an entry leads. */
  zone: varchar('zone', { length: 20 }),
  cameraSerial: code('cameraSerial', 64).notNull(),
  lastSeenAt: at('lastSeenAt'),
  barrier: code('barrier', 10).$type<'down' | 'moving' | 'up'>().notNull().default('down'),
  state: code('state', 20).$type<LaneState>().notNull().default('closed'),
  plate: varchar('plate', { length: 20 }),
  confidence: double('confidence'),
  seenAt: at('seenAt'),
  note: varchar('note', { length: 120 }).notNull().default(''),
  noteEn: varchar('noteEn', { length: 200 }).notNull().default(''),
  parkingId: id('parkingId'),
  readingId: id('readingId'),
  dueFen: fen('dueFen'),
  createdAt: createdAt(),
})

/** A stay of one car. Prices come from the tariff of its entry; `paidFen` is what was credited to it. */
export const parkingSessions = mysqlTable('parkingSessions', {
  parkingId: id('parkingId').primaryKey(),
  mallId: mallId(),
  carParkId: id('carParkId').notNull(),
  tariffId: id('tariffId').notNull(),
  plate: varchar('plate', { length: 20 }).notNull(),
  plateKind: code('plateKind', 10).$type<PlateKind>().notNull(),
  /** The plate while the car is inside, else null: one stay at a time for a plate in a car park. */
  openPlate: varchar('openPlate', { length: 20 }),
  zone: varchar('zone', { length: 20 }),
  state: code('state', 10).$type<ParkingState>().notNull(),
  entryAt: at('entryAt').notNull(),
  entryLaneId: id('entryLaneId'),
  exitAt: at('exitAt'),
  exitLaneId: id('exitLaneId'),
  paidAt: at('paidAt'),
  leaveBy: at('leaveBy'),
  paidFen: fen('paidFen').notNull().default(0),
  refundedFen: fen('refundedFen').notNull().default(0),
  tierMinutes: int('tierMinutes').notNull().default(0),
  /** Coupons used up by this stay, with minutes and titles. */
  coupons: json<UsedCoupon[]>('coupons').notNull(),
  memberId: id('memberId'),
  paymentId: id('paymentId'),
  stuckAt: at('stuckAt'),
  note: varchar('note', { length: 200 }),
  createdAt: createdAt(),
})

/** One row for each plate a camera reported; the camera's own numbers make a repeat known. */
export const parkingReadings = mysqlTable('parkingReadings', {
  readingId: id('readingId').primaryKey(),
  mallId: mallId(),
  laneId: id('laneId').notNull(),
  kind: code('kind', 10).$type<'entry' | 'exit'>().notNull(),
  cameraSerial: code('cameraSerial', 64).notNull(),
  vendorPlateId: code('vendorPlateId', 40).notNull(),
  sec: bigint('sec', { mode: 'number' }).notNull(),
  plateRaw: varchar('plateRaw', { length: 20 }).notNull(),
  plate: varchar('plate', { length: 20 }).notNull(),
  confidence: double('confidence').notNull(),
  offline: boolean('offline').notNull(),
  seenAt: at('seenAt').notNull(),
  state: code('state', 10).$type<ReadingState>().notNull(),
  answer: code('answer', 4).$type<'ok' | 'no'>().notNull(),
  parkingId: id('parkingId'),
  correctedPlate: varchar('correctedPlate', { length: 20 }),
  byName: varchar('byName', { length: 40 }),
  reason: varchar('reason', { length: 200 }),
  /** Kept only while a person has to look. */
  picture: mediumtext('picture'),
  createdAt: createdAt(),
})

/** What a barrier was told. `dueAt` is when a queued one may be fetched, or a sent one must have been acknowledged. */
export const gateCommands = mysqlTable('gateCommands', {
  commandId: id('commandId').primaryKey(),
  mallId: mallId(),
  laneId: id('laneId').notNull(),
  parkingId: id('parkingId'),
  readingId: id('readingId'),
  vendorPlateId: code('vendorPlateId', 40),
  kind: code('kind', 10).$type<'entry' | 'exit' | 'manual'>().notNull(),
  state: code('state', 10).$type<CommandState>().notNull(),
  tries: int('tries').notNull().default(0),
  dueAt: at('dueAt').notNull(),
  sentAt: at('sentAt'),
  openedAt: at('openedAt'),
  byName: varchar('byName', { length: 40 }),
  reason: varchar('reason', { length: 200 }),
  createdAt: createdAt(),
})

/** Who did what to a stay. */
export const parkingTrail = mysqlTable('parkingTrail', {
  entryId: id('entryId').primaryKey(),
  mallId: mallId(),
  parkingId: id('parkingId').notNull(),
  at: at('at').notNull(),
  act: varchar('act', { length: 60 }).notNull(),
  actEn: varchar('actEn', { length: 100 }).notNull(),
  byName: varchar('byName', { length: 40 }),
  detail: varchar('detail', { length: 300 }),
  createdAt: createdAt(),
})

/** A price that was told; it can be paid until `validUntil`. */
export const parkingQuotes = mysqlTable('parkingQuotes', {
  quoteId: id('quoteId').primaryKey(),
  mallId: mallId(),
  parkingId: id('parkingId').notNull(),
  memberId: id('memberId'),
  at: at('at').notNull(),
  stayMinutes: int('stayMinutes').notNull(),
  tariffFen: fen('tariffFen').notNull(),
  tierFen: fen('tierFen').notNull(),
  couponFen: fen('couponFen').notNull(),
  capFen: fen('capFen').notNull(),
  paidBeforeFen: fen('paidBeforeFen').notNull(),
  dueFen: fen('dueFen').notNull(),
  /** Minutes of the tier and coupons that this quote needs beyond what the stay has used already. */
  tierMinutes: int('tierMinutes').notNull(),
  couponIds: json<string[]>('couponIds').notNull(),
  parts: json<QuotePart[]>('parts').notNull(),
  validUntil: at('validUntil').notNull(),
  nextDueFen: fen('nextDueFen').notNull(),
  graceMinutes: int('graceMinutes').notNull(),
  createdAt: createdAt(),
})

/** Plates of members: who owns which car is personal, so it is encrypted; the blind index finds it. */
export const parkingPlates = mysqlTable('parkingPlates', {
  plateId: id('plateId').primaryKey(),
  mallId: mallId(),
  memberId: id('memberId').notNull(),
  plate: sealed('plate').notNull(),
  plateIndex: blindIndex('plateIndex').notNull(),
  /** The same while bound, null afterwards: one member for a plate at a time. */
  boundIndex: blindIndex('boundIndex'),
  boundAt: at('boundAt').notNull(),
  unboundAt: at('unboundAt'),
  createdAt: createdAt(),
})

/** Minutes of the tier used on a business day; the row is locked while some are taken. */
export const parkingTierDays = mysqlTable('parkingTierDays', {
  mallId: mallId(),
  memberId: id('memberId').notNull(),
  day: code('day', 10).notNull(),
  minutes: int('minutes').notNull(),
}, (t) => [primaryKey({ columns: [t.mallId, t.memberId, t.day] })])

/** Minutes of the tier that one payment takes: reserved, then used or released. */
export const parkingTierUses = mysqlTable('parkingTierUses', {
  paymentId: id('paymentId').primaryKey(),
  mallId: mallId(),
  memberId: id('memberId').notNull(),
  day: code('day', 10).notNull(),
  parkingId: id('parkingId').notNull(),
  minutes: int('minutes').notNull(),
  state: code('state', 10).$type<'reserved' | 'used' | 'released'>().notNull(),
  createdAt: createdAt(),
})
