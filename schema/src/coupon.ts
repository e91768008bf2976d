import type { CouponState, TemplateState, Validity, Worth } from '@atrium/shared/coupon/rules.ts'
import type { Tier } from '@atrium/shared/member/rules.ts'
import { bigint, char, int, mysqlTable, primaryKey, varchar } from 'drizzle-orm/mysql-core'
import { at, bytes, code, createdAt, fen, id, json, mallId } from './columns.ts'

/** A coupon template and where it stands in its life; what it promises is in its versions. */
export const couponTemplates = mysqlTable('couponTemplates', {
  templateId: id('templateId').primaryKey(),
  mallId: mallId(),
  version: int('version').notNull(),
  publishedVersion: int('publishedVersion'),
  state: code('state', 10).$type<TemplateState>().notNull(),
  redeemed: int('redeemed').notNull().default(0),
  createdById: id('createdById').notNull(),
  createdBy: varchar('createdBy', { length: 40 }).notNull(),
  submittedById: id('submittedById'),
  submittedBy: varchar('submittedBy', { length: 40 }),
  submittedAt: at('submittedAt'),
  approvedById: id('approvedById'),
  approvedBy: varchar('approvedBy', { length: 40 }),
  returnReason: varchar('returnReason', { length: 200 }),
  updatedAt: at('updatedAt').notNull(),
  createdAt: createdAt(),
})

/** What one version promises. Coupons name theirs, so a later change never worsens what members hold. */
export const couponTemplateVersions = mysqlTable('couponTemplateVersions', {
  templateId: id('templateId').notNull(),
  version: int('version').notNull(),
  mallId: mallId(),
  title: varchar('title', { length: 24 }).notNull(),
  titleEn: varchar('titleEn', { length: 60 }).notNull(),
  kind: code('kind', 10).$type<Worth['kind']>().notNull(),
  worth: json<Worth>('worth').notNull(),
  stock: int('stock'),
  perMember: int('perMember').notNull(),
  pointsPrice: int('pointsPrice').notNull(),
  minimumTier: code('minimumTier', 10).$type<Tier>(),
  claimFrom: at('claimFrom').notNull(),
  claimUntil: at('claimUntil').notNull(),
  validity: json<Validity>('validity').notNull(),
  storeIds: json<string[]>('storeIds').notNull(),
  funder: code('funder', 10).$type<'mall' | 'tenant'>().notNull(),
  terms: varchar('terms', { length: 600 }).notNull(),
  termsEn: varchar('termsEn', { length: 1200 }).notNull(),
  createdAt: createdAt(),
}, (t) => [primaryKey({ columns: [t.templateId, t.version] })])

/** The hot row of a template: whoever claims locks it. `stock` null is without limit; `claimed` never passes it. */
export const couponStocks = mysqlTable('couponStocks', {
  templateId: id('templateId').primaryKey(),
  mallId: mallId(),
  stock: int('stock'),
  claimed: int('claimed').notNull().default(0),
})

/** Who did what to a template. */
export const couponTemplateHistory = mysqlTable('couponTemplateHistory', {
  entryId: id('entryId').primaryKey(),
  mallId: mallId(),
  templateId: id('templateId').notNull(),
  version: int('version').notNull(),
  act: code('act', 20).notNull(),
  byId: id('byId').notNull(),
  byName: varchar('byName', { length: 40 }).notNull(),
  note: varchar('note', { length: 200 }),
  at: at('at').notNull(),
  createdAt: createdAt(),
})

/** A coupon of a member. `expired` is stored by a job; what is past `validUntil` counts as expired before it. */
export const coupons = mysqlTable('coupons', {
  couponId: id('couponId').primaryKey(),
  mallId: mallId(),
  couponNumber: char('couponNumber', { length: 12 }).notNull(),
  templateId: id('templateId').notNull(),
  version: int('version').notNull(),
  memberId: id('memberId').notNull(),
  memberSequence: int('memberSequence').notNull(),
  claimKey: bytes('claimKey', 32).notNull(),
  state: code('state', 10).$type<CouponState>().notNull(),
  claimedAt: at('claimedAt').notNull(),
  validFrom: at('validFrom').notNull(),
  validUntil: at('validUntil').notNull(),
  pointsPaid: int('pointsPaid').notNull().default(0),
  lockedFor: id('lockedFor'),
  lockedAt: at('lockedAt'),
  redeemedAt: at('redeemedAt'),
  createdAt: createdAt(),
})

/** A coupon was redeemed, at a store or by a payment. `standingFor` is unique and null once restored. */
export const redemptions = mysqlTable('redemptions', {
  redemptionId: id('redemptionId').primaryKey(),
  mallId: mallId(),
  redemptionNumber: char('redemptionNumber', { length: 14 }).notNull(),
  couponId: id('couponId').notNull(),
  standingFor: id('standingFor'),
  templateId: id('templateId').notNull(),
  memberId: id('memberId').notNull(),
  storeId: id('storeId').notNull(),
  storeName: varchar('storeName', { length: 60 }).notNull(),
  storeNameEn: varchar('storeNameEn', { length: 80 }).notNull(),
  paymentId: id('paymentId'),
  staffId: id('staffId'),
  staffName: varchar('staffName', { length: 40 }).notNull(),
  channel: code('channel', 10).notNull(),
  receiptNumber: varchar('receiptNumber', { length: 40 }),
  valueFen: fen('valueFen').notNull(),
  state: code('state', 10).$type<'redeemed' | 'restored'>().notNull(),
  at: at('at').notNull(),
  restoredAt: at('restoredAt'),
  restoredById: id('restoredById'),
  restoreReason: varchar('restoreReason', { length: 200 }),
  createdAt: createdAt(),
})

/** Dynamic codes that were taken once. */
export const usedCodes = mysqlTable('usedCodes', {
  mallId: mallId(),
  number: code('number', 12).notNull(),
  step: bigint('step', { mode: 'number' }).notNull(),
  usedAt: at('usedAt').notNull(),
}, (t) => [primaryKey({ columns: [t.mallId, t.number, t.step] })])
