/** What the phone and the platforms' servers do for an app: identity, consent, payment, device, dialogs. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Platform } from './core/types.ts'
import { buildFixture } from './fixture-build.ts'
import { launchMiniProgram, type Journey } from './launch.ts'
import { startShopServer, store } from './testing.ts'

describe.each<Platform>(['weapp', 'alipay'])('%s', (platform) => {
  let app: Journey
  let server: Awaited<ReturnType<typeof startShopServer>>
  const said = async (pattern: RegExp) => {
    await expect.poll(() => app.text('.said')).toMatch(pattern)
    return app.text('.said')
  }

  beforeAll(async () => {
    server = await startShopServer()
    app = await launchMiniProgram({ dist: await buildFixture(platform), platform, url: '/shell/mine/index', privacy: 'agreed' })
    await store(app, platform, 'api', server.url)
  }, 120_000)
  afterAll(async () => {
    await app?.close()
    await server?.stop()
  })

  test('login gives a code, another each time', async () => {
    await app.tap('.login')
    const first = await said(/^login \{.*ode":"host-/)
    await app.tap('.login')
    await expect.poll(() => app.text('.said')).not.toBe(first)
  })

  test('the phone button can be mocked', async () => {
    await app.mp.mockWxMethod('getPhoneNumber', platform === 'weapp' ? { errMsg: 'getPhoneNumber:fail user deny' } : { response: 'mocked', errMsg: 'getPhoneNumber:ok' })
    await app.tap('.phone')
    await said(platform === 'weapp' ? /user deny/ : /mocked/)
    await app.mp.restoreWxMethod('getPhoneNumber')
  })

  test('paying is refused without an outside world, and can be mocked', async () => {
    const [method, order, ok] = platform === 'weapp'
      ? ['requestPayment', { timeStamp: '1', nonceStr: 'n', package: 'prepay_id=1', signType: 'RSA', paySign: 's' }, { errMsg: 'requestPayment:ok' }]
      : ['tradePay', { tradeNO: '2026112022001' }, { resultCode: '9000' }]
    await store(app, platform, 'payment', order)
    await app.tap('.pay')
    await said(/^pay failed .*no outside world/)
    await app.mp.mockWxMethod(method, ok)
    await app.tap('.pay')
    await said(platform === 'weapp' ? /requestPayment:ok/ : /9000/)
    await app.mp.mockWxMethod(method, platform === 'weapp' ? { errMsg: 'requestPayment:fail cancel' } : { resultCode: '6001' })
    await app.tap('.pay')
    await said(platform === 'weapp' ? /fail cancel/ : /6001/)
    await app.mp.restoreWxMethod(method)
  })

  test('scanning gives what is held before the camera', async () => {
    await app.tap('.scan')
    await said(/^scan failed/)
    await app.phone.set({ scan: 'https://atrium.example/c/AT1' })
    await app.tap('.scan')
    await said(/atrium\.example\/c\/AT1/)
  })

  test('clipboard, brightness, calls and documents', async () => {
    await app.tap('.clip')
    await said(/^clip "AT-20261120"/)
    await app.tap('.bright')
    await app.tap('.call')
    await app.tap('.open-pdf')
    await said(/^document true/)
    const done = await app.phone.done()
    expect(done).toContainEqual({ name: 'brightness', detail: { value: 0.9 } })
    expect(done).toContainEqual({ name: 'call', detail: { phoneNumber: '0516-83700000' } })
    expect(done.find((one) => one.name === 'openDocument')?.detail).toMatchObject({ filePath: expect.stringContaining('fapiao.pdf') as string, fileType: 'pdf' })
    expect(server.heard.at(-1)?.url).toBe('/fapiao.pdf')
  })

  test('dialogs are recorded and answered', async () => {
    await app.tap('.toast')
    await app.tap('.ask')
    expect((await app.phone.dialogs()).open).toMatchObject({ kind: 'modal', title: '确定吗', content: '不能撤回' })
    await app.confirm()
    await said(/^ask true/)
    await app.tap('.ask')
    await app.cancel()
    await said(/^ask false/)
    expect((await app.phone.dialogs()).history[0]).toMatchObject({ kind: 'toast', title: '已保存' })
  })

  test('canvas drawings are recorded', async () => {
    await app.tap('.draw')
    await app.waitText(/drawn \d+x\d+/)
    expect((await app.phone.drawn('#code')).filter(([name]) => name === 'fillRect')).toHaveLength(5)
  })

  test('a request goes by the methods that the real client has, and by no other', async () => {
    const send = (method: string) => app.mp.callWxMethod('request', { url: `${server.url}/shops`, method })
    for (const method of ['GET', 'POST', 'PUT', 'DELETE']) {
      await send(method).catch(() => undefined)
      expect(server.heard.at(-1)).toMatchObject({ method })
    }
    const heard = server.heard.length
    await expect(send('PATCH')).rejects.toThrow(/invalid method PATCH/)
    expect(server.heard).toHaveLength(heard)
  })

  test('a network change reaches the app', async () => {
    await app.phone.network('none')
    await app.waitText(/false none/i)
    await app.phone.network('4g')
    await app.waitText(/true 4g/i)
  })

  test('the window has the phone\'s measures', async () => {
    await app.tap('.sizes')
    await said(/^sizes \[390,390,2/)
    const capsule = await app.mp.callWxMethod('getMenuButtonBoundingClientRect') as { right: number }
    expect(capsule.right).toBe(380)
  })

  test('nothing went wrong meanwhile', () => {
    expect([app.exceptions, app.consoleErrors]).toEqual([[], []])
  })
})
