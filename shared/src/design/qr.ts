import { encode } from 'uqr'

const eye = 7

/** Whether a module belongs to one of the three eyes, which are drawn rounded. */
const inEye = (x: number, y: number, size: number): boolean => (x < eye && y < eye) || (x >= size - eye && y < eye) || (x < eye && y >= size - eye)

const eyeShape = (x: number, y: number): string =>
  `<path fill-rule="evenodd" d="M${x + 1.6} ${y}h3.8a1.6 1.6 0 0 1 1.6 1.6v3.8a1.6 1.6 0 0 1-1.6 1.6h-3.8a1.6 1.6 0 0 1-1.6-1.6v-3.8a1.6 1.6 0 0 1 1.6-1.6zm.3 1a.9.9 0 0 0-.9.9v3.2a.9.9 0 0 0 .9.9h3.2a.9.9 0 0 0 .9-.9v-3.2a.9.9 0 0 0-.9-.9z"/><rect x="${x + 2}" y="${y + 2}" width="3" height="3" rx=".7"/>`

/**
 * A QR code as SVG text, drawn on this device. `covered`: a mark will stand in the middle, so the code carries the highest error
 * correction, which forgives a third of it.
 */
export function qrSvg(content: string, covered = false, ink = '#12211d'): string {
  const { data, size } = encode(content, { ecc: covered ? 'H' : 'M', border: 0 })
  let path = ''
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      if (!data[y]?.[x] || inEye(x, y, size)) continue
      let width = 1
      while (x + width < size && data[y]?.[x + width] && !inEye(x + width, y, size)) width += 1
      path += `M${x} ${y}h${width}v1h-${width}z`
      x += width - 1
    }
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" fill="${ink}" shape-rendering="geometricPrecision"><path d="${path}"/>${eyeShape(0, 0)}${eyeShape(size - eye, 0)}${eyeShape(0, size - eye)}</svg>`
}
