import { type KeyObject, createCipheriv, createDecipheriv, createHmac, createSecretKey, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Config } from '../config.ts'

type Keys = { deps: { config: Config } }
const version = 1

const keyObjects = new WeakMap<Config, Map<string, KeyObject>>()
/** A key as the crypto library holds it, made once: it is used for every phone of a list. */
function keyOf(ctx: Keys, name: keyof Config['keys']): KeyObject {
  const known = keyObjects.get(ctx.deps.config) ?? new Map<string, KeyObject>()
  keyObjects.set(ctx.deps.config, known)
  let key = known.get(name)
  if (!key) known.set(name, (key = createSecretKey(ctx.deps.config.keys[name], 'base64')))
  return key
}

/** Encrypts a personal field with AES-256-GCM. `purpose` (table.column) is authenticated, so a value cannot be moved to another column. */
export function seal(ctx: Keys, purpose: string, text: string): Buffer {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', keyOf(ctx, 'field'), nonce)
  cipher.setAAD(Buffer.from(purpose))
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([Buffer.from([version]), nonce, cipher.getAuthTag(), body])
}

/** Opens what `seal` made for the same purpose; throws when a byte of it changed. */
export function open(ctx: Keys, purpose: string, sealed: Buffer): string {
  if (sealed[0] !== version) throw new Error(`sealed field of unknown version in ${purpose}`)
  const decipher = createDecipheriv('aes-256-gcm', keyOf(ctx, 'field'), sealed.subarray(1, 13))
  decipher.setAAD(Buffer.from(purpose))
  decipher.setAuthTag(sealed.subarray(13, 29))
  return Buffer.concat([decipher.update(sealed.subarray(29)), decipher.final()]).toString('utf8')
}

/** HMAC of a personal field for look-ups; the same text in another purpose gives another value. */
export const blindIndexOf = (ctx: Keys, purpose: string, text: string): Buffer =>
  createHmac('sha256', keyOf(ctx, 'blindIndex')).update(`${purpose}\n${text}`).digest()

/** Secret (hex) from which a phone draws the codes of one subject: derived, so nothing is stored. */
export const codeSecret = (ctx: Keys, kind: 'member' | 'coupon', subjectId: string): string =>
  Buffer.from(hkdfSync('sha256', keyOf(ctx, 'codes'), Buffer.alloc(0), `${kind}|${subjectId}`, 32)).toString('hex')

/** How tokens are stored: HMAC under the session key, never the token itself. */
export const tokenHash = (ctx: Keys, token: string): Buffer => createHmac('sha256', keyOf(ctx, 'session')).update(token).digest()

/** A fresh unguessable token with a readable prefix. */
export const newToken = (prefix: string): string => `${prefix}_${randomBytes(24).toString('base64url')}`

/** Whether two secrets are equal, in constant time; of other lengths they are not. */
export const sameSecret = (a: string, b: string): boolean => {
  const [x, y] = [Buffer.from(a), Buffer.from(b)]
  return x.length === y.length && timingSafeEqual(x, y)
}
