import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { beginPaying, call, join } from '../calls.ts'
import { startStack, type Stack } from '../stack.ts'
import { openBrowser, type Journey, type Visitor } from './browser.ts'
import { signIn, signInAs } from './people.ts'
import { scan } from './scan.ts'

// A day at the console: each person does what their role is for, and sees what the others did.
let stack: Stack
let journey: Journey
const here: Visitor[] = []

/** Somebody signed in at a desk of their own. */
const at = async (account: string): Promise<Visitor> => {
  const visitor = await journey.visitor('desk')
  here.push(visitor)
  await signIn(visitor, stack, account)
  return visitor
}

beforeAll(async () => {
  stack = await startStack('console')
  journey = await openBrowser(stack)
})
afterAll(async () => {
  await journey?.close()
  await stack?.stop()
})
afterEach(async () => {
  expect(here.flatMap(visitor => visitor.complaints())).toEqual([])
  expect(await stack.broken()).toEqual([])
  expect(stack.errors).toEqual([])
})

describe('signing in', () => {
  test('a wrong password is said plainly and locks the account after five', async () => {
    const stranger = await journey.visitor('desk')
    here.push(stranger)
    await stranger.open('/console/')
    await stranger.sees('登录控制台')
    await stranger.looksAt('sign-in')
    for (let go = 1; go <= 5; go += 1) {
      await stranger.page.getByLabel('账号').fill('auditor')
      await stranger.page.getByLabel('密码').fill('not the password')
      await stranger.press('下一步')
      await stranger.sees(go < 5 ? '账号或密码不对' : /账号已锁定/)
    }
    await stranger.page.getByLabel('密码').fill(stack.staff('auditor').password)
    await stranger.press('下一步')
    await stranger.sees(/账号已锁定/)
    await journey.pass(16 * 60_000)
  })

  test('a wrong code is refused, the right one opens the console', async () => {
    const visitor = await journey.visitor('desk')
    here.push(visitor)
    const person = stack.staff('operations')
    await visitor.open('/console/')
    await visitor.page.getByLabel('账号').fill(person.account)
    await visitor.page.getByLabel('密码').fill(person.password)
    await visitor.press('下一步')
    await visitor.sees('输入动态验证码')
    await visitor.looksAt('sign-in-code')
    const code = stack.totp(person)
    await visitor.page.getByLabel('验证器里的 6 位数字').fill(code === '000000' ? '111111' : '000000')
    await visitor.sees(/动态(口令|验证码)/)
    await visitor.page.getByLabel('验证器里的 6 位数字').fill(code)
    await visitor.sees('先处理这些')
  })
})

test('today follows what happens at the gates', async () => {
  const operations = await at('operations')
  await operations.sees('先处理这些', '在场车辆', '收款')
  const entries = operations.page.locator('.band, .stats, section').filter({ hasText: '进场' }).first()
  await operations.rests()
  const before = await entries.innerText()
  await stack.sim.drive({ plate: '苏C6T21P', camera: 'vz-p1-in-1' })
  await expect.poll(() => entries.innerText()).not.toBe(before)
  await operations.looksAt('today')
})

test('a coupon is written by one, approved by another, opened, and then offered to visitors', async () => {
  const title = '冬至停车 2 小时'
  const marketing = await at('marketing')
  await marketing.open('/console/coupons')
  await marketing.sees('地锅鸡满 200 减 50')
  await marketing.looksAt('coupons')
  await marketing.press('新建券模板', 'link')
  await marketing.sees('谁能领、什么时候能用')
  await marketing.page.getByLabel(/^券名/).fill(title)
  await marketing.page.getByLabel(/^英文名/).fill('Two hours for the solstice')
  await marketing.page.locator('label').filter({ hasText: /^停车$/ }).click()
  await marketing.looksAt('coupon-editor')
  await marketing.press('提交审批')
  await marketing.confirm('提交审批')
  await marketing.sees('已提交，等另一位同事审批', '待审批')

  const operations = await at('operations')
  await operations.open('/console/approvals')
  await operations.press(new RegExp(title))
  await operations.sees('新券模板，全部是新内容')
  await operations.looksAt('approvals')
  await operations.press(/^通过/)
  await operations.confirm('通过')
  await operations.sees('已通过，可以上线')

  await marketing.page.reload()
  await marketing.press('上线开领')
  await marketing.confirm('上线开领')
  await marketing.sees('已上线，会员现在可以领')

  const visitor = await journey.visitor('phone')
  here.push(visitor)
  await visitor.open('/m/#/coupon/centre')
  await visitor.press('停车', 'tab')
  await visitor.sees(title)
})

