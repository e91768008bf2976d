const marker = /^--> statement-breakpoint\s*$/m

/** The opening of what runs to its own end wherever it stands: string, name or comment. */
const spans = /'(?:[^'\\]|\\.|'')*'|"(?:[^"\\]|\\.|"")*"|`[^`]*`|\/\*[\s\S]*?\*\/|--(?=\s|$)[^\n]*|#[^\n]*|;[ \t]*(?=\r?\n|$)/g

/** True when a piece holds something besides white space and comments. */
const doesSomething = (sql: string): boolean =>
  sql.replace(/\/\*(?!!)[\s\S]*?\*\/|--(?=\s|$)[^\n]*|#[^\n]*/g, '').trim() !== ''

/**
 * The statements of a migration. One ends with a `;` at the end of a line, outside strings and comments. A file
 * with a body that itself has such lines (a trigger) separates its statements by lines `--> statement-breakpoint`.
 */
export const splitStatements = (sql: string): string[] => {
  if (marker.test(sql)) return sql.split(new RegExp(marker, 'gm')).map(piece => piece.trim().replace(/;$/, '')).filter(doesSomething)
  const pieces: string[] = []
  let start = 0
  for (const span of sql.matchAll(spans)) {
    if (!span[0].startsWith(';')) continue
    pieces.push(sql.slice(start, span.index))
    start = span.index + span[0].length
  }
  return [...pieces, sql.slice(start)].map(piece => piece.trim()).filter(doesSomething)
}
