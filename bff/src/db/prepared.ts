import { type SQL, getTableColumns, sql } from 'drizzle-orm'
import type { MySqlColumn, MySqlTable } from 'drizzle-orm/mysql-core'
import type { Executor } from '../context.ts'

/** A statement of a hot path, built once for each executor (the pool, and each of its connections) instead of for each call. */
export function prepared<T>(build: (db: Executor) => T): (db: Executor) => T {
  const built = new WeakMap<Executor, T>()
  return (db) => {
    let statement = built.get(db)
    if (!statement) built.set(db, (statement = build(db)))
    return statement
  }
}

/** A value handed in at each call, written as `column` writes it; drizzle itself would ask a null for its time. */
export const given = (column: MySqlColumn, name = column.name): SQL =>
  sql`${sql.param(sql.placeholder(name), { mapToDriverValue: (value: unknown) => (value === null ? null : column.mapToDriverValue(value as never)) })}`

/** Each column handed in under its own name: the values of a prepared insert of whole rows. */
export const everyColumn = <T extends MySqlTable>(table: T) =>
  Object.fromEntries(Object.entries(getTableColumns(table)).map(([name, column]) => [name, given(column as MySqlColumn, name)])) as { [K in keyof T['$inferInsert']]-?: SQL }
