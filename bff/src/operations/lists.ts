import type { Endpoint } from '@atrium/shared/contract.ts'
import { Refusal } from '@atrium/shared/refusal.ts'
import type { Permission } from '@atrium/shared/staff/permissions.ts'
import type { Ctx } from '../context.ts'
import type { FeatureRoutes } from '../features.ts'
import { authorise, withinReach } from '../http/authorise.ts'
import { Malformed } from '../http/problem.ts'

export type Page = { items: Record<string, unknown>[]; nextCursor: string | null; total: number }
export type ServedList = { permission: Permission; endpoint: Endpoint; read: (ctx: Ctx, query: Record<string, unknown>) => Promise<Page> }

/** Finds the list behind an endpoint: its contract and the very handler that serves it, so that an export shows what the list shows. */
export type Lists = (route: string) => ServedList

/** The lists of `features`. */
export const listsOf = (features: readonly FeatureRoutes[]): Lists => (route) => {
  const feature = features.find((f) => route in f.contract)
  const endpoint = (feature?.contract as Record<string, Endpoint> | undefined)?.[route]
  const handler = feature?.routes[route]
  if (!endpoint || typeof endpoint.who !== 'object' || typeof handler !== 'function') throw new Error(`${route} is no list`)
  return { permission: endpoint.who.can, endpoint, read: (ctx, query) => (handler as (ctx: Ctx, input: unknown) => Promise<Page>)(ctx, { params: {}, query, body: undefined }) }
}

/** The query as the list's contract reads it, for a page of `limit`. Refuses what the list would refuse: no right to it, a bad filter, a store out of reach. */
export function queryFor(ctx: Ctx, list: ServedList, given: Record<string, string>, limit: number): Record<string, unknown> {
  authorise(list.endpoint, ctx.caller)
  const parsed = list.endpoint.query!.safeParse({ ...given, limit, cursor: undefined })
  if (!parsed.success) throw new Malformed('body', parsed.error.issues.map((i) => ({ ...i, path: ['query', ...i.path] })))
  withinReach(ctx.caller, parsed.data)
  return parsed.data as Record<string, unknown>
}

/** Every page of a list, one after the other. */
export async function* pagesOf(ctx: Ctx, list: ServedList, query: Record<string, unknown>): AsyncGenerator<Page> {
  let cursor: string | undefined
  do {
    const page = await list.read(ctx, { ...query, cursor })
    yield page
    cursor = page.nextCursor ?? undefined
  } while (cursor)
}

/** Refuses an export of another account as unknown. */
export function own<T extends { staffId: string }>(row: T | null, staffId: string): T {
  if (row?.staffId !== staffId) throw new Refusal('not_found', { what: 'export' })
  return row
}
