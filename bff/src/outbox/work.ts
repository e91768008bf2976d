import { setTimeout as wait } from 'node:timers/promises'
import type { Deps } from '../context.ts'
import { type FeatureJobs, drain, runTurn, schedulesOf } from './drain.ts'

const idleMs = 200
/** Two of them: one that waits for a vendor must not keep events waiting. */
const drains = 2
/** A schedule's turn is looked for at least this often. */
const lookMs = 5_000

/** Delivers events and runs schedules until it is told to stop and what is under way has ended. A failure (the database is away) is logged and tried again. */
export async function work(deps: Deps, features: readonly FeatureJobs[], stopping: AbortSignal): Promise<void> {
  const pause = (ms: number) => wait(ms, undefined, { signal: stopping }).catch(() => {})
  const loop = async (name: string, turn: () => Promise<void>) => {
    while (!stopping.aborted) {
      try {
        await turn()
      } catch (error) {
        deps.log.error({ err: error, loop: name }, 'worker turn failed')
        await pause(1_000)
      }
    }
  }
  // A loop for each schedule: a sweep that takes its time must not keep barriers waiting.
  await Promise.all([
    ...Array.from({ length: drains }, (_, i) => loop(`outbox ${i + 1}`, async () => { if ((await drain(deps, features)) === 0) await pause(idleMs) })),
    ...schedulesOf(features).map((schedule) => loop(schedule.name, async () => { await runTurn(deps, schedule); await pause(Math.min(schedule.everyMs, lookMs)) })),
  ])
}
