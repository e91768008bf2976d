import { monotonicFactory } from 'ulid'

const next = monotonicFactory()

/** A new ULID: 26 characters, sortable by time, unique without the database. */
export const newId = (now: Date): string => next(now.getTime())
