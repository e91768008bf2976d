import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { startStack, type Stack } from '../stack.ts'
import { openBrowser, type Journey, type Visitor } from './browser.ts'
import { smallInElder } from './elder.ts'
import { joinBySms, signIn, signInToTill, typePlate } from './people.ts'

// One visit to the mall on the phone's browser, from looking around to the e-invoice, with a shop assistant at the console beside it.
const phone = '13905168801'
const plate = '苏C7H88Q'
const hours = 3_600_000

let stack: Stack
let journey: Journey
let guest: Visitor

beforeAll(async () => {
  stack = await startStack('visit')
  journey = await openBrowser(stack)
  guest = await journey.visitor('phone')
})
afterAll(async () => {
  await journey?.close()
  await stack?.stop()
})
afterEach(async () => {
  expect(guest.complaints()).toEqual([])
  expect(await stack.broken()).toEqual([])
  expect(stack.errors).toEqual([])
})

describe('looking around without signing in', () => {
  test('the home page shows coupons, events and shops by floor', async () => {
    await guest.open('/m/')
    await guest.sees('加入会员，停车买单都省心', '今日好券', '正在发生', '按楼层逛')
    await guest.looksAt('home-guest')
  })

  test('shops are found by floor, category and name', async () => {
    await guest.press('逛店', 'tab')
    await guest.sees('120 家店')
    await guest.looksAt('shops')
    await guest.press(/^L4/, 'tab')
    await guest.press('餐饮', 'tab')
    await guest.sees('老灶台地锅鸡')
    await guest.press('全部楼层', 'tab')
    await guest.page.getByPlaceholder('搜店名、拼音或品类').filter({ visible: true }).fill('shanque')
    await guest.sees('山雀咖啡', '1 家店')
  })
})

describe('joining', () => {
  test('the coupon asks for it, the SMS code does it', async () => {
    await guest.open('/m/#/coupon/centre')
    await guest.sees('地锅鸡满 200 减 50')
    await guest.looksAt('coupon-centre')
    await guest.press('领取', 'button', '地锅鸡满 200 减 50')
    await guest.sees('一步加入云龙天地')
    await guest.looksAt('join')
    await joinBySms(guest, stack, phone)
    await guest.sees('领券中心')
  })

  test('the member card shows a code that changes each minute', async () => {
    await guest.open('/m/#/shell/code')
    await guest.sees('银桂会员', /秒后自动更新/, '请把屏幕调亮一些，结账前向店员出示')
    const number = guest.page.locator('.pass-digits').filter({ visible: true })
    const shown = await number.innerText()
    expect(shown.replaceAll(' ', '')).toMatch(/^\d{18}$/)
    await guest.looksAt('member-code')
    await journey.pass(60_000)
    await expect.poll(() => number.innerText()).not.toBe(shown)
  })
})

