import { dynamicCode } from '@atrium/shared/dynamic-code.ts'
import { faces } from '../../build.ts'
import type { Platform } from '../../miniprogram-host/core/types.ts'
import { launchMiniProgram, type Element, type Journey } from '../../miniprogram-host/launch.ts'
import { call } from '../calls.ts'
import type { Stack } from '../stack.ts'

/** The address that the packages are compiled with when nobody names another. */
const compiledIn = process.env.TARO_APP_API ?? 'http://127.0.0.1:8787'

/** A phone with our compiled package, in somebody's hand. */
export const takePhone = (stack: Stack, platform: Platform, phone: string): Promise<Journey> =>
  launchMiniProgram({ dist: faces[platform].output, platform, world: stack.simulatorUrl, phone, privacy: 'agreed', reroute: `${compiledIn}=${stack.url}` })

/** Of the elements of `selector`, the one in the same place of the list as the one of `beside` that shows these words. */
export const besideText = async (app: Journey, selector: string, beside: string, words: string): Promise<Element> => {
  const names = await Promise.all((await app.findAll(beside)).map(element => element.text()))
  const at = names.findIndex(name => name.includes(words))
  const found = (await app.findAll(selector))[at]
  if (!found) throw new Error(`no ${selector} beside ${words}; there are ${names.join(', ')}`)
  return found
}

/** Types a plate on our own keyboard, province first. */
export const typePlate = async (app: Journey, plate: string): Promise<void> => {
  await app.tap('.plate-box')
  for (const letter of plate) {
    const keys = await app.findAll('.keyboard-keys .key')
    const names = await Promise.all(keys.map(key => key.text()))
    await keys[names.indexOf(letter)]!.tap()
  }
}

/** What the app keeps on this phone under a name. */
export const kept = async <T>(app: Journey, platform: Platform, name: string): Promise<T> => {
  const key = `atrium.${name}`
  const text = platform === 'alipay' ? (await app.mp.callWxMethod('getStorageSync', { key }) as { data: string }).data : await app.mp.callWxMethod('getStorageSync', key) as string
  return JSON.parse(text) as T
}

/** What a scanner reads off the screen that shows a coupon: drawn from the secret that this phone was given, for this minute. */
export const codeOnScreen = async (app: Journey, platform: Platform, stack: Stack): Promise<string> => {
  const couponId = String((await app.page()).query.id)
  const { accessToken } = await kept<{ accessToken: string }>(app, platform, 'session.member')
  const coupon = await call(stack, 'GET /api/coupons/{couponId}', { params: { couponId }, token: accessToken })
  return dynamicCode(coupon.couponNumber, coupon.secret!, stack.now().getTime())
}

/** Signs a shop assistant in to the staff pages. */
export const signIn = async (app: Journey, stack: Stack, account: string): Promise<void> => {
  const person = stack.staff(account)
  await app.go('/staff/sign-in')
  const fields = await app.findAll('.field-input') as (Element & { input(text: string): Promise<void> })[]
  await fields[0]!.input(account)
  await fields[1]!.input(person.password)
  await app.tap('下一步')
  await app.waitText('输入动态口令')
  await app.fill('.field-input', stack.totp(person))
  await app.tap('登录')
  await app.waitPage('/staff/redeem')
}
