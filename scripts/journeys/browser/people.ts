import { normalisePlate } from '@atrium/shared/plate.ts'
import type { Person, Stack } from '../stack.ts'
import type { Visitor } from './browser.ts'

/** Joins as a new member on the phone: agrees to the notice, asks for the code, reads the message, types it. */
export const joinBySms = async (visitor: Visitor, stack: Stack, phone: string): Promise<void> => {
  const { page, press, sees } = visitor
  await page.getByLabel('手机号', { exact: true }).filter({ visible: true }).fill(phone)
  await press(/我已阅读并同意/, 'checkbox')
  await press('获取验证码')
  await sees('验证码已发出，5 分钟内有效')
  const { params } = await stack.sim.lastSms(phone)
  await page.getByLabel('验证码', { exact: true }).filter({ visible: true }).fill(String(Object.values(params)[0]))
  await press('登录 / 注册')
}

/** Types a plate on our own keyboard, province first. */
export const typePlate = async (visitor: Visitor, plate: string): Promise<void> => {
  const { page } = visitor
  await page.locator('.plate-box').filter({ visible: true }).first().click()
  for (const letter of normalisePlate(plate)) await page.locator('.keyboard-keys').filter({ visible: true }).getByRole('button', { name: letter, exact: true }).click()
}

/** Signs in to the console with password and authenticator. */
export const signIn = (visitor: Visitor, stack: Stack, account: string): Promise<void> => signInAs(visitor, stack, stack.staff(account))

/** The same for somebody whom the demo mall does not know. */
export const signInAs = async (visitor: Visitor, stack: Stack, person: Person): Promise<void> => {
  await visitor.open('/console/')
  await visitor.page.getByLabel('账号').fill(person.account)
  await visitor.page.getByLabel('密码').fill(person.password)
  await visitor.press('下一步')
  await visitor.page.getByLabel('验证器里的 6 位数字').fill(stack.totp(person))
  await visitor.page.waitForURL(url => !url.pathname.endsWith('/sign-in'))
}

/** Signs a shop assistant in to the staff pages of the phone. */
export const signInToTill = async (visitor: Visitor, stack: Stack, account: string): Promise<void> => {
  const person = stack.staff(account)
  await visitor.open('/m/#/staff/sign-in')
  await visitor.page.getByLabel('账号').fill(person.account)
  await visitor.page.getByLabel('密码').fill(person.password)
  await visitor.press('下一步')
  await visitor.page.getByLabel('动态口令').fill(stack.totp(person))
  await visitor.press('登录')
  await visitor.sees('今天')
}
