import { randomInt } from 'node:crypto'
import { withCheckDigit } from '@atrium/shared/check-digit.ts'
import { businessDay } from '@atrium/shared/time.ts'

const digits = (count: number) => Array.from({ length: count }, () => randomInt(10)).join('')

/** Twelve digits, the last one a check digit: unguessable, and a slip of the finger is found before the database is asked. */
export const newCouponNumber = (): string => withCheckDigit(digits(11))

/** Fourteen digits that begin with the business day, so that a shop finds a receipt by its date. */
export const newRedemptionNumber = (now: Date): string => withCheckDigit(businessDay(now).slice(2).replaceAll('-', '') + digits(7))
