/** What one area of the API offers, and how a call of it fails. */
import type { AnyFunction, Bag } from '../core/types.ts'

/** One area of the API. `later` calls take an options object and answer by callback or promise; `now` calls return. */
export interface ApiArea {
  now?: Record<string, AnyFunction>
  later?: Record<string, (options: Bag) => unknown>
  /** Answers native buttons ask for; mockable, but not on the `wx` object. */
  hidden?: Record<string, (options: Bag) => unknown>
}

/** A refusal with the platform's fields (`errMsg`, `error`, `resultCode`, …). */
export class ApiFailure extends Error {
  readonly fields: Bag
  constructor(message: string, fields: Bag = {}) {
    super(message)
    this.fields = fields
  }
}
