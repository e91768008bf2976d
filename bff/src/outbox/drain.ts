import { type Ctx, type Deps, systemCtx } from '../context.ts'
import { duplicateKey } from '../db/errors.ts'
import { inTransaction } from '../db/transaction.ts'
import { messageOf } from '../log.ts'
import type { EventType } from './announce.ts'
import { type OutboxRow, endTurn, holdTurn, insertHandled, leaseDue, markDelivered, postpone, takeTurn, wasHandled } from './store.ts'

export type Announcement = { eventId: string; type: EventType; mallId: string; occurredAt: Date; data: Record<string, unknown> }
type Consume = (ctx: Ctx, event: Announcement) => Promise<void>
/** A consumer runs in one transaction with its row in `handled`; with `steps` it opens its own and must be safe to run again. */
export type Consumer = Consume | { steps: Consume }
export type Consumers = Partial<Record<EventType, Consumer>>
/** A job that takes its turn every `everyMs`; `run` gets a context without a mall and must scope its own work. */
export type Schedule = { name: string; everyMs: number; run: (ctx: Ctx) => Promise<void> }
/** Jobs of one feature; `name` tells its consumers from those of other features. */
export type FeatureJobs = { name: string; consumers: Consumers; schedules: Schedule[] }

const batch = 50
const leaseMs = 60_000
/** A worker that died holds a schedule for so long; one that lives says so three times meanwhile. */
const turnMs = 15_000
const backoffMs = (attempts: number) => Math.min(300_000, 500 * 2 ** attempts)

/**
 * Delivers up to a batch of due events and answers how many it took. Events are leased in a short transaction, so other workers take others, a
 * consumer may call vendors, and what a killed worker held becomes due again. What calls vendors comes last, and what is left when the lease ends is for
 * whoever comes next. A failing consumer postpones its event and never loses it.
 */
export async function drain(deps: Deps, features: readonly FeatureJobs[]): Promise<number> {
  const until = new Date(deps.now().getTime() + leaseMs)
  const leased = await inTransaction(systemCtx(deps, '', 'drain'), (tx) => leaseDue(tx.db, tx.now, until, batch))
  const slow = (row: OutboxRow) => features.some(({ consumers }) => typeof consumers[row.type as EventType] === 'object')
  for (const row of [...leased.filter((r) => !slow(r)), ...leased.filter(slow)]) {
    if (deps.now() >= until) break
    const failure = await deliver(deps, features, row)
    if (failure === null) await markDelivered(deps.db, row.eventId, deps.now())
    else {
      deps.log.warn({ eventId: row.eventId, type: row.type, attempts: row.attempts, err: failure }, 'event postponed')
      await postpone(deps.db, row, new Date(deps.now().getTime() + backoffMs(row.attempts)), messageOf(failure))
    }
  }
  return leased.length
}

async function deliver(deps: Deps, features: readonly FeatureJobs[], row: OutboxRow): Promise<unknown> {
  let failure: unknown = null
  for (const feature of features) {
    const consumer = feature.consumers[row.type as EventType]
    if (!consumer) continue
    const ctx = systemCtx(deps, row.mallId, `event-${row.eventId}`)
    const event = { ...row, type: row.type as EventType }
    try {
      if (typeof consumer === 'function') await once(ctx, feature.name, event, consumer)
      else if (!(await wasHandled(ctx, feature.name, event.eventId))) {
        await consumer.steps(ctx, event)
        await once(ctx, feature.name, event, async () => {})
      }
    } catch (error) {
      failure = error
    }
  }
  return failure
}

async function once(ctx: Ctx, consumer: string, event: Announcement, consume: Consume): Promise<void> {
  try {
    await inTransaction(ctx, async (tx) => {
      await insertHandled(tx, consumer, event.eventId)
      await consume(tx, event)
    })
  } catch (error) {
    if (duplicateKey(error) !== 'PRIMARY' || !(await wasHandled(ctx, consumer, event.eventId))) throw error
  }
}

/** Runs a schedule if it is its turn and no other worker is at it; answers whether it ran. A failure is logged and tried at the next turn. */
export async function runTurn(deps: Deps, { name, everyMs, run }: Schedule): Promise<boolean> {
  const after = (ms: number) => new Date(deps.now().getTime() + ms)
  const turn = await takeTurn(deps.db, name, deps.now(), after(everyMs), after(turnMs))
  if (!turn) return false
  const holding = setInterval(() => void holdTurn(deps.db, turn, after(turnMs)).catch((err: unknown) => deps.log.warn({ err, job: name }, 'turn not held')), turnMs / 3)
  let failure: string | null = null
  try {
    await run(systemCtx(deps, '', `job-${name}`))
  } catch (error) {
    failure = messageOf(error)
    deps.log.error({ err: error, job: name }, 'job failed')
  } finally {
    clearInterval(holding)
  }
  await endTurn(deps.db, turn, deps.now(), failure)
  return true
}

/** Every schedule of the features. */
export const schedulesOf = (features: readonly FeatureJobs[]): Schedule[] => features.flatMap((f) => f.schedules)

/** Runs every schedule whose turn it is, one after the other, as tests want it; answers how many ran. */
export async function runSchedules(deps: Deps, features: readonly FeatureJobs[]): Promise<number> {
  let ran = 0
  for (const schedule of schedulesOf(features)) if (await runTurn(deps, schedule)) ran += 1
  return ran
}
