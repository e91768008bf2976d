import { posix } from 'node:path'
import type { Check, Tree } from './tree.ts'

/** The anchors of a page as GitHub makes them from its headings. */
const anchorsOf = (text: string): Set<string> => {
  const seen = new Map<string, number>()
  const anchors = new Set<string>()
  for (const [, heading] of text.replace(/^```[\s\S]*?^```/gm, '').matchAll(/^#{1,6}\s+(.+?)\s*#*$/gm)) {
    const plain = heading!.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase().replace(/[^\p{L}\p{N}\s_-]/gu, '').trim().replace(/\s/g, '-')
    const count = seen.get(plain) ?? 0
    seen.set(plain, count + 1)
    anchors.add(count === 0 ? plain : `${plain}-${count}`)
  }
  for (const [, id] of text.matchAll(/<a\s+(?:id|name)="([^"]+)"/g)) anchors.add(id!)
  return anchors
}

const linksOf = (text: string): string[] => {
  const prose = text.replace(/^```[\s\S]*?^```/gm, '').replace(/`[^`\n]*`/g, '')
  return [...prose.matchAll(/\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)|<(?:img|a)\b[^>]*?\b(?:src|href)="([^"]+)"/g)].map(([, link, html]) => (link ?? html)!)
}

const isDead = (tree: Tree, page: string, link: string): boolean => {
  if (/^[a-z][a-z+.-]*:/i.test(link)) return false
  const [path, anchor] = decodeURI(link).split('#') as [string, string?]
  const target = path === '' ? page : posix.normalize(path.startsWith('/') ? path.slice(1) : posix.join(posix.dirname(page), path)).replace(/\/$/, '')
  const isFolder = target === '.' || tree.paths.some(known => known.startsWith(`${target}/`))
  if (!tree.has(target)) return !isFolder
  return Boolean(anchor) && target.endsWith('.md') && !anchorsOf(tree.read(target)).has(anchor!)
}

/** Links of the documentation lead somewhere: files and headings of this repository. */
export const deadLinks: Check = {
  name: 'no dead link in the documentation',
  run: tree => tree.paths.filter(path => path.endsWith('.md')).flatMap(page =>
    linksOf(tree.read(page)).filter(link => isDead(tree, page, link)).map(link => `${page}: the link ${link} leads nowhere`))
}
