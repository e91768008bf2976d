/** The painting backend: real layout and CSS, and pictures of the screen with the phone's bars. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Platform } from './core/types.ts'
import { buildFixture } from './fixture-build.ts'
import { launchMiniProgram, type Journey } from './launch.ts'

describe.each<Platform>(['weapp', 'alipay'])('%s painted', (platform) => {
  let app: Journey
  const folder = mkdtempSync(join(tmpdir(), 'miniprogram-pictures-'))
  const box = async (selector: string) => {
    const element = (await app.find(selector))!
    const { width, height } = await element.size() as unknown as { width: number; height: number }
    return { width, height, ...await element.offset() as { left: number; top: number } }
  }

  beforeAll(async () => { app = await launchMiniProgram({ dist: await buildFixture(platform), platform, backend: 'chromium' }) }, 120_000)
  afterAll(async () => {
    await app?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  test('rpx are pixels of a screen 390 wide', async () => {
    // 192 × 96 rpx (96 × 48 px of the 375 design) on 390.
    const picture = await box('.picture')
    expect(picture.width).toBeCloseTo(99.84, -1)
    const style = await (await app.find('.card'))!.style('border-top-left-radius')
    expect(parseFloat(style)).toBeCloseTo(12.48, 1)
  })

  test('styles of a page hold for that page alone', async () => {
    const height = async () => parseFloat(await (await app.find('.row'))!.style('height'))
    expect(await height()).toBeCloseTo(33.28, 1)
    await app.go('/shell/mine/index')
    expect(await height()).toBeLessThan(30)
    await app.go('/shell/home/index')
    expect(await height()).toBeCloseTo(33.28, 1)
  })

  test('the window stands between navigation bar and tab bar', async () => {
    const info = await app.mp.callWxMethod('getSystemInfoSync') as { windowHeight: number; windowWidth: number }
    expect(info).toMatchObject({ windowWidth: 390, windowHeight: 844 - 47 - 44 - 49 - 34 })
  })

  test('scrolling to the foot runs onReachBottom', async () => {
    await app.mp.callWxMethod('pageScrollTo', { scrollTop: 100_000 })
    await app.waitText('bottoms 1')
    await app.mp.callWxMethod('pageScrollTo', { scrollTop: 0 })
  })

  test('a picture has the whole screen at two pixels per point', async () => {
    const path = join(folder, 'home.png')
    await app.screenshot(path)
    const picture = readFileSync(path)
    expect([picture.readUInt32BE(16), picture.readUInt32BE(20)]).toEqual([780, 1688])
    expect(picture.length).toBeGreaterThan(20_000)
  })

  test('taps, dialogs and canvas work as in the quick backend', async () => {
    await app.tap('加一')
    expect(await app.text('#count')).toBe('count 1')
    await app.go('/shell/mine/index')
    await app.tap('.draw')
    await app.waitText(/drawn 12\d/)
    await app.tap('.ask')
    await app.confirm()
    await app.waitText('ask true')
    expect([app.exceptions, app.consoleErrors]).toEqual([[], []])
  })

  test('the app sees no browser', async () => {
    expect(await app.mp.evaluate('function () { return [typeof document, typeof localStorage, typeof fetch].join() }')).toBe('undefined,undefined,undefined')
    await expect(app.mp.evaluate('function () { return new Function("return 1")() }')).rejects.toThrow(/disallowed/)
  })
})
