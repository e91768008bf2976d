import type { Pool } from 'mysql2/promise'
import type { Logger } from 'pino'
import type { MySql2Database } from 'drizzle-orm/mysql2'
import type { Role } from '@atrium/shared/staff/permissions.ts'
import type { Config } from './config.ts'
import type { AlipayChannel, SmsSender, WechatChannel } from './identity/channels.ts'
import type { FapiaoIssuer } from './fapiao/issuer.ts'
import type { GatePort } from './parking/gate.ts'
import type { PaymentGateway } from './payment/gateway.ts'

/** Runs statements: the pool, or the connection of an open transaction. */
export type Executor = MySql2Database

/** What a store function needs: where to ask, and whose rows. It comes first. */
export type Scope = { db: Executor; mallId: string }

export type MemberCaller = { kind: 'member'; memberId: string; sessionId: string; channel: 'weapp' | 'alipay' | 'h5' | 'kiosk'; address: string }
/** `storeIds` are the stores within reach when `reach` is tenant or store. */
export type StaffCaller = { kind: 'staff'; staffId: string; name: string; role: Role; mallId: string; reach: 'mall' | 'tenant' | 'store'; tenantId: string | null; storeIds: string[]; sessionId: string; address: string }
export type Caller = { kind: 'guest'; address: string } | MemberCaller | StaffCaller | { kind: 'vendor'; address: string } | { kind: 'system' }

/** Everything from outside is handed in: clock, configuration, database, vendors. */
export type Deps = {
  now: () => Date
  config: Config
  pool: Pool
  db: Executor
  log: Logger
  gateways: { wechat: PaymentGateway; alipay: PaymentGateway }
  issuer: FapiaoIssuer
  channels: { wechat: WechatChannel; alipay: AlipayChannel }
  sms: SmsSender
  gates: GatePort
}

/** One call, one job or one step of it. `now` stands still during it. */
export type Ctx = Scope & {
  now: Date
  requestId: string
  caller: Caller
  deps: Deps
  log: Logger
  /** True while `db` is the connection of an open transaction. */
  inTransaction: boolean
  /** What the audit row of this call says beside who, what and when. */
  auditNote: { subject: string | null; detail: Record<string, unknown> }
  /** Set by the mount for a write that took a key; claimed by the first transaction. */
  idempotency: { actor: string; key: string; route: string; requestHash: Buffer; claimed: boolean } | null
}

/** A context for work that nobody called: jobs, consumers, tests. */
export const systemCtx = (deps: Deps, mallId: string, requestId: string): Ctx => ({
  db: deps.db, mallId, now: deps.now(), requestId, caller: { kind: 'system' }, deps, log: deps.log, inTransaction: false,
  auditNote: { subject: null, detail: {} }, idempotency: null,
})

/** The signed-in member of a `member` endpoint. The mount has checked it; anything else is a fault of ours. */
export function memberOf(ctx: Ctx): MemberCaller {
  if (ctx.caller.kind !== 'member') throw new Error('a member endpoint ran without a member')
  return ctx.caller
}

/** The member's id when one is signed in, else null: for guest endpoints that show more to members. */
export const memberIdOf = (ctx: Ctx): string | null => (ctx.caller.kind === 'member' ? ctx.caller.memberId : null)

/** The signed-in staff account of a staff endpoint. */
export function staffOf(ctx: Ctx): StaffCaller {
  if (ctx.caller.kind !== 'staff') throw new Error('a staff endpoint ran without staff')
  return ctx.caller
}

/** Stores that the caller may see: null means all of the mall. */
export const reachableStoreIds = (ctx: Ctx): string[] | null => (ctx.caller.kind === 'staff' && ctx.caller.reach !== 'mall' ? ctx.caller.storeIds : null)

/** Adds to the audit row of this call: what it was about and what changed. Ids and values, no personal data. */
export function note(ctx: Ctx, facts: { subject?: string } & Record<string, unknown>): void {
  const { subject, ...detail } = facts
  if (subject) ctx.auditNote.subject = subject
  Object.assign(ctx.auditNote.detail, detail)
}
