import { beforeEach, expect, test } from 'vitest'
import { setLanguage } from './copy.ts'
import { conditionText, logoUrl, ticketValue, worthText, type Worth } from './names.ts'

beforeEach(() => setLanguage('zh-CN'))

const cases: [Worth, string, string, string][] = [
  [{ kind: 'cash', amountFen: 4000, minimumSpendFen: 20000 }, '满 ¥200 减 ¥40', '满 ¥200 可用', '¥40'],
  [{ kind: 'cash', amountFen: 2990, minimumSpendFen: 0 }, '立减 ¥29.90', '不限金额可用', '¥29.90'],
  [{ kind: 'discount', offPerMille: 200, capFen: 5000, minimumSpendFen: 0 }, '8 折', '不限金额可用，最多减 ¥50', '8折'],
  [{ kind: 'discount', offPerMille: 150, capFen: 0, minimumSpendFen: 10000 }, '8.5 折', '满 ¥100 可用', '8.5折'],
  [{ kind: 'parking', minutes: 120 }, '停车 2 小时', '抵扣停车时长', '2小时'],
  [{ kind: 'parking', minutes: 90 }, '停车 90 分钟', '抵扣停车时长', '90分钟'],
  [{ kind: 'gift', thing: '手账本', thingEn: 'Notebook', valueFen: 2800 }, '手账本', '价值 ¥28.00', '手账本'],
]
test.each(cases)('%j is worth %s', (worth, phrase, condition, ticket) => {
  expect(worthText(worth)).toBe(phrase)
  expect(conditionText(worth)).toBe(condition)
  expect(Object.values(ticketValue(worth)).join('')).toBe(ticket)
})

test('English says per cent off, not folds', () => {
  setLanguage('en')
  expect(worthText({ kind: 'discount', offPerMille: 200, capFen: 0, minimumSpendFen: 0 })).toBe('20% off')
  expect(worthText({ kind: 'gift', thing: '手账本', thingEn: 'Notebook', valueFen: 1 })).toBe('Notebook')
})

test('a logo from the database stays a picture', () => {
  expect(logoUrl('<svg onload="alert(1)"/>')).toBe('data:image/svg+xml;charset=utf-8,%3Csvg%20onload%3D%22alert(1)%22%2F%3E')
  expect(logoUrl(null)).toBeNull()
})
