import type { Executor } from '../context.ts'

/** A statement of a hot path, built once for each executor (the pool, and each of its connections) instead of for each call. */
export function prepared<T>(build: (db: Executor) => T): (db: Executor) => T {
  const built = new WeakMap<Executor, T>()
  return (db) => {
    let statement = built.get(db)
    if (!statement) built.set(db, (statement = build(db)))
    return statement
  }
}
