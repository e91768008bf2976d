import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { cache } from '../kit/paths.ts'
import { run, which } from '../kit/processes.ts'
import { PlainError } from '../kit/say.ts'

export interface Mariadb {
  /** The server program. */
  mariadbd: string
  /** The folder with the SQL of an empty server (`mysql_system_tables.sql` …). */
  share: string
  /** Set when the server was unpacked into a folder of our own: it must be told where it lives. */
  basedir?: string
  env: NodeJS.ProcessEnv
}

const howToGetIt = 'install MariaDB (Debian: apt-get install mariadb-server-core), or set MARIADBD to a mariadbd, or DATABASE_URL to a MySQL 8+ or MariaDB 10.6+ server.'

/** Libraries of the server that a small machine may lack, and the Debian package of each. */
const libraries = {
  'liburing.so.2': 'liburing2', 'libaio.so.1': 'libaio1', 'libnuma.so.1': 'libnuma1',
  'libpcre2-8.so.0': 'libpcre2-8-0', 'libssl.so.3': 'libssl3', 'libsystemd.so.0': 'libsystemd0'
}

const shareOf = (prefix: string): string => {
  const found = ['share/mysql', 'share/mariadb'].map(folder => join(prefix, folder))
    .find(folder => existsSync(join(folder, 'fill_help_tables.sql')))
  if (!found) throw new PlainError(`The MariaDB under ${prefix} has no share/mysql/fill_help_tables.sql: ${howToGetIt}`)
  return found
}

const installed = (mariadbd: string): Mariadb =>
  ({ mariadbd, share: shareOf(join(mariadbd, '../..')), env: process.env })

const unpacked = (folder: string): Mariadb => {
  const basedir = join(folder, 'usr')
  const lib = ['usr/lib', 'lib'].flatMap(place => ['x86_64-linux-gnu', 'aarch64-linux-gnu'].map(machine => join(folder, place, machine)))
  return {
    mariadbd: join(basedir, 'sbin/mariadbd'), share: shareOf(basedir), basedir,
    env: { ...process.env, LD_LIBRARY_PATH: lib.filter(path => existsSync(path)).join(':') }
  }
}

/** Downloads the server's packages with the distribution's own apt, as any user, and unpacks them without installing. */
const download = (folder: string): void => {
  const state = `${folder}.apt`
  const fresh = `${folder}.unpacking`
  for (const path of [state, fresh]) rmSync(path, { recursive: true, force: true })
  for (const path of ['lists/partial', 'cache/archives/partial', 'debs']) mkdirSync(join(state, path), { recursive: true })
  const options = ['-qq', '-o', `Dir::State::lists=${state}/lists`, '-o', `Dir::Cache=${state}/cache`, '-o', 'Acquire::Languages=none', '-o', 'APT::Sandbox::User=', '-o', 'Debug::NoLocking=1']
  const present = run(which('ldconfig') ?? 'ldconfig', ['-p'])
  const missing = Object.entries(libraries).filter(([file]) => !present.includes(file)).map(([, name]) => name)
  run('apt-get', [...options, 'update'])
  run('apt-get', [...options, 'download', 'mariadb-server-core', ...missing], { cwd: join(state, 'debs') })
  for (const deb of readdirSync(join(state, 'debs'))) run('dpkg', ['-x', join(state, 'debs', deb), fresh])
  renameSync(fresh, folder)
  rmSync(state, { recursive: true, force: true })
}

/**
 * Finds a MariaDB server: `MARIADBD`, else the machine's own, else one downloaded from Debian into our cache (no root
 * needed, about 20 MB once). `ATRIUM_IGNORE_SYSTEM_MARIADB=1` tries the last way where MariaDB is installed.
 */
export const locateMariadb = (onProgress: (line: string) => void = () => {}): Mariadb => {
  if (process.env.MARIADBD) {
    if (!existsSync(process.env.MARIADBD)) throw new PlainError(`MARIADBD names ${process.env.MARIADBD}, which does not exist: correct it or unset it.`)
    return installed(process.env.MARIADBD)
  }
  const system = process.env.ATRIUM_IGNORE_SYSTEM_MARIADB ? undefined : which('mariadbd')
  if (system) return installed(system)
  const folder = join(cache, 'mariadb')
  if (!existsSync(folder)) {
    if (!which('apt-get') || !which('dpkg')) throw new PlainError(`No MariaDB was found on this machine: ${howToGetIt}`)
    onProgress('Downloading MariaDB from the distribution (about 20 MB) …')
    try {
      download(folder)
    } catch (error) {
      throw new PlainError(`No MariaDB was found, and it could not be downloaded (${(error as Error).message}): ${howToGetIt}`)
    }
  }
  return unpacked(folder)
}
