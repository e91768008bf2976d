import { pathToFileURL } from 'node:url'
import { join } from 'node:path'
import { root } from '../kit/paths.ts'
import type { Check } from './tree.ts'

/** What this check reads of an endpoint. */
export interface Entry {
  who: string | { can: string }
  within?: string
  idempotent?: boolean
  limit?: unknown
  body?: unknown
  summary?: string
  refuses: readonly string[]
}

const form = /^(GET|POST|PUT|PATCH|DELETE) \/(api|admin|open\/v1|callback)\/[\w\-/{}.]+$/

/** What is wrong with one endpoint, in words. */
const wrongs = (key: string, entry: Entry, granted: ReadonlySet<string>): string[] => {
  const [, verb, area] = form.exec(key) ?? []
  if (!verb) return ['its key is not "VERB /api|/admin|/open/v1|/callback/…"']
  const permission = typeof entry.who === 'object' ? entry.who.can : undefined
  const found: [boolean, string][] = [
    [(area === 'callback') !== (entry.who === 'vendor'), 'vendors call /callback, and only vendors do'],
    [area === 'api' && entry.who !== 'guest' && entry.who !== 'member', '/api is for guests and members'],
    [area === 'admin' && entry.who === 'member', '/admin is for staff'],
    [area === 'admin' && entry.who === 'guest' && !entry.limit, 'it is open to anyone under /admin without a rate limit'],
    [permission !== undefined && !granted.has(permission), `no role grants ${permission}, so nobody can call it`],
    [permission !== undefined && !entry.within, 'it needs a permission but does not say how far that reaches (within)'],
    [verb === 'PATCH' && area === 'api', 'wx.request and my.request know no PATCH, so no mini-program could call it'],
    [verb === 'GET' && entry.body !== undefined, 'a GET takes no body'],
    [verb === 'GET' && Boolean(entry.idempotent), 'a GET takes no idempotency key'],
    [!entry.summary, 'it has no summary']
  ]
  return found.filter(([broken]) => broken).map(([, words]) => words)
}

/** What is wrong with a contract, one line for each finding. */
export const contractMessages = (contracts: Record<string, Entry>, granted: ReadonlySet<string>): string[] =>
  Object.entries(contracts).flatMap(([key, entry]) => wrongs(key, entry, granted).map(words => `shared/src: ${key}: ${words}`))

const load = (path: string) => import(pathToFileURL(join(root, path)).href)

/** Every endpoint says who may call it and how far that reaches, and the matrix test is made from the same table. */
export const contractCheck: Check = {
  name: 'every endpoint in the authorisation matrix',
  run: async tree => {
    const { contracts } = await load('shared/src/contracts.ts') as { contracts: Record<string, Entry> }
    const { roles } = await load('shared/src/staff/permissions.ts') as { roles: Record<string, { grants: readonly string[] }> }
    const messages = contractMessages(contracts, new Set(Object.values(roles).flatMap(role => role.grants)))
    const matrix = tree.paths.some(path => /^bff\/src\/.*(authori[sz]ation|matrix).*\.test\.ts$/.test(path) && tree.read(path).includes('@atrium/shared/contracts.ts'))
    return matrix ? messages : [...messages, 'bff/src: no authorisation matrix test is made from @atrium/shared/contracts.ts']
  }
}
