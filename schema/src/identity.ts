import type { Tier } from '@atrium/shared/member/rules.ts'
import { boolean, char, date, int, mysqlTable, primaryKey, varchar } from 'drizzle-orm/mysql-core'
import { at, blindIndex, bytes, code, createdAt, id, mallId, sealed } from './columns.ts'

/** People, group-wide: one row for each phone number, whatever channel they came by. */
export const members = mysqlTable('members', {
  memberId: id('memberId').primaryKey(),
  memberNumber: char('memberNumber', { length: 10 }).notNull(),
  phone: sealed('phone').notNull(),
  phoneIndex: blindIndex('phoneIndex').notNull(),
  nickname: varchar('nickname', { length: 40 }).notNull(),
  language: code('language', 5).$type<'zh-CN' | 'en'>().notNull(),
  elderView: boolean('elderView').notNull().default(false),
  joinedAt: at('joinedAt').notNull(),
  createdAt: createdAt(),
})

/** What a person is to one mall. `tier` follows growth (shared/member/rules.ts). */
export const memberships = mysqlTable('memberships', {
  mallId: mallId(),
  memberId: id('memberId').notNull(),
  tier: code('tier', 10).$type<Tier>().notNull(),
  tierSince: at('tierSince').notNull(),
  channel: code('channel', 10).notNull(),
  joinedAt: at('joinedAt').notNull(),
  lastSeenAt: at('lastSeenAt'),
  visits: int('visits').notNull().default(0),
  createdAt: createdAt(),
}, (t) => [primaryKey({ columns: [t.mallId, t.memberId] })])

/** One row for each business day on which a member was in the mall. */
export const memberVisits = mysqlTable('memberVisits', {
  mallId: mallId(),
  memberId: id('memberId').notNull(),
  day: date('day', { mode: 'string' }).notNull(),
  firstAt: at('firstAt').notNull(),
  kind: code('kind', 20).notNull(),
}, (t) => [primaryKey({ columns: [t.mallId, t.memberId, t.day] })])

/** Accounts of WeChat and Alipay that belong to a person. */
export const channelAccounts = mysqlTable('channelAccounts', {
  accountId: id('accountId').primaryKey(),
  memberId: id('memberId').notNull(),
  provider: code('provider', 10).$type<'wechat' | 'alipay'>().notNull(),
  openId: sealed('openId').notNull(),
  openIdIndex: blindIndex('openIdIndex').notNull(),
  unionId: sealed('unionId'),
  unionIdIndex: blindIndex('unionIdIndex'),
  linkedAt: at('linkedAt').notNull(),
  createdAt: createdAt(),
})

/** The sign-in code that is live for a phone. */
export const smsCodes = mysqlTable('smsCodes', {
  phoneIndex: blindIndex('phoneIndex').primaryKey(),
  codeHash: bytes('codeHash', 32).notNull(),
  sentAt: at('sentAt').notNull(),
  expiresAt: at('expiresAt').notNull(),
  tries: int('tries').notNull().default(0),
  usedAt: at('usedAt'),
})

/** How many messages a phone or an address caused in a window. */
export const smsBudgets = mysqlTable('smsBudgets', {
  subject: blindIndex('subject').notNull(),
  windowName: code('windowName', 10).$type<'hour' | 'day'>().notNull(),
  windowStart: at('windowStart').notNull(),
  sent: int('sent').notNull(),
}, (t) => [primaryKey({ columns: [t.subject, t.windowName, t.windowStart] })])

/** One row for each device that signed in. Tokens are kept as hashes. */
export const memberSessions = mysqlTable('memberSessions', {
  sessionId: id('sessionId').primaryKey(),
  mallId: mallId(),
  memberId: id('memberId').notNull(),
  channel: code('channel', 10).$type<'weapp' | 'alipay' | 'h5' | 'kiosk'>().notNull(),
  device: varchar('device', { length: 60 }).notNull(),
  accessHash: bytes('accessHash', 32).notNull(),
  accessExpiresAt: at('accessExpiresAt').notNull(),
  startedAt: at('startedAt').notNull(),
  lastSeenAt: at('lastSeenAt').notNull(),
  expiresAt: at('expiresAt').notNull(),
  endedAt: at('endedAt'),
  endReason: code('endReason', 20),
  createdAt: createdAt(),
})

/** Every refresh token of a session, used or not. */
export const refreshTokens = mysqlTable('refreshTokens', {
  tokenHash: bytes('tokenHash', 32).primaryKey(),
  sessionId: id('sessionId').notNull(),
  issuedAt: at('issuedAt').notNull(),
  expiresAt: at('expiresAt').notNull(),
  usedAt: at('usedAt'),
})
