type DriverError = { errno?: number; code?: string; cause?: unknown }

const lost = new Set(['PROTOCOL_CONNECTION_LOST', 'ECONNRESET', 'ECONNREFUSED', 'EPIPE', 'ETIMEDOUT', 'ER_SERVER_SHUTDOWN', 'POOL_CLOSED'])
/** 1213 deadlock, 1205 lock wait, 1020 row changed under a snapshot, 1053/2006/2013 server gone, 1040 too many connections, 1290/1836 read-only. */
const passing = new Set([1213, 1205, 1020, 1053, 2006, 2013, 1040, 1290, 1836, 1927])

/** The driver's error below what drizzle wraps around it. */
function driverError(error: unknown): DriverError {
  let e = error as DriverError | null | undefined
  for (let depth = 0; e && depth < 5; depth += 1) {
    if (e.errno !== undefined || (e.code !== undefined && lost.has(e.code))) return e
    e = e.cause as DriverError | undefined
  }
  return {}
}

/**
 * Worth running the whole transaction again. Unique keys named `…_number` hold numbers that are drawn by chance (a receipt, a coupon): meeting another one is
 * no fault, and the next try draws anew. A car that two cameras read at once is inside when the second one looks again.
 */
export function isPassing(error: unknown): boolean {
  const e = driverError(error)
  const key = duplicateKey(error)
  if (key?.endsWith('_number') || key === 'parkingSessions_open') return true
  return (e.errno !== undefined && passing.has(e.errno)) || (e.code !== undefined && lost.has(e.code)) || (error instanceof Error && error.message === 'Queue limit reached.')
}

/** A unique key refused the row; `key` is its name as the database says it. */
export function duplicateKey(error: unknown): string | null {
  const e = driverError(error) as DriverError & { sqlMessage?: string }
  if (e.errno !== 1062) return null
  return /for key '(?:[^'.]*\.)?([^']+)'/.exec(e.sqlMessage ?? '')?.[1] ?? ''
}
