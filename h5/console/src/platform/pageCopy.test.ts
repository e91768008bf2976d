import { expect, test } from 'vitest'
import { pages } from '../shell/pages.ts'

const sources = import.meta.glob<string>(['../**/*.vue', '../**/*.ts', '!../**/*.test.ts'], { eager: true, query: '?raw', import: 'default' })
const at = (path: string): string | undefined => sources[path.replace('/src/', '../')] ?? sources[path.replace('/src/platform/', './')]

/** Every file of ours that `path` brings along at once; what it loads later comes with its own copy. */
function reach(path: string, seen = new Set<string>()): Set<string> {
  if (seen.has(path)) return seen
  seen.add(path)
  for (const [, file] of (at(path) ?? '').matchAll(/(?:from|import)\s+'(\.[^']+\.(?:vue|ts))'/g)) reach(new URL(file!, `file://${path}`).pathname, seen)
  return seen
}
const all = (files: Set<string>, pattern: RegExp): Set<string> => new Set([...files].flatMap((file) => [...(at(file) ?? '').matchAll(pattern)].map((m) => m[1]!)))

const added = (files: Set<string>) => all(files, /addCopy\('(\w+)'/g)
const used = (files: Set<string>) => new Set([...all(files, /\b\$?(?:t|text)\(\s*[`'](\w+)\./g), ...all(files, /\b(?:label|title|detail|help|search|message|unit|placeholder|note): '(\w+)\./g)])
const always = added(reach('/src/main.ts'))

test('the console starts with the words every page shares', () => expect([...always]).toEqual(expect.arrayContaining(['ui', 'shell', 'page', 'role', 'name', 'refusal', 'signIn'])))

test.each(pages.map((page) => [page.name, `/src/${/import\('\.\.\/(.+?\.vue)'\)|\/src\/(.+?\.vue)/.exec(page.load.toString())?.slice(1).find(Boolean)}`]))('%s brings all the words it says', (_, path) => {
  const files = reach(path)
  expect(files.size, path).toBeGreaterThan(5)
  expect([...used(files)].filter((name) => !always.has(name) && !added(files).has(name))).toEqual([])
})
