import { chromium, type Browser, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findChromium } from '../kit/debian.ts'
import { startWorld, type TestWorld } from './testing.ts'

const PHONE = '13905160001'
let world: TestWorld
let browser: Browser
let page: Page
const complaints: string[] = []

beforeAll(async () => {
  // The bar stays up until the page was looked at.
  world = await startWorld({ staysOpenMs: 600_000 })
  world.mall.answer = request => ({ status: 200, body: request.path.endsWith('/plate') ? '{"Response_AlarmInfoPlate":{"info":"ok"}}' : 'success' })
  browser = await chromium.launch({ executablePath: findChromium()!, args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] })
  page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  page.on('pageerror', error => complaints.push(error.message))
  await page.goto(world.simulator.url)
}, 60_000)
afterAll(async () => {
  await browser.close()
  await world.stop()
})

const code = async () => {
  const reply = await world.ali().exec('alipay.trade.precreate', { bizContent: { out_trade_no: `A${Date.now()}`, total_amount: '6.00', subject: '停车费' }, notify_url: `${world.mall.url}/callback/alipay/payment` }, { validateSign: true })
  return reply.qrCode as string
}

test('a car driven up by hand is let through and the barrier is drawn open', async () => {
  const lane = page.locator('.lane').first()
  await lane.locator('input[type=text]').fill('苏c12345')
  await lane.getByRole('button').click()
  await lane.locator('.plate').waitFor()
  expect(await lane.locator('.plate').textContent()).toBe('苏C·12345')
  await page.locator('.lane.open').waitFor()
  expect(JSON.parse(world.mall.of('/plate')[0]!.body).AlarmInfoPlate.result.PlateResult.license).toBe('苏C12345')
})

test('a code is paid by clicking, and the callback goes out', async () => {
  await code()
  await page.locator('.sheet .btn.alipay').click()
  await page.locator('.sheet').waitFor({ state: 'detached' })
  await expect.poll(() => world.mall.of('/alipay/payment').length, { timeout: 10_000 }).toBe(1)
})

test('SMS codes, faults and the clock show up and can be played', async () => {
  const { state, clock } = world.simulator.world
  state.messages.push({ id: 'm', at: clock.now(), channel: 'sms', phone: PHONE, template: 'sign-in', params: { code: '482906' } })
  await page.locator('.fault-form button').click()
  await page.locator('.armed .tag').waitFor()
  expect((await world.sim.world()).faults).toMatchObject([{ vendor: 'wechatpay', times: 1 }])
  expect(await page.locator('.bubble .code').textContent()).toBe('482906')
  await page.locator('.armed button').click()
  await page.locator('.armed .empty').waitFor()
  await page.getByRole('button', { name: '+1 时' }).click()
  await page.locator('#offset', { hasText: '1时' }).waitFor()
  // The hour is counted from the click; the moments it took to get there are real time.
  expect(clock.offset()).toBeGreaterThan(3_590_000)
})

test('another phone joins by its number, and what is being typed survives a redraw', async () => {
  const field = page.getByLabel('新的手机号 another phone number')
  await field.pressSequentially('138001')
  await world.sim.jam('vz-p2-out-1', true)
  await page.locator('.lane', { hasText: 'P2 出口' }).locator('.tag.warn').waitFor()
  await field.pressSequentially('38000')
  await field.press('Enter')
  await page.locator('.owner', { hasText: '138 0013 8000' }).waitFor()
  expect(await page.locator('.who[aria-selected=true]').textContent()).toBe('访客 8000')
})

test('the page runs without an error and without a scroll bar at 1440 × 900', async () => {
  expect(complaints).toEqual([])
  expect(await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.scrollHeight])).toEqual([1440, 900])
})
