import { encodeTime, monotonicFactory } from 'ulid'

const next = monotonicFactory()

/** A new ULID: 26 characters, sortable by time, unique without the database. */
export const newId = (now: Date): string => next(now.getTime())

/** An id below all that were made at `at` or later: what is older sorts before it. */
export const lowestId = (at: Date): string => encodeTime(at.getTime()) + '0'.repeat(16)
