import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Connection, RowDataPacket } from 'mysql2/promise'
import { root } from '../kit/paths.ts'
import { command, PlainError, say } from '../kit/say.ts'
import { connectTo, schemaLetters, schemaOf, withConnection, withSchema } from './connect.ts'
import { splitStatements } from './statements.ts'

export interface Migration { name: string; checksum: string; statements: string[] }
interface Applied extends RowDataPacket { name: string; checksum: string; statementsDone: number; finishedAt: Date | null }

const defaultFolder = join(root, 'schema/migrations')
const lockSeconds = 120

const createTable = `CREATE TABLE IF NOT EXISTS migrations (
  name varchar(120) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  checksum char(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  statementsDone int NOT NULL,
  finishedAt datetime(3) NULL
) ENGINE=InnoDB`

/** The migrations of a folder in their order; refuses a name that is not `NNNN-words.sql` and a number used twice. */
export const readMigrations = (folder = defaultFolder): Migration[] => {
  const names = readdirSync(folder).filter(name => name.endsWith('.sql')).sort()
  const numbers = new Map<string, string>()
  for (const name of names) {
    const number = /^(\d{4})-[a-z0-9]+(-[a-z0-9]+)*\.sql$/.exec(name)?.[1]
    if (!number) throw new PlainError(`The migration ${name} must be named like 0007-coupon-redemption.sql.`)
    if (numbers.has(number)) throw new PlainError(`The migrations ${numbers.get(number)} and ${name} have the same number: rename the newer one.`)
    numbers.set(number, name)
  }
  return names.map(name => {
    const sql = readFileSync(join(folder, name), 'utf8')
    return { name: name.slice(0, -4), checksum: createHash('sha256').update(sql).digest('hex'), statements: splitStatements(sql) }
  })
}

/** Refuses a schema in which a Chinese name cannot be stored. */
const refuseOtherLetters = async (connection: Connection, schema: string): Promise<void> => {
  const [[row]] = await connection.query<RowDataPacket[]>('SELECT @@character_set_database AS letters')
  if (row?.letters !== 'utf8mb4') throw new PlainError(`The schema ${schema} stores ${row?.letters} text: run ALTER DATABASE \`${schema}\` ${schemaLetters}, then try again.`)
}

/** Refuses a database that does not belong to these files: one of them was changed after it ran, or a newer Atrium was here. */
const refuseStrangeHistory = (migrations: Migration[], applied: Applied[]): void => {
  const known = new Map(migrations.map(migration => [migration.name, migration]))
  for (const row of applied) {
    const file = known.get(row.name)
    if (!file) throw new PlainError(`The database has the migration ${row.name}, which this checkout lacks: update the checkout, or use another database.`)
    if (row.finishedAt && file.checksum !== row.checksum) throw new PlainError(`The migration ${row.name} was changed after it ran: restore the file and put the change into a new migration.`)
  }
  const finished = new Set(applied.filter(row => row.finishedAt).map(row => row.name))
  const last = migrations.findLast(migration => finished.has(migration.name))
  const skipped = migrations.find(migration => last && migration.name < last.name && !finished.has(migration.name))
  if (skipped) throw new PlainError(`The migration ${skipped.name} is older than one that already ran: give it a number after ${last?.name}.`)
}

/**
 * What a statement answers when its work is there already: table, column, index, key, trigger or constraint made, or dropped. It counts as done where the
 * run before was cut off in the middle of this statement, and nowhere else.
 */
const doneAlready = new Set([1050, 1051, 1060, 1061, 1068, 1091, 1359, 1826])

/**
 * Each statement commits by itself (MySQL cannot undo a CREATE), so what is done is counted: a mended file goes on where it failed. A negative count says
 * that the statement of this number is under way: a run that is cut off there cannot know whether it was done. Rows commit together with the count.
 */
const apply = async (connection: Connection, migration: Migration, before: number): Promise<void> => {
  const record = (count: number) => connection.query(
    'INSERT INTO migrations (name, checksum, statementsDone) VALUES (?, ?, ?) ON DUPLICATE KEY UPDATE checksum = VALUES(checksum), statementsDone = VALUES(statementsDone)', [migration.name, migration.checksum, count])
  const cutOffAt = before < 0 ? -before - 1 : undefined
  for (let index = cutOffAt ?? before; index < migration.statements.length; index += 1) {
    const statement = migration.statements[index]!
    await record(-index - 1)
    try {
      await connection.query('START TRANSACTION')
      await connection.query(statement)
    } catch (error) {
      if (index !== cutOffAt || !doneAlready.has((error as { errno: number }).errno)) {
        await connection.query('ROLLBACK')
        await record(index)
        const shown = statement.split('\n').find(line => line.trim() && !line.trim().startsWith('--'))?.slice(0, 120)
        throw new PlainError(`The migration ${migration.name} failed at statement ${index + 1} (${shown}): ${(error as Error).message}`)
      }
    }
    await record(index + 1)
    await connection.query('COMMIT')
  }
  await record(migration.statements.length)
  await connection.query('UPDATE migrations SET finishedAt = UTC_TIMESTAMP(3) WHERE name = ?', [migration.name])
}

const createSchema = async (databaseUrl: string): Promise<void> => {
  try {
    await (await connectTo(databaseUrl)).end()
  } catch (error) {
    if ((error as { code?: string }).code !== 'ER_BAD_DB_ERROR') throw error
    await withConnection(withSchema(databaseUrl, ''), connection =>
      connection.query(`CREATE DATABASE IF NOT EXISTS \`${schemaOf(databaseUrl)}\` ${schemaLetters}`))
  }
}

/**
 * Brings a database to the newest migration and returns the names of those that ran now. Creates the schema when
 * it is missing. Any number of processes may call this at once: one works, the others wait and find nothing to do.
 */
export const migrate = async (databaseUrl: string, options: { folder?: string; onApplied?: (name: string) => void } = {}): Promise<string[]> => {
  const migrations = readMigrations(options.folder)
  await createSchema(databaseUrl)
  return withConnection(databaseUrl, async connection => {
    const lock = `atrium.migrate.${schemaOf(databaseUrl)}`.slice(0, 64)
    const [[answer]] = await connection.query<RowDataPacket[]>('SELECT GET_LOCK(?, ?) AS got', [lock, lockSeconds])
    if (answer?.got !== 1) throw new PlainError(`Another process has been migrating this database for ${lockSeconds} s: look what it waits for, then try again.`)
    await refuseOtherLetters(connection, schemaOf(databaseUrl))
    await connection.query(createTable)
    const [applied] = await connection.query<Applied[]>('SELECT name, checksum, statementsDone, finishedAt FROM migrations')
    refuseStrangeHistory(migrations, applied)
    const rows = new Map(applied.map(row => [row.name, row]))
    const open = migrations.filter(migration => !rows.get(migration.name)?.finishedAt)
    for (const migration of open) {
      await apply(connection, migration, rows.get(migration.name)?.statementsDone ?? 0)
      options.onApplied?.(migration.name)
    }
    return open.map(migration => migration.name)
  })
}

if (import.meta.main) {
  await command(async () => {
    const databaseUrl = process.env.DATABASE_URL
    if (!databaseUrl) throw new PlainError('Set DATABASE_URL to the database to migrate: mysql://user:password@host:3306/atrium.')
    const names = await migrate(databaseUrl, { onApplied: name => say(`✓ ${name}`) })
    if (names.length === 0) say('The database is up to date.')
  })
}
