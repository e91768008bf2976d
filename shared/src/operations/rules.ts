import { type Role, grants } from '../staff/permissions.ts'
import { type EventType, eventPermission } from './events.ts'

/** How many rows an export may have; more is refused, so that a person narrows the filter. */
export const exportLimit = 50_000

/** What a cell begins with when a spreadsheet would take it for a formula. */
const formula = /^[=+\-@\t\r]/

/** One cell of a CSV line: text that a spreadsheet would run gets an apostrophe before it, commas and quotes are quoted. Numbers stay numbers. */
export function csvCell(value: string | number | null): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const safe = formula.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** One line of a CSV file, with the line end that spreadsheets expect. */
export const csvLine = (cells: readonly (string | number | null)[]): string => `${cells.map(csvCell).join(',')}\r\n`

type Watcher = { kind: 'member'; memberId: string } | { kind: 'staff'; staffId: string; role: Role; reach: 'mall' | 'tenant' | 'store'; tenantId: string | null; storeIds: readonly string[] }

/** Whether an event is for a watcher: members hear their own; staff what they may read within their reach, and of exports their own alone. */
export function hears(watcher: Watcher, event: { type: string; data: Record<string, unknown> }): boolean {
  const { data } = event
  if (watcher.kind === 'member') return data.memberId === watcher.memberId
  const permission = eventPermission[event.type as EventType] ?? null
  if (permission === null || !grants(watcher.role, permission)) return false
  if (event.type.startsWith('export.')) return data.staffId === watcher.staffId
  if (watcher.reach === 'mall') return true
  if (typeof data.storeId === 'string') return watcher.storeIds.includes(data.storeId)
  return watcher.reach === 'tenant' && watcher.tenantId !== null && data.tenantId === watcher.tenantId
}
