import { closeSync, existsSync, openSync, readFileSync, renameSync, rmSync } from 'node:fs'
import type { ChildProcess } from 'node:child_process'
import { basename, join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { clearLeftovers, rememberChild } from '../kit/leftovers.ts'
import { home, privateFolder, root } from '../kit/paths.ts'
import { endChild, spawnBound } from '../kit/processes.ts'
import { PlainError, say } from '../kit/say.ts'

export interface ServiceSpec {
  name: string
  /** What this Node runs, relative to the checkout. */
  script: string
  args?: string[]
  /** Started again whenever one of its files changes. */
  watch?: boolean
  cwd?: string
  env?: Record<string, string>
  /** `log`: into .atrium/logs/<name>.log. `terminal`: each line after its name, for watch mode. */
  output: 'log' | 'terminal'
  /** The lines worth showing on the terminal, of a program that says too much. Default: all. */
  worthShowing?: RegExp
}

export interface Services {
  start: (spec: ServiceSpec) => void
  /** Waits until an address answers without a fault (5xx); refuses when its service ends or a minute passes. */
  ready: (name: string, url: string) => Promise<void>
  /** Ends all of them, at most five seconds each, at the same time. */
  stop: () => Promise<void>
}

const logFile = (name: string) => join(home, 'logs', `${name}.log`)

const openLog = (name: string): number => {
  privateFolder(join(home, 'logs'))
  if (existsSync(logFile(name))) renameSync(logFile(name), `${logFile(name)}.before`)
  return openSync(logFile(name), 'a', 0o600)
}

/** The last lines of a log, for a person who has to know why. */
const endOfLog = (name: string): string =>
  existsSync(logFile(name)) ? readFileSync(logFile(name), 'utf8').trimEnd().split('\n').slice(-12).join('\n') : ''

const showLines = (name: string, child: ChildProcess, worthShowing = /(?:)/): void => {
  for (const stream of [child.stdout, child.stderr]) {
    if (stream) createInterface({ input: stream }).on('line', line => { if (worthShowing.test(line)) say(`${name.padEnd(9)} │ ${line.trimEnd()}`) })
  }
}

/** Starts and ends the programs of Atrium. `onDeath` is told when one ends by itself, with a sentence about it. */
export const createServices = async (onDeath: (sentence: string) => void): Promise<Services> => {
  const memory = join(privateFolder(home), 'services.json')
  await clearLeftovers(memory, owner => `Atrium is already running from this folder (process ${owner}): use that one, or stop it first.`)
  // From here on this folder is ours, long before a service runs.
  rememberChild(memory, process.pid, basename(process.argv[1]!))
  const running = new Map<string, ChildProcess>()
  let stopping = false

  const start = ({ name, script, args = [], watch, cwd = '.', env, output, worthShowing }: ServiceSpec) => {
    const log = output === 'log' ? openLog(name) : undefined
    const path = join(root, script)
    const child = spawnBound(process.execPath, [...(watch ? ['--watch', '--watch-preserve-output'] : []), path, ...args], {
      cwd: join(root, cwd), env: { ...process.env, ...env },
      stdio: log === undefined ? ['ignore', 'pipe', 'pipe'] : ['ignore', log, log],
      // A group of its own: Ctrl-C reaches us alone, and we end the services in order.
      detached: true
    })
    if (log === undefined) showLines(name, child, worthShowing)
    else closeSync(log)
    running.set(name, child)
    rememberChild(memory, child.pid, path)
    child.once('exit', (code, signal) => {
      running.delete(name)
      if (!stopping) onDeath(`The ${name} ended by itself (${signal ?? `exit code ${code}`}).${log === undefined ? '' : ` Its log, ${logFile(name)}, ends with:\n${endOfLog(name)}`}`)
    })
  }

  const ready = async (name: string, url: string) => {
    for (const started = performance.now(); performance.now() - started < 60_000;) {
      if (!running.has(name)) throw new PlainError(`The ${name} did not start; the reason stands above.`)
      try {
        if ((await fetch(url, { signal: AbortSignal.timeout(2000) })).status < 500) return
      } catch {
        // Not listening yet.
      }
      await wait(100)
    }
    throw new PlainError(`The ${name} does not answer at ${url}; its log is ${logFile(name)}.`)
  }

  const stop = async () => {
    stopping = true
    await Promise.all([...running.values()].map(child => endChild(child, 5000)))
    rmSync(memory, { force: true })
  }
  return { start, ready, stop }
}
