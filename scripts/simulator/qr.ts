import { crc32, deflateSync } from 'node:zlib'
import { encode } from 'uqr'

/** The modules of a QR code without its quiet zone: `true` is dark. */
export const qrModules = (text: string): boolean[][] => encode(text, { ecc: 'M', border: 0 }).data

const chunk = (type: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const framed = Buffer.alloc(body.length + 8)
  framed.writeUInt32BE(data.length, 0)
  body.copy(framed, 4)
  framed.writeUInt32BE(crc32(body), body.length + 4)
  return framed
}

/** A QR code as an 8-bit grey PNG of about `width` pixels with a quiet zone of four modules. */
export const qrPng = (text: string, width: number): Buffer => {
  const modules = qrModules(text)
  const side = modules.length + 8
  const scale = Math.max(1, Math.floor(width / side))
  const pixels = side * scale
  const rows = Buffer.alloc((pixels + 1) * pixels, 255)
  for (let y = 0; y < pixels; y++) {
    rows[y * (pixels + 1)] = 0
    for (let x = 0; x < pixels; x++) {
      if (modules[Math.floor(y / scale) - 4]?.[Math.floor(x / scale) - 4]) rows[y * (pixels + 1) + 1 + x] = 0
    }
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(pixels, 0)
  header.writeUInt32BE(pixels, 4)
  header[8] = 8
  return Buffer.concat([Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]), chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))])
}
