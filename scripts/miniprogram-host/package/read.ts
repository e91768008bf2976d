/** Reads the output of `taro build` from disk and makes it ready for the view. Runs in Node. */
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { extname, join, relative, sep } from 'node:path'
import type { CompiledPackage, Platform, Screen } from '../core/types.ts'
import { compileStyles } from './styles.ts'
import { compileTemplates, type Diagnostic } from './templates.ts'

const TEXT = new Set(['.js', '.json', '.wxml', '.wxss', '.wxs', '.axml', '.acss', '.sjs'])
const ASSET: Record<string, string> = {
  '.png': 'image/png', '.jpg': 'image/jpeg', '.jpeg': 'image/jpeg', '.gif': 'image/gif', '.webp': 'image/webp',
  '.svg': 'image/svg+xml', '.woff2': 'font/woff2', '.woff': 'font/woff', '.ttf': 'font/ttf',
}

export interface LoadedPackage extends CompiledPackage { root: string; diagnostics: Diagnostic[] }

/** Every file below `root`, as paths with forward slashes. */
export function listFiles(root: string): string[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('node_modules'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort()
}

/** The platform whose templates a package holds. */
export const platformOf = (paths: string[]): Platform => paths.some((path) => path.endsWith('.axml')) ? 'alipay' : 'weapp'

/** The text files of a package by path. */
export function readTexts(root: string, paths = listFiles(root)): Record<string, string> {
  return Object.fromEntries(paths.filter((path) => TEXT.has(extname(path))).map((path) => [path, readFileSync(join(root, path), 'utf8')]))
}

/**
 * Loads a compiled package. Templates are compiled and styles rewritten for `screen`.
 * Refuses a folder without app.json, and templates that WeChat's compiler rejects.
 */
export function loadPackage(root: string, screen: Screen): LoadedPackage {
  if (!existsSync(join(root, 'app.json'))) throw new Error(`${root} holds no app.json: build the mini-program first`)
  const paths = listFiles(root)
  const platform = platformOf(paths)
  const files = readTexts(root, paths)
  const assets: Record<string, string> = {}
  for (const path of paths) {
    const type = ASSET[extname(path).toLowerCase()]
    if (type) assets[path] = `data:${type};base64,${readFileSync(join(root, path)).toString('base64')}`
  }
  const { templates, diagnostics } = compileTemplates(platform, files)
  const fatal = diagnostics.filter((found) => found.fatal)
  if (fatal.length) throw new Error(`template compile errors:\n${fatal.map((f) => `${f.file}:${f.line}: ${f.message}`).join('\n')}`)
  return { root, platform, files, assets, templates, diagnostics, styles: compileStyles(platform, files, assets, screen) }
}
