import { readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { ensureBuilt, faces, miniPrograms } from '../build.ts'
import { filesBelow } from '../kit/folders.ts'
import { root } from '../kit/paths.ts'
import type { Bench, Measured } from './bench.ts'

interface AppJson { subPackages?: { root: string }[]; subpackages?: { root: string }[] }

/** What the platforms count: every file of a package, as it is uploaded. */
const bench: Bench = async () => {
  await ensureBuilt(miniPrograms)
  return miniPrograms.flatMap((name): Measured[] => {
    const folder = join(root, faces[name].output)
    const app = JSON.parse(readFileSync(join(folder, 'app.json'), 'utf8')) as AppJson
    const roots = (app.subPackages ?? app.subpackages ?? []).map(({ root: at }) => `${at.replace(/\/$/, '')}/`)
    const files = filesBelow(folder).map(file => ({ path: relative(folder, file), kb: statSync(file).size / 1024 }))
    const sizeOf = (inside: (path: string) => boolean) => files.filter(({ path }) => inside(path)).reduce((sum, { kb }) => sum + kb, 0)
    return [
      { name: `${name}, main package`, ours: sizeOf(path => !roots.some(at => path.startsWith(at))), unit: 'KB', atMost: 600 },
      ...roots.map(at => ({ name: `${name}, subpackage ${at}`, ours: sizeOf(path => path.startsWith(at)), unit: 'KB', atMost: 400 }))
    ]
  })
}
export default bench
