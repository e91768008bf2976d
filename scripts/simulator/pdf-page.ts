import { deflateSync } from 'node:zlib'

export type Colour = readonly [number, number, number]
export interface TextStyle { size?: number; colour?: Colour; align?: 'left' | 'centre' | 'right' }

const LATIN = 0.6
const MM = 72 / 25.4

/** Runs of Latin and of Chinese text: the first in Courier, the second in a Song typeface the reader brings along. */
const runs = (text: string): { latin: boolean; text: string }[] => {
  const found: { latin: boolean; text: string }[] = []
  for (const character of text) {
    const latin = character <= '\u007e' || character === '¥'
    const last = found.at(-1)
    if (last?.latin === latin) last.text += character
    else found.push({ latin, text: character })
  }
  return found
}

/** Width in points: Courier is 0.6 em for each character, Chinese 1 em. */
export const textWidth = (text: string, size: number): number => runs(text).reduce((sum, run) => sum + [...run.text].length * (run.latin ? LATIN : 1) * size, 0)

const latinHex = (text: string) => Buffer.from(text.replaceAll('¥', '\u00a5'), 'latin1').toString('hex')
const chineseHex = (text: string) => Buffer.from(text, 'utf16le').swap16().toString('hex')
const n = (value: number) => String(Math.round(value * 100) / 100)

/** One page drawn by hand. Lengths are millimetres from the top left corner, text sizes points. */
export const pdfPage = (widthMm: number, heightMm: number) => {
  const ops: string[] = []
  const x = (mm: number) => n(mm * MM)
  const y = (mm: number) => n((heightMm - mm) * MM)
  const colour = (value: Colour, operator: 'rg' | 'RG') => `${value.map(part => n(part)).join(' ')} ${operator}`

  /** Text whose baseline is at `top`. */
  const text = (left: number, top: number, value: string, { size = 9, colour: ink = [0, 0, 0], align = 'left' }: TextStyle = {}) => {
    const width = textWidth(value, size)
    const start = left * MM - (align === 'right' ? width : align === 'centre' ? width / 2 : 0)
    const shown = runs(value).map(run => (run.latin ? `/L ${n(size)} Tf <${latinHex(run.text)}> Tj` : `/C ${n(size)} Tf <${chineseHex(run.text)}> Tj`))
    ops.push(`BT ${colour(ink, 'rg')} ${n(start)} ${y(top)} Td ${shown.join(' ')} ET`)
  }

  return {
    text,
    /** One character under the other, centred on `left`. */
    column: (left: number, top: number, value: string, lead: number, style: TextStyle = {}) => {
      for (const [index, character] of [...value].entries()) text(left, top + index * lead, character, { ...style, align: 'centre' })
    },
    line: (x1: number, y1: number, x2: number, y2: number, ink: Colour, width = 0.6) => { ops.push(`${colour(ink, 'RG')} ${n(width)} w ${x(x1)} ${y(y1)} m ${x(x2)} ${y(y2)} l S`) },
    box: (left: number, top: number, width: number, height: number, ink: Colour, stroke = 0.6) => { ops.push(`${colour(ink, 'RG')} ${n(stroke)} w ${x(left)} ${y(top + height)} ${n(width * MM)} ${n(height * MM)} re S`) },
    /** Dark squares of a bitmap. */
    bitmap: (left: number, top: number, side: number, rows: readonly (readonly boolean[])[]) => {
      const cell = side / rows.length
      const squares = rows.flatMap((row, down) => row.flatMap((dark, across) => (dark ? [`${x(left + across * cell)} ${y(top + (down + 1) * cell)} ${n(cell * MM + 0.05)} ${n(cell * MM + 0.05)} re`] : [])))
      ops.push(`0 0 0 rg ${squares.join(' ')} f`)
    },
    ellipse: (cx: number, cy: number, rx: number, ry: number, ink: Colour, width: number) => {
      const k = 0.5523
      const curve = (x1: number, y1: number, x2: number, y2: number, x3: number, y3: number) => `${x(cx + x1)} ${y(cy + y1)} ${x(cx + x2)} ${y(cy + y2)} ${x(cx + x3)} ${y(cy + y3)} c`
      ops.push(`${colour(ink, 'RG')} ${n(width)} w ${x(cx + rx)} ${y(cy)} m ${curve(rx, -k * ry, k * rx, -ry, 0, -ry)} ${curve(-k * rx, -ry, -rx, -k * ry, -rx, 0)} ${curve(-rx, k * ry, -k * rx, ry, 0, ry)} ${curve(k * rx, ry, rx, k * ry, rx, 0)} S`)
    },
    /** Large text across the page, turned by `degrees`, drawn under what is on the page. */
    watermark: (cx: number, cy: number, value: string, size: number, degrees: number, ink: Colour) => {
      const [cos, sin] = [Math.cos(degrees * Math.PI / 180), Math.sin(degrees * Math.PI / 180)]
      const half = textWidth(value, size) / 2
      const shown = runs(value).map(run => (run.latin ? `/L ${n(size)} Tf <${latinHex(run.text)}> Tj` : `/C ${n(size)} Tf <${chineseHex(run.text)}> Tj`)).join(' ')
      ops.unshift(`BT ${colour(ink, 'rg')} ${cos.toFixed(4)} ${sin.toFixed(4)} ${(-sin).toFixed(4)} ${cos.toFixed(4)} ${n(cx * MM - half * cos)} ${n((heightMm - cy) * MM - half * sin)} Tm ${shown} ET`)
    },
    /** The finished file: one page, Courier and STSong-Light, neither embedded. */
    bytes: (title: string): Uint8Array => {
      const content = deflateSync(Buffer.from(ops.join('\n'), 'latin1'))
      const objects: Buffer[] = [
        '<< /Type /Catalog /Pages 2 0 R >>',
        '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${n(widthMm * MM)} ${n(heightMm * MM)}] /Contents 4 0 R /Resources << /Font << /L 5 0 R /C 6 0 R >> >> >>`,
        Buffer.concat([Buffer.from(`<< /Length ${content.length} /Filter /FlateDecode >>\nstream\n`), content, Buffer.from('\nendstream')]),
        '<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>',
        '<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [7 0 R] >>',
        '<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /FontDescriptor 8 0 R /DW 1000 >>',
        '<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>',
        `<< /Title <feff${chineseHex(title)}> /Producer (Atrium simulator) >>`,
      ].map((body, index) => Buffer.concat([Buffer.from(`${index + 1} 0 obj\n`), Buffer.from(body), Buffer.from('\nendobj\n')]))
      const head = Buffer.from('%PDF-1.5\n%\u00e2\u00e3\u00cf\u00d3\n', 'latin1')
      let at = head.length
      const offsets = objects.map(body => { at += body.length; return at - body.length })
      const table = offsets.map(offset => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
      const tail = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R /Info ${objects.length} 0 R >>\nstartxref\n${at}\n%%EOF\n`
      return Buffer.concat([head, ...objects, Buffer.from(tail)])
    },
  }
}
