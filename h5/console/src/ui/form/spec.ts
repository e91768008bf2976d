import type { RefusalCode } from '@atrium/shared/refusal.ts'
import type { FieldProblem } from '../../platform/call.ts'
import type { Option } from '../list/spec.ts'

/** What a field edits. `money` shows yuan and keeps fen, `moment` shows Shanghai time and keeps ISO UTC, `limit` is a number or null (no limit). */
export type FieldKind = 'text' | 'long' | 'password' | 'number' | 'money' | 'limit' | 'choice' | 'choices' | 'cards' | 'moment' | 'switch'

export type Field<M> = {
  key: keyof M & string
  label: string
  kind: FieldKind
  help?: string
  placeholder?: string
  unit?: string
  required?: boolean
  /** Bounds: of the number, of the money in fen, or of the length of a text. */
  min?: number
  max?: number
  pattern?: { test: RegExp; message: string }
  options?: readonly Option[] | ((model: M) => readonly Option[])
  visible?: (model: M) => boolean
  /** A rule over the whole model: a copy key when it does not hold. */
  check?: (model: M) => string | null
  wide?: boolean
  /** Refusals that are about this field and show beside it. */
  refusals?: readonly RefusalCode[]
}

export type Section<M> = { title?: string; note?: string; fields: readonly Field<M>[] }
export type Message = { key: string; values?: Record<string, unknown> }

const empty = (value: unknown) => value === undefined || value === null || value === '' || (typeof value === 'number' && Number.isNaN(value)) || (Array.isArray(value) && value.length === 0)
const isNumeric = (kind: FieldKind) => kind === 'number' || kind === 'money' || kind === 'limit'

/** What is wrong with one field before anything is sent; null when it may go. */
export function problemOf<M extends object>(field: Field<M>, model: M): Message | null {
  if (field.visible && !field.visible(model)) return null
  const value = (model as Record<string, unknown>)[field.key]
  if (empty(value)) return field.required ? { key: 'ui.form.required' } : null
  const size = isNumeric(field.kind) ? Number(value) : typeof value === 'string' ? value.trim().length : null
  if (size !== null) {
    const unit = isNumeric(field.kind) ? '' : 'Length'
    const shown = (n: number) => (field.kind === 'money' ? n / 100 : n)
    if (field.min !== undefined && size < field.min) return { key: `ui.form.min${unit}`, values: { n: shown(field.min) } }
    if (field.max !== undefined && size > field.max) return { key: `ui.form.max${unit}`, values: { n: shown(field.max) } }
  }
  if (field.pattern && typeof value === 'string' && !field.pattern.test.test(value.trim())) return { key: field.pattern.message }
  const verdict = field.check?.(model)
  return verdict ? { key: verdict } : null
}

/** Every field that may not go yet, by its key. */
export function problemsOf<M extends object>(sections: readonly Section<M>[], model: M): Record<string, Message> {
  const out: Record<string, Message> = {}
  for (const field of sections.flatMap((s) => s.fields)) {
    const problem = problemOf(field, model)
    if (problem) out[field.key] = problem
  }
  return out
}

/** Which field a pointer of the BFF (`#/body/worth/amountFen`) is about: the innermost name that the form has. */
export function fieldOf(pointer: string, keys: readonly string[]): string | null {
  const names = pointer.replace(/^#?\/?/, '').split('/').reverse()
  return names.find((name) => keys.includes(name)) ?? null
}

/** Field problems of a refusal, mapped to the form; what belongs to no field is left for the line above the buttons. */
export function mapRefusal<M extends object>(sections: readonly Section<M>[], refusal: { code: RefusalCode; errors: readonly FieldProblem[] }): { fields: Record<string, Message>; rest: boolean } {
  const fields = sections.flatMap((s) => s.fields)
  const keys = fields.map((f) => f.key)
  const out: Record<string, Message> = {}
  let rest = refusal.errors.length === 0
  for (const error of refusal.errors) {
    const key = fieldOf(error.pointer, keys)
    if (key) out[key] = { key: 'ui.form.rejected', values: { detail: error.detail } }
    else rest = true
  }
  const owner = fields.find((f) => f.refusals?.includes(refusal.code))
  if (owner) return { fields: { ...out, [owner.key]: { key: `refusal.${refusal.code}` } }, rest: false }
  return { fields: out, rest }
}

/** ISO UTC → the value of a `datetime-local` input in Shanghai, and back. */
export const toLocalInput = (iso: string | null | undefined): string => (iso ? new Date(Date.parse(iso) + 8 * 3_600_000).toISOString().slice(0, 16) : '')
export const fromLocalInput = (value: string): string | null => (value ? new Date(`${value}:00+08:00`).toISOString() : null)