describe('a coupon', () => {
  let assistant: Visitor
  afterEach(() => { if (assistant) expect(assistant.complaints()).toEqual([]) })

  test('is claimed and waits in the wallet', async () => {
    await guest.open('/m/#/coupon/centre')
    await guest.press('领取', 'button', '地锅鸡满 200 减 50')
    await guest.sees('已领取，放进卡包了')
    await guest.press(/^我的券 1/)
    await guest.press(/地锅鸡满 200 减 50/)
    await guest.sees('每分钟更新，截图无效', '怎么用')
    await guest.looksAt('coupon-code')
  })

  test('of another shop is refused, here it is redeemed, and both sides see the receipt', async () => {
    const number = (await guest.page.locator('.code-number').filter({ visible: true }).innerText()).replaceAll(' ', '')
    const stranger = await journey.visitor('desk')
    await signIn(stranger, stack, 'assistant.shanque')
    await stranger.page.getByLabel('扫码或输入券码').fill(number)
    await stranger.press('查验')
    await stranger.sees('不能核销', '这张券不能在本店使用')
    expect(stranger.complaints()).toEqual([])

    assistant = await journey.visitor('desk')
    await signIn(assistant, stack, 'assistant.laozaotai')
    await assistant.page.getByLabel('扫码或输入券码').fill(number)
    await assistant.press('查验')
    await assistant.sees('可以核销', '银桂')
    await assistant.looksAt('redeem')
    await assistant.press('确认核销')
    await assistant.sees('核销成功')
    const receipt = await assistant.page.locator('.result .mono').innerText()

    await guest.sees('老灶台地锅鸡已收到这张券', receipt)
    await guest.looksAt('coupon-receipt')
    await assistant.press('核销下一张')
    await assistant.page.getByLabel('扫码或输入券码').fill(number)
    await assistant.press('查验')
    await assistant.sees('不能核销', /首次核销/)
  })

  test('the manager takes it back on the same day, with a reason, and the coupon is there again', async () => {
    const manager = await journey.visitor('desk')
    await signIn(manager, stack, 'manager.laozaotai')
    await manager.open('/console/redemptions')
    await manager.page.locator('tr').filter({ hasText: '地锅鸡满 200 减 50' }).first().getByRole('button', { name: '操作' }).click()
    await manager.press('撤销核销', 'menuitem')
    await manager.page.getByRole('dialog').getByRole('textbox').fill('顾客换了菜单')
    await manager.looksAt('restore')
    await manager.confirm('撤销核销')
    await manager.sees(/已撤销/)
    expect(manager.complaints()).toEqual([])
    await guest.open('/m/#/coupon/mine')
    await guest.sees('地锅鸡满 200 减 50')
  })

  test('is redeemed at a till in the browser, where the answer gets lost: the till says that it does not know, and asks again', async () => {
    await guest.press(/地锅鸡满 200 减 50/)
    const number = (await guest.page.locator('.code-number').filter({ visible: true }).innerText()).replaceAll(' ', '')
    const till = await journey.visitor('phone')
    await signInToTill(till, stack, 'assistant.laozaotai')
    await till.page.getByLabel('券码').pressSequentially(number)
    await till.sees('可以核销')
    till.allow(/ERR_FAILED/)
    await till.page.route('**/admin/coupons/redeem', async route => { await route.fetch(); await route.abort() }, { times: 1 })
    await till.press(/^确认核销/)
    await till.sees('没有收到核销结果', '可以核销')
    await till.looksAt('till-unknown')
    await till.press('重试')
    await till.sees('核销成功')
    expect(till.complaints()).toEqual([])
    await guest.sees('老灶台地锅鸡已收到这张券')
  })
})

describe('parking', () => {
  test('a plate is bound on our own keyboard', async () => {
    await guest.open('/m/#/parking/plates')
    await guest.sees('绑定后入场自动识别，离场可在手机上付')
    await guest.looksAt('plate-keyboard')
    await typePlate(guest, plate)
    await guest.press('绑定')
    await guest.sees(/已绑定/)
  })

  test('the camera lets the car in once, however often it repeats itself', async () => {
    await stack.sim.fault({ vendor: 'vzenith', kind: 'camera-repeat' })
    expect((await stack.sim.drive({ plate, camera: 'vz-p1-in-1' })).barrier).toBe('open')
    await journey.pass(2.5 * hours)
    await guest.open('/m/#/shell/parking')
    await guest.sees('停车中', '现在离场需付', /^2小时3\d分/, '首 30 分钟免费', /^计费 2小时/, '会员减免 1 小时')
    await expect.poll(() => guest.page.locator('.parking-plate').filter({ visible: true }).count()).toBe(1)
    await guest.looksAt('parking-quote')
  })

  test('the exit stays shut until it is paid, and shows a code to scan', async () => {
    const refused = await stack.sim.drive({ plate, camera: 'vz-p1-out-1' })
    expect(refused).toMatchObject({ info: 'no', barrier: 'closed' })
  })

  test('it is paid by scanning a code; the page says so by itself', async () => {
    await guest.press(/^支付 ¥/)
    await guest.sees('用微信扫一扫付款', '等待支付')
    await guest.looksAt('pay-waiting')
    const due = await guest.page.locator('.pay-card .money').filter({ visible: true }).first().innerText()
    const trade = (await stack.sim.world()).trades.find(one => one.vendor === 'wechatpay')!
    expect(due.replaceAll(/\s/g, '')).toBe(`¥${(trade.totalFen / 100).toFixed(2)}`)
    await stack.sim.pay('13905168802', { codeUrl: trade.codeUrl! })
    await guest.sees(/^已支付 ¥/, '抬杆自动放行')
    await stack.settle()
    await guest.sees(/^\+\d+ 积分$/)
    await guest.looksAt('paid')
  })

  test('the barrier opens for the car that waits there', async () => {
    await expect.poll(() => stack.raised('vz-p1-out-1')).toBe(1)
    await stack.settle()
    await guest.open('/m/#/parking/history')
    await guest.sees(/停 2小时/, '苏C·7H88Q')
    await guest.looksAt('parking-history')
    await guest.open('/m/#/shell/parking')
    await guest.sees('没有在场的车')
  })

  test('the points stand in the ledger with what they were for', async () => {
    await guest.open('/m/#/points/list')
    await guest.sees('可用积分', /停车/)
    await guest.looksAt('points')
  })
})

