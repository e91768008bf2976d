import { type SQL, and, asc, desc, eq, gt, lt, or, sql } from 'drizzle-orm'
import type { AnyMySqlColumn } from 'drizzle-orm/mysql-core'
import { Refusal } from '@atrium/shared/refusal.ts'

type Mark = [value: string | number | null, id: string]
export type ListQuery = { cursor?: string | undefined; limit: number; sort?: string | undefined }

/** Where a page ended: the sort value and the id of its last row, opaque to callers. */
export const encodeCursor = (value: Date | string | number | null, id: string): string =>
  Buffer.from(JSON.stringify([value instanceof Date ? value.toISOString() : value, id])).toString('base64url')

function decodeCursor(cursor: string): Mark {
  try {
    const mark = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown
    if (Array.isArray(mark) && mark.length === 2 && typeof mark[1] === 'string' && /^[\x20-\x7e]*$/.test(mark[1]) && (mark[0] === null || ['string', 'number'].includes(typeof mark[0]))) return mark as Mark
  } catch { /* refused below */ }
  throw new Refusal('validation_failed', { pointer: '#/query/cursor' })
}

function dateOf(raw: Mark[0]): Date {
  const date = new Date(raw ?? NaN)
  if (Number.isNaN(date.getTime())) throw new Refusal('validation_failed', { pointer: '#/query/cursor' })
  return date
}

export type Paging = { where: SQL | undefined; orderBy: SQL[]; limit: number; sortKey: string }

/**
 * Keyset paging: rows after the cursor in the order of `sort` (`-key` is descending), the id breaking ties. Add `where` to the query, order by
 * `orderBy`, fetch `limit` (one more than asked), then cut with `pageOf`. `columns` maps the contract's sort keys; they must not be null (an expression of numbers or text may make them so).
 */
export function paging<S extends string>(query: ListQuery, columns: Record<S, AnyMySqlColumn | SQL>, idColumn: AnyMySqlColumn, fallback: NoInfer<S> | `-${NoInfer<S>}`): Paging {
  const sort = query.sort ?? fallback
  const descending = sort.startsWith('-')
  const sortKey = sort.replace(/^-/, '')
  // Comparing and ordering take an expression as they take a column; only the types of drizzle tell them apart.
  const column = columns[sortKey as S] as AnyMySqlColumn | undefined
  if (!column) throw new Refusal('validation_failed', { pointer: '#/query/sort' })
  const order = descending ? desc : asc
  const after = descending ? lt : gt
  let where: SQL | undefined
  if (query.cursor) {
    const [raw, id] = decodeCursor(query.cursor)
    const value = 'dataType' in column && column.dataType === 'date' ? dateOf(raw) : raw
    where = or(after(column, value), and(eq(column, value), after(idColumn, id)))
  }
  return { where, orderBy: [order(column), order(idColumn)], limit: query.limit + 1, sortKey }
}

/** Cuts the extra row off and says where the next page starts. `mark` gives sort value and id of a row. */
export function pageOf<R>(rows: R[], query: ListQuery, mark: (row: R) => [Date | string | number | null, string]): { rows: R[]; nextCursor: string | null } {
  if (rows.length <= query.limit) return { rows, nextCursor: null }
  const kept = rows.slice(0, query.limit)
  return { rows: kept, nextCursor: encodeCursor(...mark(kept.at(-1)!)) }
}

/** `count(*)` as a number. */
export const countAll = sql<number>`count(*)`.mapWith(Number)

/** A LIKE pattern that finds `text` anywhere, with its wildcards taken literally. */
export const likeAnywhere = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`

/** Whether a text can be compared with a column of codes or ids; anything else is found in none of them. */
export const isAscii = (text: string): boolean => /^[\x20-\x7e]*$/.test(text)
