import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { getRequestListener } from '@hono/node-server'
import { generateSync } from 'otplib'
import { pino } from 'pino'
import { createApp } from '../../bff/src/app.ts'
import { recordAudit } from '../../bff/src/audit/service.ts'
import { Config } from '../../bff/src/config.ts'
import type { Deps } from '../../bff/src/context.ts'
import { jobs } from '../../bff/src/features.ts'
import { authenticateMember } from '../../bff/src/identity/service.ts'
import { resolveMall } from '../../bff/src/mall/service.ts'
import { runInvariants } from '../../bff/src/operations/invariants.ts'
import { stopStreams } from '../../bff/src/operations/live.ts'
import { drain, runSchedules } from '../../bff/src/outbox/drain.ts'
import { authenticateStaff } from '../../bff/src/staff/service.ts'
import { openDeps } from '../../bff/src/vendors/open.ts'
import { makeDemoConfig } from '../demo-config.ts'
import { ownDatabase } from '../db/test-database.ts'
import { fillDemo } from '../demo/fill.ts'
import type { DemoMemberShown } from '../demo/people-file.ts'
import { freePort } from '../kit/processes.ts'
import { simulatorClient, type SimulatorClient } from '../simulator/client.ts'
import { startSimulator } from '../simulator/server.ts'
import type { WorldState } from '../simulator/state.ts'

export interface Person { role: string; name: string; account: string; password: string; totpSecret: string }

export interface Stack {
  /** Address of the BFF, which also serves the faces. */
  url: string
  simulatorUrl: string
  /** The outside world, played by the test. */
  sim: SimulatorClient
  /** Everything the outside world remembers; `sim.world()` tells the newest of it. */
  outside: Readonly<WorldState>
  /** Staff of the demo mall by account. */
  staff: (account: string) => Person
  /** Members of the demo mall who sign in by SMS, with a year behind them. */
  members: readonly DemoMemberShown[]
  /** The six digits of a person's authenticator now; never the same twice, since a code works once. */
  totp: (person: Person) => string
  /** The clock of the mall and of the outside world. */
  now: () => Date
  /** Lets time go by for the mall and the outside world: a car parks for two hours in no time. */
  pass: (ms: number) => void
  /** How often a camera's barrier has gone up, which stays true after it has closed again. */
  raised: (serialno: string) => number
  /** Waits until nothing is left to deliver and every due job ran. */
  settle: () => Promise<void>
  /** The promises that do not hold now, each with examples. */
  broken: () => Promise<{ code: string; sample: unknown[] }[]>
  /** What the BFF or the worker logged as an error, without personal data. */
  errors: string[]
  stop: () => Promise<void>
}

const preferredPort = 18_990
const totpStepMs = 30_000
const day = 86_400_000
/** Half past ten in Shanghai, by UTC: the mall is open, and a journey of some hours ends on the same business day. */
const lateMorningMs = 2.5 * 3_600_000
/** A barrier stays up until time is passed: nobody has to look within five seconds. */
const staysOpenMs = 50_000
/** Enough people and parkings for lists and charts; filled in a few seconds. */
const smallMall = { members: 60, parkings: 600 }

const listen = (server: Server, port: number): Promise<void> => new Promise((done, fail) => { server.once('error', fail).listen(port, '127.0.0.1', done) })

/** How far ahead of the real clock a mall begins whose day is at its late morning: always ahead, as time is only ever passed. */
const untilLateMorning = (realMs: number): number => (lateMorningMs - realMs % day + day) % day

/** Runs one piece of work at a time, in the order of asking. */
const inTurn = () => {
  let last: Promise<unknown> = Promise.resolve()
  return <T>(work: () => Promise<T>): Promise<T> => {
    const mine = last.then(work)
    last = mine.catch(() => undefined)
    return mine
  }
}

/**
 * The worker's two loops, in this process so that they share the journey's clock. `settle` takes the place of both, so that nothing they
 * hold is under way when it ends.
 */
