import type { ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { readJson, writeJson } from '../kit/json-file.ts'
import { clearLeftovers, rememberChild } from '../kit/leftovers.ts'
import { privateFolder } from '../kit/paths.ts'
import { endChild, freePort, greets, run, spawnBound } from '../kit/processes.ts'
import { schemaLetters } from './connect.ts'
import { locateMariadb, type Mariadb } from './locate.ts'

export interface PrivateDatabase {
  /** `mysql://user:password@127.0.0.1:port/atrium`. */
  url: string
  /** Ends the server and waits until it is gone. The data stay. */
  stop: () => Promise<void>
  /** Called once when the server ends by itself. */
  onExit: (listener: () => void) => void
}

export interface PrivateDatabaseOptions {
  /** Everything of the server lives here: data, socket, log, password. */
  dir: string
  /** True: nothing acknowledged is lost by a crash. False, for tests: fast and forgetful. */
  durable: boolean
  onProgress?: (line: string) => void
}

interface Access { user: string; password: string; port: number }

/** The database user may do anything in schemas with this prefix and nothing outside them. */
const schemaPrefix = 'atrium'

/** MySQL's own strictness, UTC and read-committed: what a production server of either make is set to. */
const houseSettings = [
  '--character-set-server=utf8mb4', '--collation-server=utf8mb4_unicode_ci', '--default-time-zone=+00:00',
  '--sql-mode=ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION',
  '--transaction-isolation=READ-COMMITTED',
  // Off by default, and without them a read-modify-write can be lost and a lock time-out half undone.
  '--innodb-snapshot-isolation=ON', '--innodb-rollback-on-timeout=ON',
  '--max-connections=200', '--skip-name-resolve', '--local-infile=OFF'
]
const durableSettings = [
  '--innodb-flush-log-at-trx-commit=1', '--sync-binlog=1', '--log-bin=binlog', '--binlog-format=ROW', '--server-id=1',
  '--expire-logs-days=3', '--log-bin-trust-function-creators=1'
]
const forgetfulSettings = ['--innodb-flush-log-at-trx-commit=0', '--innodb-flush-method=nosync', '--skip-innodb-doublewrite', '--debug-no-sync']

const baseOptions = (mariadb: Mariadb, dir: string): string[] => [
  '--no-defaults',
  ...(mariadb.basedir ? [`--basedir=${mariadb.basedir}`, `--lc-messages-dir=${mariadb.share}`] : []),
  // A checkout may lie where no other account can read: the server runs as whoever started it.
  ...(process.getuid?.() === 0 ? ['--user=root'] : []),
  `--datadir=${join(dir, 'data')}`, `--tmpdir=${join(dir, 'tmp')}`, '--innodb-log-file-size=64M'
]

/** The SQL that makes a new server: system tables, no root by password, one user of our own. */
const firstSql = (mariadb: Mariadb, access: Access): string => {
  const read = (name: string) => readFileSync(join(mariadb.share, name), 'utf8')
  const make = existsSync(join(mariadb.share, 'mysql_system_tables.sql')) ? 'mysql' : 'mariadb'
  return [
    'CREATE DATABASE mysql;', 'USE mysql;',
    // Root has no password because it has no way in but the socket, as the person who started the server.
    `SET @auth_root_socket='${userInfo().username}';`, 'SET @skip_auth_anonymous=1;',
    ...[`${make}_system_tables.sql`, `${make}_performance_tables.sql`, `${make}_system_tables_data.sql`, 'fill_help_tables.sql', 'maria_add_gis_sp_bootstrap.sql', `${make}_sys_schema.sql`].map(read),
    'FLUSH PRIVILEGES;',
    `CREATE USER '${access.user}'@'127.0.0.1' IDENTIFIED BY '${access.password}';`,
    `GRANT ALL PRIVILEGES ON \`${schemaPrefix}%\`.* TO '${access.user}'@'127.0.0.1';`,
    `CREATE DATABASE ${schemaPrefix} ${schemaLetters};`, ''
  ].join('\n')
}

/** Makes the data folder once. A half-made one, left by a killed run, is thrown away. */
const initialise = async (mariadb: Mariadb, dir: string): Promise<Access> => {
  const accessFile = join(dir, 'access.json')
  const finished = join(dir, 'data', 'initialised')
  if (existsSync(finished)) return readJson(accessFile, 'it holds the password of the database beside it, so restore it, or begin anew with npm start -- --reset.')
  rmSync(join(dir, 'data'), { recursive: true, force: true })
  privateFolder(join(dir, 'data'))
  const access: Access = { user: 'atrium', password: randomBytes(24).toString('base64url'), port: await freePort() }
  run(mariadb.mariadbd, [...baseOptions(mariadb, dir), '--bootstrap', '--silent-startup', ...forgetfulSettings.slice(1)], { input: firstSql(mariadb, access), env: mariadb.env })
  writeJson(accessFile, access)
  writeFileSync(finished, '')
  return access
}

const waitUntilReady = async (child: ChildProcess, port: number, log: string): Promise<void> => {
  while (!await greets(port)) {
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new Error(`The database server ended while starting:\n${readFileSync(log, 'utf8').slice(-1500)}`)
    }
    await wait(20)
  }
}

const memoryOf = (dir: string): string => join(dir, 'server.json')

/** Ends a server that a killed run left in `dir`; refuses while it serves somebody. */
export const endLeftServer = (dir: string): Promise<void> =>
  clearLeftovers(memoryOf(dir), owner => `The database in ${dir} is in use by another Atrium (process ${owner}): stop that one first.`)

/**
 * Starts a MariaDB of our own in `dir`: no root, no service, reachable on 127.0.0.1 alone, gone with this process.
 * The first start makes the data folder (about a second), later ones take a fraction of that. The port stays the
 * same from start to start while it is free.
 */
export const startPrivateDatabase = async (options: PrivateDatabaseOptions): Promise<PrivateDatabase> => {
  const dir = resolve(options.dir)
  const mariadb = locateMariadb(options.onProgress)
  privateFolder(dir)
  mkdirSync(join(dir, 'tmp'), { recursive: true })
  const memory = memoryOf(dir)
  await endLeftServer(dir)
  const access = await initialise(mariadb, dir)
  const port = await freePort(access.port)
  const log = join(dir, 'server.log')
  // The kernel allows about 100 characters for the path of a socket.
  const ownSocket = join(dir, 'server.sock')
  const socket = ownSocket.length < 100 ? ownSocket : join(tmpdir(), `atrium-${process.pid}-${port}.sock`)
  const child = spawnBound(mariadb.mariadbd, [
    ...baseOptions(mariadb, dir), `--port=${port}`, '--bind-address=127.0.0.1', `--socket=${socket}`,
    `--pid-file=${join(dir, 'server.pid')}`, `--log-error=${log}`, `--secure-file-priv=${join(dir, 'tmp')}`,
    ...houseSettings, ...(options.durable ? durableSettings : forgetfulSettings)
  ], { env: mariadb.env, stdio: 'ignore' })
  child.once('error', () => {})
  rememberChild(memory, child.pid, `--datadir=${join(dir, 'data')}`)
  await waitUntilReady(child, port, log)
  return {
    url: `mysql://${access.user}:${access.password}@127.0.0.1:${port}/${schemaPrefix}`,
    onExit: listener => void child.once('exit', listener),
    stop: async () => {
      await endChild(child, 8000)
      for (const file of [memory, socket]) rmSync(file, { force: true })
    }
  }
}
