/** The fixture, compiled by Taro for both platforms, driven by the real automator: what any journey relies on. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Platform } from './core/types.ts'
import { buildFixture } from './fixture-build.ts'
import { launchMiniProgram, type Element, type Journey } from './launch.ts'
import { startShopServer, store } from './testing.ts'

type Control = Element & { input(text: string): Promise<void>; swipeTo(index: number): Promise<void>; slideTo(value: number): Promise<void>; scrollTo(x: number, y: number): Promise<void> }

describe.each<Platform>(['weapp', 'alipay'])('compiled %s package', (platform) => {
  let app: Journey
  let server: Awaited<ReturnType<typeof startShopServer>>
  const control = async (selector: string) => (await app.find(selector)) as Control

  beforeAll(async () => {
    server = await startShopServer()
    app = await launchMiniProgram({ dist: await buildFixture(platform), platform })
    await store(app, platform, 'api', server.url)
  }, 120_000)
  afterAll(async () => {
    await app?.close()
    await server?.stop()
  })

  test('renders its first page', async () => {
    expect((await app.page()).path).toBe('shell/home/index')
    expect(await app.text('#count')).toBe('count 0')
    expect(await app.findAll('.shop')).toHaveLength(3)
  })

  test('a tap runs the handler, updates the page and storage', async () => {
    await app.tap('.add')
    await app.tap('加一')
    expect(await app.text('#count')).toBe('count 2')
    expect(await app.text('.many')).toBe('many')
    expect((await app.mp.callWxMethod('getStorage', { key: 'count' })).data).toBe(2)
  })

  test('a disabled button ignores taps', async () => {
    await app.tap('.never')
    expect(await app.text('#count')).toBe('count 2')
  })

  test('typing filters the list', async () => {
    await app.fill('.words', '茶')
    expect(await (await app.find('.words'))!.value()).toBe('茶')
    expect(await app.findAll('.shop')).toHaveLength(1)
    await (await app.find('.words'))!.trigger('confirm', { value: '茶' })
    expect(await app.text('.status')).toBe('confirm 茶')
    await app.fill('.words', '')
  })

  test('requests reach a real server, with headers and body', async () => {
    await app.tap('.load')
    await app.waitText('loaded 200')
    expect(server.heard[0]).toMatchObject({ method: 'POST', url: '/shops?floor=1', body: '{"q":""}', headers: { authorization: 'Bearer t' } })
    expect(await app.text('.shop-name')).toBe('彭城画廊')
  })

  test('a status other than 200 is a result in WeChat and a failure in Alipay', async () => {
    const asked = app.mp.callWxMethod('request', { url: `${server.url}/gone` })
    if (platform === 'weapp') expect(await asked).toMatchObject({ statusCode: 404 })
    else await expect(asked).rejects.toThrow('http status error')
    server.heard.pop()
  })

  test('a mocked request replaces the server until it is restored', async () => {
    await app.mp.mockWxMethod('request', { data: { items: [{ id: 1, name: '假店' }] }, statusCode: 201, status: 201, header: {} })
    await app.tap('.load')
    await app.waitText('loaded 201')
    await app.mp.mockWxMethod('request', { errMsg: 'request:fail timeout' })
    await app.tap('.load')
    await app.waitText('failed request:fail timeout')
    await app.mp.restoreWxMethod('request')
    expect(server.heard).toHaveLength(1)
  })

  test('without network, requests fail and the app is told', async () => {
    await app.phone.network('none')
    await app.tap('.load')
    await app.waitText(/failed .*network is not connected/)
    await app.phone.network('wifi')
    await app.tap('.load')
    await app.waitText('loaded 200')
  })

  test('events bubble, unless stopped', async () => {
    await app.tap('.inner')
    expect(await app.text('.trail')).toBe('inner outer')
    await app.tap('.stopped')
    expect(await app.text('.trail')).toBe('inner outer stopped')
  })

  test('form controls act by themselves and the form collects them', async () => {
    await app.fill('.nick', '李四')
    await app.fill('.memo', '两行\n文字')
    await app.tap('.on')
    expect(await app.text('.on-text')).toBe('开')
    await app.tap('.pear-label')
    expect((await app.text('.fruits')).split(',').sort()).toEqual(['梨', '苹果'].sort())
    await app.tap('.gold')
    await app.tap('.submit')
    const value = JSON.parse(await app.text('.form')) as Record<string, unknown>
    expect(value).toMatchObject({ nick: '李四', memo: '两行\n文字', on: true, tier: 'gold' })
    expect([...value.fruits as string[]].sort()).toEqual(['梨', '苹果'].sort())
  })

  test('picker, swiper and scroll-view tell the app', async () => {
    await (await app.find('.colour'))!.trigger('change', { value: 2 })
    expect(await app.text('.colour-text')).toBe('颜色 米金')
    await (await app.find('.day'))!.trigger('change', { value: '2026-12-01' })
    expect(await app.text('.day-text')).toBe('2026-12-01')
    await (await control('.swiper')).swipeTo(2)
    expect(await app.text('.slide-text')).toBe('slide 2')
    await (await control('.scroller')).scrollTo(0, 400)
    expect(await app.text('.status')).toBe('bottom')
    await (await control('.slider')).slideTo(40)
    expect(await app.text('.slider-text')).toBe('40')
  })

  test('keyed lists reorder; selector queries see them', async () => {
    const names = async () => Promise.all((await app.findAll('.shop-name')).map((shop) => shop.text()))
    const before = await names()
    await app.tap('.reverse')
    expect(await names()).toEqual(before.toReversed())
    await app.tap('.measure')
    await app.waitText(`nodes ${before.length}`)
  })

  test('page hooks run', async () => {
    const page = await app.page()
    await page.callMethod('onPullDownRefresh')
    await page.callMethod('onReachBottom')
    await app.waitText('pulls 1 bottoms 1')
  })

  test('a page of a subpackage gets its parameters; content nested 24 deep updates and bubbles', async () => {
    await app.tap('.shop')
    const page = await app.waitPage('more/detail/index')
    expect(page.query.id).toMatch(/^\d$/)
    expect(await app.text('.title')).toMatch(/^店铺 \d \S+$/)
    await app.tap('.change')
    expect(await app.text('.label-24')).toBe('24 新')
    await app.tap('.level-24')
    expect(await app.text('.hits')).toBe('hits 24')
    expect(await app.mp.pageStack()).toHaveLength(2)
    await app.tap('.back')
    await app.waitPage('shell/home/index')
    expect(await app.text('.shows')).toMatch(/^shows 2/)
  })

  test('navigation refuses what the platforms refuse', async () => {
    await expect(app.mp.callWxMethod('navigateTo', { url: '/shell/mine/index' })).rejects.toThrow(/tabbar/)
    await expect(app.mp.callWxMethod('navigateTo', { url: '/nowhere' })).rejects.toThrow(/not found/)
    await expect(app.mp.callWxMethod('switchTab', { url: '/more/detail/index' })).rejects.toThrow(/no-tabBar/)
  })

  test('tabs keep their state', async () => {
    await app.go('/shell/mine/index')
    await app.go('/shell/home/index')
    expect(await app.text('#count')).toBe('count 2')
    expect(await app.mp.pageStack()).toHaveLength(1)
  })

  test('attributes, data, WXML and XPath', async () => {
    expect(await (await app.find('.picture'))!.attribute('src')).toBe('/assets/leaf.svg')
    const page = await app.page()
    expect(await (await page.$('.outer'))!.outerWxml()).toContain('class="stopped"')
    expect(await page.data('root.cn')).toContainEqual(expect.objectContaining({ cl: 'card' }))
    expect(await (await page.xpath('//view[@id="count"]'))!.text()).toBe('count 2')
  })

  test('evaluate and exposed functions', async () => {
    expect(await app.mp.evaluate((a: number, b: number) => a + b, 1, 2)).toBe(3)
    const told: unknown[] = []
    await app.mp.exposeFunction('tellTest', (value: unknown) => told.push(value))
    await app.mp.evaluate('function () { tellTest({ v: 42 }) }')
    await expect.poll(() => told).toEqual([{ v: 42 }])
  })

  test('modules of the app see no browser and may not make code of text', async () => {
    const seen = await app.mp.evaluate('function () { return [typeof document, typeof localStorage, typeof fetch, typeof XMLHttpRequest, typeof URL].join() }')
    expect(seen).toBe('undefined,undefined,undefined,undefined,undefined')
    await expect(app.mp.evaluate('function () { return new Function("return 1")() }')).rejects.toThrow(/disallowed/)
  })

  test('an error in a handler is told as exception; nothing else went wrong', async () => {
    expect(app.exceptions).toEqual([])
    await app.tap('.boom')
    await expect.poll(() => JSON.stringify([...app.exceptions, ...app.consoleErrors])).toContain('boom on purpose')
  })
})
