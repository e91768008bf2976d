import { beforeEach, describe, expect, test, vi } from 'vitest'
import { nextTick, ref } from 'vue'

const shop = (name: string, initials: string, floor: string, tradeCategory: string) => ({ shopId: name, name, nameEn: `${initials[0]!.toUpperCase()} shop`, initial: initials[0]!.toUpperCase(), initials, floor, unit: `${floor}-01`, tradeCategory, tradeCategoryName: '餐饮', tradeCategoryNameEn: 'Dining', tags: ['火锅'] })
const shops = ref([...Array.from({ length: 10 }, (_, i) => shop(`山雀${i}`, 'sq', 'L2', 'dining')), shop('野渡咖啡', 'ydkf', 'L4', 'dining'), shop('素问衣坊', 'swyf', 'L1', 'fashion')])
vi.mock('@kiosk/shell/useGuide', () => ({ useGuide: () => ({ shops }) }))
vi.mock('@/i18n', () => ({ speak: () => {} }))
const { holds, useFinder } = await import('./useFinder')
const { useManner } = await import('@kiosk/shell/useManner')
const { elder } = useManner()

let finder: ReturnType<typeof useFinder>
beforeEach(() => { elder.value = false; finder = useFinder() })

describe('finding a shop', () => {
  test('filters work together and offer only letters that lead somewhere', () => {
    finder.floor.value = 'L4'
    expect([finder.found.value.map((s) => s.name), [...finder.letters.value]]).toEqual([['野渡咖啡'], ['Y']])
    finder.tradeCategory.value = 'fashion'
    expect(finder.found.value).toEqual([])
  })
  test.each([['野渡', 1], ['y SHOP', 1], ['火锅', 12], ['L1-01', 1], ['不存在', 0], ['YDKF', 1], ['kf', 1], ['S', 12], ['SQY', 0]])('words %s find %d', (words, n) => {
    finder.words.value = words
    expect(finder.found.value).toHaveLength(n)
  })
  test('pages turn within their bounds and begin anew with a filter', async () => {
    expect([finder.pages.value, finder.shown.value.length]).toEqual([2, holds.plain])
    finder.turn(5)
    expect(finder.page.value).toBe(1)
    finder.initial.value = 'Y'
    await nextTick()
    expect([finder.page.value, finder.pages.value]).toEqual([0, 1])
    finder.turn(-1)
    expect(finder.page.value).toBe(0)
  })
  test('large print shows fewer at a time and still leads to every shop', () => {
    finder.turn(1)
    const first = finder.shown.value[0]
    elder.value = true
    expect(finder.pages.value).toBe(4)
    expect(finder.shown.value).toContain(first)
    finder.turn(-9)
    const seen = [finder.shown.value]
    while (finder.page.value + 1 < finder.pages.value) { finder.turn(1); seen.push(finder.shown.value) }
    expect([seen.map((s) => s.length), seen.flat()]).toEqual([[3, 3, 3, 3], shops.value])
  })
  test('one letter is taken back; clearing the letters leaves trade category and floor', () => {
    finder.tradeCategory.value = 'dining'
    finder.floor.value = 'L2'
    finder.words.value = 'SQY'
    finder.erase()
    expect([finder.words.value, finder.found.value.length]).toEqual(['SQ', 10])
    finder.clear()
    expect([finder.words.value, finder.tradeCategory.value, finder.floor.value]).toEqual(['', 'dining', 'L2'])
  })
})
