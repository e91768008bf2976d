import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { RowDataPacket } from 'mysql2/promise'
import { placeOf, schemaOf, withConnection, withSchema } from '../db/connect.ts'
import { migrate } from '../db/migrate.ts'
import { endLeftServer, startPrivateDatabase } from '../db/server.ts'
import { fillDemo } from '../demo/fill.ts'
import { makeDemoConfig } from '../demo-config.ts'
import { home, privateFolder } from '../kit/paths.ts'
import { isPortFree } from '../kit/processes.ts'
import { PlainError, say, step } from '../kit/say.ts'
import type { Shutdown } from './shutdown.ts'
import { unfinishedIn } from './unfinished.ts'

export interface Prepared {
  databaseUrl: string
  bffPort: number
  simulatorPort: number
}

/** What a first start makes and `--reset` takes away. Caches and downloaded tools stay. */
const madeHere = ['db', 'config.json', 'simulator.json', 'simulator-world.json', 'demo-people.json', 'demo-unfinished', 'files', 'logs']

/** Where Atrium and the simulator listen when nobody says otherwise. */
export const usualPorts = { bff: 8787, simulator: 8788 }

const port = (variable: string, usual: number): number => {
  const value = Number(process.env[variable] ?? usual)
  if (!Number.isInteger(value) || value < 1 || value > 65535) throw new PlainError(`${variable} is "${process.env[variable]}", which is no port: use a number from 1 to 65535.`)
  return value
}

/** The ports of this start, both free. */
export const choosePorts = async (): Promise<{ bffPort: number; simulatorPort: number }> => {
  const ports = { bffPort: port('ATRIUM_PORT', usualPorts.bff), simulatorPort: port('ATRIUM_SIMULATOR_PORT', usualPorts.simulator) }
  for (const [variable, taken] of [['ATRIUM_PORT', ports.bffPort], ['ATRIUM_SIMULATOR_PORT', ports.simulatorPort]] as const) {
    if (!await isPortFree(taken)) throw new PlainError(`Port ${taken} is taken by another program: stop that one, or choose another port with ${variable}=${taken + 10} npm start.`)
  }
  return ports
}

/** Takes away what earlier starts made. A database that was given to us is not ours to empty. */
export const reset = async (): Promise<void> => {
  if (process.env.DATABASE_URL) throw new PlainError('--reset does not empty the database of DATABASE_URL: drop its schema yourself, or unset DATABASE_URL to use the private one.')
  await endLeftServer(join(home, 'db'))
  for (const name of madeHere) rmSync(join(home, name), { recursive: true, force: true })
}

const openDatabase = async (shutdown: Shutdown): Promise<string> => {
  const given = process.env.DATABASE_URL
  if (given) {
    if (!/^mysql:\/\/.+\/[\w$-]+/.test(given)) throw new PlainError('DATABASE_URL must look like mysql://user:password@host:3306/atrium: correct it, or unset it to let Atrium bring its own database.')
    return given
  }
  const database = await startPrivateDatabase({ dir: join(home, 'db'), durable: true, onProgress: say })
  shutdown.add(database.stop)
  database.onExit(() => { if (!shutdown.begun()) { say(`The database ended by itself; its log is ${join(home, 'db/server.log')}.`); shutdown.begin(1) } })
  return database.url
}

const isEmpty = (databaseUrl: string): Promise<boolean> =>
  withConnection(databaseUrl, async connection => (await connection.query<RowDataPacket[]>('SELECT 1 FROM mall LIMIT 1'))[0].length === 0)

const fill = async (databaseUrl: string, config: ReturnType<typeof makeDemoConfig>['bff']): Promise<string> => {
  const given = process.env.DATABASE_URL
  // The private one is always the same, whatever port it listens on.
  const unfinished = unfinishedIn(home, given ? placeOf(given) : 'private')
  if (unfinished.is()) {
    if (given) throw new PlainError(`Filling the demo mall was interrupted: drop the schema of DATABASE_URL and remove ${unfinished.file}, then start again.`)
    await withConnection(withSchema(databaseUrl, ''), connection => connection.query(`DROP DATABASE \`${schemaOf(databaseUrl)}\``))
    await migrate(databaseUrl)
  } else if (!await isEmpty(databaseUrl)) {
    return 'kept as it was'
  }
  unfinished.begin()
  await fillDemo({ databaseUrl, config, home, onProgress: line => say(`  ${line}`) })
  unfinished.end()
  return 'a year of it'
}

/** Brings the database, its tables, the keys and the demo mall; says each step. What must end with us is added to `shutdown`. */
export const prepare = async (shutdown: Shutdown, ports: { bffPort: number; simulatorPort: number }): Promise<Prepared> => {
  privateFolder(home)
  let databaseUrl = ''
  await step('Database ready', async () => {
    databaseUrl = await openDatabase(shutdown)
    return process.env.DATABASE_URL ? `DATABASE_URL, ${schemaOf(databaseUrl)}` : 'private MariaDB'
  })
  await step('Tables', async () => {
    const names = await migrate(databaseUrl)
    return names.length === 0 ? 'up to date' : `${names.length} migrations applied`
  })
  const { bff } = makeDemoConfig({ home, ...ports, databaseUrl })
  await step('Demo mall', () => fill(databaseUrl, bff))
  return { databaseUrl, ...ports }
}
