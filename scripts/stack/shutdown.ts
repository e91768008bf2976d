import { say } from '../kit/say.ts'

type Cleanup = () => Promise<void>

/** What has to be undone when the command ends, last first. Signals and a lost parent begin it; it runs once. */
export interface Shutdown {
  /** Adds something to undo. */
  add: (cleanup: Cleanup) => void
  /** Undoes everything, then ends the process. `code` is 0 when a person asked for it. */
  begin: (code: number) => void
  /** True once it has begun. */
  begun: () => boolean
}

/** Listens for Ctrl-C, SIGTERM and the end of whoever started us. */
export const listenForTheEnd = (): Shutdown => {
  const cleanups: Cleanup[] = []
  let begun = false
  const undo = async (code: number) => {
    for (const cleanup of cleanups.toReversed()) {
      try {
        await cleanup()
      } catch (error) {
        process.stderr.write(`${(error as Error).message}\n`)
      }
    }
    if (cleanups.length > 0) say(code === 0 ? 'Stopped. Your data stay for the next start.' : 'Stopped.')
    process.exit(code)
  }
  const begin = (code: number) => {
    if (begun) return
    begun = true
    if (cleanups.length > 0) say('Stopping …')
    void undo(code)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => begin(0))
  // When the program that handed over to us is killed, nobody sends a signal, but we get another parent.
  const parent = process.ppid
  if (process.env.ATRIUM_HANDED_OVER) setInterval(() => { if (process.ppid !== parent) begin(0) }, 500).unref()
  return { add: cleanup => void cleanups.push(cleanup), begin, begun: () => begun }
}
