import type { Connection, RowDataPacket } from 'mysql2/promise'
import { schemaLetters, schemaOf, withConnection, withSchema } from './connect.ts'

/** The first column of each row: what SHOW answers as names. */
export const names = (rows: RowDataPacket[]): string[] => rows.map(row => String(Object.values(row)[0]))

const tablesOf = async (connection: Connection): Promise<string[]> =>
  names((await connection.query<RowDataPacket[]>("SHOW FULL TABLES WHERE Table_type = 'BASE TABLE'"))[0])

/** The statements that make an empty schema like this one: tables, views, triggers. */
export const readDdl = (templateUrl: string): Promise<string[]> =>
  withConnection(templateUrl, async connection => {
    const select = async (sql: string) => (await connection.query<RowDataPacket[]>(sql))[0]
    const show = async (kind: string, name: string, column: string) => String((await select(`SHOW CREATE ${kind} \`${name}\``))[0]![column])
    const ddl: string[] = []
    for (const name of await tablesOf(connection)) ddl.push(await show('TABLE', name, 'Create Table'))
    for (const name of names(await select("SHOW FULL TABLES WHERE Table_type = 'VIEW'"))) ddl.push(await show('VIEW', name, 'Create View'))
    for (const name of names(await select('SHOW TRIGGERS'))) ddl.push(await show('TRIGGER', name, 'SQL Original Statement'))
    return ddl
  })

/** Makes the schema `name` beside the template, with its tables (`ddl` of `readDdl`) and the rows its migrations wrote; answers its URL. */
export const copyTemplate = async (templateUrl: string, ddl: string[], name: string): Promise<string> => {
  const template = schemaOf(templateUrl)
  await withConnection(withSchema(templateUrl, ''), async connection => {
    await connection.query(`CREATE DATABASE \`${name}\` ${schemaLetters}`)
    await connection.query(`USE \`${name}\``)
    await connection.query('SET foreign_key_checks = 0')
    for (const statement of ddl) await connection.query(statement.replaceAll(`\`${template}\`.`, ''))
    for (const table of await tablesOf(connection)) await connection.query(`INSERT INTO \`${table}\` SELECT * FROM \`${template}\`.\`${table}\``)
  })
  return withSchema(templateUrl, name)
}
