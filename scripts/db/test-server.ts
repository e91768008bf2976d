import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { RowDataPacket } from 'mysql2/promise'
import type { TestProject } from 'vitest/node'
import { cache, privateFolder } from '../kit/paths.ts'
import { isAlive } from '../kit/processes.ts'
import { withConnection, withSchema } from './connect.ts'
import { migrate } from './migrate.ts'
import { startPrivateDatabase } from './server.ts'
import { copyTemplate, names, readDdl } from './template.ts'

/** What a test worker needs to have a schema of its own. */
export interface TestServer {
  /** The migrated template. Nobody writes to it. */
  templateUrl: string
  /** Schemas of this run begin with it; they are dropped at the end. */
  prefix: string
  /** What makes the tables, views and triggers of the template again. */
  ddl: string[]
  /** Schemas made beforehand, one for each worker and one to spare: a worker that has just ended may still hold its own. */
  shelf: string[]
}

declare module 'vitest' {
  export interface ProvidedContext { testServer: TestServer }
}

const dropSchemas = (databaseUrl: string, prefix: string): Promise<void> =>
  withConnection(withSchema(databaseUrl, ''), async connection => {
    const [rows] = await connection.query<RowDataPacket[]>('SHOW DATABASES')
    for (const name of names(rows).filter(name => name.startsWith(prefix))) await connection.query(`DROP DATABASE \`${name}\``)
  })

/** A server for one run. Folders of runs that were killed are swept away first. */
const startServer = async (): Promise<{ url: string; stop: () => Promise<void> }> => {
  const given = process.env.DATABASE_URL
  if (given) return { url: given, stop: async () => {} }
  const folder = privateFolder(join(cache, 'test-databases'))
  for (const pid of readdirSync(folder)) if (!isAlive(Number(pid.split('-')[0]))) rmSync(join(folder, pid), { recursive: true, force: true })
  const dir = join(folder, `${process.pid}-${Date.now().toString(36)}`)
  const server = await startPrivateDatabase({ dir, durable: false })
  return {
    url: server.url,
    stop: async () => {
      await server.stop()
      rmSync(dir, { recursive: true, force: true })
    }
  }
}

/** vitest global setup: one private server for the run (or `DATABASE_URL`), one migrated template, everything dropped afterwards. */
export default async (project: TestProject): Promise<() => Promise<void>> => {
  const server = await startServer()
  const prefix = `atrium_test_${process.pid}_${Date.now().toString(36)}_`
  const templateUrl = withSchema(server.url, `${prefix}template`)
  await migrate(templateUrl)
  const ddl = await readDdl(templateUrl)
  const shelf: string[] = []
  for (let i = 0; i <= (project.config.maxWorkers ?? 1); i += 1) shelf.push(await copyTemplate(templateUrl, ddl, `${prefix}shelf_${i}`))
  project.provide('testServer', { templateUrl, prefix, ddl, shelf })
  return async () => {
    await dropSchemas(server.url, prefix)
    await server.stop()
  }
}
