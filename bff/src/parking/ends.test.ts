import { gateCommands, parkingLanes, parkingQuotes } from '@atrium/schema/parking.ts'
import { dayMs } from '@atrium/shared/time.ts'
import { eq } from 'drizzle-orm'
import { decodeTime } from 'ulid'
import { describe, expect, test } from 'vitest'
import { systemCtx } from '../context.ts'
import { newId } from '../db/id.ts'
import { forgetOld } from './jobs.ts'
import { type TestPark, testPark } from './test-park.ts'

const plate = '苏C8K6Q2'

/** A car that paid after 65 minutes and then overstayed the time to leave. */
async function overstayed() {
  const p = await testPark()
  const parkingId = await p.driveIn(plate)
  p.minutes(65)
  await p.settle(parkingId)
  p.minutes(60)
  const stay = async () => (await p.sessions()).find((row) => row.parkingId === parkingId)!
  return { p, parkingId, stay }
}

describe('who paid and overstayed', () => {
  test('and left unseen comes in again: the barrier opens, the old stay has escaped', async () => {
    const { p, stay } = await overstayed()
    expect(await p.see(plate, 'entry')).toMatchObject({ status: 200, info: 'ok' })
    expect(await stay()).toMatchObject({ state: 'escaped', paidFen: 800, openPlate: null })
    expect(await p.sessions()).toHaveLength(2)
  })

  test('and is let out by hand has escaped, and the barrier is raised once', async () => {
    const { p, stay } = await overstayed()
    await p.see(plate, 'exit')
    await p.call('POST /admin/parking/lanes/{laneId}/open', { as: p.asStaff('parking'), params: { laneId: p.lane.exit }, body: { reason: '客人有纠纷，先放行' } })
    const order = (await p.comet('exit'))?.Response_AlarmInfoPlate
    expect((await p.barrier('exit', 'opened', order!.commandId)).status).toBe(200)
    expect(await stay()).toMatchObject({ state: 'escaped', exitAt: p.clock.now() })
    p.seconds(30)
    await p.work()
    expect(await p.comet('exit')).toEqual({ status: 'ok' })
  })

  test('and left past a camera that was off-line has escaped at that time', async () => {
    const { p, stay } = await overstayed()
    const sec = Math.floor(p.clock.now().getTime() / 1000)
    p.minutes(30)
    expect(await p.see(plate, 'exit', { offline: true, sec })).toMatchObject({ status: 200, info: 'no' })
    expect(await stay()).toMatchObject({ state: 'escaped', exitAt: new Date(sec * 1000) })
  })
})

describe('told to leave, and no word of the barrier', () => {
  test('a car whose order another one took the place of is stuck after a minute, and a late word still ends its stay', async () => {
    const p = await testPark()
    await p.driveIn('苏CA1111')
    await p.driveIn('苏CA1112')
    const { commandId } = await p.see('苏CA1111', 'exit')
    p.seconds(10)
    const next = await p.see('苏CA1112', 'exit')
    await p.barrier('exit', 'opened', next.commandId)
    const first = async () => (await p.sessions()).find((row) => row.plate === '苏CA1111')
    expect(await first()).toMatchObject({ state: 'leaving' })
    p.seconds(50)
    await p.work()
    expect(await first()).toMatchObject({ state: 'leaving' })
    p.seconds(20)
    await p.work()
    expect(await first()).toMatchObject({ state: 'stuck' })
    await p.barrier('exit', 'opened', commandId)
    expect(await first()).toMatchObject({ state: 'closed' })
  })

  test('ten minutes count from the first failure, however often it is tried again', async () => {
    const p = await testPark()
    const parkingId = await p.driveIn(plate)
    p.minutes(65)
    await p.settle(parkingId)
    const states: string[] = []
    for (let minute = 0; minute < 14; minute += 1) {
      if (minute % 4 === 0 && states.at(-1) !== 'refunded') await p.see(plate, 'exit')
      for (let second = 0; second < 60; second += 6) {
        p.seconds(6)
        await p.work()
        await p.comet('exit')
      }
      states.push((await p.sessions())[0]!.state)
    }
    expect(states.slice(0, 9)).not.toContain('refunded')
    expect(states.at(-1)).toBe('refunded')
  })

  test('word of a car that went comes late: the next one keeps its place in the lane, and its payment opens', async () => {
    const p = await testPark()
    const parkingId = await p.driveIn('苏CA1112')
    p.minutes(65)
    await p.driveIn('苏CA1111')
    const { commandId } = await p.see('苏CA1111', 'exit')
    await p.see('苏CA1112', 'exit')
    for (const state of ['opened', 'closed'] as const) await p.barrier('exit', state, commandId)
    expect((await p.sessions()).find((row) => row.plate === '苏CA1111')).toMatchObject({ state: 'closed' })
    expect((await p.call('POST /api/parking/lookup', { body: { laneId: p.lane.exit } })).body.item).toMatchObject({ parkingId })
    await p.settle(parkingId)
    expect((await p.comet('exit'))?.Response_AlarmInfoPlate).toBeDefined()
  })

  test('its closing alone, late, does not clear the lane of the next one either', async () => {
    const p = await testPark()
    const parkingId = await p.driveIn('苏CA1112')
    p.minutes(65)
    await p.driveIn('苏CA1111')
    const { commandId } = await p.see('苏CA1111', 'exit')
    await p.see('苏CA1112', 'exit')
    await p.barrier('exit', 'closed', commandId)
    expect((await p.sessions()).find((row) => row.plate === '苏CA1111')).toMatchObject({ state: 'closed' })
    expect((await p.call('POST /api/parking/lookup', { body: { laneId: p.lane.exit } })).body.item).toMatchObject({ parkingId })
  })

  test('who turned from a jammed exit to another one leaves no order behind', async () => {
    const p = await testPark()
    await p.driveIn(plate)
    const { commandId } = await p.see(plate, 'exit')
    await p.barrier('exit', 'jammed', commandId)
    const other = await p.see(plate, 'exit2')
    await p.barrier('exit2', 'opened', other.commandId)
    p.seconds(10)
    await p.work()
    expect(await p.comet('exit')).toEqual({ status: 'ok' })
  })

  test('one barrier that cannot be looked after holds up no other', async () => {
    const p = await testPark()
    await p.driveIn('苏CA1111')
    await p.driveIn('苏CA1112')
    await p.see('苏CA1111', 'exit')
    await p.see('苏CA1112', 'exit2')
    await p.deps.db.delete(parkingLanes).where(eq(parkingLanes.laneId, p.lane.exit))
    p.seconds(7)
    await p.work()
    expect((await p.comet('exit2'))?.Response_AlarmInfoPlate).toBeDefined()
  })
})

