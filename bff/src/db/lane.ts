/** What became of one job of a group: its result, or its own refusal. A fault of the whole group rejects every job. */
export type Outcome<R> = { value: R } | { error: unknown }
type Waiting<J, R> = { job: J; resolve: (value: R) => void; reject: (error: unknown) => void }

/**
 * A queue in the process for one hot row: callers wait in it, and one runner at a time takes up to `max` of them and commits them as a group. The
 * row is then locked once for many, instead of once for each with everybody waiting on the lock in the database.
 */
export function lane<J, R>(max: number, run: (jobs: readonly J[]) => Promise<Outcome<R>[]>): { add: (job: J) => Promise<R>; readonly idle: boolean } {
  const queue: Waiting<J, R>[] = []
  let running = false
  async function work(): Promise<void> {
    while (queue.length > 0) {
      const group = queue.splice(0, max)
      try {
        const outcomes = await run(group.map((waiting) => waiting.job))
        group.forEach((waiting, i) => {
          const outcome = outcomes[i]!
          if ('value' in outcome) waiting.resolve(outcome.value)
          else waiting.reject(outcome.error)
        })
      } catch (error) {
        for (const waiting of group) waiting.reject(error)
      }
    }
    running = false
  }
  return {
    add: (job) => new Promise<R>((resolve, reject) => {
      queue.push({ job, resolve, reject })
      if (running) return
      running = true
      // A turn of the loop later: calls that arrived together go together.
      setImmediate(() => void work())
    }),
    get idle() { return !running },
  }
}
