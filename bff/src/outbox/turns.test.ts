import { describe, expect, test } from 'vitest'
import { newId } from '../db/id.ts'
import { testMall } from '../http/test-kit.ts'
import { inTransaction } from '../db/transaction.ts'
import { announce } from './announce.ts'
import { type FeatureJobs, type Schedule, drain, runTurn } from './drain.ts'
import { fewAtOnce } from './few-at-once.ts'
import { takeTurn } from './store.ts'
import { work } from './work.ts'

/** Something that a test lets happen. */
function gate() {
  let [open, opened] = [() => {}, false]
  const passed = new Promise<void>((done) => { open = () => { opened = true; done() } })
  return { open, passed, get isOpen() { return opened } }
}
const jobsOf = (schedules: Schedule[], consumers: FeatureJobs['consumers'] = {}): FeatureJobs => ({ name: 'kit', consumers, schedules })

describe('the turn of a schedule', () => {
  test('is held while it runs, however long that takes, and then comes again', async () => {
    const t = await testMall()
    const [entered, leave] = [gate(), gate()]
    const slow: Schedule = { name: 'kit.slow', everyMs: 1_000, run: async () => { entered.open(); await leave.passed } }
    const first = runTurn(t.deps, slow)
    await entered.passed
    t.clock.advance(5_000)
    expect(await runTurn(t.deps, slow)).toBe(false)
    leave.open()
    expect([await first, await runTurn(t.deps, slow)]).toEqual([true, true])
  })
  test('is free again when its worker died', async () => {
    const t = await testMall()
    const after = (ms: number) => new Date(t.clock.now().getTime() + ms)
    expect(await takeTurn(t.deps.db, 'kit.died', t.clock.now(), after(1_000), after(15_000))).not.toBeNull()
    const again: Schedule = { name: 'kit.died', everyMs: 1_000, run: async () => {} }
    t.clock.advance(14_999)
    expect(await runTurn(t.deps, again)).toBe(false)
    t.clock.advance(1)
    expect(await runTurn(t.deps, again)).toBe(true)
  })
  test('a job that hangs stops neither the other schedules nor the events', async () => {
    const t = await testMall()
    const [leave, stop, delivered] = [gate(), new AbortController(), gate()]
    const watched: number[] = []
    const laneId = newId(t.clock.now())
    const jobs = jobsOf([
      { name: 'kit.hangs', everyMs: 1, run: () => leave.passed },
      { name: 'kit.watch', everyMs: 1, run: async () => { if (watched.push(1) === 3) await inTransaction(t.ctx(), (tx) => announce(tx, 'lane.changed', { laneId })); t.clock.advance(10) } },
    ], { 'lane.changed': async (_, event) => { if (event.data.laneId === laneId) delivered.open() } })
    const working = work(t.deps, [jobs], stop.signal)
    await delivered.passed
    expect([watched.length >= 3, leave.isOpen]).toEqual([true, false])
    stop.abort()
    leave.open()
    await working
  })
})

describe('events', () => {
  test('that call vendors come after the others, and what the lease does not cover is left', async () => {
    const t = await testMall()
    // Other files left their events in the schema.
    while ((await drain(t.deps, [])) > 0);
    const told: unknown[] = []
    const [laneId, f1, f2] = [newId(t.clock.now()), newId(t.clock.now()), newId(t.clock.now())]
    const tell = (id: unknown): boolean => (id === laneId || id === f1 || id === f2) && told.push(id) > 0
    const jobs = jobsOf([], {
      'fapiao.requested': { steps: async (_, event) => { if (tell(event.data.fapiaoId)) t.clock.advance(60_000) } },
      'lane.changed': async (_, event) => void tell(event.data.laneId),
    })
    await inTransaction(t.ctx(), async (tx) => {
      for (const fapiaoId of [f1, f2]) await announce(tx, 'fapiao.requested', { fapiaoId })
      await announce(tx, 'lane.changed', { laneId })
    })
    await drain(t.deps, [jobs])
    expect(told).toEqual([laneId, f1])
    await drain(t.deps, [jobs])
    expect(told).toEqual([laneId, f1, f2])
  })
})

test('a few at once: one that waits holds up none of the others', async () => {
  const hung = gate()
  let [running, most] = [0, 0]
  const done: number[] = []
  const all = fewAtOnce([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], async (row) => {
    most = Math.max(most, (running += 1))
    await (row === 0 ? hung.passed : new Promise((next) => { setImmediate(next) }))
    running -= 1
    if (done.push(row) === 9) hung.open()
  })
  await all
  expect([done.at(-1), done.length, most]).toEqual([0, 10, 5])
})