describe('an off-line camera', () => {
  const secAgo = (p: TestPark, minutes: number) => Math.floor(p.clock.now().getTime() / 1000) - minutes * 60

  test('that reports an old exit does not end the stay that began after it', async () => {
    const p = await testPark()
    const parkingId = await p.driveIn(plate)
    p.minutes(20)
    expect(await p.see(plate, 'exit', { offline: true, sec: secAgo(p, 60) })).toMatchObject({ status: 200, info: 'no' })
    expect(await p.sessions()).toMatchObject([{ parkingId, state: 'open' }])
  })

  test('that reports an old entry leaves the stay as it is', async () => {
    const p = await testPark()
    const entryAt = p.clock.now()
    const parkingId = await p.driveIn(plate)
    p.minutes(20)
    await p.see(plate, 'entry', { offline: true, sec: secAgo(p, 120) })
    expect(await p.sessions()).toMatchObject([{ parkingId, state: 'open', entryAt }])
  })

  test.each([['', false], [' while the car is inside again', true]])('that reports an entry after its exit tells a stay that is over%s', async (_, again) => {
    const p = await testPark()
    p.minutes(120)
    if (again) await p.driveIn(plate)
    p.minutes(10)
    const [entry, exit] = [secAgo(p, 90), secAgo(p, 70)]
    await p.see(plate, 'exit', { offline: true, sec: exit })
    await p.see(plate, 'entry', { offline: true, sec: entry })
    const past = (await p.sessions()).filter((row) => row.exitAt !== null)
    expect(past).toMatchObject([{ state: 'closed', entryAt: new Date(entry * 1000), exitAt: new Date(exit * 1000), exitLaneId: p.lane.exit }])
    expect((await p.sessions()).filter((row) => row.state === 'open')).toHaveLength(again ? 1 : 0)
  })

  test('whose clock cannot be right is booked as of now', async () => {
    const p = await testPark()
    expect((await p.see(plate, 'entry', { offline: true, sec: 60 })).status).toBe(200)
    expect(await p.sessions()).toMatchObject([{ state: 'open', entryAt: p.clock.now() }])
  })
})

