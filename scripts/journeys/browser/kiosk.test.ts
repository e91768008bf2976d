import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { call, signInAs } from '../calls.ts'
import { startStack, type Stack } from '../stack.ts'
import { openBrowser, type Journey, type Visitor } from './browser.ts'
import { scan } from './scan.ts'

// The screen in the atrium: nobody signs in, everything is large, and nothing of a visitor stays.
const plate = '苏C9K86M'
let stack: Stack
let journey: Journey
let kiosk: Visitor

beforeAll(async () => {
  stack = await startStack('kiosk')
  journey = await openBrowser(stack)
  kiosk = await journey.visitor('kiosk')
})
afterAll(async () => {
  await journey?.close()
  await stack?.stop()
})
afterEach(async () => {
  expect(kiosk.complaints()).toEqual([])
  expect(await stack.broken()).toEqual([])
  expect(stack.errors).toEqual([])
})

/** What the code on the screen says: the newest that Alipay gave out. */
const scannable = async (): Promise<string> => (await stack.sim.world()).trades.filter(one => one.vendor === 'alipay' && one.codeUrl).at(-1)!.codeUrl!

test('it invites, and a touch opens it', async () => {
  await kiosk.open('/kiosk/')
  await kiosk.sees('触摸开始')
  await kiosk.looksAt('attract')
  await kiosk.press('触摸开始')
  await kiosk.sees('今天有什么', '停车余位')
  await kiosk.looksAt('home')
})

test('a shop is found by its pinyin initial, and the plan shows the way', async () => {
  await kiosk.press(/^逛店铺/)
  await kiosk.press('L')
  await kiosk.sees('L 开头的店')
  await kiosk.press('L4')
  await kiosk.looksAt('shops')
  await kiosk.press(/老灶台地锅鸡/)
  await kiosk.sees(/无台阶 \d+ 分钟/, '带走路线')
  await kiosk.looksAt('plan')
})

test('letters typed are pinyin initials, and one too many is taken back', async () => {
  await kiosk.press('首页')
  await kiosk.press(/^店名、品类/)
  for (const letter of 'LZTX') await kiosk.page.locator('.shops-letters').getByRole('button', { name: letter, exact: true }).click()
  await kiosk.press('删除')
  await kiosk.sees(/老灶台地锅鸡/)
  await kiosk.looksAt('shops-typed')
})

test('a coupon becomes a code for the phone', async () => {
  await kiosk.press('首页')
  await kiosk.press(/^领优惠/)
  await kiosk.press(/停车券 2 小时|全部停车场/)
  await kiosk.sees('手机扫码，券放进手机', '本屏不收集手机号')
  await kiosk.looksAt('coupons')
})

test('parking is paid by plate: Alipay scans, the screen says so', async () => {
  await stack.sim.drive({ plate, camera: 'vz-p2-in-1' })
  await journey.pass(2 * 3_600_000)
  await kiosk.press('首页')
  await kiosk.press(/^停车缴费/)
  await kiosk.press(/^换省份/)
  for (const letter of plate) await kiosk.page.locator('.entry-keys').getByRole('button', { name: letter, exact: true }).click()
  await kiosk.looksAt('plate')
  await kiosk.press('找我的车')
  await kiosk.sees('苏C·9K86M', '停车费', '应付')
  await kiosk.press('支付宝', 'tab')
  await kiosk.sees('请用支付宝扫码', /^等待支付/)
  await kiosk.looksAt('pay')
  const due = await kiosk.page.locator('.pay-due').innerText()
  const codeUrl = await scannable()
  const paid = await stack.sim.pay('13905168821', { codeUrl })
  expect(due).toBe(`¥${(paid.totalFen / 100).toFixed(2)}`)
  await kiosk.sees('支付成功', due)
  await kiosk.looksAt('paid')
  expect(await stack.sim.drive({ plate, camera: 'vz-p2-out-1' })).toMatchObject({ info: 'ok', barrier: 'open' })
})

test('a minute without a touch wipes it, with a warning', async () => {
  await kiosk.press(/完成|首页/)
  await kiosk.press(/^停车缴费/)
  await kiosk.press(/^换省份/)
  await kiosk.page.locator('.entry-keys').getByRole('button', { name: '浙', exact: true }).click()
  await kiosk.page.clock.runFor(51_000)
  await kiosk.sees('您还在吗？')
  await kiosk.looksAt('still-there')
  expect(await kiosk.page.evaluate(() => document.activeElement?.textContent)).toContain('我还在')
  await kiosk.press('我还在')
  await kiosk.page.clock.runFor(51_000)
  await kiosk.sees('您还在吗？')
  await kiosk.page.clock.runFor(11_000)
  await kiosk.sees('触摸开始')
  await kiosk.press('触摸开始')
  await kiosk.press(/^停车缴费/)
  expect(await kiosk.page.locator('.entry-boxes').innerText()).not.toContain('浙')
})

