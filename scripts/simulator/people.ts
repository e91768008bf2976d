import { randomBytes } from 'node:crypto'
import { sha256 } from './crypto.ts'

/** Someone with a phone. The ids follow from the phone number, so they survive a restart. */
export interface Person {
  /** Stable key: the phone number. */
  phone: string
  name: string
  /** WeChat openid for each mini-program or official account appid. */
  openids: Record<string, string>
  unionid: string
  alipayOpenId: string
  alipayUserId: string
  sessionKey: string
}

const digits = (seed: string, count: number): string => BigInt(`0x${sha256(seed).toString('hex')}`).toString().slice(-count)

/** WeChat openid: 28 characters, starting with "o", different for each appid. */
export const openidOf = (phone: string, appId: string): string => `o${sha256(`openid:${appId}:${phone}`).toString('base64url').slice(0, 27)}`

export const newPerson = (phone: string, name: string, appIds: string[]): Person => ({
  phone,
  name,
  openids: Object.fromEntries(appIds.map(appId => [appId, openidOf(phone, appId)])),
  unionid: `o6_${sha256(`unionid:${phone}`).toString('base64url').slice(0, 25)}`,
  alipayOpenId: `0${sha256(`alipay:${phone}`).toString('base64url').slice(0, 45)}`,
  alipayUserId: `2088${digits(`alipay-user:${phone}`, 12)}`,
  sessionKey: randomBytes(16).toString('base64'),
})

/** Invented people who live in the simulated world from the first start. */
export const FIRST_PEOPLE: readonly { name: string; phone: string }[] = [
  { name: '林知夏', phone: '13905160001' },
  { name: '陈屿', phone: '13905160002' },
  { name: '苏念安', phone: '13905160003' },
  { name: '周亦然', phone: '13905160004' },
  { name: '许清和', phone: '13905160005' },
  { name: '顾远舟', phone: '13905160006' },
]
