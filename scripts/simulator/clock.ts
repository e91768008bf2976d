/** Real time plus an offset that only grows: a day of retries can be played in a second. */
export interface VirtualClock {
  /** Milliseconds in the simulated world. */
  now(): number
  /** Milliseconds of the base clock: what signatures are stamped with, since the verifier's clock is not moved. */
  wall(): number
  /** Whether a signed timestamp is recent by the real clock, the base clock or the simulated one. */
  near(ms: number, toleranceMs: number): boolean
  /** Runs `task` once the simulated time reaches `dueAt`; returns a function that cancels it. */
  at(dueAt: number, task: () => unknown): () => void
  /** Runs `task` after `ms` of simulated time. */
  after(ms: number, task: () => unknown): () => void
  /** Moves the world forward; every timer that falls due fires in order and is awaited. */
  advance(ms: number): Promise<void>
  offset(): number
  /** Takes up the offset of an earlier run. */
  restoreOffset(ms: number): void
  stop(): void
}

interface Timer { dueAt: number; order: number; task: () => unknown }

const LONGEST_TIMEOUT = 2 ** 31 - 1
const SHORTEST_TIMEOUT = 5

/** A timer that fails says so and never takes the others with it. */
const run = async (task: () => unknown): Promise<void> => {
  try {
    await task()
  } catch (cause) {
    console.error('simulator: a timed task failed', cause)
  }
}

/** `base` is the clock underneath; tests hand in their own. */
export const virtualClock = (base: () => number = Date.now): VirtualClock => {
  let offset = 0
  let order = 0
  let stopped = false
  let alarm: NodeJS.Timeout | undefined
  const timers = new Set<Timer>()

  const now = () => base() + offset
  const next = (until: number): Timer | undefined =>
    [...timers].filter(timer => timer.dueAt <= until).sort((a, b) => a.dueAt - b.dueAt || a.order - b.order)[0]

  const arm = () => {
    clearTimeout(alarm)
    if (stopped || timers.size === 0) return
    const soonest = Math.min(...[...timers].map(timer => timer.dueAt))
    alarm = setTimeout(fireDue, Math.min(Math.max(soonest - now(), SHORTEST_TIMEOUT), LONGEST_TIMEOUT))
  }

  const fireDue = () => {
    for (let timer = next(now()); timer; timer = next(now())) {
      timers.delete(timer)
      void run(timer.task)
    }
    arm()
  }

  const at = (dueAt: number, task: () => unknown) => {
    const timer = { dueAt, order: order++, task }
    timers.add(timer)
    arm()
    return () => { timers.delete(timer) }
  }

  const advance = async (ms: number) => {
    const target = now() + Math.max(0, ms)
    for (let timer = next(target); timer && !stopped; timer = next(target)) {
      timers.delete(timer)
      offset += Math.max(0, timer.dueAt - now())
      await run(timer.task)
    }
    offset += Math.max(0, target - now())
    arm()
  }

  return {
    now,
    wall: base,
    near: (ms, tolerance) => [Date.now(), base(), now()].some(clock => Math.abs(clock - ms) <= tolerance),
    at,
    after: (ms, task) => at(now() + ms, task),
    advance,
    offset: () => offset,
    restoreOffset: ms => { offset = Math.max(offset, ms) },
    stop: () => { stopped = true; clearTimeout(alarm); timers.clear() },
  }
}

/** Beijing wall time `yyyy-MM-dd HH:mm:ss`, the form Alipay and Nuonuo use. */
export const beijing = (ms: number): string => new Date(ms + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')

/** RFC 3339 with the +08:00 offset that WeChat Pay writes. */
export const rfc3339 = (ms: number): string => `${new Date(ms + 8 * 3_600_000).toISOString().slice(0, 19)}+08:00`

/** Compact Beijing time `yyyyMMddHHmmss`, used inside vendor numbers. */
export const compactTime = (ms: number): string => beijing(ms).replace(/\D/g, '')
