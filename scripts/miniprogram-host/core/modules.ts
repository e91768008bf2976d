/** The module system of a mini-program: `require` with paths relative to the file, each module run once. */
import type { Host } from './host.ts'
import type { AnyFunction, Bag } from './types.ts'

/** `to` seen from the file `from`, without a leading slash. */
export function resolvePath(from: string, to: string): string {
  if (to.startsWith('/')) return to.slice(1)
  const parts = from.split('/').slice(0, -1)
  for (const step of to.split('/')) {
    if (step === '..') parts.pop()
    else if (step !== '.' && step !== '') parts.push(step)
  }
  return parts.join('/')
}

export interface Modules {
  /** Runs the module at `path` (once) and returns its exports. */
  load(path: string): unknown
}

export function createModules(host: Host): Modules {
  const loaded = new Map<string, { exports: Bag }>()
  const { files } = host.options.pack
  const requireFrom = (from: string): AnyFunction => (to: string) => {
    const wanted = resolvePath(from, to)
    const path = [wanted, `${wanted}.js`, `${wanted}/index.js`].find((candidate) => candidate in files)
    if (path === undefined) throw new Error(`module '${wanted}' is not defined, require args is '${to}'`)
    const known = loaded.get(path)
    if (known) return known.exports
    const module = { exports: {} as Bag }
    loaded.set(path, module)
    host.options.realm.runModule(path, files[path]!, { require: requireFrom(path), module, exports: module.exports })
    return module.exports
  }
  return { load: (path) => requireFrom('')(`/${path}`) }
}
