import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'

const passedOver = new Set(['node_modules', 'dist', '.git', '.atrium', '.swc'])

/** Every file below a folder (or the file itself), as full paths in a stable order; without packages and builds. */
export const filesBelow = (path: string): string[] => {
  if (!existsSync(path)) return []
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path, { withFileTypes: true })
    .filter(entry => !passedOver.has(entry.name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap(entry => entry.isDirectory() ? filesBelow(join(path, entry.name)) : [join(path, entry.name)])
}

/** One hash over names and contents of files, and over `salt`. Names count relative to `base`. */
export const hashOf = (base: string, files: string[], salt = ''): string => {
  const hash = createHash('sha256').update(salt)
  for (const file of files) hash.update(`\0${relative(base, file)}\0`).update(readFileSync(file))
  return hash.digest('hex')
}