describe('the control room', () => {
  let room: Visitor
  test('a plate the camera is unsure of is put right by a person, and the car comes in', async () => {
    room = await at('parking')
    await room.open('/console/parking/control')
    await room.sees('改正车牌')
    expect(await stack.sim.drive({ plate: '苏C8M3B7', camera: 'vz-p1-in-2', confidence: 41 })).toMatchObject({ barrier: 'closed' })
    await room.sees('P1 入口2 车牌识别不清')
    // An older one is in view, and stays there until a person chooses this one.
    await room.press('改车牌')
    await room.press('自己填')
    await room.page.getByLabel('自己填').fill('苏C8M387')
    await room.looksAt('control-correction')
    await room.press('改正')
    await room.sees('已改正，车道按新车牌继续')
    await expect.poll(() => stack.raised('vz-p1-in-2')).toBe(1)
    await room.sees('苏C·8M387')
  })

  test('each exit has a code to print, which a phone can read', async () => {
    await room.press('P1 出口1的二维码')
    await room.sees('下载二维码', /\/kiosk\/\?exit=/)
    await room.looksAt('exit-code')
    expect(await scan(room.page.locator('[role=dialog] .code'))).toMatch(new RegExp(`^${stack.url}/exit/[0-9A-Z]{26}$`))
    await room.page.keyboard.press('Escape')
  })

  test('a jammed barrier raises an alarm and is opened by hand with a reason', async () => {
    await stack.sim.jam('vz-p2-in-1')
    await stack.sim.drive({ plate: '苏C5K09R', camera: 'vz-p2-in-1' })
    // Each retry has more patience than the one before; then a person is asked.
    for (let retry = 0; retry < 3; retry += 1) {
      await stack.sim.poll('vz-p2-in-1')
      await journey.pass(60_000)
      await stack.settle()
    }
    await room.sees(/道闸(卡住|未回执)/)
    await room.looksAt('control-jammed')
    await stack.sim.jam('vz-p2-in-1', false)
    await room.press('手动抬闸', 'button', 'P2 入口')
    await room.press('现场核实后放行')
    await room.confirm('手动抬闸')
    await room.sees('已发出抬闸指令，等道闸回执')
    await expect.poll(() => stack.raised('vz-p2-in-1')).toBe(1)
  })
})

test('finance gives money back; it goes the way it came and the points with it', async () => {
  const member = await join(stack, '13905168811')
  const { payment, codeUrl } = await beginPaying(stack, { plate: '苏C3R55T', hours: 3, member })
  await stack.sim.pay('13905168812', { codeUrl })
  await stack.settle()
  await journey.pass(0)

  const finance = await at('finance')
  await finance.open(`/console/payments?open=${payment.paymentId}`)
  await finance.sees(payment.paymentNumber, /^可退 ¥/)
  await finance.looksAt('payment')
  await finance.press(/^退 ¥/)
  await finance.press('道闸故障未放行')
  await finance.confirm(/^退 ¥/)
  await finance.sees('退款已受理，等渠道到账')
  await finance.sees('已退')
  await expect.poll(async () => (await call(stack, 'GET /api/points', { token: await member.token() })).balance).toBe(100)
})

test('invoices that failed are sent again together', async () => {
  const finance = await at('finance')
  await finance.open('/console/fapiao?state=failed')
  await finance.page.getByLabel('全选本页').check()
  await finance.page.locator('.bulk').getByRole('button', { name: '重新开具' }).click()
  await finance.sees(/已重新提交 (\d+) 张，共选 \1 张/)
  await stack.settle()
})

test('a member is masked, seen in full for a reason, and the look stands in the audit log', async () => {
  const service = await at('service')
  await service.open('/console/members')
  await service.page.getByLabel('手机号、会员号或昵称').fill('13905168811')
  await service.page.keyboard.press('Enter')
  await service.sees('共 1 条')
  await service.press(/^会\*\*/, 'link')
  await service.sees('139****8811')
  await service.press('申请查看')
  await service.press('联系失物归还')
  await service.confirm('申请查看')
  await service.sees('13905168811', /秒后隐藏/)
  await service.looksAt('member')

  const auditor = await at('auditor')
  await auditor.open('/console/audit')
  await auditor.sees('吕晓棠', /首尾相连/)
  await auditor.looksAt('audit')
})

