import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RowDataPacket } from 'mysql2/promise'
import { afterAll, beforeEach, describe, expect, inject, onTestFinished, test } from 'vitest'
import { PlainError } from '../kit/say.ts'
import { placeOf, schemaOf, withConnection, withSchema } from './connect.ts'
import { missingLibraries, packagesFor } from './locate.ts'
import { migrate, readMigrations } from './migrate.ts'
import { startPrivateDatabase } from './server.ts'
import { splitStatements } from './statements.ts'
import { ownDatabase, testDatabase } from './test-database.ts'

const folder = mkdtempSync(join(tmpdir(), 'atrium-migrations-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe('statements of a migration', () => {
  test.each([
    ['two lines', 'CREATE TABLE a (x int);\nCREATE TABLE b (x int);\n', 2],
    ['the last without a semicolon', 'SELECT 1;\nSELECT 2', 2],
    ['a semicolon inside a line', "INSERT INTO a VALUES ('x;y'); -- done\n", 1],
    ['a semicolon at the end of a line of a string', "INSERT INTO a VALUES ('x;\ny');\nSELECT 1;", 2],
    ['an escaped quote', "INSERT INTO a VALUES ('it''s;\n', 'a\\';\n');\nSELECT 1;", 2],
    ['comments alone', '-- nothing;\n/* here;\n */\n# at all;\n', 0],
    ['a comment before a statement', '-- why;\nSELECT 1;', 1],
    ['a trigger between markers', 'SELECT 1;\n--> statement-breakpoint\nCREATE TRIGGER t BEFORE UPDATE ON a FOR EACH ROW BEGIN\nSET @x = 1;\nEND;\n', 2]
  ])('%s', (_name, sql, count) => expect(splitStatements(sql)).toHaveLength(count))
})

describe('a server of the distribution', () => {
  const ldd = '\tlinux-vdso.so.1 (0x1)\n\tlibaio.so.1t64 => not found\n\tlibssl.so.3 => not found\n\tlibcrypto.so.3 => not found\n\tlibc.so.6 => /lib/libc.so.6 (0x2)\n'
  test('what it lacks is read from ldd', () => expect(missingLibraries(ldd)).toEqual(['libaio.so.1t64', 'libssl.so.3', 'libcrypto.so.3']))
  test.each([
    ['Debian 12', ['libaio1', 'libssl3'], 'libaio.so.1'], ['Debian 13 and Ubuntu 24.04', ['libaio1t64', 'libssl3t64'], 'libaio.so.1t64']
  ])('%s calls the packages %j', (_release, names, aio) => expect(packagesFor([aio, 'libssl.so.3', 'libcrypto.so.3'], name => names.includes(name))).toEqual(names))
  test('a library of no known package is named', () => expect(() => packagesFor(['libodd.so.4'], () => true)).toThrow('libodd.so.4'))
})

