import { spawn, spawnSync, type ChildProcess, type SpawnOptions } from 'node:child_process'
import { accessSync, constants, readFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { delimiter, join } from 'node:path'

const systemFolders = ['/usr/sbin', '/usr/bin', '/usr/local/bin', '/usr/local/sbin', '/opt/homebrew/bin']

/** The full path of a program on the PATH or in the usual folders, or undefined. */
export const which = (name: string): string | undefined =>
  [...(process.env.PATH ?? '').split(delimiter), ...systemFolders]
    .map(folder => join(folder, name))
    .find(path => {
      try {
        accessSync(path, constants.X_OK)
        return true
      } catch {
        return false
      }
    })

/** Runs a program to its end and returns its output; throws with the end of what it complained about. */
export const run = (program: string, args: string[], options: { cwd?: string; input?: string; env?: NodeJS.ProcessEnv } = {}): string => {
  const done = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 256e6, ...options })
  if (done.error) throw done.error
  if (done.status !== 0) throw new Error(`${program} ${args[0] ?? ''} failed (${done.status ?? done.signal}): ${done.stderr.slice(-600).trim()}`)
  return done.stdout
}

/** Starts a program that the kernel ends when we end, even by SIGKILL (Linux; elsewhere it is an ordinary child). */
export const spawnBound = (program: string, args: string[], options: SpawnOptions): ChildProcess => {
  const setpriv = process.platform === 'linux' ? which('setpriv') : undefined
  return setpriv
    ? spawn(setpriv, ['--pdeathsig', 'TERM', program, ...args], options)
    : spawn(program, args, options)
}

/** Ends a child: SIGTERM, and SIGKILL when it has not gone after `patienceMs`. */
export const endChild = async (child: ChildProcess, patienceMs: number): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return
  const gone = new Promise(resolve => child.once('exit', resolve))
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), patienceMs)
  await gone
  clearTimeout(timer)
}

/** True while a process with this id lives. */
export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Command line and parent of a living process, or undefined. */
export const describeProcess = (pid: number): { command: string; parent: number } | undefined => {
  if (!isAlive(pid)) return undefined
  try {
    if (process.platform !== 'linux') {
      const [parent, ...command] = run('ps', ['-o', 'ppid=,command=', '-p', String(pid)]).trim().split(/\s+/)
      return { command: command.join(' '), parent: Number(parent) }
    }
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
    // The name in brackets may hold spaces: the parent is the second word after it.
    const [, parent] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ')
    return { command, parent: Number(parent) }
  } catch {
    return undefined
  }
}

/** True when nothing listens on this port of 127.0.0.1. */
export const isPortFree = (port: number): Promise<boolean> =>
  new Promise(resolve => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })

/** A port of 127.0.0.1 that is free now: the preferred one when it is. */
export const freePort = async (preferred?: number): Promise<number> => {
  if (preferred !== undefined && await isPortFree(preferred)) return preferred
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })
}

/** True when a server on this port sends its greeting, as MySQL and MariaDB do once they are ready. */
export const greets = (port: number): Promise<boolean> =>
  new Promise(resolve => {
    const socket = connect(port, '127.0.0.1')
    const answer = (value: boolean) => { socket.destroy(); resolve(value) }
    socket.setTimeout(1000, () => answer(false))
    socket.once('data', () => answer(true))
    socket.once('error', () => answer(false))
    socket.once('close', () => answer(false))
  })
