import { beforeAll, expect, test, vi } from 'vitest'
import type { Template } from './worth'

vi.hoisted(() => { process.env.TARO_ENV = 'weapp'; process.env.TARO_APP_API = '' })
vi.mock('@tarojs/taro', async () => (await import('@/testing/taro')).taro.module())
await import('@/i18n/common')
await import('@/i18n/refusals')
const { speak } = await import('@/i18n')
const { claimButton } = await import('./claimButton')
const { faceOf, placeOf, worthWord } = await import('./worth')

const template = (change: Partial<Template>): Template => ({
  templateId: 't', title: '券', titleEn: 'Coupon', worth: { kind: 'cash', amountFen: 5000, minimumSpendFen: 20000 }, stock: 100, perMember: 1, pointsPrice: 0, minimumTier: null,
  claimFrom: '2026-11-20T02:00:00.000Z', claimUntil: '2026-12-20T02:00:00.000Z', validity: { kind: 'days', days: 30 }, storeIds: [], funder: 'mall', terms: '', termsEn: '',
  storeNames: [], storeNamesEn: [], claimed: 10, remaining: 90, obstacle: null, owned: 0, logo: null, ...change,
})
beforeAll(() => speak('zh-CN'))

test.each([
  [{ kind: 'cash', amountFen: 5000, minimumSpendFen: 20000 }, '¥', '50', '', '满 200 可用'],
  [{ kind: 'cash', amountFen: 550, minimumSpendFen: 0 }, '¥', '5.50', '', '无门槛'],
  [{ kind: 'discount', offPerMille: 250, capFen: 6000, minimumSpendFen: 0 }, '', '7.5', '折', '最高减 60'],
  [{ kind: 'parking', minutes: 120 }, '', '2', '小时', '全场停车场'],
  [{ kind: 'parking', minutes: 90 }, '', '90', '分钟', '全场停车场'],
  [{ kind: 'exchange', thing: '桂花拿铁', thingEn: 'Latte', valueFen: 3000 }, '', '1', '份', '桂花拿铁'],
] as const)('%o shows its worth', (worth, sign, number, unit, condition) => expect(faceOf(worth)).toEqual({ sign, number, unit, condition }))

test('a discount reads the other way round in English', () => {
  speak('en')
  expect(worthWord({ kind: 'discount', offPerMille: 250, capFen: 0, minimumSpendFen: 0 })).toBe('25% off')
  speak('zh-CN')
})

test.each([
  [{}, { kind: 'take', text: '领取', act: 'claim' }],
  [{ pointsPrice: 2000 }, { kind: 'price', text: '需 2,000 积分', act: 'claim' }],
  [{ obstacle: 'unauthenticated' }, { kind: 'take', text: '领取', act: 'claim' }],
  [{ obstacle: 'coupon_limit_reached', owned: 1 }, { kind: 'ghost', text: '去使用', act: 'use' }],
  [{ obstacle: 'coupon_limit_reached', owned: 0 }, { kind: 'off', text: '已领完限额', act: 'none' }],
  [{ obstacle: 'coupon_sold_out' }, { kind: 'off', text: '已抢光', act: 'none' }],
  [{ obstacle: 'coupon_tier_too_low', minimumTier: 'crimson' }, { kind: 'off', text: '丹桂可领', act: 'none' }],
  [{ obstacle: 'points_insufficient', pointsPrice: 2000 }, { kind: 'off', text: '需 2,000 积分', act: 'none' }],
  [{ obstacle: 'rate_limited' }, { kind: 'off', text: '操作太频繁，请稍后再试', act: 'none' }],
] as const)('%o makes the button say what stops one', (change, button) => expect(claimButton(template(change))).toEqual(button))

test('before it opens the button says when', () => {
  vi.useFakeTimers({ now: new Date('2026-11-20T01:00:00Z') })
  expect(claimButton(template({ obstacle: 'coupon_not_started' }))).toMatchObject({ text: '10:00 开抢', act: 'none' })
  vi.setSystemTime(new Date('2026-11-19T01:00:00Z'))
  expect(claimButton(template({ obstacle: 'coupon_not_started' }))).toMatchObject({ text: '明天 10:00 开抢' })
  vi.useRealTimers()
})

test.each([[[], '全场通用'], [['老灶台'], '老灶台'], [['老灶台', '野渡咖啡'], '老灶台等 2 家']])('shops %o read %s', (storeNames, shown) => expect(placeOf(template({ storeNames: [...storeNames] }))).toBe(shown))
