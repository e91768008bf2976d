import { chmodSync, mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** The checkout. */
export const root = resolve(import.meta.dirname, '../..')

/** The git-ignored folder of local state: database, keys, logs. `ATRIUM_HOME` moves it. */
export const home = resolve(process.env.ATRIUM_HOME ?? join(root, '.atrium'))

/** What can be made again at any time and belongs to this checkout, wherever the state lives: build stamps, compiler caches, unpacked tools. */
export const cache = join(root, '.atrium', 'cache')

/** Makes a folder, or an existing one, readable by its owner alone; returns its path. */
export const privateFolder = (path: string): string => {
  mkdirSync(path, { recursive: true })
  chmodSync(path, 0o700)
  return path
}
