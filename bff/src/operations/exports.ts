import { createReadStream } from 'node:fs'
import { rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import type { Input, Reply } from '@atrium/shared/contracts.ts'
import { exportLimit } from '@atrium/shared/operations/rules.ts'
import { Refusal } from '@atrium/shared/refusal.ts'
import { businessDay, shanghaiTime } from '@atrium/shared/time.ts'
import { type Ctx, note, staffOf, systemCtx } from '../context.ts'
import { newId } from '../db/id.ts'
import { open, seal } from '../db/sealed.ts'
import { inTransaction } from '../db/transaction.ts'
import { announce } from '../outbox/announce.ts'
import { staffCaller } from '../staff/service.ts'
import { type ExportKind, exportsOf } from './columns.ts'
import { type Lists, own, pagesOf, queryFor } from './lists.ts'
import { type ExportRow, changeExport, deleteExports, findExport, insertExport, listOldExports, takeExport } from './store.ts'
import { openSink } from './write-file.ts'

type Export = Reply<'POST /admin/exports'>

/** Rows of a page: more than a person may ask for, since each page counts the list anew. Progress is said after each. */
const pageSize = 1_000
/** An export that has not moved for so long was left by a worker that died. */
const staleMs = 60_000
const keepMs = 24 * 3_600_000

const fileOf = (ctx: Pick<Ctx, 'deps'>, row: Pick<ExportRow, 'exportId' | 'format'>) => join(ctx.deps.config.filesDir, 'exports', `${row.exportId}.${row.format}`)

const sealedFilters = 'exportJob.filters'
/** The filters as they were given; sealed, since somebody may have searched for a phone. */
const filtersOf = (ctx: Ctx, row: ExportRow) => JSON.parse(open(ctx, sealedFilters, row.filters)) as Record<string, string>

const shown = (row: ExportRow): Export => ({
  exportId: row.exportId, kind: row.kind as ExportKind, format: row.format, state: row.state, rows: row.rows, total: row.total, createdAt: row.createdAt.toISOString(), fileName: row.state === 'ready' ? row.fileName : null,
})

/** Queues an export of a list as it is filtered. Refuses who may not read the list, filters the list would refuse, and more rows than a file may have. */
export async function requestExport(ctx: Ctx, lists: Lists, body: Input<'POST /admin/exports'>['body']): Promise<Export> {
  const { staffId } = staffOf(ctx)
  const { route, name, nameEn } = exportsOf[body.kind]
  const list = lists(route)
  const { total } = await list.read(ctx, queryFor(ctx, list, body.query, 1))
  if (total > exportLimit) throw new Refusal('export_too_large', { rows: total, limit: exportLimit })
  const exportId = newId(ctx.now)
  const language = body.language ?? 'zh-CN'
  const fileName = `${language === 'en' ? nameEn : name}-${businessDay(ctx.now)}-${shanghaiTime(ctx.now).slice(11, 16).replace(':', '')}.${body.format}`
  return inTransaction(ctx, async (tx) => {
    await insertExport(tx, { exportId, staffId, kind: body.kind, format: body.format, language, filters: seal(tx, sealedFilters, JSON.stringify(body.query)), state: 'queued', total, fileName, createdAt: tx.now })
    note(tx, { subject: exportId, kind: body.kind, format: body.format, filters: Object.keys(body.query), rows: total })
    return shown((await findExport(tx, exportId))!)
  })
}

/** How far an export is; only its owner knows of it. */
export const showExport = async (ctx: Ctx, exportId: string): Promise<Export> => shown(own(await findExport(ctx, exportId), staffOf(ctx).staffId))

/** The file. Refuses one that is not ready, and an owner who may no longer read the list. */
export async function downloadExport(ctx: Ctx, lists: Lists, exportId: string): Promise<Response> {
  const row = own(await findExport(ctx, exportId), staffOf(ctx).staffId)
  queryFor(ctx, lists(exportsOf[row.kind as ExportKind].route), filtersOf(ctx, row), 1)
  if (row.state !== 'ready') throw new Refusal('export_not_ready', { state: row.state })
  const path = fileOf(ctx, row)
  const size = await stat(path).then((s) => s.size, () => { throw new Refusal('not_found', { what: 'file' }) })
  note(ctx, { subject: exportId, kind: row.kind, rows: row.rows })
  return new Response(Readable.toWeb(createReadStream(path)) as ReadableStream, {
    headers: {
      'content-type': row.format === 'csv' ? 'text/csv; charset=utf-8' : 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'content-length': String(size),
      'content-disposition': `attachment; filename="export.${row.format}"; filename*=UTF-8''${encodeURIComponent(row.fileName ?? exportId)}`, 'cache-control': 'no-store',
    },
  })
}

/** Writes the exports of every mall that wait, one after the other, and those that a worker which died left. */
export async function runExports(ctx: Ctx, lists: Lists): Promise<void> {
  for (;;) {
    const now = ctx.deps.now()
    const row = await takeExport(ctx.db, now, new Date(now.getTime() - staleMs))
    if (!row) return
    await runExport(systemCtx(ctx.deps, row.mallId, `export-${row.exportId}`), lists, row)
  }
}

/** Writes one export, page by page, with the reach its owner has now. */
async function runExport(ctx: Ctx, lists: Lists, row: ExportRow): Promise<void> {
  try {
    const rows = await writeRows(ctx, lists, row)
    await settle(ctx, row, { state: 'ready', rows, total: rows })
  } catch (error) {
    ctx.log.warn({ err: error, exportId: row.exportId }, 'export failed')
    await settle(ctx, row, { state: 'failed', failure: error instanceof Refusal ? error.code : 'fault' })
  }
}

async function writeRows(ctx: Ctx, lists: Lists, row: ExportRow): Promise<number> {
  const caller = await staffCaller(ctx, row.staffId)
  if (!caller) throw new Refusal('forbidden')
  const asOwner: Ctx = { ...ctx, caller }
  const { route, columns } = exportsOf[row.kind as ExportKind]
  const list = lists(route)
  const query = { ...queryFor(asOwner, list, filtersOf(ctx, row), 1), limit: pageSize }
  const sink = await openSink(fileOf(ctx, row), row.format, columns.map((c) => (row.language === 'en' ? c.en : c.zh)))
  let rows = 0
  try {
    for await (const page of pagesOf(asOwner, list, query)) {
      for (const item of page.items) await sink.add(columns.map((c) => c.of(item, row.language)))
      rows += page.items.length
      if (rows > exportLimit) throw new Refusal('export_too_large')
      await changeExport(ctx, row.exportId, { rows, touchedAt: ctx.deps.now() })
      if (page.nextCursor) await inTransaction(ctx, (tx) => announce(tx, 'export.changed', { exportId: row.exportId, staffId: row.staffId, rows }))
    }
    await sink.finish()
  } catch (error) {
    await sink.abandon()
    throw error
  }
  return rows
}

const settle = (ctx: Ctx, row: ExportRow, change: Partial<ExportRow>): Promise<void> => inTransaction(ctx, async (tx) => {
  await changeExport(tx, row.exportId, { ...change, endedAt: ctx.deps.now() })
  await announce(tx, 'export.changed', { exportId: row.exportId, staffId: row.staffId, state: change.state })
})

/** Removes files and rows of exports after a day, in every mall. */
export async function forgetExports(ctx: Ctx): Promise<void> {
  const old = await listOldExports(ctx.db, new Date(ctx.now.getTime() - keepMs))
  for (const row of old) await rm(fileOf(ctx, row), { force: true })
  if (old.length) await deleteExports(ctx.db, old.map((row) => row.exportId))
}
