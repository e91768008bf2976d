import { createCipheriv, createHash, createHmac, createPublicKey, createSign, createVerify, generateKeyPairSync, randomBytes, randomInt, timingSafeEqual } from 'node:crypto'

/** RSA-SHA256 over UTF-8 text, base64. */
export const rsaSign = (text: string, privateKey: string): string => createSign('RSA-SHA256').update(text, 'utf8').sign(privateKey, 'base64')

/** False for a wrong key, a wrong text and for anything that is not a signature at all. */
export const rsaVerify = (text: string, signature: string, publicKey: string): boolean => {
  try {
    return createVerify('RSA-SHA256').update(text, 'utf8').verify(createPublicKey(publicKey), signature, 'base64')
  } catch {
    return false
  }
}

/** AES-256-GCM as WeChat Pay wraps a callback's resource: base64(ciphertext + 16-byte tag). */
export const sealGcm = (plain: string, key: string, nonce: string, associatedData: string): string => {
  const cipher = createCipheriv('aes-256-gcm', Buffer.from(key, 'utf8'), Buffer.from(nonce, 'utf8'))
  cipher.setAAD(Buffer.from(associatedData, 'utf8'))
  return Buffer.concat([cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString('base64')
}

/** AES-128-CBC, zero IV, PKCS#7: Alipay's content encryption. `key` is base64 of 16 bytes. */
export const sealAlipay = (plain: string, key: string): string => {
  const cipher = createCipheriv('aes-128-cbc', Buffer.from(key, 'base64'), Buffer.alloc(16))
  return cipher.update(plain, 'utf8', 'base64') + cipher.final('base64')
}

export const hmacHex = (text: string, secret: string): string => createHmac('sha256', secret).update(text, 'utf8').digest('hex')
export const hmacSha1Base64 = (text: string, secret: string): string => createHmac('sha1', secret).update(text, 'utf8').digest('base64')
export const sha256 = (text: string): Buffer => createHash('sha256').update(text, 'utf8').digest()

/** Compares without telling by time where two texts differ. */
export const sameText = (a: string, b: string): boolean => timingSafeEqual(sha256(a), sha256(b))

export const randomHex = (bytes: number): string => randomBytes(bytes).toString('hex')
export const randomToken = (bytes: number): string => randomBytes(bytes).toString('base64url')
export const randomDigits = (count: number): string => Array.from({ length: count }, () => randomInt(10)).join('')
export const randomUpper = (count: number): string => randomBytes(count).toString('hex').slice(0, count).toUpperCase()

/** A key that belongs to nobody: forged callbacks are signed with it. */
export const strangersKey = (() => {
  let key: string | undefined
  return (): string => {
    key ??= generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' }) as string
    return key
  }
})()
