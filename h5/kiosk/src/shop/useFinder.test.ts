import { beforeEach, describe, expect, test, vi } from 'vitest'
import { nextTick, ref } from 'vue'

const shop = (name: string, initial: string, floor: string, tradeCategory: string) => ({ shopId: name, name, nameEn: `${initial} shop`, initial, floor, unit: `${floor}-01`, tradeCategory, tradeCategoryName: '餐饮', tradeCategoryNameEn: 'Dining', tags: ['火锅'] })
const shops = ref([...Array.from({ length: 10 }, (_, i) => shop(`山雀${i}`, 'S', 'L2', 'dining')), shop('野渡咖啡', 'Y', 'L4', 'dining'), shop('素问衣坊', 'S', 'L1', 'fashion')])
vi.mock('@kiosk/shell/useGuide', () => ({ useGuide: () => ({ shops }) }))
const { perPage, useFinder } = await import('./useFinder')

let finder: ReturnType<typeof useFinder>
beforeEach(() => { finder = useFinder() })

describe('finding a shop', () => {
  test('filters work together and offer only letters that lead somewhere', () => {
    finder.floor.value = 'L4'
    expect([finder.found.value.map((s) => s.name), [...finder.letters.value]]).toEqual([['野渡咖啡'], ['Y']])
    finder.tradeCategory.value = 'fashion'
    expect(finder.found.value).toEqual([])
  })
  test.each([['野渡', 1], ['y SHOP', 1], ['火锅', 12], ['L1-01', 1], ['不存在', 0]])('words %s find %d', (words, n) => {
    finder.words.value = words
    expect(finder.found.value).toHaveLength(n)
  })
  test('pages turn within their bounds and begin anew with a filter', async () => {
    expect([finder.pages.value, finder.shown.value.length]).toEqual([2, perPage])
    finder.turn(5)
    expect(finder.page.value).toBe(1)
    finder.initial.value = 'Y'
    await nextTick()
    expect([finder.page.value, finder.pages.value]).toEqual([0, 1])
    finder.turn(-1)
    expect(finder.page.value).toBe(0)
  })
})
