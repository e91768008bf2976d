import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { makeDemoConfig } from '../demo-config.ts'
import { virtualClock } from './clock.ts'
import { startSimulator } from './server.ts'
import { startWorld, type TestWorld } from './testing.ts'

describe('the virtual clock', () => {
  test('advance fires due timers in order, awaits them, and those they set', async () => {
    const clock = virtualClock(() => 1_000)
    const fired: string[] = []
    clock.after(200, async () => { await Promise.resolve(); fired.push(`b ${clock.now()}`) })
    clock.after(100, () => { fired.push(`a ${clock.now()}`); clock.after(50, () => { fired.push(`c ${clock.now()}`) }) })
    clock.after(500, () => { fired.push('late') })
    const cancel = clock.after(120, () => { fired.push('cancelled') })
    cancel()
    await clock.advance(300)
    expect(fired).toEqual(['a 1100', 'c 1150', 'b 1200'])
    expect([clock.now(), clock.wall(), clock.offset()]).toEqual([1_300, 1_000, 300])
    clock.stop()
  })

  test('timers also fire by themselves as real time passes', async () => {
    const clock = virtualClock()
    const fired = new Promise<string>(done => { clock.after(20, () => done('fired')) })
    expect(await fired).toBe('fired')
    clock.stop()
  })

  test('a task that fails does not take the others with it', async () => {
    const said = vi.spyOn(console, 'error').mockImplementation(() => {})
    const clock = virtualClock(() => 0)
    let reached = false
    clock.after(1, () => Promise.reject(new Error('expected in this test')))
    clock.after(2, () => { reached = true })
    await clock.advance(10)
    expect(reached).toBe(true)
    expect(said).toHaveBeenCalledWith('simulator: a timed task failed', expect.any(Error))
    said.mockRestore()
    clock.stop()
  })
})

describe('the control API', () => {
  let world: TestWorld
  beforeAll(async () => { world = await startWorld() })
  afterAll(() => world.stop())

  test('shows the world without session keys, tokens and codes', async () => {
    await world.sim.loginCode('13905160001')
    const text = JSON.stringify(await world.sim.world())
    expect(text).toContain('林知夏')
    expect(text).not.toMatch(/sessionKey|session_key|wechat-login/)
  })

  test('refuses unknown people, unknown and misplaced faults, and posts that are not JSON', async () => {
    await expect(world.sim.loginCode('nobody')).rejects.toThrow('person_unknown')
    await expect(world.sim.person('12')).rejects.toThrow('phone_invalid')
    await expect(world.sim.fault({ vendor: 'sms', kind: 'barrier-jam' })).rejects.toThrow('bad_request')
    const reply = await fetch(`${world.simulator.url}/sim/faults`, { method: 'POST', body: '{"vendor":"sms","kind":"http-500"}', headers: { 'content-type': 'text/plain' } })
    expect(reply.status).toBe(415)
    expect((await world.sim.world()).faults).toEqual([])
  })

  test('events arrive as they happen', async () => {
    const stop = new AbortController()
    const stream = await fetch(`${world.simulator.url}/sim/events`, { signal: stop.signal })
    const reader = stream.body!.pipeThrough(new TextDecoderStream()).getReader()
    await world.sim.jam('vz-p1-in-1')
    let seen = ''
    while (!seen.includes('jammed by hand')) seen += (await reader.read()).value ?? ''
    stop.abort()
    expect(seen).toContain('event: event')
  })

  test('the page and its parts are served, and nothing outside them', async () => {
    const get = (path: string) => fetch(`${world.simulator.url}${path}`)
    expect(await (await get('/')).text()).toContain('外面的世界')
    expect((await get('/page/main.js')).headers.get('content-type')).toContain('javascript')
    expect((await get('/design/tokens.css')).status).toBe(200)
    expect((await get('/design/..%2f..%2fpackage.json')).status).toBe(404)
    expect((await get('/page/..%2fserver.ts')).status).toBe(404)
  })
})

