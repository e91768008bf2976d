import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { root } from '../../kit/paths.ts'
import { endChild, spawnBound } from '../../kit/processes.ts'
import { bffHeap } from '../../stack/heap.ts'

export interface Served { pid: number; stop: () => Promise<void> }

/** Starts a server of ours in its own process and waits until it answers on `port`. */
export const serve = async (script: string, port: number, env: Record<string, string>): Promise<Served> => {
  const child = spawnBound(process.execPath, [join(root, script)], { cwd: root, env: { ...process.env, ...env, PORT: String(port), NODE_OPTIONS: bffHeap }, stdio: ['ignore', 'ignore', 'inherit'] })
  for (const started = performance.now(); performance.now() - started < 30_000; await wait(50)) {
    if (child.exitCode !== null) throw new Error(`${script} ended with ${child.exitCode}`)
    try {
      await fetch(`http://127.0.0.1:${port}/healthz`)
      return { pid: child.pid!, stop: () => endChild(child, 10_000) }
    } catch {
      // Not listening yet.
    }
  }
  throw new Error(`${script} did not start`)
}

/** Memory of a process that is in real use (resident set), in MB. */
export const residentMb = (pid: number): number => Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024