test('whoever says that the visit is over ends it at once', async () => {
  await kiosk.page.clock.runFor(51_000)
  await kiosk.press('结束使用')
  await kiosk.sees('触摸开始')
  await kiosk.press('触摸开始')
})

test('without a network shops and plan stay, the rest says what to do', async () => {
  kiosk.allow(/ERR_INTERNET_DISCONNECTED/)
  await kiosk.press('首页')
  await kiosk.page.context().setOffline(true)
  await kiosk.sees('网络断开了，导览照常用', '停车缴费 暂停')
  await kiosk.looksAt('offline')
  await kiosk.press(/^逛店铺/)
  await kiosk.sees(/120 家/)
  await kiosk.press('首页')
  await kiosk.press(/^楼层图/)
  await kiosk.sees('点一家店，看怎么走')
  await kiosk.looksAt('offline-plan')
  await kiosk.page.context().setOffline(false)
  await kiosk.press('首页')
  await kiosk.sees('今天有什么')
})

test('English and large letters serve as well', async () => {
  await kiosk.press('EN')
  await kiosk.press('Large', 'switch')
  await kiosk.sees('Free bays', 'Pay parking')
  await kiosk.looksAt('home-english-large')
  await kiosk.press(/^Shops/)
  await kiosk.looksAt('shops-english-large')
  await kiosk.sees('1 / 40')
  await kiosk.press('Home')
  await kiosk.press(/^Coupons/)
  await kiosk.looksAt('coupons-english-large')
})

test('the screen at an exit says what is due, a phone scans it and pays, and the barrier opens', async () => {
  const late = '苏CF29617'
  const exit = await journey.visitor('kiosk')
  await exit.open('/kiosk/?exit')
  await exit.sees('还没有指定出口')
  await exit.looksAt('exit-unknown')
  const lanes = await call(stack, 'GET /admin/parking/lanes', { token: await signInAs(stack, stack.staff('parking')) })
  const { laneId } = lanes.items.find(lane => lane.name === 'P2 出口')!
  // The bar comes down behind the car before.
  await journey.pass(60_000)
  await exit.open(`/kiosk/?exit=${laneId}`)
  await exit.sees('一路平安', 'Have a safe trip')
  await exit.looksAt('exit-idle')

  await stack.sim.drive({ plate: late, camera: 'vz-p2-in-1' })
  await journey.pass(3 * 3_600_000)
  expect(await stack.sim.drive({ plate: late, camera: 'vz-p2-out-1' })).toMatchObject({ info: 'no', barrier: 'closed' })
  await exit.sees(/^苏C·F\*\*\*17$/, '手机扫码付停车费')
  await exit.looksAt('exit-due')
  const due = await exit.page.locator('.exit-due').innerText()

  const driver = await journey.visitor('phone')
  await driver.open(new URL(await scan(exit.page.locator('.exit-code'))).pathname)
  await driver.sees('现在离场需付', '苏C·F29617')
  await driver.looksAt('exit-quote')
  await driver.press(`支付 ${due}`)
  await driver.sees('用微信扫一扫付款')
  const open = async () => (await stack.sim.world()).trades.find(one => one.vendor === 'wechatpay' && one.state === 'open')?.codeUrl
  await expect.poll(open).toBeTruthy()
  await stack.sim.pay('13905168802', { codeUrl: (await open())! })
  await Promise.all([driver.sees(/^已支付 ¥/), exit.sees('请通行')])
  await exit.looksAt('exit-passing')
  // The screen says so from the order on; only a bar that is up comes down.
  await expect.poll(() => stack.raised('vz-p2-out-1')).toBe(2)
  await journey.pass(60_000)
  await exit.sees('一路平安')

  await driver.open('/m/#/parking/exit')
  await driver.sees('二维码不完整')
  await driver.open(`/exit/${laneId}`)
  await driver.sees('车道上没有车', '按车牌查费')
  await driver.looksAt('exit-nobody')
  await exit.open('/kiosk/?exit=01J00000000000000000000000')
  await exit.sees('还没有指定出口')

  exit.allow(/ERR_INTERNET_DISCONNECTED/)
  await exit.open(`/kiosk/?exit=${laneId}`)
  await exit.sees('一路平安')
  await exit.page.context().setOffline(true)
  await exit.sees('网络断开')
  await exit.looksAt('exit-cut')
  expect([...exit.complaints(), ...driver.complaints()]).toEqual([])
})