describe('migrating', () => {
  let url: string
  let run = 0
  const write = (name: string, sql: string) => writeFileSync(join(folder, name), sql)
  const go = () => migrate(url, { folder })
  const tables = () => withConnection(url, async connection =>
    (await connection.query<RowDataPacket[]>('SHOW TABLES'))[0].flatMap(row => Object.values(row)))

  beforeEach(() => {
    for (const name of readdirSync(folder)) rmSync(join(folder, name))
    const { templateUrl, prefix } = inject('testServer')
    url = withSchema(templateUrl, `${prefix}migrating_${++run}`)
    write('0001-first.sql', 'CREATE TABLE first (id int PRIMARY KEY);')
  })

  test('runs each file once, in order, and creates the schema', async () => {
    write('0002-second.sql', 'INSERT INTO first VALUES (1);')
    expect(await go()).toEqual(['0001-first', '0002-second'])
    expect(await go()).toEqual([])
    expect(await tables()).toEqual(['first', 'migrations'])
  })

  test('started four times at once, one works', async () => {
    const results = await Promise.all([go(), go(), go(), go()])
    expect(results.flat()).toEqual(['0001-first'])
  })

  test('refuses a file that was changed after it ran', async () => {
    await go()
    write('0001-first.sql', 'CREATE TABLE first (id bigint PRIMARY KEY);')
    await expect(go()).rejects.toThrow('0001-first was changed after it ran')
  })

  test('refuses a file that comes before one that already ran', async () => {
    write('0003-third.sql', 'CREATE TABLE third (id int PRIMARY KEY);')
    await go()
    write('0002-second.sql', 'CREATE TABLE second (id int PRIMARY KEY);')
    await expect(go()).rejects.toThrow('give it a number after 0003-third')
  })

  test('refuses the database of a newer checkout', async () => {
    write('0002-second.sql', 'CREATE TABLE second (id int PRIMARY KEY);')
    await go()
    rmSync(join(folder, '0002-second.sql'))
    await expect(go()).rejects.toThrow('0002-second, which this checkout lacks')
  })

  test('a failed file says where, and once mended goes on there', async () => {
    write('0001-first.sql', 'CREATE TABLE first (id int PRIMARY KEY);\nCREATE TABEL second (id int);')
    await expect(go()).rejects.toThrow('0001-first failed at statement 2 (CREATE TABEL second')
    write('0001-first.sql', 'CREATE TABLE first (id int PRIMARY KEY);\nCREATE TABLE second (id int PRIMARY KEY);')
    expect(await go()).toEqual(['0001-first'])
    expect(await tables()).toEqual(['first', 'migrations', 'second'])
  })

  /** As a run leaves it that is cut off in the middle of a statement. */
  const cutOffIn = (statement: number) => withConnection(url, connection => connection.query('UPDATE migrations SET statementsDone = ?, finishedAt = NULL', [-statement]))

  test.each([
    ['a table', 'CREATE TABLE second (id int PRIMARY KEY)'], ['a column', 'ALTER TABLE first ADD COLUMN name varchar(10) NULL'], ['an index', 'CREATE INDEX again ON first (id)'],
    ['a column that is dropped', 'ALTER TABLE first DROP COLUMN old'], ['a table that is dropped', 'DROP TABLE gone'], ['a trigger', 'CREATE TRIGGER t BEFORE INSERT ON first FOR EACH ROW SET NEW.old = 1']
  ])('%s made by a run that was cut off before it could count it is passed over', async (_name, statement) => {
    write('0001-first.sql', `CREATE TABLE first (id int PRIMARY KEY, old int NULL); \nCREATE TABLE gone (id int PRIMARY KEY);\n${statement};\nCREATE TABLE last (id int PRIMARY KEY);`)
    await go()
    await withConnection(url, connection => connection.query('DROP TABLE last'))
    await cutOffIn(3)
    expect(await go()).toEqual(['0001-first'])
    expect(await tables()).toContain('last')
  })

  test('a statement that was cut off before it was done is done', async () => {
    await go()
    await withConnection(url, connection => connection.query('DROP TABLE first'))
    await cutOffIn(1)
    expect(await go()).toEqual(['0001-first'])
    expect(await tables()).toEqual(['first', 'migrations'])
  })

  test('rows are written together with the count, so a second go writes them once', async () => {
    write('0001-first.sql', 'CREATE TABLE first (id int NULL);\nINSERT INTO first VALUES (1);\nSIGNAL SQLSTATE \'45000\';')
    await expect(go()).rejects.toThrow('failed at statement 3')
    write('0001-first.sql', 'CREATE TABLE first (id int NULL);\nINSERT INTO first VALUES (1);\nSELECT 1;')
    await go()
    expect((await withConnection(url, connection => connection.query<RowDataPacket[]>('SELECT id FROM first')))[0]).toHaveLength(1)
  })

  test('a table that was there before is a failure each time', async () => {
    await go()
    write('0002-second.sql', 'CREATE TABLE first (id int PRIMARY KEY);')
    for (let run = 0; run < 2; run += 1) await expect(go()).rejects.toThrow("0002-second failed at statement 1")
  })

  test.each(['1-short.sql', '0001_under.sql', '0001-.sql', '0001-Big.sql'])('refuses the name %s', name => {
    write(name, 'SELECT 1;')
    expect(() => readMigrations(folder)).toThrow('must be named like')
  })

  test('refuses a number used twice', () => {
    write('0001-other.sql', 'SELECT 1;')
    expect(() => readMigrations(folder)).toThrow('have the same number')
  })

  test('refuses a schema that cannot store Chinese', async () => {
    await withConnection(withSchema(url, ''), connection => connection.query(`CREATE DATABASE \`${schemaOf(url)}\` CHARACTER SET latin1`))
    await expect(go()).rejects.toThrow('stores latin1 text')
  })

  test('an address that cannot be read is one plain sentence', async () => {
    await expect(migrate('mysql://atrium:se#cret@127.0.0.1:port/atrium', { folder })).rejects.toThrow('DATABASE_URL cannot be read: write it like')
    expect(() => schemaOf('mysql://[')).toThrow(PlainError)
  })

  test('two databases are told apart by server and schema, whoever comes', () => {
    expect(placeOf('mysql://a:b@127.0.0.1:3306/atrium')).toBe('127.0.0.1:3306/atrium')
  })

  test('what an address says about TLS goes with it to every schema', () => {
    expect(withSchema('mysql://a:b@db.example.com/atrium?ssl=%7B%7D', 'other')).toBe('mysql://a:b@db.example.com/other?ssl=%7B%7D')
  })

  test('an unreachable server is one plain sentence', async () => {
    await expect(migrate('mysql://nobody@127.0.0.1:1/none', { folder })).rejects.toThrow('The database at 127.0.0.1:1 cannot be used (ECONNREFUSED)')
  })
})

