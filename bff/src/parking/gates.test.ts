import { describe, expect, test } from 'vitest'
import { testPark } from './test-park.ts'

const plate = '苏C8K6Q2'

describe('driving in', () => {
  test('a camera that repeats itself opens one stay and says the same again', async () => {
    const p = await testPark()
    const first = await p.see(plate, 'entry')
    expect(first).toMatchObject({ status: 200, info: 'ok' })
    expect(await p.see(plate, 'entry', { plateid: first.plateid, sec: first.sec })).toMatchObject({ info: 'ok', commandId: first.commandId })
    expect(await p.sessions()).toHaveLength(1)
    await p.barrier('entry', 'opened', first.commandId)
    expect(await p.see(plate, 'entry', { plateid: first.plateid, sec: first.sec })).toMatchObject({ info: 'no' })
  })

  test('the same car under another number within a minute is the same arrival', async () => {
    const p = await testPark()
    await p.see(plate, 'entry')
    p.seconds(20)
    expect(await p.see(plate, 'entry')).toMatchObject({ info: 'ok' })
    expect(await p.sessions()).toHaveLength(1)
  })

  test('a car that is inside on paper and comes in again left unseen: its old stay ends as escaped', async () => {
    const p = await testPark()
    await p.driveIn(plate)
    p.minutes(90)
    await p.driveIn(plate)
    expect((await p.sessions()).map((s) => s.state).sort()).toEqual(['escaped', 'open'])
  })

  test('twenty reports of one car at once open one stay', async () => {
    const p = await testPark()
    const answers = await Promise.all(Array.from({ length: 20 }, () => p.see(plate, 'entry', { plateid: 77, sec: 1 })))
    expect(answers.every((a) => a.info === 'ok')).toBe(true)
    expect(await p.sessions()).toHaveLength(1)
  })

  test.each([['苏C8K6Q2', 58], ['无牌车', 99], ['粤B888888', 97]])('%s read with %d%% stays shut and waits for a person', async (seen, confidence) => {
    const p = await testPark()
    expect(await p.see(seen, 'entry', { confidence })).toMatchObject({ info: 'no' })
    const { body } = await p.call('GET /admin/parking/readings', { as: p.asStaff('parking') })
    expect(body.items).toMatchObject([{ plate: seen, kind: 'entry', lane: 'P1 入口1', picture: 'data:image/jpeg;base64,AAAA' }])
    expect(await p.sessions()).toHaveLength(0)
  })

  test('a wrong secret, an unknown camera and a broken message open nothing', async () => {
    const p = await testPark()
    expect((await p.see(plate, 'entry', { secret: 'wrong-path-secret-001' })).status).toBe(404)
    expect((await p.post('plate', { hello: 1 })).status).toBe(400)
    expect((await p.app.request('/callback/vzenith/test-path-secret-0001/plate', { method: 'POST', body: '{' })).status).toBe(400)
    expect((await p.post('plate', { AlarmInfoPlate: { serialno: 'nobody', result: { PlateResult: { license: plate, confidence: 99, plateid: 1, timeStamp: { Timeval: { sec: 1 } } } } } })).body).toMatchObject({ Response_AlarmInfoPlate: { info: 'no' } })
    expect(await p.sessions()).toHaveLength(0)
  })
})