describe('over restarts', () => {
  test('orders, callbacks under way, invoices and the clock are taken up again', async () => {
    const first = await startWorld()
    const snapshotFile = join(first.home, 'world.json')
    const { config } = first
    await first.simulator.stop()

    const before = await startSimulator({ config, port: 0, polling: false, snapshotFile })
    before.world.state.trades.push({
      vendor: 'wechatpay', kind: 'native', appId: 'wx', outTradeNo: 'T-kept', tradeNo: '4200', description: 'x', totalFen: 100, createdAt: 0, expiresAt: Number.MAX_SAFE_INTEGER,
      payableUntil: Number.MAX_SAFE_INTEGER, state: 'open', exists: true, fingerprint: '',
    })
    before.world.state.deliveries.push({ id: '1', vendor: 'wechatpay', what: 'payment', url: `${first.mall.url}/callback/wechat-pay/payment`, notice: { original_type: 'transaction', resource: {} }, attempt: 1, dueAt: before.clock.now() + 60_000 })
    await before.clock.advance(3_600_000 - 3_599_000)
    await before.stop()
    expect(statSync(snapshotFile).mode & 0o777).toBe(0o600)

    const after = await startSimulator({ config, port: 0, polling: false, snapshotFile })
    expect(after.world.state.trades.map(trade => trade.outTradeNo)).toEqual(['T-kept'])
    expect(after.clock.offset()).toBeGreaterThan(900)
    await after.clock.advance(61_000)
    expect(first.mall.arrived).toHaveLength(1)
    expect(after.world.state.deliveries).toEqual([])
    await after.stop()
    await first.stop()
  })
})

describe('the demo configuration', () => {
  const inFolder = <T>(use: (home: string) => T): T => {
    const home = mkdtempSync(join(tmpdir(), 'atrium-config-'))
    try {
      return use(home)
    } finally {
      rmSync(home, { recursive: true, force: true })
    }
  }

  test('is made once, reused, private, and the two sides fit', () => inFolder(home => {
    const first = makeDemoConfig({ home, bffPort: 18890, simulatorPort: 18891 })
    expect(makeDemoConfig({ home, bffPort: 18890, simulatorPort: 18891 })).toEqual(first)
    for (const file of ['config.json', 'simulator.json']) expect(statSync(join(home, file)).mode & 0o777).toBe(0o600)
    expect(first.bff.wechatPay.apiV3Key).toHaveLength(32)
    for (const key of Object.values(first.bff.keys)) expect(Buffer.from(key, 'base64')).toHaveLength(32)
    expect(Buffer.from(first.bff.alipay.aesKey, 'base64')).toHaveLength(16)
    expect(first.bff.wechatPay.apiV3Key).toBe(first.simulator.wechatPay.apiV3Key)
    expect(first.bff.wechat.apiBase).toBe('http://127.0.0.1:18891/wechat')
  }))

  test('follows the ports, keeps the keys, and leaves real addresses alone', () => inFolder(home => {
    const { bff } = makeDemoConfig({ home, bffPort: 1, simulatorPort: 2 })
    writeFileSync(join(home, 'config.json'), JSON.stringify({ ...bff, sms: { ...bff.sms, apiBase: 'https://sms.example.com/v1' } }))
    const moved = makeDemoConfig({ home, bffPort: 3, simulatorPort: 4, databaseUrl: 'mysql://x' }).bff
    expect(moved).toMatchObject({ baseUrl: 'http://127.0.0.1:3', databaseUrl: 'mysql://x', keys: bff.keys, sms: { apiBase: 'https://sms.example.com/v1' }, alipay: { gateway: 'http://127.0.0.1:4/alipay/gateway.do' } })
  }))

  test('that was cut off is one sentence with a way out', () => inFolder(home => {
    makeDemoConfig({ home, bffPort: 1, simulatorPort: 2 })
    writeFileSync(join(home, 'config.json'), '{"keys":')
    expect(() => makeDemoConfig({ home, bffPort: 1, simulatorPort: 2 })).toThrow('config.json is not readable as JSON: its keys cannot be made again')
  }))

  test('keeps what it exports in its own folder, also when that has moved', () => inFolder(home => {
    const { bff } = makeDemoConfig({ home, bffPort: 1, simulatorPort: 2 })
    expect(bff.filesDir).toBe(join(home, 'files'))
    writeFileSync(join(home, 'config.json'), JSON.stringify({ ...bff, filesDir: '/elsewhere' }))
    expect(makeDemoConfig({ home, bffPort: 1, simulatorPort: 2 }).bff.filesDir).toBe(join(home, 'files'))
  }))

  test('refuses to make new keys beside half of an old pair', () => inFolder(home => {
    makeDemoConfig({ home, bffPort: 1, simulatorPort: 2 })
    rmSync(join(home, 'simulator.json'))
    expect(() => makeDemoConfig({ home, bffPort: 1, simulatorPort: 2 })).toThrow('simulator.json is missing')
    expect(JSON.parse(readFileSync(join(home, 'config.json'), 'utf8')).port).toBe(1)
  }))
})
