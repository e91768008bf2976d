import { pino } from 'pino'

/** Structured logs without personal data: what may carry any is cut before it is written. */
export const makeLog = (name: string, level = process.env.LOG_LEVEL ?? 'info') =>
  pino({
    name, level,
    redact: { paths: ['phone', '*.phone', 'plate', '*.plate', 'openid', '*.openid', 'sessionKey', '*.session_key', 'token', '*.token', 'password', '*.password', 'authorization', '*.authorization'], censor: '[cut]' },
    serializers: {
      // SQL parameters travel in driver errors; only the kind of error and the place are kept.
      err: (error: unknown) => (error instanceof Error ? { type: error.name, message: error.message.replace(/\nparams:[\s\S]*/, '').slice(0, 300), code: (error as { code?: string }).code, cause: error.cause instanceof Error ? error.cause.message.slice(0, 200) : undefined, stack: error.stack?.split('\n').filter((l) => l.includes(' at ')).slice(0, 8).join('\n') } : error),
    },
  })