describe('the e-invoice', () => {
  test('a wrong credit code is caught while typing, a right one is kept', async () => {
    await guest.open('/m/#/fapiao/title?kind=company')
    await guest.page.getByLabel('名称', { exact: true }).filter({ visible: true }).fill('徐州云山文化传播有限公司')
    const code = guest.page.getByLabel('统一社会信用代码', { exact: true }).filter({ visible: true })
    await code.fill('91320303MA27XAT5KA')
    await guest.sees('代码不正确，请核对')
    await code.fill('91320303MA27XAT5KQ')
    await guest.press('保存')
    await guest.sees('已保存')
  })

  test('is asked for, issued with twenty digits, and its PDF opens', async () => {
    await guest.open('/m/#/fapiao/list')
    await guest.press(/¥/, 'checkbox')
    await guest.sees('徐州云山文化传播有限公司')
    await guest.looksAt('fapiao-choose')
    await guest.press('申请开票')
    await guest.sees('已开票')
    await guest.sees(/^(\d{4} ){4}\d{4}$/)
    await guest.looksAt('fapiao')
    const [download] = await Promise.all([guest.page.waitForEvent('download'), guest.press('查看 PDF')])
    const chunks: Buffer[] = []
    for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer)
    expect(Buffer.concat(chunks).subarray(0, 5).toString()).toBe('%PDF-')
  })

  test('nothing is invoiced twice', async () => {
    await guest.open('/m/#/fapiao/list')
    await guest.sees('没有待开票的停车')
  })
})

describe('other ways to read', () => {
  const pages = [
    ['shell/home', '会员码', 'By floor'], ['shell/shops', '120 家店', '120 shops'], ['shell/code', '银桂会员', 'Silver member'], ['shell/parking', 'P1 地下停车场', 'Car parks'], ['shell/me', '我的车辆', 'My cars'],
    ['coupon/centre', '领券中心', 'Coupon centre'], ['coupon/mine', '我的券', 'My coupons'], ['parking/plates', '我的车辆', 'My cars'], ['parking/history', '停车记录', 'Parking history'],
    ['fapiao/list', '停车发票', 'Parking fapiao'], ['fapiao/titles', '徐州云山文化传播有限公司', '徐州云山文化传播有限公司'], ['points/list', '可用积分', 'Points to use'], ['notice/list', '云龙湖畔冬日市集', /market/i],
    ['settings/sessions', '本机', 'This device'], ['settings/profile', '个人资料', 'Profile'], ['identity/privacy', '隐私说明', 'Privacy'], ['staff/sign-in', '店员核销', 'Redeem coupons']
  ] as const

  test('elder view keeps every page usable', async () => {
    await guest.open('/m/#/settings/index')
    await guest.sees('长辈版')
    await guest.looksAt('settings')
    await guest.press('长辈版', 'switch')
    for (const [page, words] of pages) {
      await guest.open(`/m/#/${page}`)
      await guest.sees(words)
      await guest.looksAt(`elder-${page.replace('/', '-')}`)
      expect(await smallInElder(guest.page), page).toEqual([])
    }
    await guest.open('/m/#/settings/index')
    await guest.press('长辈版', 'switch')
  })

  test('so does English', async () => {
    await guest.press('English', 'tab')
    await guest.sees('Settings and privacy')
    for (const [page, , words] of pages) {
      await guest.open(`/m/#/${page}`)
      await guest.sees(words)
      await guest.looksAt(`english-${page.replace('/', '-')}`)
      expect(await guest.page.title()).toBe('Atrium Yunlong')
    }
  })
})
