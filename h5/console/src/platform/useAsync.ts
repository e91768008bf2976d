import { ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import { Fault, Refused } from './call.ts'

/** What went wrong, kept as the console shows it: an expected "no" or a fault. */
export type Trouble = Refused | Fault

/** Anything thrown becomes a trouble a page can show; programming errors become a fault without request id. */
export const troubleOf = (cause: unknown): Trouble => {
  if (cause instanceof Refused || cause instanceof Fault) return cause
  console.error(cause)
  return new Fault(500, null)
}

export type Loaded<T> = { data: ShallowRef<T | null>; trouble: ShallowRef<Trouble | null>; loading: Ref<boolean>; load: () => Promise<void> }

/** One thing a page reads: its data, whether it is on its way, what went wrong. The newest load wins. */
export function useLoad<T>(read: (signal: AbortSignal) => Promise<T>): Loaded<T> {
  const data = shallowRef<T | null>(null)
  const trouble = shallowRef<Trouble | null>(null)
  const loading = ref(false)
  let running: AbortController | null = null
  const load = async () => {
    running?.abort()
    const mine = (running = new AbortController())
    loading.value = true
    try {
      const value = await read(mine.signal)
      if (running !== mine) return
      data.value = value
      trouble.value = null
    } catch (cause) {
      if (running === mine && !mine.signal.aborted) trouble.value = troubleOf(cause)
    } finally {
      if (running === mine) loading.value = false
    }
  }
  return { data, trouble, loading, load }
}

export type Action<A extends unknown[], T> = { run: (...args: A) => Promise<T | null>; busy: Ref<boolean>; trouble: ShallowRef<Trouble | null> }

/** One thing a page does: busy while it runs, null and a trouble when it was refused. A second click while busy does nothing. */
export function useAction<A extends unknown[], T>(act: (...args: A) => Promise<T>): Action<A, T> {
  const busy = ref(false)
  const trouble = shallowRef<Trouble | null>(null)
  const run = async (...args: A): Promise<T | null> => {
    if (busy.value) return null
    busy.value = true
    trouble.value = null
    try {
      return await act(...args)
    } catch (cause) {
      trouble.value = troubleOf(cause)
      return null
    } finally {
      busy.value = false
    }
  }
  return { run, busy, trouble }
}
