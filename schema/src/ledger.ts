import { bigint, boolean, int, mysqlTable, primaryKey, tinyint } from 'drizzle-orm/mysql-core'
import { at, bytes, code, createdAt, id, json, mallId } from './columns.ts'

const units = (name: string) => bigint(name, { mode: 'number' })

/** Accounts: one for each member and currency, and the house's own. `balance` − `held` is what can be spent. */
export const ledgerAccounts = mysqlTable('ledgerAccounts', {
  accountId: id('accountId').primaryKey(),
  mallId: mallId(),
  currency: code('currency', 20).notNull(),
  holder: code('holder', 26).notNull(),
  house: boolean('house').notNull(),
  balance: units('balance').notNull().default(0),
  held: units('held').notNull().default(0),
  sequence: int('sequence').notNull().default(0),
  lastHash: bytes('lastHash', 32).notNull(),
  createdAt: createdAt(),
})

/** Why units moved; written once. `source` is what caused it (`payment:01…`), one posting for each. */
export const ledgerPostings = mysqlTable('ledgerPostings', {
  postingId: id('postingId').primaryKey(),
  mallId: mallId(),
  currency: code('currency', 20).notNull(),
  kind: code('kind', 20).notNull(),
  source: code('source', 100).notNull(),
  reverses: id('reverses'),
  facts: json<Record<string, string | number | null>>('facts').notNull(),
  at: at('at').notNull(),
  createdAt: createdAt(),
})

/** What moved on each account; the lines of a posting sum to 0. `hash` chains the lines of a member's account. */
export const ledgerLines = mysqlTable('ledgerLines', {
  postingId: id('postingId').notNull(),
  lineNumber: tinyint('lineNumber').notNull(),
  mallId: mallId(),
  accountId: id('accountId').notNull(),
  amount: units('amount').notNull(),
  sequence: int('sequence'),
  balanceAfter: units('balanceAfter'),
  hash: bytes('hash', 32),
}, (t) => [primaryKey({ columns: [t.postingId, t.lineNumber] })])

/** Units earned together, which expire together. */
export const ledgerLots = mysqlTable('ledgerLots', {
  lotId: id('lotId').primaryKey(),
  mallId: mallId(),
  accountId: id('accountId').notNull(),
  postingId: id('postingId').notNull(),
  earned: units('earned').notNull(),
  remaining: units('remaining').notNull(),
  expiresAt: at('expiresAt').notNull(),
  createdAt: createdAt(),
})

/** Where the units of a lot went; negative: given back. */
export const ledgerLotUses = mysqlTable('ledgerLotUses', {
  postingId: id('postingId').notNull(),
  lotId: id('lotId').notNull(),
  mallId: mallId(),
  amount: units('amount').notNull(),
}, (t) => [primaryKey({ columns: [t.postingId, t.lotId] })])

/** Units set aside until they are posted or let go. */
export const ledgerHolds = mysqlTable('ledgerHolds', {
  holdId: id('holdId').primaryKey(),
  mallId: mallId(),
  accountId: id('accountId').notNull(),
  currency: code('currency', 20).notNull(),
  source: code('source', 100).notNull(),
  amount: units('amount').notNull(),
  state: code('state', 10).$type<'pending' | 'posted' | 'voided'>().notNull(),
  expiresAt: at('expiresAt').notNull(),
  postingId: id('postingId'),
  createdAt: createdAt(),
})
