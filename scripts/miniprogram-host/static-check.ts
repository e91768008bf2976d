/**
 * Checks a compiled package without running it: node static-check.ts DIR … prints what is wrong and ends with 1 if
 * anything is. Files of every page are there, scripts parse, templates compile, packages are small enough, and no code
 * is made of text (both platforms forbid it).
 */
import { parse } from 'acorn'
import { full } from 'acorn-walk'
import { existsSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { listPages, tabsOf } from './core/pages.ts'
import type { Bag, Platform } from './core/types.ts'
import { listFiles, platformOf, readTexts } from './package/read.ts'
import { compileTemplates } from './package/templates.ts'

/** Ours, well under the platforms' 2 MB: a first visit on a bad network is what they protect. */
export const MAIN_LIMIT = 600 * 1024
export const SUBPACKAGE_LIMIT = 400 * 1024

export interface StaticReport {
  platform: Platform
  /** Bytes by package: `main`, and each subpackage by its root. */
  sizes: Record<string, number>
  problems: string[]
}

type CodeNode = { type: string; callee?: { type: string; name?: string }; arguments?: { value?: unknown }[]; loc: { start: { line: number } } }

/**
 * Lines where a script makes code of text. webpack's `try { Function("return this")() } catch {}` passes: phones refuse it,
 * and it is written to expect that.
 */
function codeFromText(source: string): { lines: number[] } | { error: string } {
  try {
    const lines: number[] = []
    full(parse(source, { ecmaVersion: 'latest', sourceType: 'script', locations: true }), (node) => {
      const { type, callee, loc, ...call } = node as unknown as CodeNode
      if (call.arguments?.[0]?.value === 'return this') return
      const name = callee?.type === 'Identifier' ? callee.name : undefined
      if ((type === 'CallExpression' && (name === 'eval' || name === 'Function')) || (type === 'NewExpression' && name === 'Function')) lines.push(loc.start.line)
    })
    return { lines }
  } catch (error) {
    return { error: (error as Error).message }
  }
}

/** Bytes of each package: a file belongs to the subpackage whose root it lies under. */
function measure(root: string, paths: string[], appJson: Bag): Record<string, number> {
  const roots = ((appJson.subPackages ?? appJson.subpackages ?? []) as { root: string }[]).map((part) => part.root.replace(/\/?$/, '/'))
  const sizes: Record<string, number> = { main: 0 }
  for (const path of paths) {
    const part = roots.find((candidate) => path.startsWith(candidate))?.slice(0, -1) ?? 'main'
    sizes[part] = (sizes[part] ?? 0) + statSync(join(root, path)).size
  }
  return sizes
}

/** Checks the package in `root`. `problems` is empty when all is well. */
export function checkPackage(root: string): StaticReport {
  const paths = listFiles(root)
  const files = readTexts(root, paths)
  const platform = platformOf(paths)
  const problems: string[] = []
  for (const path of paths.filter((one) => one.endsWith('.json'))) {
    try { JSON.parse(files[path]!) } catch (error) { problems.push(`${path}: ${(error as Error).message}`) }
  }
  if (!files['app.json'] || problems.some((problem) => problem.startsWith('app.json'))) return { platform, sizes: {}, problems: [...problems, 'app.json: missing or broken'] }
  const appJson = JSON.parse(files['app.json']) as Bag

  const template = platform === 'alipay' ? '.axml' : '.wxml'
  const pages = listPages(appJson)
  for (const page of pages) for (const extension of ['.js', template]) if (files[page + extension] === undefined) problems.push(`page ${page}: ${extension} is missing`)
  for (const tab of tabsOf(appJson)) {
    if (!pages.includes(tab.pagePath as string)) problems.push(`tab ${tab.pagePath}: no such page`)
    for (const icon of [tab.iconPath ?? tab.icon, tab.selectedIconPath ?? tab.activeIcon]) if (icon && !existsSync(join(root, icon as string))) problems.push(`tab ${tab.pagePath}: ${icon} is missing`)
  }
  for (const path of paths.filter((one) => one.endsWith('.js'))) {
    const found = codeFromText(files[path]!)
    if ('error' in found) problems.push(`${path}: ${found.error}`)
    else for (const line of found.lines) problems.push(`${path}:${line}: makes code of text (eval or Function)`)
  }
  try {
    for (const found of compileTemplates(platform, files).diagnostics) problems.push(`${found.file}:${found.line}: ${found.message}`)
  } catch (error) {
    problems.push(`templates: ${(error as Error).message}`)
  }
  for (const [path, source] of Object.entries(files).filter(([one]) => one.endsWith(template))) {
    for (const [, used] of source.matchAll(/<(?:import|include|wxs|import-sjs)\b[^>]*?(?:src|from)="([^"]+)"/g)) {
      const target = new URL(used!, `http://p/${path}`).pathname.slice(1)
      if (files[target] === undefined) problems.push(`${path}: ${used} is missing`)
    }
  }
  const sizes = measure(root, paths, appJson)
  for (const [part, size] of Object.entries(sizes)) {
    const limit = part === 'main' ? MAIN_LIMIT : SUBPACKAGE_LIMIT
    if (size > limit) problems.push(`${part}: ${(size / 1024).toFixed(0)} KB, more than ${limit / 1024} KB`)
  }
  return { platform, sizes, problems }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  for (const root of process.argv.slice(2)) {
    const { platform, sizes, problems } = checkPackage(root)
    console.log(`${basename(root)} (${platform}): ${Object.entries(sizes).map(([part, size]) => `${part} ${(size / 1024).toFixed(0)} KB`).join(', ')}`)
    for (const problem of problems) console.log(`  ${problem}`)
    if (problems.length) process.exitCode = 1
  }
}
