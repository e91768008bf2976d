/** What one platform has and the other has not. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Platform } from './core/types.ts'
import { buildFixture } from './fixture-build.ts'
import { launchMiniProgram, type Journey } from './launch.ts'

let app: Journey
const open = (platform: Platform, url: string) => async () => { app = await launchMiniProgram({ dist: await buildFixture(platform), platform, url }) }
const close = async () => { await app?.close() }
const said = async (pattern: RegExp) => { await expect.poll(() => app.text('.said')).toMatch(pattern) }

describe('WeChat', () => {
  beforeAll(open('weapp', '/shell/mine/index'), 120_000)
  afterAll(close)

  test('the phone button waits for consent, then gives its own code', async () => {
    await app.tap('.phone')
    await expect.poll(async () => await app.find('.agree') !== undefined).toBe(true)
    expect(await app.text('.said')).not.toContain('phone')
    await app.tap('.agree')
    await said(/^phone .*"code":"host-phone-code-/)
    await app.tap('.phone')
    await said(/^phone .*"code":"host-phone-code-/)
    expect(await app.find('.agree')).toBeUndefined()
    expect(await app.mp.callWxMethod('getPrivacySetting')).toMatchObject({ needAuthorization: false })
  })

  test('subscribe messages are accepted or rejected', async () => {
    await app.tap('.subscribe')
    await said(/"t1":"accept"/)
    await app.phone.set({ subscribe: 'reject' })
    await app.tap('.subscribe')
    await said(/"t1":"reject"/)
  })

  test('a refused notice fails the call that waited', async () => {
    const again = await launchMiniProgram({ dist: await buildFixture('weapp'), platform: 'weapp', url: '/shell/mine/index' })
    try {
      await again.mp.evaluate('function () { wx.onNeedPrivacyAuthorization(function (resolve) { resolve({ event: "disagree" }) }) }')
      await again.tap('.clip')
      await again.waitText(/clip failed .*privacy permission is not authorized/)
    } finally {
      await again.close()
    }
  })

  test('an agreement without a tapped button counts for nothing', async () => {
    const again = await launchMiniProgram({ dist: await buildFixture('weapp'), platform: 'weapp', url: '/shell/mine/index' })
    try {
      await again.mp.evaluate('function () { wx.onNeedPrivacyAuthorization(function (resolve) { resolve({ event: "agree", buttonId: "agree" }) }) }')
      await again.tap('.clip')
      await again.waitText(/clip failed .*no tapped agreePrivacyAuthorization button/)
    } finally {
      await again.close()
    }
  })

  test('a scroll-view refreshes (Taro gives it no refresher in Alipay)', async () => {
    await app.go('/shell/home/index')
    await (await app.find('.scroller'))!.trigger('refresherrefresh', {})
    await app.waitText('refreshed')
  })
})

describe('Alipay', () => {
  beforeAll(open('alipay', '/shell/mine/index'), 120_000)
  afterAll(close)

  test('the phone button authorises, then my.getPhoneNumber answers an encrypted text', async () => {
    await app.tap('.phone')
    await said(/^phone .*encrypted-phone/)
  })

  test('modules have no globalThis', async () => {
    await app.tap('.sizes')
    await said(/"undefined"\]$/)
    expect(app.exceptions).toEqual([])
  })
})
