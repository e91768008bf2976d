import { bigint, int, mysqlTable, primaryKey, varchar } from 'drizzle-orm/mysql-core'
import type { Role } from '@atrium/shared/staff/permissions.ts'
import { at, blindIndex, bytes, code, createdAt, id, mallId, sealed } from './columns.ts'

export const staff = mysqlTable('staff', {
  staffId: id('staffId').primaryKey(),
  mallId: mallId(),
  account: code('account', 40).notNull(),
  /** Blind index of the account: names the row of `staffAttempt`, which unknown accounts have as well. */
  accountIndex: blindIndex('accountIndex').notNull(),
  name: varchar('name', { length: 30 }).notNull(),
  phone: sealed('phone').notNull(),
  role: code('role', 30).$type<Role>().notNull(),
  tenantId: id('tenantId'),
  passwordHash: code('passwordHash', 160).notNull(),
  totpSecret: sealed('totpSecret').notNull(),
  /** Time step of the last accepted code: a code of this step or an earlier one is a replay. */
  totpStep: bigint('totpStep', { mode: 'number' }).notNull().default(0),
  disabledAt: at('disabledAt'),
  /** 1970 means never: lists sort by it and page by its value. */
  lastSignInAt: at('lastSignInAt').notNull().default(new Date(0)),
  createdAt: createdAt(),
  updatedAt: at('updatedAt').notNull(),
})

/** Stores of a sales associate. A tenant manager reaches all stores of the tenant without rows here. */
export const staffStore = mysqlTable('staffStore', {
  staffId: id('staffId').notNull(),
  storeId: id('storeId').notNull(),
  mallId: mallId(),
}, (t) => [primaryKey({ columns: [t.staffId, t.storeId] })])

/** Failures in a row for one account name, known or not, so that a lock-out tells nothing about which exist. */
export const staffAttempt = mysqlTable('staffAttempt', {
  mallId: mallId(),
  accountIndex: blindIndex('accountIndex').notNull(),
  /** Blind index of the address; empty for the count over all of them. */
  addressIndex: blindIndex('addressIndex').notNull(),
  failures: int('failures').notNull().default(0),
  lockedUntil: at('lockedUntil'),
  /** When the owner last signed in from here. */
  succeededAt: at('succeededAt'),
  updatedAt: at('updatedAt').notNull(),
}, (t) => [primaryKey({ columns: [t.mallId, t.accountIndex, t.addressIndex] })])

/** The password was right; the six digits are still to come. */
export const staffTicket = mysqlTable('staffTicket', {
  ticketHash: bytes('ticketHash', 32).primaryKey(),
  mallId: mallId(),
  staffId: id('staffId').notNull(),
  expiresAt: at('expiresAt').notNull(),
  usedAt: at('usedAt'),
})

export const staffSession = mysqlTable('staffSession', {
  sessionId: id('sessionId').primaryKey(),
  mallId: mallId(),
  staffId: id('staffId').notNull(),
  tokenHash: bytes('tokenHash', 32).notNull(),
  address: code('address', 45).notNull(),
  createdAt: createdAt(),
  lastSeenAt: at('lastSeenAt').notNull(),
  expiresAt: at('expiresAt').notNull(),
  endedAt: at('endedAt'),
  endReason: code('endReason', 30),
})
