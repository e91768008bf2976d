/** What the app says and what goes wrong in it: console lines and exceptions, kept and sent to the automator. */
import type { Bag, Emit } from './types.ts'

export interface Faults {
  /** Everything thrown so far. */
  readonly errors: unknown[]
  /** Reports a failure of app code, and tells the app's own onError. */
  report(error: unknown, where: string): void
  /** Records a console line. Sent only after the client asked for the log. */
  log(type: string, args: unknown[]): void
  enableLog(): void
  /** Sets the app object whose onError is called. */
  watch(app: Bag): void
}

const messageOf = (error: unknown): string => String((error as { message?: unknown })?.message ?? error)
const isError = (value: unknown): value is Error => Object.prototype.toString.call(value) === '[object Error]'

function printable(value: unknown): unknown {
  if (isError(value)) return String(value.stack ?? value)
  if (typeof value !== 'object') return typeof value === 'function' || typeof value === 'symbol' ? String(value) : value
  try { return JSON.parse(JSON.stringify(value)) } catch { return String(value) }
}

export function createFaults(emit: Emit): Faults {
  const errors: unknown[] = []
  const early: Bag[] = []
  let logging = false
  let app: Bag | undefined
  return {
    errors,
    report(error, where) {
      errors.push(error)
      const stack = (error as Error)?.stack
      emit('App.exceptionThrown', { exceptionDetails: { text: messageOf(error), stack, where } })
      try { app?.onError?.(String(stack ?? messageOf(error))) } catch { /* an onError that throws is not reported again */ }
    },
    log(type, args) {
      const line = { type, args: args.map(printable) }
      if (logging) emit('App.logAdded', line)
      else if (early.length < 1000) early.push(line)
    },
    enableLog() {
      logging = true
      for (const line of early.splice(0)) emit('App.logAdded', line)
    },
    watch(created) { app = created },
  }
}
