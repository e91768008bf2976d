import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Platform } from '../../miniprogram-host/core/types.ts'
import type { Journey } from '../../miniprogram-host/launch.ts'
import { call, signInAs } from '../calls.ts'
import { startStack, type Stack } from '../stack.ts'
import { besideText, codeOnScreen, kept, signIn, takePhone, typePlate } from './phone.ts'

// The whole visit in the compiled packages: the same person on WeChat and on Alipay, with shop assistants' phones beside them.
const person = '13905168831'
const coupon = '地锅鸡满 200 减 50'
const hours = 3_600_000
const cars: Record<Platform, string> = { weapp: '苏C2W71A', alipay: '苏CF80216' }
const borrowed: Record<Platform, string> = { weapp: '苏C9Q31K', alipay: '苏CF33017' }
const exitCamera = 'vz-p1-out-2'

let stack: Stack
let memberNumber = ''
beforeAll(async () => { stack = await startStack('miniprogram') })
afterAll(() => stack?.stop())

describe.each<Platform>(['weapp', 'alipay'])('a visit in the compiled %s package', platform => {
  const plate = cars[platform]
  let guest: Journey
  let till: Journey
  let stranger: Journey
  let raisedBefore: number

  beforeAll(async () => {
    [guest, till, stranger] = await Promise.all([takePhone(stack, platform, person), takePhone(stack, platform, '13905168841'), takePhone(stack, platform, '13905168842')])
  })
  afterAll(() => Promise.all([guest, till, stranger].map(phone => phone?.close())))
  afterEach(async () => {
    expect([guest, till, stranger].flatMap(phone => [...phone.exceptions, ...phone.consoleErrors])).toEqual([])
    expect(await stack.broken()).toEqual([])
    expect(stack.errors).toEqual([])
  })

  test('looking around asks for nothing', async () => {
    await guest.waitText('今日好券')
    await guest.go('/shell/shops')
    await guest.waitText('120 家店')
    await guest.go('/shell/parking')
    await guest.waitText(/P1 地下停车场[\s\S]*余/)
    await guest.go('/notice/list')
    await guest.waitText('云龙湖畔冬日市集')
  })

  test('a car that was found is priced for anyone; paying for it asks who pays, and comes back to it', async () => {
    expect(await stack.sim.drive({ plate: borrowed[platform], camera: 'vz-p1-in-1' })).toMatchObject({ barrier: 'open' })
    stack.pass(1.5 * hours)
    await stranger.go('/parking/plates?find=1')
    await typePlate(stranger, borrowed[platform])
    await stranger.tap('查询')
    await stranger.waitPage('/shell/parking')
    await stranger.waitText(/现在离场需付[\s\S]*不登录也可以查，付款时再登录/)
    await stranger.tap('.parking-dock .button')
    await stranger.waitPage('/identity/join')
    await stranger.tap('先逛逛')
    await stranger.waitPage('/shell/parking')
    await stranger.waitText(/现在离场需付/)
  })

  test('the coupon asks for the phone number, once', async () => {
    await guest.go('/coupon/centre')
    await guest.waitText(coupon)
    await (await besideText(guest, '.ticket .button', '.ticket-title', coupon)).tap()
    await guest.waitPage('/identity/join')
    await guest.tap('.join-agree')
    // Whoever is known to the channel is in without the button; on Alipay this phone is still new.
    await guest.tap('.join-native')
    await guest.waitPage('/coupon/centre')
    await (await besideText(guest, '.ticket .button', '.ticket-title', coupon)).tap()
    await guest.waitText(/已领取|去使用/)
  })

  test('the card is the same on both channels', async () => {
    await guest.go('/shell/code')
    await guest.waitText('银桂会员')
    const number = await guest.text('.pass-number')
    memberNumber ||= number
    expect(number).toBe(memberNumber)
    const brightness = async () => (await guest.phone.done()).filter(one => one.name === 'brightness').map(one => one.detail.value)
    await expect.poll(brightness).toEqual([1])
    await guest.back()
    await expect.poll(brightness).toEqual([1, 0.5])
  })

  test('another shop, a forged code and a lost network are refused, each in its own words', async () => {
    await guest.go('/coupon/mine')
    await guest.tap(coupon)
    await guest.waitText('每分钟更新，截图无效')
    const code = await codeOnScreen(guest, platform, stack)

    await signIn(stranger, stack, 'assistant.shanque')
    await stranger.phone.set({ scan: code })
    await stranger.tap('.till-scan')
    await stranger.waitText('这张券不能在本店用')

    await signIn(till, stack, 'assistant.laozaotai')
    await till.phone.set({ scan: code.slice(0, -1) + String((Number(code.at(-1)) + 1) % 10) })
    await till.tap('.till-scan')
    await till.waitText('券码无法识别')

    await till.phone.network('none')
    await till.phone.set({ scan: code })
    await till.tap('.till-scan')
    await till.waitText('没有网络，未核销')
    await till.phone.network('wifi')
    await till.tap('重试')
    await till.waitText('可以核销')
  })

  test('it is redeemed, and both sides hold the receipt at once', async () => {
    await till.tap('.page-dock .button-do')
    await till.waitText('核销成功')
    await guest.waitText('老灶台地锅鸡已收到这张券')
    await till.tap('核销下一张')
    await till.waitText('首次核销')
  })

  test('a plate is bound, the car drives in once and the page prices its stay', async () => {
    await guest.go('/parking/plates')
    if (platform === 'alipay') await guest.tap('再绑一辆')
    await guest.waitText('绑定后入场自动识别')
    await typePlate(guest, plate)
    await guest.tap('绑定')
    await guest.waitText('已绑')
    await stack.sim.fault({ vendor: 'vzenith', kind: 'camera-repeat' })
    expect(await stack.sim.drive({ plate, camera: 'vz-p1-in-1' })).toMatchObject({ barrier: 'open' })
    stack.pass(2.5 * hours)
    await guest.go('/shell/parking')
    await guest.waitText(/现在离场需付[\s\S]*首 30 分钟免费[\s\S]*还需付/)
  })

  test('who pays and then overstays the time to leave pays the rest', async () => {
    await guest.phone.set({ pay: 'pay' })
    await guest.tap('.parking-dock .button')
    await guest.waitPage('/payment/result')
    await guest.waitText(/前离场[\s\S]*抬杆自动放行/)
    stack.pass(1.25 * hours)
    await guest.go('/shell/parking')
    await guest.waitText(/已超时[\s\S]*现在离场需付[\s\S]*还需付/)
  })

  test('the code at the exit leads to the car that stands there, and says so when none does', async () => {
    const lanes = await call(stack, 'GET /admin/parking/lanes', { token: await signInAs(stack, stack.staff('parking')) })
    const exit = lanes.items.find(lane => lane.name === 'P1 出口2')!.laneId
    await guest.go(`/parking/exit?q=${encodeURIComponent(`${stack.url}/exit/${exit}`)}`)
    await guest.waitText('车道上没有车')
    expect(await stack.sim.drive({ plate, camera: exitCamera })).toMatchObject({ info: 'no' })
    raisedBefore = stack.raised(exitCamera)
    await guest.tap('重试')
    await guest.waitPage('/shell/parking')
    await guest.waitText(/现在离场需付[\s\S]*还需付/)
  })

  test('closing the wallet takes no money; paying in it does, and the page says which', async () => {
    await guest.phone.set({ pay: 'cancel' })
    const due = (await guest.text('.parking-dock .button')).replace(/[^\d.]/g, '')
    await guest.tap('.parking-dock .button')
    await guest.waitPage('/payment/pay')
    await guest.waitText(/已取消，没有扣款/)
    await guest.phone.set({ pay: 'pay' })
    await guest.tap('重新打开支付')
    await guest.waitPage('/payment/result')
    await guest.waitText(`已支付 ¥${due}`)
    const vendor = platform === 'weapp' ? 'wechatpay' : 'alipay'
    const paid = (await stack.sim.world()).trades.filter(trade => trade.vendor === vendor && trade.state === 'paid')
    expect(paid.map(trade => trade.totalFen)).toContain(Math.round(Number(due) * 100))
    expect(paid).toHaveLength(2)
  })

  test('the barrier opens, and the stay is over', async () => {
    await expect.poll(() => stack.raised(exitCamera)).toBe(raisedBefore + 1)
    await stack.settle()
    await guest.go('/shell/parking')
    await guest.waitText('没有在场的车')
  })

  test('an e-invoice is issued and opens in the reader of the phone', async () => {
    if (platform === 'weapp') {
      await guest.go('/fapiao/title?kind=personal')
      await guest.fill('.field-input', '许知远')
      await guest.tap('保存')
      await guest.waitText('已保存')
    }
    await guest.go('/fapiao/list')
    await guest.tap('个人')
    await guest.tap('.fapiao-row')
    await guest.tap('申请开票')
    await guest.waitPage('/fapiao/detail')
    await guest.waitText(/已开票[\s\S]*(\d{4} ){4}\d{4}/, 15_000)
    await guest.tap('查看 PDF')
    await expect.poll(async () => (await guest.phone.done()).find(one => one.name === 'openDocument')?.detail.fileType).toBe('pdf')
  })

  test('the points for it stand in the list', async () => {
    await stack.settle()
    await guest.go('/points/list')
    await guest.waitText(/停车[\s\S]*\+\d+/)
    const { accessToken } = await kept<{ accessToken: string }>(guest, platform, 'session.member')
    expect((await call(stack, 'GET /api/points', { token: accessToken })).balance).toBeGreaterThan(100)
  })
})
