import { mkdtempSync, readFileSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RowDataPacket } from 'mysql2/promise'
import { expect, test } from 'vitest'
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

  const file = join(home, 'demo-people.json')
  expect(statSync(file).mode & 0o777).toBe(0o600)
  const people = JSON.parse(readFileSync(file, 'utf8')) as { staff: { password: string }[] }
  expect(new Set(people.staff.map(p => p.password)).size).toBe(11)
}, 60_000)
