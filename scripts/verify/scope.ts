import ts from 'typescript'
import { featureOf, isStore } from './imports.ts'
import { isTest, type Check } from './tree.ts'

/** One name at the top of a store file: a function, or a statement that is prepared there. */
interface Named { name: string; line: number; exported: boolean; why: string; code: string; /** Of a function: the type of its first parameter. */ firstType?: string }

const isExported = (node: ts.Statement): boolean =>
  ts.canHaveModifiers(node) && Boolean(ts.getModifiers(node)?.some(modifier => modifier.kind === ts.SyntaxKind.ExportKeyword))

const namesOf = (path: string, text: string): Named[] => {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true)
  const describe = (statement: ts.Statement, name: string, node: ts.Node): Named => ({
    name, line: source.getLineAndCharacterOfPosition(statement.getStart()).line + 1, exported: isExported(statement), code: node.getText(),
    why: ts.getJSDocCommentsAndTags(statement).map(doc => doc.getText()).join(' '),
    ...((ts.isFunctionDeclaration(node) || ts.isArrowFunction(node) || ts.isFunctionExpression(node)) && { firstType: node.parameters[0]?.type?.getText() ?? '' })
  })
  return source.statements.flatMap(statement => {
    if (ts.isFunctionDeclaration(statement)) return [describe(statement, statement.name?.text ?? 'default', statement)]
    if (!ts.isVariableStatement(statement)) return []
    return statement.declarationList.declarations.flatMap(({ name, initializer }) => initializer ? [describe(statement, name.getText(), initializer)] : [])
  })
}

/** Sessions note a mall, but belong to people, who are group-wide. */
const ofPeople = new Set(['memberSessions'])

/** The tables that hold rows of one mall, by the name they are exported under. */
const mallTables = (read: (path: string) => string, paths: string[]): Set<string> => {
  const tables = paths.filter(path => path.startsWith('schema/src/') && path.endsWith('.ts')).flatMap(path =>
    [...read(path).matchAll(/export const (\w+) = mysqlTable\(([\s\S]*?)(?=\nexport |$(?![\s\S]))/g)])
  return new Set(tables.filter(([, , columns]) => /\bmallId\b/.test(columns!)).map(([, name]) => name!).filter(name => !ofPeople.has(name)))
}

/** What asks the database runs through drizzle or awaits something that does. */
const asks = /\b(select|insert|update|delete|execute|from)\(/
const tableAsked = (code: string, tables: Set<string>): string | undefined =>
  [...code.matchAll(/\b(?:from|update|delete|insert|innerJoin|leftJoin)\((\w+)/g)].map(([, table]) => table!).find(table => tables.has(table))
const servesAll = ({ why }: Named): boolean => /\b(every|any) mall\b|\bmalls\b/i.test(why)

/** What breaks the rule in one store file. */
const messagesOf = (path: string, names: Named[], tables: Set<string>): string[] => {
  const uses = (user: Named, used: Named) => user !== used && new RegExp(`(?<![.\\w])${used.name}\\b`).test(user.code)
  const mentions = ({ code }: Named) => /\bmallId\b/.test(code)
  /** Says which mall by itself or by a name of this file that does. */
  const says = (one: Named) => mentions(one) || names.some(other => mentions(other) && uses(one, other))
  /** A name of this file alone may leave that to all who use it. */
  const excused = (one: Named): boolean => servesAll(one) || says(one) || (!one.exported && names.some(user => uses(user, one)) && names.every(user => !uses(user, one) || excused(user)))
  const reached = (one: Named, seen = new Set<Named>()): string | undefined => {
    if (seen.has(one)) return undefined
    seen.add(one)
    return tableAsked(one.code, tables) ?? names.filter(other => !other.exported && uses(one, other)).map(other => reached(other, seen)).find(Boolean)
  }
  return names.flatMap(one => {
    const scoped = one.firstType === undefined || !one.exported || /\b(Scope|Ctx)\b/.test(one.firstType)
    if (!scoped && !servesAll(one) && asks.test(one.code) && (reached(one) || !/\bExecutor\b/.test(one.firstType!))) return [`${path}:${one.line}: the first parameter of ${one.name} is the scope (Scope or Ctx)`]
    const asked = tableAsked(one.code, tables)
    return asked && !excused(one) ? [`${path}:${one.line}: ${one.name} asks ${asked} without saying which mall`] : []
  })
}

/**
 * In a feature, store functions take the scope first (`Scope` or `Ctx`), and a query on a table with malls says which mall, wherever in the file it stands.
 * One that serves every mall at once, such as a sweeper's, says so in its docstring ("of every mall").
 */
export const scopeFirst: Check = {
  name: 'store functions take the scope first',
  run: tree => {
    const tables = mallTables(tree.read, tree.paths)
    return tree.paths.filter(path => isStore(path) && featureOf(path) && !isTest(path)).flatMap(path => messagesOf(path, namesOf(path, tree.read(path)), tables))
  }
}
