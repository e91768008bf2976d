import { formatPlate } from '@atrium/shared/plate.ts'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { beginPaying, call, join, signInAs } from '../calls.ts'
import { startStack, type Stack } from '../stack.ts'
import { openBrowser, type Journey, type Visitor } from './browser.ts'
import { joinBySms, signIn } from './people.ts'

// Every page that the other journeys pass by: in English, in large letters, and each detail behind a list.
let stack: Stack
let journey: Journey
const here: Visitor[] = []
const visitor = async (screen: 'phone' | 'kiosk' | 'desk'): Promise<Visitor> => {
  const one = await journey.visitor(screen)
  here.push(one)
  return one
}
/** Chinese in what is ours to say, in English: what can be pressed, heads of tables, names of facts. What people wrote stays as it is. */
const chineseIn = async (one: Visitor): Promise<string[]> => {
  const said = await one.page.locator('button, th, dt, label, nav a, [role=tab]').filter({ visible: true }).allInnerTexts()
  const people = new RegExp(['admin', 'marketing', 'operations'].map(account => stack.staff(account).name).join('|'))
  return said.flatMap(words => words.split('\n')).map(line => line.trim()).filter(line => /[\u4e00-\u9fff]/.test(line) && !/^(中|中文|简体中文|沈)$/.test(line) && !people.test(line))
}

beforeAll(async () => {
  stack = await startStack('pages')
  journey = await openBrowser(stack)
})
afterAll(async () => {
  await journey?.close()
  await stack?.stop()
})
afterEach(async () => {
  expect(here.flatMap(one => one.complaints())).toEqual([])
  expect(stack.errors).toEqual([])
})

test('the console reads in English, each page and each detail', async () => {
  const token = await signInAs(stack, stack.staff('admin'))
  const first = <T>(list: { items: T[] }) => list.items[0]!
  const [member, template, parking, payment, fapiao] = [
    first(await call(stack, 'GET /admin/members', { token })), first(await call(stack, 'GET /admin/coupon-templates', { token })), first(await call(stack, 'GET /admin/parking/sessions', { token })),
    first(await call(stack, 'GET /admin/payments', { token })), first(await call(stack, 'GET /admin/fapiao', { token }))
  ]
  const admin = await visitor('desk')
  await signIn(admin, stack, 'admin')
  await admin.press(/^EN/)
  await admin.sees('Do these first')
  const pages: Record<string, [path: string, heading: string]> = {
    today: ['today', 'Today'], approvals: ['approvals', 'Approvals'], members: ['members', 'Members'], member: [`members/${member.memberId}`, member.nickname], coupons: ['coupons', 'Coupons'],
    template: [`coupons/templates/${template.templateId}`, template.titleEn], redemptions: ['redemptions', 'Redemptions'], control: ['parking/control', 'Parking control'], sessions: ['parking/sessions', 'Parking log'],
    session: [`parking/sessions/${parking.parkingId}`, formatPlate(parking.plate)], tariffs: ['parking/tariffs', 'Tariff sign'], shops: ['shops', 'Shops'], notices: ['notices', 'Notices'], payments: [`payments?open=${payment.paymentId}`, 'Payments'],
    fapiao: [`fapiao?open=${fapiao.fapiaoId}`, 'Invoices'], staff: ['staff', 'Staff & roles'], roles: ['staff/roles', 'Roles'], audit: ['audit', 'Audit log'], invariants: ['invariants', 'Data checks']
  }
  for (const [name, [path, heading]] of Object.entries(pages)) {
    await admin.open(`/console/${path}`)
    await admin.page.getByRole('heading', { level: 1, name: heading }).waitFor()
    await admin.rests()
    await admin.looksAt(`english-${name}`)
    expect(await chineseIn(admin), name).toEqual([])
  }
})

