import { posix } from 'node:path'
import { isSource, isTest, type Check, type Tree } from './tree.ts'

/** One import of a file of ours. `target` is a path of the repository, or undefined for a package. */
export interface Import {
  from: string
  specifier: string
  target?: string
  /** `import type`: gone at run time. */
  typeOnly: boolean
}

const statement = /^\s*(?:import|export)\s+(type\s)?(?:[^'"`;]*?\sfrom\s+)?['"]([^'"\n]+)['"]|\bimport\(\s*['"]([^'"\n]+)['"]\s*\)/gm

const workspaces: Record<string, string> = {
  shared: 'shared/src', schema: 'schema/src', bff: 'bff/src', scripts: 'scripts', miniapp: 'miniapp/src', console: 'h5/console/src', kiosk: 'h5/kiosk/src'
}

const resolve = (from: string, specifier: string): string | undefined => {
  if (specifier.startsWith('.')) return posix.join(posix.dirname(from), specifier)
  const ours = /^@atrium\/([a-z]+)(?:\/(.*))?$/.exec(specifier)
  if (ours) return posix.join(workspaces[ours[1]!] ?? ours[1]!, (ours[2] ?? '').replace(/^src\//, ''))
  if (specifier.startsWith('@kiosk/')) return `h5/kiosk/src/${specifier.slice(7)}`
  if (specifier.startsWith('@/')) return `${from.startsWith('h5/console/') ? 'h5/console' : 'miniapp'}/src/${specifier.slice(2)}`
  return undefined
}

/** The imports of a source file. Only the script of a .vue file counts, which is where imports stand. */
export const importsOf = (tree: Tree, from: string): Import[] =>
  [...tree.read(from).matchAll(statement)].map(([, type, still, dynamic]) => {
    const specifier = (still ?? dynamic)!
    return { from, specifier, target: resolve(from, specifier), typeOnly: Boolean(type) }
  })

/** Folders of the BFF that serve every feature; the others are features. */
const kitFolders = new Set(['http', 'outbox', 'vendors', 'db', 'testing'])
/** The feature a file of the BFF belongs to, or undefined for what serves them all. */
export const featureOf = (path: string): string | undefined => {
  const folder = /^bff\/src\/([^/]+)\//.exec(path)?.[1]
  return folder && !kitFolders.has(folder) ? folder : undefined
}
const roleOf = (path: string): string => path.replace(/^bff\/src\/[^/]+\//, '').replace(/\/.*$|\.ts$/g, '')
/** The files that may touch the schema. */
export const isStore = (path: string): boolean => /^bff\/src\/.*\bstore(\.ts$|\/)/.test(path)
/** Files that put the features together: they know what each offers, but not how it is kept. */
const isMount = (path: string): boolean => /^bff\/src\/(app|features|main|worker)\.ts$/.test(path)
const isEntry = (path: string): boolean => /^bff\/src\/(main|worker)\.ts$/.test(path)
const faceOf = (path: string): string | undefined => /^(miniapp|h5\/kiosk|h5\/console)\//.exec(path)?.[1]

interface Rule { says: string; broken: (found: Import) => boolean }

const rules: Rule[] = [
  {
    says: 'shared imports nothing of ours',
    broken: ({ from, target }) => from.startsWith('shared/') && target !== undefined && !target.startsWith('shared/')
  },
  {
    says: 'a rules.ts file takes no packages and does no I/O',
    broken: ({ from, specifier, target, typeOnly }) => /^shared\/.*\brules\.ts$/.test(from) && target === undefined && !typeOnly && specifier !== 'vitest'
  },
  {
    says: 'schema imports shared and nothing else of ours',
    broken: ({ from, target }) => from.startsWith('schema/') && !isTest(from) && target !== undefined && !/^(schema|shared)\//.test(target)
  },
  {
    says: 'only store.ts files, tests and scripts import the schema',
    broken: ({ from, target }) => Boolean(target?.startsWith('schema/')) && !/^(schema|scripts)\//.test(from) && !isTest(from) && !isStore(from)
  },
  {
    says: 'routes reach the store through the service',
    broken: ({ from, target, typeOnly }) => roleOf(from) === 'routes' && featureOf(from) !== undefined && target !== undefined && isStore(target) && !typeOnly
  },
  {
    says: 'across features only the other’s service is imported',
    broken: ({ from, target }) => {
      const here = featureOf(from)
      const there = target ? featureOf(target) : undefined
      return Boolean(here && there && here !== there && !isTest(from) && roleOf(target!) !== 'service')
    }
  },
  {
    says: 'what serves every feature knows of one its service, and the types of its ports',
    broken: ({ from, target, typeOnly }) => {
      if (!from.startsWith('bff/src/') || from.startsWith('bff/src/vendors/') || featureOf(from) || isTest(from) || !target || !featureOf(target)) return false
      if (isMount(from)) return isStore(target)
      return roleOf(target) !== 'service' && !(typeOnly && !/^(store|routes|jobs)$/.test(roleOf(target)))
    }
  },
  {
    says: 'only main.ts, worker.ts and tests import vendors',
    broken: ({ from, target }) => Boolean(target?.startsWith('bff/src/vendors/')) && !from.startsWith('bff/src/vendors/') && !isEntry(from) && !isTest(from) && !from.startsWith('scripts/')
  },
  {
    says: 'a vendor implements ports: it imports no service, store or routes',
    broken: ({ from, target }) => from.startsWith('bff/src/vendors/') && !isTest(from) && target !== undefined && /^bff\/src\/(?!vendors\/)[^/]+\/(service|store|routes|jobs)\b/.test(target)
  },
  {
    says: 'a front end imports neither the BFF nor the schema nor the scripts',
    broken: ({ from, target }) => faceOf(from) !== undefined && !isTest(from) && target !== undefined && /^(bff|schema|scripts)\//.test(target)
  },
  {
    says: 'faces do not import each other (the kiosk may use pieces of the phone app)',
    broken: ({ from, target }) => {
      const here = faceOf(from)
      const there = target ? faceOf(target) : undefined
      return Boolean(here && there && here !== there && !(here === 'h5/kiosk' && there === 'miniapp'))
    }
  },
  {
    says: 'a front end takes contracts by `import type` alone, or the schema library enters the page',
    broken: ({ from, target, typeOnly }) => faceOf(from) !== undefined && !isTest(from) && !typeOnly && /^shared\/.*\b(contracts?|pieces)\.ts$/.test(target ?? '')
  },
  {
    says: 'zod never enters a front end',
    broken: ({ from, specifier, typeOnly }) => faceOf(from) !== undefined && !typeOnly && /^zod(\/|$)/.test(specifier)
  }
]

/** A circle of features through their imports at run time, as "coupon → points → coupon", or undefined. */
const findCircle = (edges: Map<string, Set<string>>): string | undefined => {
  const done = new Set<string>()
  const walk = (feature: string, path: string[]): string | undefined => {
    if (path.includes(feature)) return [...path.slice(path.indexOf(feature)), feature].join(' → ')
    if (done.has(feature)) return undefined
    for (const next of edges.get(feature) ?? []) {
      const circle = walk(next, [...path, feature])
      if (circle) return circle
    }
    done.add(feature)
    return undefined
  }
  for (const feature of edges.keys()) {
    const circle = walk(feature, [])
    if (circle) return circle
  }
  return undefined
}

/** Who may import whom (design.md, "The house"). */
export const importRules: Check = {
  name: 'import rules',
  run: tree => {
    const imports = tree.paths.filter(isSource).flatMap(path => importsOf(tree, path))
    const messages = imports.flatMap(found => rules.filter(rule => rule.broken(found)).map(rule => `${found.from}: imports ${found.specifier}, but ${rule.says}`))
    const edges = new Map<string, Set<string>>()
    for (const { from, target, typeOnly } of imports) {
      const here = featureOf(from)
      const there = target ? featureOf(target) : undefined
      if (here && there && here !== there && !typeOnly && !isTest(from)) edges.set(here, (edges.get(here) ?? new Set()).add(there))
    }
    const circle = findCircle(edges)
    return circle ? [...messages, `bff/src: the features import each other in a circle: ${circle}`] : messages
  }
}
