import { randomInt } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'
import { generateSecret, generateURI, verifySync } from 'otplib'

// OWASP's second argon2id profile: 19 MiB, two passes, one lane.
const cost = { memoryCost: 19 * 1024, timeCost: 2, parallelism: 1 }
const letters = 'abcdefghjkmnpqrstuvwxyz23456789'

/** argon2id of a password, with a salt of its own. */
export const hashPassword = (password: string): Promise<string> => hash(password, cost)

let nobody: Promise<string> | undefined

/** Whether `password` is right. Without a hash (unknown account) it works just as long and answers no. */
export async function passwordMatches(passwordHash: string | null, password: string): Promise<boolean> {
  nobody ??= hashPassword('the password of no account')
  const right = await verify(passwordHash ?? (await nobody), password)
  return right && passwordHash !== null
}

/** A first password of four groups that a person can copy from paper: about 79 bits. */
export const newPassword = (): string => Array.from({ length: 4 }, () => Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join('')).join('-')

export const newTotpSecret = (): string => generateSecret()

/** What the authenticator app reads from a QR code. */
export const totpUri = (issuer: string, account: string, secret: string): string => generateURI({ issuer, label: account, secret })

/** Time step of a right code at `now`, one step early or late; null when it is wrong or its step is not after `usedStep`. */
export function totpStep(secret: string, code: string, now: Date, usedStep: number): number | null {
  const result = verifySync({ secret, token: code, epoch: Math.floor(now.getTime() / 1000), epochTolerance: 30 })
  if (!result.valid || !('timeStep' in result)) return null
  return result.timeStep > usedStep ? result.timeStep : null
}
