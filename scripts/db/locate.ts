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

/** Libraries of the server that a small machine may lack, and what releases of Debian and Ubuntu call the package of each. */
const packagesOf: Record<string, readonly string[]> = {
  liburing: ['liburing2'], libaio: ['libaio1t64', 'libaio1'], libnuma: ['libnuma1'], 'libpcre2-8': ['libpcre2-8-0'], libssl: ['libssl3t64', 'libssl3'],
  libcrypto: ['libssl3t64', 'libssl3'], libsystemd: ['libsystemd0'], libsnappy: ['libsnappy1v5'], libfmt: ['libfmt10', 'libfmt9']
}

/** The libraries that `ldd` does not find: "libaio.so.1t64 => not found". */
export const missingLibraries = (ldd: string): string[] => [...ldd.matchAll(/^\s*(\S+) => not found/gm)].map(([, file]) => file!)

/** The packages of these libraries that this release `has`; one that is unknown or under no name there is refused. */
export const packagesFor = (files: readonly string[], has: (name: string) => boolean): string[] =>
  [...new Set(files.map(file => {
    const found = packagesOf[file.replace(/\.so\b.*$/, '')]?.find(has)
    if (!found) throw new Error(`no package is known for ${file}`)
    return found
  }))]

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
  const has = (name: string) => /Candidate: [^(\s]/.test(run('apt-cache', [...options, 'policy', name]))
  const unpack = (names: string[]) => {
    run('apt-get', [...options, 'download', ...names], { cwd: join(state, 'debs') })
    for (const deb of readdirSync(join(state, 'debs'))) {
      run('dpkg', ['-x', join(state, 'debs', deb), fresh])
      rmSync(join(state, 'debs', deb))
    }
  }
  run('apt-get', [...options, 'update'])
  unpack(['mariadb-server-core'])
  // A library may itself need another one that is missing here.
  for (let round = 0; round < 3; round += 1) {
    const { mariadbd, env } = unpacked(fresh)
    const missing = missingLibraries(run('ldd', [mariadbd], { env }))
    if (missing.length === 0) break
    unpack(packagesFor(missing, has))
  }
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
