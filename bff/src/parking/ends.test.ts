import { describe, expect, test } from 'vitest'
import { testPark } from './test-park.ts'

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
