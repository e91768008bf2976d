import type { Connection, RowDataPacket } from 'mysql2/promise'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, inject } from 'vitest'
import { connectTo, schemaOf, withSchema } from './connect.ts'
import { copyTemplate } from './template.ts'
import type { TestServer } from './test-server.ts'

export interface TestDatabase { url: string }

const triesEveryMs = 20

/** The connection whose lock says that the schema is in use: it goes with the process, however that ends. */
let holder: Connection | undefined
let borrowed: Promise<TestDatabase> | undefined

const borrow = async (): Promise<TestDatabase> => {
  const { templateUrl, shelf }: TestServer = inject('testServer')
  holder = await connectTo(withSchema(templateUrl, ''))
  for (;;) {
    for (const url of shelf) {
      const [[row]] = await holder.query<RowDataPacket[]>('SELECT GET_LOCK(?, 0) AS taken', [schemaOf(url)])
      if (Number(row!.taken) === 1) return { url }
    }
    await wait(triesEveryMs)
  }
}

/**
 * A migrated schema that this test file has to itself until it ends; files before it have left their rows, so each
 * test works in a mall of its own. Needs `scripts/db/test-server.ts` as the project's global setup.
 */
export const testDatabase = (): Promise<TestDatabase> => (borrowed ??= borrow())

/** A migrated schema without anybody's rows: for a test that spoils data or counts every row. `name` is unique in the run. */
export const ownDatabase = async (name: string): Promise<TestDatabase> => {
  const { templateUrl, prefix, ddl }: TestServer = inject('testServer')
  return { url: await copyTemplate(templateUrl, ddl, `${prefix}own_${name}`) }
}

afterAll(() => holder?.end())