describe('driving out', () => {
  test('within the free time the barrier opens, and the stay ends when the barrier says so', async () => {
    const p = await testPark()
    await p.driveIn(plate)
    p.minutes(30)
    const out = await p.see(plate, 'exit')
    expect(out.info).toBe('ok')
    expect(await p.sessions()).toMatchObject([{ state: 'leaving', exitAt: null, openPlate: plate }])
    await p.barrier('exit', 'opened', out.commandId)
    await p.barrier('exit', 'opened', out.commandId)
    expect(await p.sessions()).toMatchObject([{ state: 'closed', openPlate: null, exitAt: p.clock.now() }])
    await p.barrier('exit', 'closed')
    const { body } = await p.call('GET /admin/parking/lanes', { as: p.asStaff('parking') })
    expect(body.items.find((l) => l.laneId === p.lane.exit)).toMatchObject({ state: 'closed', barrier: 'down', plate: null })
  })

  test('unpaid stays shut, and the lane shows the amount', async () => {
    const p = await testPark()
    await p.driveIn(plate)
    p.minutes(65)
    expect((await p.see(plate, 'exit')).info).toBe('no')
    const { body } = await p.call('GET /admin/parking/lanes', { as: p.asStaff('parking') })
    expect(body.items.find((l) => l.laneId === p.lane.exit)).toMatchObject({ state: 'waiting_payment', dueFen: 800, plate })
    const asked = await p.call('POST /api/parking/lookup', { body: { laneId: p.lane.exit } })
    expect(asked.body.item).toMatchObject({ plate, quote: { dueFen: 800 } })
    p.minutes(30)
    expect((await p.call('GET /admin/parking/lanes', { as: p.asStaff('parking') })).body.items.find((l) => l.laneId === p.lane.exit)).toMatchObject({ dueFen: 1200 })
    expect((await p.call('POST /api/parking/lookup', { body: { laneId: p.lane.exit2 } })).problem.code).toBe('lane_idle')
  })

  test('the screen at the exit follows: nobody, what is due, thank you, and a person when it needs one', async () => {
    const p = await testPark()
    const screen = async (laneId = p.lane.exit) => (await p.call('GET /api/parking/exits/{laneId}', { params: { laneId } })).body
    expect(await screen()).toMatchObject({ name: 'P1 出口1', carPark: 'P1 停车场', state: 'idle', plateMasked: null, entryAt: null, dueFen: null })
    await p.driveIn(plate)
    p.minutes(65)
    await p.see(plate, 'exit')
    expect(await screen()).toMatchObject({ state: 'due', plateMasked: '苏C·8**Q2', stayMinutes: 65, dueFen: 800 })
    p.minutes(30)
    await p.comet('exit')
    expect(await screen()).toMatchObject({ state: 'due', stayMinutes: 95, dueFen: 1200 })
    const found = await p.call('POST /api/parking/lookup', { body: { laneId: p.lane.exit } })
    const paid = await p.call('POST /api/parking/pay', { body: { quoteId: found.body.item.quote.quoteId, method: 'wechat_native' } })
    await p.app.request('/callback/wechat-pay/payment', { method: 'POST', ...p.wechat.callback(p.wechat.pay(paid.body.paymentNumber)) })
    await p.work()
    expect(await screen()).toMatchObject({ state: 'passing', dueFen: null })
    await p.see('苏CX0000', 'exit2')
    expect(await screen(p.lane.exit2)).toMatchObject({ state: 'help', dueFen: null })
    p.minutes(60)
    expect(await screen()).toMatchObject({ state: 'help' })
    for (const laneId of [p.lane.entry, p.carParkId]) expect((await p.call('GET /api/parking/exits/{laneId}', { params: { laneId } })).problem.code).toBe('not_found')
  })

  test('a plate that is not inside waits for a person; the correction finds the car that is', async () => {
    const p = await testPark()
    await p.driveIn('苏CF9283')
    p.minutes(20)
    expect((await p.see('苏CF92B3', 'exit')).info).toBe('no')
    const as = p.asStaff('parking')
    const [reading] = (await p.call('GET /admin/parking/readings', { as })).body.items
    expect(reading).toMatchObject({ plate: '苏CF92B3', proposal: { plate: '苏CF9283', score: 0.93 } })
    const readingId = reading!.readingId
    expect((await p.call('POST /admin/parking/readings/{readingId}/correct', { as, params: { readingId }, body: { plate: '苏CX0000' } })).problem.code).toBe('plate_invalid')
    const corrected = await p.call('POST /admin/parking/readings/{readingId}/correct', { as, params: { readingId }, body: { plate: '苏C·F9283' } })
    expect(corrected.body).toMatchObject({ state: 'opening', plate: '苏CF9283' })
    expect((await p.comet('exit'))?.Response_AlarmInfoPlate).toMatchObject({ info: 'ok' })
    await p.barrier('exit', 'opened')
    expect(await p.sessions()).toMatchObject([{ state: 'closed' }])
    expect((await p.call('POST /admin/parking/readings/{readingId}/correct', { as, params: { readingId }, body: { plate: '苏CF9283' } })).problem.code).toBe('already_corrected')
  })

  test('what a camera kept while off-line is booked and opens nothing', async () => {
    const p = await testPark()
    const sec = Math.floor(p.clock.now().getTime() / 1000)
    p.minutes(50)
    expect((await p.see(plate, 'entry', { offline: true, sec })).info).toBe('no')
    expect(await p.sessions()).toMatchObject([{ state: 'open', entryAt: new Date(sec * 1000) }])
    expect((await p.see(plate, 'exit', { offline: true, sec: sec + 1200 })).info).toBe('no')
    expect(await p.sessions()).toMatchObject([{ state: 'closed', exitAt: new Date((sec + 1200) * 1000) }])
    expect(await p.comet('exit')).toEqual({ status: 'ok' })
  })
})

