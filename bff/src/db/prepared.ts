import { getTableColumns, sql } from 'drizzle-orm'
import type { MySqlTable } from 'drizzle-orm/mysql-core'
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

/** A placeholder for each column, called like it: the values of a prepared insert of whole rows. A time must not be null there. */
export const everyColumn = <T extends MySqlTable>(table: T) =>
  Object.fromEntries(Object.keys(getTableColumns(table)).map((name) => [name, sql.placeholder(name)])) as { [K in keyof T['$inferInsert']]-?: ReturnType<typeof sql.placeholder> }
