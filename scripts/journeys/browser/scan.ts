import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Locator } from 'playwright-core'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'

const wasm = readFileSync(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'))
prepareZXingModule({ overrides: { wasmBinary: wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength) as ArrayBuffer } })

/** What a phone reads when it is held before this QR code on a screen. */
export const scan = async (code: Locator): Promise<string> => {
  const [found] = await readBarcodes(new Uint8Array(await code.screenshot()), { formats: ['QRCode'] })
  if (!found) throw new Error('no code can be read there')
  return found.text
}
