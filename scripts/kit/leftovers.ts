import { existsSync, rmSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { readJson, writeJson } from './json-file.ts'
import { describeProcess } from './processes.ts'
import { PlainError } from './say.ts'

/** A child as a later run finds it again: its id, whose child it was, and words of its command line. */
interface Remembered { pid: number; owner: number; sign: string }

const read = (file: string): Remembered[] => existsSync(file) ? readJson(file, 'remove it, and end what is left of an earlier run by hand.') : []

/** Writes a child (or this process itself) down beside those of the file, so that a later run can end it when we could not. */
export const rememberChild = (file: string, pid: number | undefined, sign: string): void => {
  if (pid !== undefined) writeJson(file, [...read(file), { pid, owner: process.pid, sign }])
}

/** True while it runs; what has ended and waits for its parent to notice has no command line any more. */
const isThere = ({ pid, sign }: Remembered): boolean => describeProcess(pid)?.command.includes(sign) ?? false

const signal = (pid: number, name: NodeJS.Signals): void => {
  try {
    process.kill(pid, name)
  } catch (error) {
    // It may have gone a moment ago.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/**
 * Ends the children that a killed run left behind. One that still has its owner, or is its own, belongs to somebody at work, and
 * that is refused with the sentence `inUse` makes of the owner's process id.
 */
export const clearLeftovers = async (file: string, inUse: (owner: number) => string): Promise<void> => {
  const left = read(file).filter(isThere)
  for (const { pid, owner } of left) if (owner === pid || describeProcess(pid)?.parent === owner) throw new PlainError(inUse(owner))
  for (const { pid } of left) signal(pid, 'SIGTERM')
  for (const one of left) {
    for (let waitedMs = 0; isThere(one); waitedMs += 50) {
      if (waitedMs === 8000) signal(one.pid, 'SIGKILL')
      await wait(50)
    }
  }
  rmSync(file, { force: true })
}
