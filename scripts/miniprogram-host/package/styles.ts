/**
 * Rewrites WXSS and ACSS for the view: imports inlined, `rpx` and `vh` turned into what the drawn phone measures, tag
 * selectors mapped to the names the view uses, package images embedded. Runs in Node.
 */
import { posix } from 'node:path'
import postcss, { type AtRule, type Declaration, type Root } from 'postcss'
import { domSelector } from '../core/tags.ts'
import type { Platform, Screen } from '../core/types.ts'

type Texts = Record<string, string>

/** The CSS of `path` with its imports in place. A file is taken once, so that circles end. */
function inlineImports(path: string, files: Texts, seen = new Set<string>()): Root {
  const root = postcss.parse(seen.has(path) ? '' : files[path] ?? '', { from: path })
  seen.add(path)
  root.walkAtRules('import', (rule) => {
    const target = /["']([^"']+)["']/.exec(rule.params)?.[1] ?? ''
    rule.replaceWith(inlineImports(target.startsWith('/') ? target.slice(1) : posix.join(posix.dirname(path), target), files, seen).nodes)
  })
  return root
}

function rewriteValue(declaration: Declaration, path: string, assets: Texts, screen: Screen): void {
  declaration.value = declaration.value
    .replace(/(-?[\d.]+)rpx\b/g, (_, n: string) => `${Number(((Number(n) * screen.width) / 750).toFixed(4))}px`)
    // A page's window is the screen without its bars; Chromium's vh would be the whole screen.
    .replace(/(-?[\d.]+)vh\b/g, (_, n: string) => `calc(var(--host-vh) * ${n})`)
    .replace(/\b(?:env|constant)\(\s*safe-area-inset-(top|bottom|left|right)\s*(?:,[^)]*)?\)/g, (_, side: string) => `var(--host-safe-${side}, 0px)`)
    .replace(/url\(\s*(['"]?)([^'")]+)\1\s*\)/g, (whole, _, target: string) => {
      if (/^(data:|https?:)/.test(target)) return whole
      const asset = assets[target.startsWith('/') ? target.slice(1) : posix.join(posix.dirname(path), target)]
      return asset ? `url("${asset}")` : whole
    })
}

/** One style sheet of the package, ready for the view. */
function compileSheet(path: string, files: Texts, assets: Texts, screen: Screen): string {
  const root = inlineImports(path, files)
  root.walkRules((rule) => {
    if (rule.parent?.type === 'atrule' && (rule.parent as AtRule).name.endsWith('keyframes')) return
    rule.selector = domSelector(rule.selector)
  })
  root.walkDecls((declaration) => rewriteValue(declaration, path, assets, screen))
  root.walkAtRules('charset', (rule) => { rule.remove() })
  return root.toString()
}

/** All style sheets by unit path (`app`, `shell/home/index`, …). */
export function compileStyles(platform: Platform, files: Texts, assets: Texts, screen: Screen): Texts {
  const extension = platform === 'alipay' ? '.acss' : '.wxss'
  return Object.fromEntries(Object.keys(files).filter((path) => path.endsWith(extension))
    .map((path) => [path.slice(0, -extension.length), compileSheet(path, files, assets, screen)]))
}