describe('the barrier', () => {
  test('without a word it is told three times, then the lane needs a person', async () => {
    const p = await testPark()
    await p.driveIn(plate)
    await p.see(plate, 'exit')
    let told = 1
    for (let second = 0; second < 90; second += 1) {
      p.seconds(1)
      await p.work()
      if ((await p.comet('exit'))?.Response_AlarmInfoPlate) told += 1
    }
    expect(told).toBe(3)
    const { body } = await p.call('GET /admin/parking/alarms', { as: p.asStaff('parking') })
    expect(body.items.map((a) => a.kind)).toEqual(expect.arrayContaining(['stuck_paid', 'jammed']))
    expect(await p.sessions()).toMatchObject([{ state: 'stuck' }])
  })

  test('a late word still ends the stay', async () => {
    const p = await testPark()
    await p.driveIn(plate)
    const { commandId } = await p.see(plate, 'exit')
    for (let i = 0; i < 60; i += 1) {
      p.seconds(1)
      await p.work()
      await p.comet('exit')
    }
    await p.barrier('exit', 'opened', commandId)
    expect(await p.sessions()).toMatchObject([{ state: 'closed' }])
  })

  test('its closing proves the opening whose word was lost', async () => {
    const p = await testPark()
    await p.driveIn(plate)
    const { commandId } = await p.see(plate, 'exit')
    await p.barrier('exit', 'closed')
    expect(await p.sessions()).toMatchObject([{ state: 'leaving' }])
    await p.barrier('exit', 'closed', commandId)
    expect(await p.sessions()).toMatchObject([{ state: 'closed' }])
    p.seconds(60)
    await p.work()
    expect(await p.comet('exit')).toEqual({ status: 'ok' })
  })

  test('the closing behind one car does not clear the lane of the next', async () => {
    const p = await testPark()
    const first = await p.see('苏CA1111', 'entry')
    await p.barrier('entry', 'opened', first.commandId)
    await p.see('苏CA1112', 'entry')
    await p.barrier('entry', 'closed', first.commandId)
    const { body } = await p.call('GET /admin/parking/lanes', { as: p.asStaff('parking') })
    expect(body.items.find((l) => l.laneId === p.lane.entry)).toMatchObject({ state: 'opening', plate: '苏CA1112' })
  })

  test('a jammed one is retried with patience', async () => {
    const p = await testPark()
    await p.driveIn(plate)
    const { commandId } = await p.see(plate, 'exit')
    await p.barrier('exit', 'jammed', commandId)
    expect(await p.comet('exit')).toEqual({ status: 'ok' })
    p.seconds(7)
    expect((await p.comet('exit'))?.Response_AlarmInfoPlate).toMatchObject({ commandId })
    await p.barrier('exit', 'opened', commandId)
    expect(await p.sessions()).toMatchObject([{ state: 'closed' }])
  })
})

