import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { and, eq } from 'drizzle-orm'
import { couponStocks, couponTemplateVersions, couponTemplates, coupons } from '@atrium/schema/coupon.ts'
import { memberSessions, members, memberships } from '@atrium/schema/identity.ts'
import { mall } from '@atrium/schema/mall.ts'
import { store } from '@atrium/schema/shop.ts'
import { staff, staffSession, staffStore } from '@atrium/schema/staff.ts'
import { withCheckDigit } from '@atrium/shared/check-digit.ts'
import { Config } from '../../../bff/src/config.ts'
import { newId } from '../../../bff/src/db/id.ts'
import { openPool } from '../../../bff/src/db/pool.ts'
import { blindIndexOf, newToken, seal, tokenHash } from '../../../bff/src/db/sealed.ts'
import { connectTo } from '../../db/connect.ts'
import { migrate } from '../../db/migrate.ts'
import { startPrivateDatabase } from '../../db/server.ts'
import { fillDemo } from '../../demo/fill.ts'
import { insertRows } from '../../demo/insert.ts'
import { makeDemoConfig } from '../../demo-config.ts'
import { freePort } from '../../kit/processes.ts'
import type { Connection } from 'mysql2/promise'

type Pool = ReturnType<typeof openPool>

/** A mall of its own for one measurement, with people who are signed in. */
export interface World {
  config: Config
  /** What processes of the BFF are started with. */
  env: Record<string, string>
  port: number
  mallId: string
  storeId: string
  connection: Connection
  db: Pool['db']
  pool: Pool['pool']
}

export interface Person { id: string; token: string }

const day = 86_400_000
let serial = 0
/** A number of `length` digits that was not given before. */
const digits = (length: number): string => String(++serial).padStart(length, '0')

/** Brings a private database that keeps every commit, with the demo mall and this many members, for as long as `work` takes. */
export const withWorld = async <T>(size: { members: number; parkings: number }, work: (world: World) => Promise<T>): Promise<T> => {
  const home = mkdtempSync(join(tmpdir(), 'atrium-bench-'))
  const database = await startPrivateDatabase({ dir: join(home, 'db'), durable: true })
  try {
    await migrate(database.url)
    const port = await freePort()
    const { bff } = makeDemoConfig({ home, bffPort: port, simulatorPort: await freePort(), databaseUrl: database.url })
    await fillDemo({ databaseUrl: database.url, config: bff, home, size })
    const config = Config.parse(bff)
    const { db, pool } = openPool(database.url)
    const connection = await connectTo(database.url)
    try {
      const [found] = await db.select({ mallId: mall.mallId, storeId: store.storeId }).from(mall).innerJoin(store, eq(store.mallId, mall.mallId)).limit(1)
      const env = { ATRIUM_CONFIG: join(home, 'config.json'), ATRIUM_HOME: home, DATABASE_URL: database.url, PORT: String(port), NODE_ENV: 'production', LOG_LEVEL: 'warn' }
      return await work({ config, env, port, ...found!, connection, db, pool })
    } finally {
      await Promise.all([connection.end(), pool.end()])
    }
  } finally {
    await database.stop()
    rmSync(home, { recursive: true, force: true })
  }
}

/** Members of the mall with a session each. */
export const signedInMembers = async ({ config, connection, mallId }: World, count: number): Promise<Person[]> => {
  const keys = { deps: { config } }
  const now = new Date()
  const later = new Date(now.getTime() + day)
  const people = Array.from({ length: count }, () => ({ id: newId(now), token: newToken('at'), phone: `150${digits(8)}` }))
  await insertRows(connection, members, people.map(p => ({
    memberId: p.id, memberNumber: withCheckDigit(`7${digits(8)}`), phone: seal(keys, 'members.phone', p.phone), phoneIndex: blindIndexOf(keys, 'members.phone', p.phone), nickname: '林小满', language: 'zh-CN' as const, elderView: false, joinedAt: now
  })))
  await insertRows(connection, memberships, people.map(p => ({ mallId, memberId: p.id, tier: 'silver' as const, tierSince: now, channel: 'h5', joinedAt: now })))
  await insertRows(connection, memberSessions, people.map(p => ({
    sessionId: newId(now), mallId, memberId: p.id, channel: 'h5' as const, device: '', accessHash: tokenHash(keys, p.token), accessExpiresAt: later, startedAt: now, lastSeenAt: now, expiresAt: later
  })))
  return people
}

/** Sales associates of the world's store with a session each, made after one that the demo mall has. */
export const signedInAssociates = async ({ config, connection, db, mallId, storeId }: World, count: number): Promise<Person[]> => {
  const keys = { deps: { config } }
  const now = new Date()
  const [model] = await db.select().from(staff).where(and(eq(staff.mallId, mallId), eq(staff.role, 'salesAssociate'))).limit(1)
  const people = Array.from({ length: count }, () => ({ id: newId(now), token: newToken('staff'), account: `bench-${digits(6)}` }))
  await insertRows(connection, staff, people.map(p => ({ ...model!, staffId: p.id, account: p.account, accountIndex: blindIndexOf(keys, 'staff.account', p.account) })))
  await insertRows(connection, staffStore, people.map(p => ({ staffId: p.id, storeId, mallId })))
  await insertRows(connection, staffSession, people.map(p => ({
    sessionId: newId(now), mallId, staffId: p.id, tokenHash: tokenHash(keys, p.token), address: 'local', lastSeenAt: now, expiresAt: new Date(now.getTime() + day)
  })))
  return people
}

/** A published template without limits that the world's store takes. */
export const openTemplate = async ({ connection, mallId, storeId }: World): Promise<string> => {
  const now = new Date()
  const templateId = newId(now)
  const by = newId(now)
  await insertRows(connection, couponTemplates, [{ templateId, mallId, version: 1, publishedVersion: 1, state: 'published' as const, createdById: by, createdBy: '周若琳', updatedAt: now }])
  await insertRows(connection, couponTemplateVersions, [{
    templateId, version: 1, mallId, title: '五十元代金券', titleEn: '50 yuan off', kind: 'cash' as const, worth: { kind: 'cash' as const, amountFen: 5_000, minimumSpendFen: 20_000 }, stock: null, perMember: 1_000_000, pointsPrice: 0, minimumTier: null,
    claimFrom: new Date(now.getTime() - day), claimUntil: new Date(now.getTime() + day), validity: { kind: 'days' as const, days: 30 }, storeIds: [storeId], funder: 'mall' as const, terms: '', termsEn: ''
  }])
  await insertRows(connection, couponStocks, [{ templateId, mallId, stock: null, claimed: 0 }])
  return templateId
}

/** Coupons of a template that can be redeemed, `each` for every member; answers their numbers with their ids. */
export const heldCoupons = async ({ connection, mallId }: World, templateId: string, people: readonly Person[], each: number): Promise<{ couponId: string; couponNumber: string }[]> => {
  const now = new Date()
  const rows = people.flatMap(person => Array.from({ length: each }, (_, i) => ({
    couponId: newId(now), mallId, couponNumber: withCheckDigit(`9${digits(10)}`), templateId, version: 1, memberId: person.id, memberSequence: i + 1, claimKey: Buffer.from(randomUUID().replaceAll('-', ''), 'ascii'),
    state: 'available' as const, claimedAt: now, validFrom: now, validUntil: new Date(now.getTime() + (2 + i % 20) * day)
  })))
  await insertRows(connection, coupons, rows)
  await connection.query('UPDATE couponStocks SET claimed = ? WHERE templateId = ?', [rows.length, templateId])
  return rows.map(({ couponId, couponNumber }) => ({ couponId, couponNumber }))
}
