import { pino } from 'pino'

/** What an error says, without the values that the query builder and the database put into it. */
export const messageOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replace(/\nparams:[\s\S]*/, '').replace(/\b(entry|value:?) '[\s\S]*?'(?= for | at |$)/gi, "$1 '[cut]'").slice(0, 300)

/** An error as the log keeps it: its kind, what it says, where it was thrown. */
export const shownError = (error: unknown): unknown => (error instanceof Error ? {
  type: error.name, message: messageOf(error), code: (error as { code?: string }).code, cause: error.cause instanceof Error ? messageOf(error.cause) : undefined,
  stack: error.stack?.split('\n').filter((l) => l.includes(' at ')).slice(0, 8).join('\n'),
} : error)

/** Structured logs without personal data: what may carry any is cut before it is written. */
export const makeLog = (name: string, level = process.env.LOG_LEVEL ?? 'info') =>
  pino({
    name, level,
    redact: { paths: ['phone', '*.phone', 'plate', '*.plate', 'openid', '*.openid', 'sessionKey', '*.session_key', 'token', '*.token', 'password', '*.password', 'authorization', '*.authorization'], censor: '[cut]' },
    serializers: { err: shownError },
  })
