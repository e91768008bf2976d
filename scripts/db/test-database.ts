import type { Connection, RowDataPacket } from 'mysql2/promise'
import { inject } from 'vitest'
import { connectTo, schemaLetters, schemaOf, withConnection, withSchema } from './connect.ts'
import type { TestServer } from './test-server.ts'

export interface TestDatabase { url: string }

/** Fills the empty schema of this connection with the template's tables and the rows its migrations wrote. */
const copyTemplate = async (connection: Connection, template: string, ddl: string[]): Promise<void> => {
  await connection.query('SET foreign_key_checks = 0')
  for (const statement of ddl) await connection.query(statement.replaceAll(`\`${template}\`.`, ''))
  const [tables] = await connection.query<RowDataPacket[]>("SHOW FULL TABLES WHERE Table_type = 'BASE TABLE'")
  for (const row of tables) {
    const name = String(Object.values(row)[0])
    await connection.query(`INSERT INTO \`${name}\` SELECT * FROM \`${template}\`.\`${name}\``)
  }
  await connection.query('SET foreign_key_checks = 1')
}

const makeSchema = async (name: string): Promise<TestDatabase> => {
  const { templateUrl, prefix, ddl }: TestServer = inject('testServer')
  const url = withSchema(templateUrl, prefix + name)
  try {
    // The worker's schema lives as long as the run: a later test file of the same worker finds it made.
    await (await connectTo(url)).end()
    return { url }
  } catch (error) {
    if ((error as { code?: string }).code !== 'ER_BAD_DB_ERROR') throw error
  }
  await withConnection(withSchema(templateUrl, ''), async connection => {
    await connection.query(`CREATE DATABASE \`${prefix}${name}\` ${schemaLetters}`)
    await connection.query(`USE \`${prefix}${name}\``)
    await copyTemplate(connection, schemaOf(templateUrl), ddl)
  })
  return { url }
}

/**
 * The migrated schema of this vitest worker, made at the first call. Test files that run in the same worker share
 * it, so each test works in a mall of its own. Needs `scripts/db/test-server.ts` as the project's global setup.
 */
export const testDatabase = (): Promise<TestDatabase> => makeSchema(`worker_${process.env.VITEST_POOL_ID ?? '1'}`)

/** A migrated schema that nobody else uses: for a test that spoils data or counts every row. `name` is unique in the run. */
export const ownDatabase = (name: string): Promise<TestDatabase> => makeSchema(`own_${name}`)
