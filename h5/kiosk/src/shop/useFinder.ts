import { computed, ref, watch } from 'vue'
import { useGuide, type Shop } from '@kiosk/shell/useGuide'

export const perPage = 8

/** Whether a shop is found by words: name, English name, tags, or letters of its pinyin initials in order. */
export const matches = (shop: Shop, words: string): boolean => {
  const needle = words.trim().toLowerCase()
  return !needle || [shop.name, shop.nameEn, shop.tradeCategoryName, shop.tradeCategoryNameEn, shop.unit, ...shop.tags].some((text) => text.toLowerCase().includes(needle))
}

/** Shops by trade category, floor, pinyin initial and words, a page at a time; works on the kept copy, so without a network too. */
export function useFinder() {
  const { shops } = useGuide()
  const tradeCategory = ref('')
  const floor = ref('')
  const initial = ref('')
  const words = ref('')
  const page = ref(0)

  const without = (skip: 'initial' | 'none') => shops.value.filter((s) =>
    (!tradeCategory.value || s.tradeCategory === tradeCategory.value) && (!floor.value || s.floor === floor.value) && (skip === 'initial' || !initial.value || s.initial === initial.value) && matches(s, words.value))
  const found = computed(() => without('none'))
  /** Letters with at least one shop under the other filters: the others are not offered. */
  const letters = computed(() => new Set(without('initial').map((s) => s.initial)))
  const pages = computed(() => Math.max(1, Math.ceil(found.value.length / perPage)))
  const shown = computed(() => found.value.slice(page.value * perPage, (page.value + 1) * perPage))
  watch([tradeCategory, floor, initial, words], () => { page.value = 0 })

  function clear(): void {
    tradeCategory.value = ''
    floor.value = ''
    initial.value = ''
    words.value = ''
  }
  const turn = (by: number) => { page.value = Math.min(pages.value - 1, Math.max(0, page.value + by)) }
  return { tradeCategory, floor, initial, words, page, found, letters, pages, shown, clear, turn }
}
