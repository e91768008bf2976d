import ts from 'typescript'
import { featureOf, isStore } from './imports.ts'
import { isTest, type Check } from './tree.ts'

interface StoreFunction { name: string; line: number; why: string; firstType: string; body: string }

const isExported = (node: ts.Statement): boolean =>
  ts.canHaveModifiers(node) && Boolean(ts.getModifiers(node)?.some(modifier => modifier.kind === ts.SyntaxKind.ExportKeyword))

/** The functions a store file exports. */
const storeFunctions = (path: string, text: string): StoreFunction[] => {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true)
  const describe = (name: string, node: ts.FunctionLikeDeclaration): StoreFunction => ({
    name, line: source.getLineAndCharacterOfPosition(node.getStart()).line + 1,
    why: ts.getJSDocCommentsAndTags(ts.isArrowFunction(node) || ts.isFunctionExpression(node) ? node.parent.parent.parent : node).map(doc => doc.getText()).join(' '),
    firstType: node.parameters[0]?.type?.getText() ?? '', body: node.body?.getText() ?? ''
  })
  return source.statements.filter(isExported).flatMap(statement => {
    if (ts.isFunctionDeclaration(statement)) return [describe(statement.name?.text ?? 'default', statement)]
    if (!ts.isVariableStatement(statement)) return []
    return statement.declarationList.declarations.flatMap(({ name, initializer }) =>
      initializer && (ts.isArrowFunction(initializer) || ts.isFunctionExpression(initializer)) ? [describe(name.getText(), initializer)] : [])
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

/** Names of this file, exported or not, whose code says which mall: a function that calls one says it too. */
const sayingNames = (text: string): string[] =>
  [...text.matchAll(/^(?:export )?(?:const|(?:async )?function) (\w+)([\s\S]*?)(?=^(?:export |const |async |function |type |\/\*\*)|$(?![\s\S]))/gm)]
    .filter(([, , code]) => /\bmallId\b/.test(code!)).map(([, name]) => name!)

/** What asks the database runs through drizzle or awaits something that does. */
const asks = /\b(select|insert|update|delete|execute|from)\(/

/**
 * In a feature, store functions take the scope first (`Scope` or `Ctx`), and a query on a table with malls says which
 * mall. A function that serves every mall at once, such as a sweeper's, says so in its docstring ("of every mall").
 */
export const scopeFirst: Check = {
  name: 'store functions take the scope first',
  run: tree => {
    const tables = mallTables(tree.read, tree.paths)
    return tree.paths.filter(path => isStore(path) && featureOf(path) && !isTest(path)).flatMap(path => storeFunctions(path, tree.read(path)).flatMap(({ name, line, why, firstType, body }) => {
      if (!asks.test(body) || /\b(every|any) mall\b|\bmalls\b/i.test(why)) return []
      const asked = [...body.matchAll(/\b(?:from|update|delete|insert|innerJoin|leftJoin)\((\w+)/g)].map(([, table]) => table!).find(table => tables.has(table))
      const scoped = /\b(Scope|Ctx)\b/.test(firstType)
      if (!scoped && (asked || !/\bExecutor\b/.test(firstType))) return [`${path}:${line}: the first parameter of ${name} is the scope (Scope or Ctx)`]
      const says = ['mallId', ...sayingNames(tree.read(path))].some(word => new RegExp(`\\b${word}\\b`).test(body))
      return asked && !says ? [`${path}:${line}: ${name} asks ${asked} without saying which mall`] : []
    }))
  }
}