test('a notice is written, published, read by visitors, and taken back', async () => {
  const title = '湖畔新年灯会'
  const marketing = await at('marketing')
  await marketing.open('/console/notices')
  await marketing.press('写公告')
  await marketing.page.locator('#field-title').fill(title)
  await marketing.page.locator('#field-titleEn').fill('New Year lanterns by the lake')
  await marketing.page.locator('#field-body').fill('除夕到初六，每晚六点亮灯。')
  await marketing.looksAt('notice-editor')
  await marketing.press('保存')
  await marketing.sees('已保存', title, '草稿')
  const visitor = await journey.visitor('phone')
  here.push(visitor)
  await visitor.open('/m/#/notice/list')
  await visitor.sees('云龙湖畔冬日市集')
  expect(await visitor.page.getByText(title).count()).toBe(0)
  const row = async (act: string) => {
    await marketing.page.locator('tr').filter({ hasText: title }).getByRole('button', { name: '操作' }).click()
    await marketing.press(act, 'menuitem')
    await marketing.confirm(act)
  }
  await row('发布')
  await marketing.sees('已发布，各端马上可见')
  await visitor.page.reload()
  await visitor.press(new RegExp(title))
  await visitor.sees('除夕到初六，每晚六点亮灯。')
  await row('撤回')
  await marketing.sees('已撤回')
  await visitor.page.reload()
  await visitor.sees(/没有找到/)
})

test('a new colleague gets an account, signs in with it, and is stopped when the account is', async () => {
  const admin = await at('admin')
  await admin.open('/console/staff')
  await admin.press('添加员工')
  await admin.page.locator('#field-name').fill('钟离月')
  await admin.page.locator('#field-account').fill('zhongli')
  await admin.page.locator('#field-phone').fill('13905168877')
  await admin.looksAt('staff-form')
  await admin.press('保存')
  await admin.sees('只显示这一次 · 钟离月')
  await admin.looksAt('staff-once')
  const [, password, totpSecret] = await admin.page.locator('dialog, [role=dialog]').locator('dd').allInnerTexts()
  const uri = new URL(await scan(admin.page.locator('.scan .code')))
  expect(uri.searchParams.get('secret')).toBe(totpSecret)
  await admin.press('已交给本人')

  const colleague = await journey.visitor('desk')
  here.push(colleague)
  await signInAs(colleague, stack, { role: 'customerService', name: '钟离月', account: 'zhongli', password: password!, totpSecret: totpSecret! })
  await colleague.open('/console/members')
  await colleague.sees(/共 \d+ 条/)
  await admin.page.locator('tr').filter({ hasText: '钟离月' }).getByRole('button', { name: '操作' }).click()
  await admin.press('停用', 'menuitem')
  await admin.page.getByRole('dialog').getByRole('textbox').fill('试用结束')
  await admin.confirm('停用')
  await admin.sees('已停用')
  await colleague.page.reload()
  await colleague.sees('登录控制台')
})

test('every promise holds, checked now', async () => {
  const admin = await at('admin')
  await admin.open('/console/invariants')
  await admin.press('现在全部核对')
  await admin.sees(/\d+ 条承诺都成立/)
  await admin.looksAt('invariants')
  for (const [path, heading] of [['redemptions', '核销'], ['parking/sessions', '停车记录'], ['parking/tariffs', '收费牌'], ['shops', '店铺'], ['notices', '公告'], ['payments', '支付'], ['fapiao', '发票'], ['members', '会员'], ['staff', /员工/], ['staff/roles', /角色|权限/]] as const) {
    await admin.open(`/console/${path}`)
    await admin.page.getByRole('heading', { level: 1, name: heading }).waitFor()
    await admin.rests()
    await admin.looksAt(path.replace('/', '-'))
  }
})

test('a list is exported as it is filtered', async () => {
  const operations = await at('operations')
  await operations.open('/console/shops?floor=L4')
  await operations.press('导出')
  const [download] = await Promise.all([operations.page.waitForEvent('download'), operations.press('CSV（.csv）', 'menuitem')])
  const chunks: Buffer[] = []
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer)
  const lines = Buffer.concat(chunks).toString('utf8').trim().split('\n')
  expect(lines.length).toBeGreaterThan(5)
  expect(lines.some(line => line.includes('老灶台地锅鸡'))).toBe(true)
  await operations.sees(/已导出 \d+ 行/)
})
