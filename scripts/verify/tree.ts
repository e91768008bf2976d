import { readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { filesBelow } from '../kit/folders.ts'
import { root } from '../kit/paths.ts'
import { run, which } from '../kit/processes.ts'

/** The files a check looks at: the checkout, or a few lines in a test. Paths are relative, with `/`. */
export interface Tree {
  paths: string[]
  read: (path: string) => string
  has: (path: string) => boolean
}

/** One house rule. `run` answers what breaks it, each a plain line that begins with the file. Empty: all is well. */
export interface Check {
  name: string
  run: (tree: Tree) => string[] | Promise<string[]>
}

const treeOf = (paths: string[], read: (path: string) => string): Tree => {
  const known = new Set(paths)
  return { paths, read, has: path => known.has(path) }
}

/** What git knows or would add; without git, what lies there. */
export const checkoutTree = (folder = root): Tree => {
  const contents = new Map<string, string>()
  let paths: string[]
  try {
    const listed = run(which('git') ?? 'git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], { cwd: folder })
    const gone = new Set(run('git', ['ls-files', '--deleted', '-z'], { cwd: folder }).split('\0'))
    paths = listed.split('\0').filter(path => path && !gone.has(path))
  } catch {
    paths = filesBelow(folder).map(path => relative(folder, path))
  }
  const read = (path: string): string => {
    if (!contents.has(path)) contents.set(path, readFileSync(join(folder, path), 'utf8'))
    return contents.get(path)!
  }
  return treeOf(paths, read)
}

/** A tree made of text, for the tests of the checks. */
export const sampleTree = (files: Record<string, string>): Tree => treeOf(Object.keys(files), path => files[path]!)

/** Tests and what only tests import. */
export const isTest = (path: string): boolean => /\.test\.ts$|(^|\/)(test-[\w-]+\.ts$|testing\/)/.test(path)

/** Files in a language that a check reads as source. */
export const isSource = (path: string): boolean => /\.(ts|vue|mjs|cjs|js)$/.test(path) && !path.endsWith('.d.ts')

/** The line numbers (from 1) and texts of the lines that match. */
export const linesMatching = (text: string, pattern: RegExp): { number: number; line: string }[] =>
  text.split('\n').flatMap((line, index) => pattern.test(line) ? [{ number: index + 1, line: line.trim() }] : [])
