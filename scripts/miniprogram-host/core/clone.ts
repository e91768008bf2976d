/** Small helpers for data that crosses realms. */
import type { Bag } from './types.ts'

/** A deep copy of JSON-like data made of this realm's objects; functions are lost, as in a real setData. */
export const clone = <T>(value: T): T => value === undefined ? value : JSON.parse(JSON.stringify(value) ?? 'null') as T

/** The value at a data path such as `root.cn[0].cl`. */
export function valueAt(data: unknown, path: string | undefined): unknown {
  if (!path) return data
  return path.replace(/\[(\d+)\]/g, '.$1').split('.').filter(Boolean).reduce<unknown>((at, key) => (at as Bag | undefined)?.[key], data)
}

/** `a-b` as `aB`. */
export const camel = (name: string): string => name.replace(/-(\w)/g, (_, c: string) => c.toUpperCase())

/** `aB` as `a-b`. */
export const dashed = (name: string): string => name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)

/** True for an attribute that is present in a template: `disabled`, `disabled="{{true}}"`. */
export const isOn = (value: unknown): boolean => value === true || value === '' || value === 'true'