test('the kiosk shows facilities and events, in large letters and in English', async () => {
  const kiosk = await visitor('kiosk')
  await kiosk.open('/kiosk/')
  await kiosk.press('触摸开始')
  const tiles = [
    ['coupons', /^(领优惠|Coupons)/, '今天可领', 'Coupons today'], ['plate', /^(停车缴费|Pay parking)/, '输入车牌号', 'Enter your plate'], ['plan', /^(楼层图|Floor plan)/, '点一家店，看怎么走', 'Touch a shop to see the way']
  ] as const
  for (const manner of ['', 'elder-', 'english-']) {
    const either = (zh: string, en: string) => manner === 'english-' ? en : zh
    if (manner === 'elder-') await kiosk.press('长辈模式', 'switch')
    if (manner === 'english-') await kiosk.press('EN')
    await kiosk.press(/^(服务设施|Facilities)/)
    await kiosk.sees(either('点一项，看它在哪里', 'Touch one to see where it is'))
    await kiosk.looksAt(`${manner}services`)
    await kiosk.page.locator('.services-tile').first().click()
    await kiosk.page.locator('.plan-floor').filter({ visible: true }).waitFor()
    await kiosk.looksAt(`${manner}facility`)
    await kiosk.press(/^(首页|Home)$/)
    await kiosk.press(/^(活动|Events)/)
    await kiosk.sees(either('活动与公告', 'Events and notices'))
    await kiosk.page.locator('.events-item').first().click()
    await kiosk.page.locator('.events-item.on').waitFor()
    await kiosk.looksAt(`${manner}events`)
    await kiosk.press(/^(首页|Home)$/)
    if (manner) for (const [name, tile, zh, en] of tiles) {
      await kiosk.press(tile)
      await kiosk.sees(either(zh, en))
      await kiosk.looksAt(`${manner}${name}`)
      await kiosk.press(/^(首页|Home)$/)
    }
  }
})

test('the phone shows what is behind each list, in large letters and in English', async () => {
  const { phone } = stack.members[0]!
  const member = await join(stack, phone)
  const { payment, codeUrl } = await beginPaying(stack, { plate: '苏C6Y29H', hours: 2, member })
  await stack.sim.pay('13905168851', { codeUrl })
  await stack.settle()
  const as = { token: await member.token() }
  const { titleId } = await call(stack, 'POST /api/fapiao/titles', { ...as, body: { kind: 'personal', name: '许知远', isDefault: true } })
  const { fapiaoId } = await call(stack, 'POST /api/fapiao', { ...as, body: { titleId, paymentIds: [payment.paymentId] } })
  const store = (await call(stack, 'GET /api/shops')).items.find(one => one.name === '老灶台地锅鸡') ?? (await call(stack, 'GET /api/shops')).items[0]!
  const coupon = (await call(stack, 'GET /api/coupons', as)).items[0]!
  const notice = (await call(stack, 'GET /api/notices')).items[0]!
  const guest = await visitor('phone')
  await journey.pass(61_000)
  await guest.open('/m/#/identity/join')
  await joinBySms(guest, stack, phone)
  await guest.sees('今日好券')
  await guest.open('/m/#/settings/sessions')
  await guest.press('退出')
  await guest.sees(/^退出 .+？$/, '那台设备要重新登录')
  await guest.looksAt('sign-out-device')
  await guest.confirm('退出')
  await guest.sees('已退出那台设备')
  const pages: Record<string, [path: string, zh: string | RegExp, en: string | RegExp]> = {
    shop: [`shop/detail?id=${store.storeId}`, store.name, store.nameEn], notice: [`notice/detail?id=${notice.noticeId}`, notice.title, notice.titleEn], coupon: [`coupon/code?id=${coupon.couponId}`, coupon.title, coupon.titleEn],
    fapiao: [`fapiao/detail?id=${fapiaoId}`, '许知远', '许知远'], payment: [`payment/result?id=${payment.paymentId}`, /^已支付 ¥/, /^Paid ¥/], title: ['fapiao/title?kind=company', '统一社会信用代码', 'Unified social credit code'],
    settings: ['settings/index', '长辈版', 'Large text view'], find: ['parking/plates?find=1', '输入完整车牌，查看在场车辆的费用', 'Enter the whole plate to see what is due'], exit: ['parking/exit', '二维码不完整', 'The code is incomplete']
  }
  for (const manner of ['plain', 'elder', 'english']) {
    await guest.open('/m/#/settings/index')
    if (manner === 'elder') await guest.press('长辈版', 'switch')
    if (manner === 'english') { await guest.press('长辈版', 'switch'); await guest.press('English', 'tab') }
    for (const [name, [path, zh, en]] of Object.entries(pages)) {
      await guest.open('/m/#/shell/home')
      await guest.open(`/m/#/${path}`)
      await guest.sees(manner === 'english' ? en : zh)
      await guest.rests()
      await guest.looksAt(`${manner}-detail-${name}`)
      if (manner === 'english' && name !== 'find') expect(await chineseIn(guest), name).toEqual([])
    }
  }
})
