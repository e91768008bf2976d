import { setImmediate as wait } from 'node:timers/promises'
import { getTableColumns } from 'drizzle-orm'
import type { MySqlColumn, MySqlTable } from 'drizzle-orm/mysql-core'
import type { Connection } from 'mysql2/promise'

const batchRows = 1_000

const valueOf = (column: MySqlColumn, value: unknown): unknown => {
  if (value === undefined) return null
  return column.columnType === 'MySqlJson' && value !== null ? JSON.stringify(value) : value
}

/** Inserts rows in batches of a thousand; the columns are those of the first row. Names and values are those of the drizzle table. */
export const insertRows = async <T extends MySqlTable>(connection: Connection, table: T, rows: readonly T['$inferInsert'][]): Promise<void> => {
  const first = rows[0] as Record<string, unknown> | undefined
  if (!first) return
  const known = getTableColumns(table) as Record<string, MySqlColumn>
  const columns = Object.keys(first).map(key => {
    const column = known[key]
    if (!column) throw new Error(`no column ${key}`)
    return [key, column] as const
  })
  const name = (table as unknown as Record<symbol, string>)[Symbol.for('drizzle:Name')]!
  const sql = `INSERT INTO \`${name}\` (${columns.map(([, column]) => `\`${column.name}\``).join(', ')}) VALUES ?`
  // The next batch is written out while the server works on the one before it.
  let before: Promise<unknown> = Promise.resolve()
  for (let start = 0; start < rows.length; start += batchRows) {
    const values = rows.slice(start, start + batchRows).map(row => columns.map(([key, column]) => valueOf(column, (row as Record<string, unknown>)[key])))
    const now = connection.query(sql, [values])
    // Its failure is met when it is awaited, one batch later.
    now.catch(() => {})
    await Promise.all([before, wait()])
    before = now
  }
  await before
}