test('a new private server stores Chinese, asks for a password, and keeps its data', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'atrium-db-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  const first = await startPrivateDatabase({ dir, durable: true })
  await withConnection(first.url, connection => connection.query("CREATE TABLE t (name varchar(10)); INSERT INTO t VALUES ('云龙天地')"))
  for (const user of ['atrium', 'root']) await expect(migrate(`mysql://${user}@127.0.0.1:${new URL(first.url).port}/atrium`, { folder })).rejects.toThrow('ER_ACCESS_DENIED')
  await first.stop()
  const second = await startPrivateDatabase({ dir, durable: true })
  // The port is the same while nobody else has taken it meanwhile.
  const withoutPort = (url: string) => url.replace(/:\d+\//, '/')
  expect(withoutPort(second.url)).toBe(withoutPort(first.url))
  const [[row]] = await withConnection(second.url, connection => connection.query<RowDataPacket[]>('SELECT name, @@log_bin AS logged, @@innodb_flush_log_at_trx_commit AS flushed FROM t'))
  expect(row).toEqual({ name: '云龙天地', logged: 1, flushed: 1 })
  await second.stop()
})

describe('databases for tests', () => {
  test('a test file keeps its schema, which no other can take; an own one is apart and has the same tables', async () => {
    const [shared, again] = await Promise.all([testDatabase(), testDatabase()])
    expect(again).toEqual(shared)
    expect(inject('testServer').shelf).toContain(shared.url)
    const [[lock]] = await withConnection(shared.url, connection => connection.query<RowDataPacket[]>('SELECT GET_LOCK(DATABASE(), 0) AS taken'))
    expect(lock!.taken).toBe(0)
    const own = await ownDatabase('db_test')
    expect(own.url).not.toBe(shared.url)
    const shape = (url: string) => withConnection(url, async connection =>
      (await connection.query<RowDataPacket[]>('SELECT TABLE_NAME, COLUMN_NAME, COLUMN_TYPE FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE() ORDER BY 1, 2'))[0])
    expect(await shape(own.url)).toEqual(await shape(inject('testServer').templateUrl))
  })

  test.runIf(!process.env.DATABASE_URL)('our own server is set as the house needs it', async () => {
    const { url } = await testDatabase()
    const [[row]] = await withConnection(url, connection => connection.query<RowDataPacket[]>(
      'SELECT @@global.time_zone AS zone, @@global.tx_isolation AS isolation, @@global.innodb_snapshot_isolation AS snapshot, @@global.innodb_rollback_on_timeout AS wholly'))
    expect(row).toEqual({ zone: '+00:00', isolation: 'READ-COMMITTED', snapshot: 1, wholly: 1 })
  })
})