describe('the control room', () => {
  test('opens by hand with a reason: the camera fetches it once, an unpaid car counts as escaped', async () => {
    const p = await testPark()
    await p.driveIn(plate)
    p.minutes(61)
    await p.see(plate, 'exit')
    const open = { as: p.asStaff('parking'), params: { laneId: p.lane.exit }, body: { reason: '客人有纠纷，先放行' }, key: 'open-by-hand-1' }
    const answer = await p.call('POST /admin/parking/lanes/{laneId}/open', open)
    expect(answer.body).toMatchObject({ state: 'opening' })
    expect((await p.comet('exit'))?.Response_AlarmInfoPlate).toBeDefined()
    expect(await p.comet('exit')).toEqual({ status: 'ok' })
    await p.barrier('exit', 'opened')
    expect(await p.sessions()).toMatchObject([{ state: 'escaped' }])
    const { body } = await p.call('GET /admin/parking/sessions/{parkingId}', { as: open.as, params: { parkingId: (await p.sessions())[0]!.parkingId } })
    expect(body.trail.map((line) => line.act)).toEqual(['入场', '入口道闸已开', '到出口，等待付款', '人工开闸', '未付款，人工放行'])
  })

  test('cannot open a lane whose camera is not heard', async () => {
    const p = await testPark()
    p.minutes(2)
    expect((await p.call('POST /admin/parking/lanes/{laneId}/open', { as: p.asStaff('parking'), params: { laneId: p.lane.exit }, body: { reason: '试一下' } })).problem.code).toBe('gate_unreachable')
  })

  test('corrects the plate of a stay, or voids it when the right one is inside already', async () => {
    const p = await testPark()
    const as = p.asStaff('parking')
    const first = await p.driveIn('苏CA1111')
    const reason = '看录像'
    expect((await p.call('POST /admin/parking/sessions/{parkingId}/correct', { as, params: { parkingId: first }, body: { plate: '苏CA1112', reason } })).body).toMatchObject({ plate: '苏CA1112', state: 'open' })
    const second = await p.driveIn('苏CA1113')
    expect((await p.call('POST /admin/parking/sessions/{parkingId}/correct', { as, params: { parkingId: second }, body: { plate: '苏CA1112', reason } })).body).toMatchObject({ state: 'void' })
    expect((await p.call('POST /admin/parking/sessions/{parkingId}/correct', { as, params: { parkingId: second }, body: { plate: '苏CA1119', reason } })).problem.code).toBe('already_corrected')
  })

  test.each(['finance', 'auditor', 'marketing'] as const)('%s may not open a lane', async (role) => {
    const p = await testPark()
    expect((await p.call('POST /admin/parking/lanes/{laneId}/open', { as: p.asStaff(role), params: { laneId: p.lane.exit }, body: { reason: '试一下' } })).status).toBe(403)
  })

  test('dismisses a reading, lists, tariffs, occupancy', async () => {
    const p = await testPark()
    const as = p.asStaff('parking')
    await p.see('苏C8K6Q2', 'entry', { confidence: 40 })
    const [reading] = (await p.call('GET /admin/parking/readings', { as })).body.items
    expect((await p.call('POST /admin/parking/readings/{readingId}/dismiss', { as, params: { readingId: reading!.readingId }, body: { reason: '车已倒走' } })).body).toEqual({ ok: true })
    await p.driveIn('苏CA1111')
    await p.driveIn('苏CD60218')
    const list = await p.call('GET /admin/parking/sessions', { as, query: { q: 'cd602', sort: 'entryAt', limit: 1 } })
    expect(list.body).toMatchObject({ total: 1, items: [{ plate: '苏CD60218', plateKind: 'green', entryLane: 'P1 入口1' }] })
    expect((await p.call('GET /admin/parking/tariffs', { as })).body.items[0]!.sign[0]).toEqual({ text: '首 30 分钟免费', textEn: 'First 30 minutes free' })
    expect((await p.call('GET /admin/parking/occupancy', { as })).body).toMatchObject({ capacity: 100 })
    p.minutes(1)
    expect((await p.call('GET /admin/parking/occupancy', { as })).body.hours.at(-1)).toMatchObject({ hour: 12, entries: 2, exits: 0, inside: 2 })
    expect((await p.call('GET /api/parking/car-parks')).body.items).toMatchObject([{ total: 100, vacant: 98, full: false, zones: [{ name: 'A', vacant: 58 }, { name: 'B', vacant: 40 }] }])
  })
})