describe('a reading that a person corrects', () => {
  const readings = async (p: TestPark) => (await p.call('GET /admin/parking/readings', { as: p.asStaff('parking') })).body.items
  const correct = (p: TestPark, readingId: string, right: string) => p.call('POST /admin/parking/readings/{readingId}/correct', { as: p.asStaff('parking'), params: { readingId }, body: { plate: right } })

  test('begins the stay when the mall heard of it, whatever the clock of the camera says', async () => {
    const p = await testPark()
    const at = p.clock.now()
    await p.see('苏CF92B3', 'entry', { confidence: 50, sec: 60 })
    p.minutes(2)
    const [reading] = await readings(p)
    expect((await correct(p, reading!.readingId, '苏CF9283')).status).toBe(200)
    expect(await p.sessions()).toMatchObject([{ plate: '苏CF9283', entryAt: at }])
  })

  test('after another car came into the lane is booked, and the order for that one stays', async () => {
    const p = await testPark()
    await p.driveIn('苏CF9283')
    await p.driveIn('苏CA1112')
    await p.see('苏CF92B3', 'exit')
    const { commandId } = await p.see('苏CA1112', 'exit')
    const [reading] = await readings(p)
    expect((await correct(p, reading!.readingId, '苏CF9283')).body).toMatchObject({ state: 'opening', plate: '苏CA1112' })
    expect((await p.sessions()).find((row) => row.plate === '苏CF9283')).toMatchObject({ state: 'closed' })
    p.seconds(7)
    await p.work()
    expect((await p.comet('exit'))?.Response_AlarmInfoPlate).toMatchObject({ commandId })
  })

  test('while its car waits to be paid for leaves that car in the lane: its payment opens', async () => {
    const p = await testPark()
    const parkingId = await p.driveIn(plate)
    p.minutes(65)
    await p.see(plate, 'exit')
    await p.see(plate, 'exit', { confidence: 30 })
    expect((await p.call('POST /api/parking/lookup', { body: { laneId: p.lane.exit } })).body.item).toMatchObject({ parkingId })
    const [reading] = await readings(p)
    await p.call('POST /admin/parking/readings/{readingId}/dismiss', { as: p.asStaff('parking'), params: { readingId: reading!.readingId }, body: { reason: '同一辆车' } })
    await p.settle(parkingId)
    expect((await p.comet('exit'))?.Response_AlarmInfoPlate).toBeDefined()
  })
})

test('a stay that a person closes is no longer waited for at the exit', async () => {
  const p = await testPark()
  const parkingId = await p.driveIn(plate)
  p.minutes(65)
  await p.see(plate, 'exit')
  await p.call('POST /admin/parking/sessions/{parkingId}/close', { as: p.asStaff('parking'), params: { parkingId }, body: { reason: '车已离场' } })
  expect((await p.call('GET /api/parking/exits/{laneId}', { params: { laneId: p.lane.exit } })).body).toMatchObject({ state: 'idle', plateMasked: null })
  expect((await p.call('POST /api/parking/lookup', { body: { laneId: p.lane.exit } })).problem.code).toBe('lane_idle')
})

test('two cameras at the entries that read one car at once open one stay', async () => {
  const p = await testPark()
  const entry2 = newId(p.clock.now())
  await p.deps.db.insert(parkingLanes).values({ laneId: entry2, mallId: p.mallId, carParkId: p.carParkId, kind: 'entry', name: 'P1 入口2', nameEn: 'P1 入口2', zone: 'B', cameraSerial: p.camera('entry2'), lastSeenAt: p.clock.now() })
  const answers = await Promise.all(Array.from({ length: 10 }, (_, i) => p.see(plate, i % 2 ? 'entry' : 'entry2')))
  expect(answers.map((a) => a.status)).toEqual(answers.map(() => 200))
  expect(await p.sessions()).toHaveLength(1)
})

test('who got everything back and is still inside pays before leaving; a part that went back is owed again after the time to leave', async () => {
  const p = await testPark()
  const parkingId = await p.driveIn(plate)
  p.minutes(65)
  const paymentId = await p.settle(parkingId)
  const refund = async (amountFen: number) => {
    await p.call('POST /admin/payments/{paymentId}/refund', { as: p.asStaff('finance'), params: { paymentId }, body: { amountFen, reason: '客诉' } })
    for (let i = 0; i < 3; i += 1) await p.work()
  }
  const due = async () => (await p.call('POST /api/parking/sessions/{parkingId}/quote', { params: { parkingId }, body: {} })).body.dueFen
  await refund(300)
  expect(await due()).toBe(0)
  await refund(500)
  p.seconds(10)
  expect(await p.sessions()).toMatchObject([{ state: 'paid', paidFen: 800, refundedFen: 800, leaveBy: null }])
  expect((await p.see(plate, 'exit')).info).toBe('no')
  expect(await due()).toBe(800)
  await p.settle(parkingId)
  expect(await p.sessions()).toMatchObject([{ state: 'leaving', paidFen: 1600, refundedFen: 800 }])
})

test('quotes and orders to barriers are forgotten after ninety days', async () => {
  const p = await testPark()
  const parkingId = await p.driveIn(plate)
  p.minutes(65)
  await p.settle(parkingId)
  const quotes = () => p.deps.db.select().from(parkingQuotes).where(eq(parkingQuotes.mallId, p.mallId))
  const commands = () => p.deps.db.select().from(gateCommands).where(eq(gateCommands.mallId, p.mallId))
  // Ids carry the time, and never go back behind those that other tests made.
  const made = [...(await quotes()).map((row) => row.quoteId), ...(await commands()).map((row) => row.commandId)].map((id) => decodeTime(id))
  const forget = (now: number) => forgetOld({ ...systemCtx(p.deps, '', 'job'), now: new Date(now) })
  await forget(Math.min(...made) + 90 * dayMs)
  expect([await quotes(), await commands()].map((rows) => rows.length)).toEqual([1, 1])
  await forget(Math.max(...made) + 90 * dayMs + 1)
  expect([await quotes(), await commands()].map((rows) => rows.length)).toEqual([0, 0])
})
