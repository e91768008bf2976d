import { setTimeout as wait } from 'node:timers/promises'
import { readConfig } from './config.ts'
import { jobs } from './features.ts'
import { drain, runSchedules } from './outbox/drain.ts'
import { openDeps } from './vendors/open.ts'

const idleMs = 200
const schedulesEveryMs = 1_000

const deps = openDeps(readConfig(), 'worker')
let stopping = false
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => { stopping = true })

/** Runs `turn` until the process is told to stop; a failure (the database is away) is logged and tried again. */
async function loop(name: string, turn: () => Promise<void>): Promise<void> {
  while (!stopping) {
    try {
      await turn()
    } catch (error) {
      deps.log.error({ err: error, loop: name }, 'worker turn failed')
      await wait(1_000)
    }
  }
}

deps.log.info('worker ready')
// Two loops: a job that takes its time must not keep events waiting.
await Promise.all([
  loop('outbox', async () => { if ((await drain(deps, jobs)) === 0) await wait(idleMs) }),
  loop('schedules', async () => { await runSchedules(deps, jobs); await wait(schedulesEveryMs) }),
])
await deps.pool.end()
