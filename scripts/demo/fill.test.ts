import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RowDataPacket } from 'mysql2/promise'
import { expect, onTestFinished, test } from 'vitest'
import { testConfig } from '../../bff/src/http/test-kit.ts'
import { openPool } from '../../bff/src/db/pool.ts'
import { runInvariants } from '../../bff/src/operations/invariants.ts'
import { withConnection } from '../db/connect.ts'
import { ownDatabase } from '../db/test-database.ts'
import { DEMO_CAMERAS } from '../demo-config.ts'
import { fillDemo } from './fill.ts'

test('a small demo mall keeps every invariant', async () => {
  const { url } = await ownDatabase('demo')
  const home = mkdtempSync(join(tmpdir(), 'atrium-demo-'))
  onTestFinished(() => rmSync(home, { recursive: true, force: true }))
  await fillDemo({ databaseUrl: url, config: testConfig(url), home, size: { members: 40, parkings: 400 }, now: new Date('2026-11-20T07:30:00.000Z') })

  const { pool, db } = openPool(url, 2)
  const broken = (await runInvariants(db)).filter(i => i.broken > 0)
  await pool.end()
  expect(broken.map(({ code, sample }) => ({ code, sample }))).toEqual([])

  const count = (sql: string) => withConnection(url, async c => Number(Object.values((await c.query<RowDataPacket[]>(sql))[0][0]!)[0]))
  expect(await count('SELECT COUNT(*) FROM store')).toBe(120)
  expect(await count('SELECT COUNT(*) FROM floor')).toBe(5)
  expect(await count('SELECT COUNT(DISTINCT floor) FROM store')).toBe(5)
  expect(await count('SELECT COUNT(*) FROM couponTemplates')).toBe(12)
  expect(await count('SELECT COUNT(*) FROM parkingLanes')).toBe(DEMO_CAMERAS.length)
  expect(await count('SELECT COUNT(DISTINCT role) FROM staff')).toBe(9)
  expect(await count(`SELECT COUNT(*) FROM store s LEFT JOIN unit u ON u.mallId = s.mallId AND u.unit = s.unit AND u.floor = s.floor WHERE u.unit IS NULL`)).toBe(0)

  expect(await count('SELECT COUNT(*) FROM memberships')).toBe(40)
  expect(await count('SELECT COUNT(*) FROM parkingSessions')).toBe(400)
  expect(await count("SELECT COUNT(*) FROM parkingSessions WHERE entryAt > '2026-11-20 07:30:00' OR exitAt > '2026-11-20 07:30:00'")).toBe(0)
  expect(await count("SELECT COUNT(*) FROM parkingSessions WHERE plate = '苏C8K6Q2' AND state = 'open'")).toBe(1)
  for (const table of ['payments', 'coupons', 'redemptions', 'fapiao', 'ledgerLines', 'memberVisits', 'auditEntry']) expect([table, await count(`SELECT COUNT(*) > 0 FROM ${table}`)]).toEqual([table, 1])
  expect(await count("SELECT COUNT(*) FROM parkingReadings WHERE state = 'waiting'")).toBe(1)

  const file = join(home, 'demo-people.json')
  expect(statSync(file).mode & 0o777).toBe(0o600)
  const people = JSON.parse(readFileSync(file, 'utf8')) as { staff: { password: string }[]; members: { phone: string; plate: string }[] }
  expect(new Set(people.staff.map(p => p.password)).size).toBe(11)
  expect(people.members[0]).toMatchObject({ phone: '19905160000', plate: '苏C8K6Q2' })
}, 60_000)
