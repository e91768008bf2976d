/** Compiles the templates of a package with WeChat's own compiler (WebAssembly). Alipay's dialect is rewritten first. */
import { createRequire } from 'node:module'
import type * as Compiler from 'glass-easel-template-compiler'
import type { Platform } from '../core/types.ts'

const { TmplGroup } = createRequire(import.meta.url)('glass-easel-template-compiler') as typeof Compiler

export interface Diagnostic { file: string; line: number; message: string; fatal: boolean }

/** One attribute of an Alipay tag: `onTap=` becomes `bind:tap=`, `catchTap=` becomes `catch:tap=`. */
function eventAttribute(_: string, kind: string, name: string): string {
  return ` ${kind.replace('on', 'bind')}:${name.charAt(0).toLowerCase()}${name.slice(1)}=`
}

/** Alipay's template dialect as WXML. */
export function axmlToWxml(source: string): string {
  return source
    .replace(/<import-sjs\b([^>]*)>/g, (_, attributes: string) => {
      const value = (name: string) => new RegExp(`${name}="([^"]+)"`).exec(attributes)?.[1] ?? ''
      return `<wxs module="${value('name')}" src="${value('from').replace(/\.sjs$/, '.wxs')}" />`
    })
    .replace(/<\/import-sjs>/g, '')
    .replace(/(<(?:import|include)\b[^>]*src="[^"]*)\.axml"/g, '$1.wxml"')
    .replace(/\ba:(for-item|for-index|for|key|if|elif|else)\b/g, 'wx:$1')
    .replace(/\s(on|catch|capture-on|capture-catch)([A-Z]\w*)=/g, eventAttribute)
}

/** Alipay's script dialect (ES modules) as WXS (CommonJS). */
export function sjsToWxs(source: string): string {
  return source
    .replace(/export\s+default\s+/, 'module.exports = ')
    .replace(/import\s+(\w+)\s+from\s+(['"][^'"]+['"])/g, (_, name: string, path: string) => `var ${name} = require(${path.replace('.sjs', '.wxs')})`)
}

/**
 * Compiles all templates and template scripts. Returns a JavaScript expression that yields them by path, and what
 * the compiler had to say.
 */
export function compileTemplates(platform: Platform, files: Record<string, string>): { templates: string; diagnostics: Diagnostic[] } {
  const group = new TmplGroup()
  const diagnostics: Diagnostic[] = []
  for (const [file, source] of Object.entries(files)) {
    const path = file.replace(/\.\w+$/, '')
    if (/\.(wxml|axml)$/.test(file)) {
      const found = group.addTmpl(path, platform === 'alipay' ? axmlToWxml(source) : source) as { message: string; startLine: number; isError: boolean }[]
      diagnostics.push(...found.map((d) => ({ file, line: d.startLine + 1, message: d.message, fatal: d.isError })))
    }
    if (file.endsWith('.wxs')) group.addScript(path, source)
    if (file.endsWith('.sjs')) group.addScript(path, sjsToWxs(source))
  }
  const templates = group.getTmplGenObjectGroups()
  group.free()
  return { templates, diagnostics }
}
