import { hmacSha256 } from './sha256.ts'

/** A code lives for one step and is accepted one step early or late. */
export const codeStepMs = 60_000

const ascii = (text: string) => Uint8Array.from(text, (c) => c.charCodeAt(0))
const fromHex = (hex: string) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16))
const pad = (n: number, width: number) => String(n).padStart(width, '0')

/** Six digits from the HMAC of number and step (dynamic truncation of RFC 4226 §5.3). */
function seal(number: string, secret: string, step: number): string {
  const mac = hmacSha256(fromHex(secret), ascii(`${number}|${step}`))
  const at = mac[31]! & 15
  const word = (((mac[at]! & 127) << 24) | (mac[at + 1]! << 16) | (mac[at + 2]! << 8) | mac[at + 3]!) >>> 0
  return pad(word % 1_000_000, 6)
}

/**
 * The code a phone draws for `number` (member number of 10 digits or coupon number of 12) at `atMs`: the number, two digits of the minute and a
 * six-digit seal. `secret` is hex. Computed without network, so it works off-line as long as the clock is right.
 */
export function dynamicCode(number: string, secret: string, atMs: number): string {
  const step = Math.floor(atMs / codeStepMs)
  return number + pad(step % 100, 2) + seal(number, secret, step)
}

/** Splits a scanned code into the number and the rest; a bare number has no seal. Null when it is neither. */
export function splitCode(code: string, numberLength: 10 | 12): { number: string; sealed: boolean } | null {
  if (!/^\d+$/.test(code)) return null
  if (code.length === numberLength) return { number: code, sealed: false }
  return code.length === numberLength + 8 ? { number: code.slice(0, numberLength), sealed: true } : null
}

export type CodeVerdict = { ok: true; step: number } | { ok: false; refusal: 'code_forged' | 'code_expired' }

/**
 * Checks a sealed code against the secret: `code_forged` when no step explains the seal, `code_expired` when it was right within the last hour but is
 * older than one step. The step is for the caller's record of used codes.
 */
export function checkCode(code: string, number: string, secret: string, nowMs: number): CodeVerdict {
  const now = Math.floor(nowMs / codeStepMs)
  const [shown, mac] = [Number(code.slice(-8, -6)), code.slice(-6)]
  for (let back = -1; back <= 60; back += 1) {
    const step = now - back
    if (step % 100 !== shown || seal(number, secret, step) !== mac) continue
    return back <= 1 ? { ok: true, step } : { ok: false, refusal: 'code_expired' }
  }
  return { ok: false, refusal: 'code_forged' }
}
