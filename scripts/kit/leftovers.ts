import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { describeProcess, isAlive } from './processes.ts'
import { PlainError } from './say.ts'

/** A child as a later run finds it again: its id, whose child it was, and words of its command line. */
interface Remembered { pid: number; owner: number; sign: string }

const read = (file: string): Remembered[] => existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : []

/** Writes a child down beside those of the file, so that a later run can end it when we could not. */
export const rememberChild = (file: string, pid: number | undefined, sign: string): void => {
  if (pid !== undefined) writeFileSync(file, JSON.stringify([...read(file), { pid, owner: process.pid, sign }]))
}

/**
 * Ends the children that a killed run left behind. One that still has its owner belongs to somebody at work, and
 * that is refused with the sentence `inUse` makes of the owner's process id.
 */
export const clearLeftovers = async (file: string, inUse: (owner: number) => string): Promise<void> => {
  const left = read(file).filter(({ pid, sign }) => describeProcess(pid)?.command.includes(sign))
  for (const { pid, owner } of left) if (describeProcess(pid)?.parent === owner) throw new PlainError(inUse(owner))
  for (const { pid } of left) process.kill(pid, 'SIGTERM')
  for (const { pid } of left) {
    for (let waitedMs = 0; isAlive(pid); waitedMs += 50) {
      if (waitedMs === 8000) process.kill(pid, 'SIGKILL')
      await wait(50)
    }
  }
  rmSync(file, { force: true })
}
