import { createConnection, type Connection } from 'mysql2/promise'
import { PlainError } from '../kit/say.ts'

/** How every schema of ours is made: a table without a word on letters takes them from here. */
export const schemaLetters = 'CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci'

const addressOf = (databaseUrl: string): URL => {
  try {
    return new URL(databaseUrl)
  } catch {
    throw new PlainError('DATABASE_URL cannot be read: write it like mysql://user:password@host:3306/atrium, letters such as # / @ of the password as %23 %2F %40.')
  }
}

/** The name of the schema in a database URL. */
export const schemaOf = (databaseUrl: string): string => addressOf(databaseUrl).pathname.slice(1)

/** The server and schema of a database URL, without who comes: what tells one database from another. */
export const placeOf = (databaseUrl: string): string => {
  const { host, pathname } = addressOf(databaseUrl)
  return host + pathname
}

/** The same server and user with another schema; an empty name selects none. */
export const withSchema = (databaseUrl: string, schema: string): string => {
  const url = addressOf(databaseUrl)
  url.pathname = `/${schema}`
  return url.href
}

/** A single connection with the settings of the house: UTC, exact numbers, several statements in one call. */
export const connectTo = async (databaseUrl: string): Promise<Connection> => {
  const { host } = addressOf(databaseUrl)
  try {
    const connection = await createConnection({
      uri: databaseUrl, timezone: 'Z', supportBigNumbers: true, charset: 'utf8mb4', multipleStatements: true, connectTimeout: 5000
    })
    await connection.query("SET time_zone = '+00:00'")
    return connection
  } catch (error) {
    const { code = 'no answer' } = error as { code?: string }
    if (code === 'ER_BAD_DB_ERROR') throw error
    throw new PlainError(`The database at ${host} cannot be used (${code}): start it or correct DATABASE_URL, or unset it to let Atrium bring its own.`)
  }
}

/** Runs `work` with a connection and closes it. */
export const withConnection = async <T>(databaseUrl: string, work: (connection: Connection) => Promise<T>): Promise<T> => {
  const connection = await connectTo(databaseUrl)
  try {
    return await work(connection)
  } finally {
    await connection.end()
  }
}
