import { readdirSync } from 'node:fs'
import { is } from 'drizzle-orm'
import { MySqlTable, getTableConfig } from 'drizzle-orm/mysql-core'
import { createConnection } from 'mysql2/promise'
import { expect, test } from 'vitest'
import { testDatabase } from '../../scripts/db/test-database.ts'

type Column = { tableName: string; columnName: string; columnType: string; nullable: 'YES' | 'NO'; collation: string | null }

const files = readdirSync(new URL('.', import.meta.url)).filter((f) => f.endsWith('.ts') && !f.endsWith('.test.ts') && f !== 'columns.ts')
const modules = await Promise.all(files.map((file) => import(new URL(file, import.meta.url).href) as Promise<Record<string, unknown>>))
const tables = modules.flatMap((m) => Object.values(m)).filter((value): value is MySqlTable => is(value, MySqlTable)).map(getTableConfig)

/** Spellings of one type: MariaDB keeps JSON as longtext and says the display width of old integers. */
const plain = (type: string) => type.toLowerCase().replace(/^(tiny|small|medium|big)?int\(\d+\)/, '$1int').replace(/^boolean$/, 'tinyint').replace(/^bool$/, 'tinyint').replace(/^json$/, 'longtext').replace(/^double.*/, 'double').replace(/, /g, ',').replace(/ unsigned$/, ' unsigned')

async function realColumns(): Promise<Column[]> {
  const { url } = await testDatabase()
  const connection = await createConnection(url)
  try {
    const [rows] = await connection.query('SELECT table_name AS tableName, column_name AS columnName, column_type AS columnType, is_nullable AS nullable, collation_name AS collation FROM information_schema.columns WHERE table_schema = DATABASE()')
    return rows as Column[]
  } finally {
    await connection.end()
  }
}

test('the drizzle tables say what the migrations made', async () => {
  const real = await realColumns()
  const declared = tables.flatMap((t) => t.columns.map((c) => `${t.name}.${c.name} ${plain(c.getSQLType())} ${c.notNull ? 'NOT NULL' : 'NULL'}`)).sort()
  const own = new Set(tables.map((t) => t.name))
  const made = real.filter((c) => own.has(c.tableName)).map((c) => `${c.tableName}.${c.columnName} ${plain(c.columnType)} ${c.nullable === 'NO' ? 'NOT NULL' : 'NULL'}`).sort()
  expect(declared).toEqual(made)
})

test('every table that a migration made is declared', async () => {
  const known = new Set([...tables.map((t) => t.name), 'migrations'])
  expect([...new Set((await realColumns()).map((c) => c.tableName))].filter((name) => !known.has(name) && !name.startsWith('kitTally'))).toEqual([])
})

test('every table has a primary key', () => {
  for (const t of tables) expect(t.columns.some((c) => c.primary) || t.primaryKeys.length > 0, t.name).toBe(true)
})

test('ids compare byte by byte', async () => {
  const loose = (await realColumns()).filter((c) => c.columnType === 'char(26)' && c.collation !== 'ascii_bin')
  expect(loose).toEqual([])
})
