/** Something the person at the keyboard can mend. The message is one plain sentence with what to do; no stack is shown. */
export class PlainError extends Error {}

/** Seconds since `startedMs`, as people read them: "0.4 s", "12 s". */
export const elapsed = (startedMs: number): string => {
  const seconds = (performance.now() - startedMs) / 1000
  return seconds < 10 ? `${seconds.toFixed(1)} s` : `${Math.round(seconds)} s`
}

/** One line of progress. */
export const say = (line: string): void => {
  process.stdout.write(`${line}\n`)
}

/** Runs a step and says how long it took: "✓ Database ready (0.4 s)". `work` may return a text that is added to the line. */
export const step = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
  const started = performance.now()
  const result = await work()
  const detail = typeof result === 'string' ? `: ${result}` : ''
  say(`✓ ${name}${detail} (${elapsed(started)})`)
  return result
}

/** Runs the body of a command. A PlainError becomes its sentence, anything else its stack; both end with exit code 1. */
export const command = async (body: () => Promise<number | void>): Promise<void> => {
  try {
    process.exitCode = (await body()) ?? 0
  } catch (error) {
    process.stderr.write(`${error instanceof PlainError ? error.message : (error as Error).stack ?? String(error)}\n`)
    process.exitCode = 1
  }
}
