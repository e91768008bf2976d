import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { startWorld, type Arrived, type TestWorld } from './testing.ts'

const IN = 'vz-p1-in-1'
const OUT = 'vz-p1-out-1'
const PLATE = '苏C7H88Q'
let world: TestWorld

const reply = (info: 'ok' | 'no', more: object = {}) => ({ status: 200, body: JSON.stringify({ Response_AlarmInfoPlate: { info, channelNum: 0, ...more } }) })
const told = (path: string) => world.mall.of(path).map(one => JSON.parse(one.body))
const plates = () => told('/plate').map(body => body.AlarmInfoPlate.result.PlateResult)

beforeAll(async () => { world = await startWorld() })
afterAll(() => world.stop())
afterEach(async () => {
  await world.sim.reset()
  world.mall.arrived.length = 0
})

const mallSays = (info: 'ok' | 'no') => {
  world.mall.answer = (request: Arrived) => (request.path.endsWith('/plate') ? reply(info) : { status: 200, body: '{"status":"ok"}' })
}

test('"ok" in the reply opens the barrier, and the barrier says so', async () => {
  mallSays('ok')
  const result = await world.sim.drive({ plate: PLATE, camera: IN })
  expect(result).toMatchObject({ info: 'ok', barrier: 'open', plate: PLATE, confidence: 97 })
  expect(world.mall.arrived[0]!.path).toBe(`/callback/vzenith/${world.bff.vzenith.pathSecret}/plate`)
  expect(told('/plate')[0].AlarmInfoPlate).toMatchObject({ serialno: IN, deviceName: 'P1 入口1' })
  expect(plates()[0]).toMatchObject({ license: PLATE, plateid: result.plateid, isoffline: 0, colorType: 1 })
  expect(Buffer.from(plates()[0].imageFile, 'base64').subarray(0, 3).toString('hex')).toBe('ffd8ff')
  expect(told('/gate')).toMatchObject([{ serialno: IN, plateid: result.plateid, state: 'opened' }])
  await world.sim.advance(6_000)
  expect(told('/gate').map(body => body.state)).toEqual(['opened', 'closed'])
})

test('"no" keeps it shut; a later comet order opens it and carries the command id back', async () => {
  mallSays('no')
  expect(await world.sim.drive({ plate: PLATE, camera: OUT })).toMatchObject({ info: 'no', barrier: 'closed' })
  expect(told('/gate')).toHaveLength(0)
  world.mall.answer = request => (request.path.endsWith('/comet') ? reply('ok', { commandId: 'c-1' }) : { status: 200, body: '{"status":"ok"}' })
  await world.sim.poll(OUT)
  expect(told('/comet')).toEqual([{ serialno: OUT }])
  expect(told('/gate')).toMatchObject([{ serialno: OUT, commandId: 'c-1', state: 'opened' }])
})

test('a jammed barrier says jammed until it is freed', async () => {
  mallSays('ok')
  await world.sim.jam(IN)
  expect((await world.sim.drive({ plate: PLATE, camera: IN })).barrier).toBe('jammed')
  await world.sim.jam(IN, false)
  expect((await world.sim.drive({ plate: PLATE, camera: IN })).barrier).toBe('open')
  expect(told('/gate').map(body => body.state)).toEqual(['jammed', 'opened'])
})

test('barrier feedback can be missing, late or double', async () => {
  mallSays('ok')
  const states = async (kind: 'barrier-silent' | 'barrier-late' | 'barrier-double') => {
    await world.sim.reset()
    world.mall.arrived.length = 0
    await world.sim.fault({ vendor: 'vzenith', kind })
    await world.sim.drive({ plate: PLATE, camera: IN })
    const atOnce = told('/gate').map(body => body.state)
    await world.sim.advance(30_000)
    return [atOnce, told('/gate').map(body => body.state)]
  }
  expect(await states('barrier-silent')).toEqual([[], ['closed']])
  expect(await states('barrier-late')).toEqual([[], ['closed', 'opened']])
  expect(await states('barrier-double')).toEqual([['opened', 'opened'], ['opened', 'opened', 'closed']])
})

test('a repeating camera sends one plateid several times and opens once', async () => {
  mallSays('ok')
  await world.sim.drive({ plate: PLATE, camera: IN, times: 3 })
  expect(plates()).toHaveLength(3)
  expect(new Set(plates().map(one => `${one.plateid} ${one.timeStamp.Timeval.sec}`)).size).toBe(1)
  expect(told('/gate')).toHaveLength(1)
})

test('misread, unsure, and new-energy plates', async () => {
  mallSays('no')
  await world.sim.fault({ vendor: 'vzenith', kind: 'camera-misread' })
  expect((await world.sim.drive({ plate: PLATE, camera: IN })).plate).toBe('苏C7H8BQ')
  await world.sim.fault({ vendor: 'vzenith', kind: 'camera-low-confidence' })
  expect((await world.sim.drive({ plate: PLATE, camera: IN })).confidence).toBe(58)
  await world.sim.drive({ plate: '苏CD08825', camera: IN, confidence: 99 })
  expect(plates().at(-1)).toMatchObject({ license: '苏CD08825', colorType: 5, confidence: 99 })
})

test('an offline camera keeps its records, replays them as history, and never opens for them', async () => {
  mallSays('ok')
  await world.sim.offline(IN)
  expect((await world.sim.drive({ plate: PLATE, camera: IN })).info).toBe('none')
  expect(world.mall.arrived).toHaveLength(0)
  await world.sim.offline(IN, false)
  expect(plates()).toMatchObject([{ license: PLATE, isoffline: 1 }])
  expect(told('/gate')).toHaveLength(0)
})

test('an unknown camera is refused', async () => {
  await expect(world.sim.drive({ plate: PLATE, camera: 'nowhere' })).rejects.toThrow('camera_unknown')
})

test('left to themselves the cameras poll about each second', async () => {
  const busy = await startWorld({ polling: true })
  try {
    busy.mall.answer = () => ({ status: 200, body: '{"status":"ok"}' })
    await expect.poll(() => new Set(busy.mall.of('/comet').map(one => JSON.parse(one.body).serialno)).size, { timeout: 20_000 }).toBe(busy.config.vzenith.cameras.length)
  } finally {
    await busy.stop()
  }
})
