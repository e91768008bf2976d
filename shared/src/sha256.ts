/** SHA-256 and HMAC over bytes in plain arithmetic: mini-programs have neither WebCrypto nor node:crypto, and codes are drawn off-line. */
const K = new Uint32Array(64)
const initial = new Uint32Array(8)
// The constants are the first 32 bits of the fractional parts of cube and square roots of the first primes (FIPS 180-4 §4.2.2, §5.3.3).
const fraction = (x: number) => ((x - Math.floor(x)) * 2 ** 32) >>> 0
for (let n = 2, found = 0; found < 64; n += 1) {
  let prime = true
  for (let d = 2; d * d <= n; d += 1) if (n % d === 0) prime = false
  if (!prime) continue
  if (found < 8) initial[found] = fraction(Math.sqrt(n))
  K[found] = fraction(Math.cbrt(n))
  found += 1
}

const rotate = (x: number, n: number) => (x >>> n) | (x << (32 - n))

function compress(h: Uint32Array, block: DataView, at: number, w: Uint32Array): void {
  for (let i = 0; i < 16; i += 1) w[i] = block.getUint32(at + i * 4)
  for (let i = 16; i < 64; i += 1) {
    const a = w[i - 15]!
    const b = w[i - 2]!
    w[i] = w[i - 16]! + (rotate(a, 7) ^ rotate(a, 18) ^ (a >>> 3)) + w[i - 7]! + (rotate(b, 17) ^ rotate(b, 19) ^ (b >>> 10))
  }
  let [a, b, c, d, e, f, g, z] = h as unknown as [number, number, number, number, number, number, number, number]
  for (let i = 0; i < 64; i += 1) {
    const t1 = (z + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + ((e & f) ^ (~e & g)) + K[i]! + w[i]!) | 0
    const t2 = ((rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0
    z = g; g = f; f = e; e = (d + t1) | 0; d = c; c = b; b = a; a = (t1 + t2) | 0
  }
  for (const [i, v] of [a, b, c, d, e, f, g, z].entries()) h[i] = h[i]! + v
}

/** SHA-256 of `bytes`, 32 bytes. */
export function sha256(bytes: Uint8Array): Uint8Array {
  const padded = new Uint8Array((((bytes.length + 8) >> 6) + 1) << 6)
  padded.set(bytes)
  padded[bytes.length] = 0x80
  const view = new DataView(padded.buffer)
  view.setUint32(padded.length - 8, Math.floor(bytes.length / 2 ** 29))
  view.setUint32(padded.length - 4, bytes.length << 3)
  const h = initial.slice()
  const w = new Uint32Array(64)
  for (let at = 0; at < padded.length; at += 64) compress(h, view, at, w)
  const out = new Uint8Array(32)
  const outView = new DataView(out.buffer)
  h.forEach((v, i) => outView.setUint32(i * 4, v))
  return out
}

/** HMAC-SHA-256 (RFC 2104) of `message` under `key`, 32 bytes. */
export function hmacSha256(key: Uint8Array, message: Uint8Array): Uint8Array {
  const short = key.length > 64 ? sha256(key) : key
  const join = (pad: number, tail: Uint8Array) => {
    const bytes = new Uint8Array(64 + tail.length).fill(pad, 0, 64)
    short.forEach((v, i) => { bytes[i] = v ^ pad })
    bytes.set(tail, 64)
    return bytes
  }
  return sha256(join(0x5c, sha256(join(0x36, message))))
}
