/**
 * The app's timers, owned by the host, so that "the app has come to rest" can be known: no short timer is pending and
 * no setData happened in the last turns. The automator answers an action only then.
 */
import type { Host } from './host.ts'
import type { AnyFunction } from './types.ts'

/** Timers up to this long belong to rendering (Vue's and Taro's queues), longer ones to the app's business. */
const SHORT_MS = 50
const REST_WITHIN_MS = 1000

export interface Clock {
  setTimeout: AnyFunction
  clearTimeout: AnyFunction
  /** Resolves when the app is at rest, or after a second. */
  rest(): Promise<void>
}

export function createClock(host: Host): Clock {
  const { realm } = host.options
  const short = new Set<unknown>()
  const turn = () => new Promise<void>((done) => { realm.setTimeout(done, 1) })
  return {
    setTimeout(work: AnyFunction, ms = 0, ...args: unknown[]) {
      const id = realm.setTimeout(() => {
        short.delete(id)
        try { work(...args) } catch (error) { host.faults.report(error, 'setTimeout') }
      }, ms)
      if (ms <= SHORT_MS) short.add(id)
      return id
    },
    clearTimeout(id: unknown) {
      short.delete(id)
      realm.clearTimeout(id)
    },
    async rest() {
      const deadline = Date.now() + REST_WITHIN_MS
      let seen = -1
      for (let quiet = 0; quiet < 2 && Date.now() < deadline;) {
        await turn()
        quiet = host.stats.setData === seen && short.size === 0 ? quiet + 1 : 0
        seen = host.stats.setData
      }
    },
  }
}
