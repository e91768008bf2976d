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
    first(await call(stack, 'GET /admin/members', { token })).memberId, first(await call(stack, 'GET /admin/coupon-templates', { token })).templateId, first(await call(stack, 'GET /admin/parking/sessions', { token })).parkingId,
    first(await call(stack, 'GET /admin/payments', { token })).paymentId, first(await call(stack, 'GET /admin/fapiao', { token })).fapiaoId
  ]
  const admin = await visitor('desk')
  await signIn(admin, stack, 'admin')
  await admin.press(/^EN/)
  await admin.sees('Do these first')
  const pages = {
    today: 'today', approvals: 'approvals', members: 'members', member: `members/${member}`, coupons: 'coupons', template: `coupons/templates/${template}`, redemptions: 'redemptions', control: 'parking/control', sessions: 'parking/sessions',
    session: `parking/sessions/${parking}`, tariffs: 'parking/tariffs', shops: 'shops', notices: 'notices', payments: `payments?open=${payment}`, fapiao: `fapiao?open=${fapiao}`, staff: 'staff', roles: 'staff/roles', audit: 'audit', invariants: 'invariants'
  }
  for (const [name, path] of Object.entries(pages)) {
    await admin.open(`/console/${path}`)
    await admin.page.locator('main').waitFor()
    await admin.page.locator('.skeleton').first().waitFor({ state: 'detached' })
    await admin.looksAt(`english-${name}`)
    expect(await chineseIn(admin), name).toEqual([])
  }
})

test('the kiosk shows facilities and events, in large letters and in English', async () => {
  const kiosk = await visitor('kiosk')
  await kiosk.open('/kiosk/')
  await kiosk.press('触摸开始')
  for (const [manner, services, events] of [['', /^服务设施/, /^活动/], ['elder-', /^服务设施/, /^活动/], ['english-', /^Facilities/, /^Events/]] as const) {
    if (manner === 'elder-') await kiosk.press('长辈模式', 'switch')
    if (manner === 'english-') await kiosk.press('EN')
    await kiosk.press(services)
    await kiosk.looksAt(`${manner}services`)
    await kiosk.page.locator('.services-tile').first().click()
    await kiosk.looksAt(`${manner}facility`)
    await kiosk.press(/^(首页|Home)$/)
    await kiosk.press(events)
    await kiosk.page.locator('.events-item').first().click()
    await kiosk.looksAt(`${manner}events`)
    await kiosk.press(/^(首页|Home)$/)
    if (manner) for (const [tile, name] of [[/^(领优惠|Coupons)/, 'coupons'], [/^(停车缴费|Pay parking)/, 'plate'], [/^(楼层图|Floor plan)/, 'plan']] as const) {
      await kiosk.press(tile)
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
  const pages: Record<string, string> = {
    shop: `shop/detail?id=${store.storeId}`, notice: `notice/detail?id=${notice.noticeId}`, coupon: `coupon/code?id=${coupon.couponId}`, fapiao: `fapiao/detail?id=${fapiaoId}`,
    payment: `payment/result?id=${payment.paymentId}`, title: 'fapiao/title?kind=company', settings: 'settings/index', find: 'parking/plates?find=1', exit: 'parking/exit'
  }
  for (const manner of ['plain', 'elder', 'english']) {
    await guest.open('/m/#/settings/index')
    if (manner === 'elder') await guest.press('长辈版', 'switch')
    if (manner === 'english') { await guest.press('长辈版', 'switch'); await guest.press('English', 'tab') }
    for (const [name, path] of Object.entries(pages)) {
      await guest.open('/m/#/shell/home')
      await guest.open(`/m/#/${path}`)
      await guest.page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' })
      // Pages slide in; a picture in between shows neither.
      await guest.page.waitForTimeout(300)
      await guest.looksAt(`${manner}-detail-${name}`)
      if (manner === 'english' && name !== 'find') expect(await chineseIn(guest), name).toEqual([])
    }
  }
})
