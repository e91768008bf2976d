import { createWriteStream } from 'node:fs'
import { chmod, mkdir, rename, rm } from 'node:fs/promises'
import { once } from 'node:events'
import { dirname } from 'node:path'
import { finished } from 'node:stream/promises'
import writeXlsx from 'write-excel-file/node'
import { csvLine } from '@atrium/shared/operations/rules.ts'
import type { Cell } from './columns.ts'

/** Takes rows and makes a file that nobody else can read; it stands under its name only when it is whole. */
export type RowSink = { add: (row: Cell[]) => Promise<void>; finish: () => Promise<void>; abandon: () => Promise<void> }

/** Opens a file of the format with `header` as its first line. */
export async function openSink(path: string, format: 'csv' | 'xlsx', header: string[]): Promise<RowSink> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  return format === 'csv' ? csvSink(path, header) : xlsxSink(path, header)
}

async function csvSink(path: string, header: string[]): Promise<RowSink> {
  const part = `${path}.part`
  const file = createWriteStream(part, { mode: 0o600 })
  const write = async (text: string) => { if (!file.write(text)) await once(file, 'drain') }
  // The mark tells spreadsheets that the text is UTF-8.
  await write(`\uFEFF${csvLine(header)}`)
  return {
    add: (row) => write(csvLine(row)),
    finish: async () => {
      file.end()
      await finished(file)
      await rename(part, path)
    },
    abandon: async () => {
      file.destroy()
      await rm(part, { force: true })
    },
  }
}

function xlsxSink(path: string, header: string[]): RowSink {
  const rows: (Cell | { value: string; fontWeight: 'bold' })[][] = [header.map((value) => ({ value, fontWeight: 'bold' as const }))]
  const widths = header.map((title) => title.length * 2)
  return {
    add: async (row) => {
      rows.push(row)
      if (rows.length < 200) row.forEach((cell, i) => { widths[i] = Math.max(widths[i]!, Math.min(48, String(cell ?? '').length * 1.6)) })
    },
    finish: async () => {
      await writeXlsx(rows, { columns: widths.map((width) => ({ width: Math.ceil(width) + 2 })), stickyRowsCount: 1 }).toFile(`${path}.part`)
      await chmod(`${path}.part`, 0o600)
      await rename(`${path}.part`, path)
    },
    abandon: () => rm(`${path}.part`, { force: true }),
  }
}