const startWorker = (deps: Deps) => {
  let stopping = false
  const [events, schedules] = [inTurn(), inTurn()]
  const loop = async (turn: () => Promise<number>, idleMs: number) => {
    while (!stopping) {
      const did = await turn().catch((error: unknown) => { deps.log.error({ err: error }, 'worker turn failed'); return 0 })
      if (did === 0) await wait(idleMs)
    }
  }
  const both = Promise.all([loop(() => events(() => drain(deps, jobs)), 60), loop(() => schedules(async () => { await runSchedules(deps, jobs); return 0 }), 250)])
  const doAll = async () => {
    for (let quiet = 0; quiet < 2;) {
      const did = await drain(deps, jobs) + await runSchedules(deps, jobs)
      quiet = did === 0 ? quiet + 1 : 0
      if (did === 0) await wait(40)
    }
  }
  return { settle: () => events(() => schedules(doAll)), stop: async () => { stopping = true; await both } }
}

/**
 * A whole mall for one test file: a migrated database of its own, a small demo mall in it, the simulator, the BFF with the
 * built faces, and the worker. Everything speaks HTTP with real signatures; only the clock can be moved. `name` is unique in the run.
 */
export const startStack = async (name: string, { size = smallMall } = {}): Promise<Stack> => {
  const home = mkdtempSync(join(tmpdir(), `atrium-journey-${name}-`))
  let ahead = untilLateMorning(Date.now())
  const now = () => new Date(Date.now() + ahead)
  const { url: databaseUrl } = await ownDatabase(`journey_${name}`)
  const bffPort = await freePort(preferredPort)
  const made = makeDemoConfig({ home, bffPort, simulatorPort: await freePort(preferredPort + 1), databaseUrl })
  await fillDemo({ databaseUrl, config: made.bff, home, size, now: now() })
  const people = JSON.parse(readFileSync(join(home, 'demo-people.json'), 'utf8')) as { staff: Person[]; members: DemoMemberShown[] }

  const simulator = await startSimulator({ config: made.simulator, port: made.simulator.port, now: () => now().getTime(), staysOpenMs })
  const errors: string[] = []
  const log = pino({ level: process.env.LOG_LEVEL ?? 'error' }, { write: (line: string) => { errors.push(line); if (process.env.LOG_LEVEL) process.stderr.write(line) } })
  const deps: Deps = { ...openDeps(Config.parse(made.bff), 'journey'), now, log }
  const app = createApp(deps, { auth: { member: authenticateMember, staff: authenticateStaff }, resolveMall, audit: recordAudit })
  const server = createServer(getRequestListener(app.fetch))
  await listen(server, bffPort)
  const worker = startWorker(deps)

  const lastStep = new Map<string, number>()
  return {
    url: made.bff.baseUrl, simulatorUrl: simulator.url, sim: simulatorClient(simulator.url), outside: simulator.world.state, now, errors, members: people.members,
    staff: account => {
      const found = people.staff.find(person => person.account === account)
      if (!found) throw new Error(`the demo has no account ${account}`)
      return found
    },
    totp: person => {
      // One step ahead is accepted, and a used one is not: a second sign-in within the half minute takes the next.
      const step = Math.max(Math.floor(now().getTime() / totpStepMs), (lastStep.get(person.account) ?? 0) + 1)
      lastStep.set(person.account, step)
      const missing = step * totpStepMs - now().getTime()
      if (missing > totpStepMs) ahead += missing - totpStepMs
      return generateSync({ secret: person.totpSecret, epoch: step * totpStepMs / 1000 })
    },
    pass: ms => {
      ahead += ms
      // What has fallen due outside happens now, not when the next real timer fires.
      void simulator.clock.advance(0)
    },
    raised: serialno => simulator.world.state.cameras.find(one => one.serialno === serialno)!.raised,
    settle: worker.settle,
    broken: async () => (await runInvariants(deps.db)).filter(one => one.broken > 0).map(({ code, sample }) => ({ code, sample })),
    stop: async () => {
      stopStreams()
      server.closeAllConnections()
      await new Promise(done => { server.close(done) })
      await worker.stop()
      await simulator.stop()
      await deps.pool.end()
      rmSync(home, { recursive: true, force: true })
    }
  }
}
