import { sql } from 'drizzle-orm'
import { bigint, char, customType, datetime, json as jsonColumn } from 'drizzle-orm/mysql-core'

/** Column kinds of the house. Ids, codes and openids are ascii_bin in the migrations: unicode collations hold 'abc ' and 'abc' for equal. */
// Text that is not ASCII goes as bytes: they are found in no such column, where the database would refuse to compare the text.
const ascii = (dataType: string, name: string) =>
  customType<{ data: string; driverData: string | Buffer }>({ dataType: () => dataType, toDriver: (text) => (/^[\x20-\x7e]*$/.test(text) ? text : Buffer.from(text)) })(name)
export const id = (name: string) => ascii('char(26)', name)
export const mallId = () => char('mallId', { length: 26 }).notNull()
export const code = (name: string, length = 64) => ascii(`varchar(${length})`, name)
/** An amount in integer fen. */
export const fen = (name: string) => bigint(name, { mode: 'number' })
/** An instant in UTC with milliseconds. */
export const at = (name: string) => datetime(name, { mode: 'date', fsp: 3 })
/** When the row was written, by the database. */
export const createdAt = () => datetime('createdAt', { mode: 'date', fsp: 3 }).notNull().default(sql`CURRENT_TIMESTAMP(3)`)
export const json = <T>(name: string) => jsonColumn(name).$type<T>()

// drizzle's varbinary answers a string and corrupts ciphertext, so bytes have a type of their own.
export const bytes = (name: string, length: number) =>
  customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => `varbinary(${length})` })(name)
/** Bytes of any length up to 16 MB. */
export const blob = (name: string) => customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => 'mediumblob' })(name)
/** A personal field, AES-256-GCM: version byte, nonce 12, tag 16, ciphertext. Only the feature that owns it opens it. */
export const sealed = (name: string, length = 255) => bytes(name, length)
/** HMAC-SHA-256 of a personal field, for look-ups without opening it. */
export const blindIndex = (name: string) => bytes(name, 32)
