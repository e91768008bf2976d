import { computed, ref, watch } from 'vue'
import { searchTerm } from '@atrium/shared/shop/rules.ts'
import { useGuide, type Shop } from '@kiosk/shell/useGuide'
import { usePages } from '@kiosk/ui/usePages'

export const holds = { plain: 8, elder: 3 }

/** Whether a shop is found by words: name, English name, tags, or letters of its pinyin initials in order. */
export const matches = (shop: Shop, words: string): boolean => {
  const needle = words.trim().toLowerCase()
  // A guide kept by an older version has none.
  const { initials = '' } = shop as Partial<Shop>
  return !needle || initials.includes(searchTerm(needle)) || [shop.name, shop.nameEn, shop.tradeCategoryName, shop.tradeCategoryNameEn, shop.unit, ...shop.tags].some((text) => text.toLowerCase().includes(needle))
}

/** Shops by trade category, floor, pinyin initial and words, a page at a time; works on the kept copy, so without a network too. */
export function useFinder() {
  const { shops } = useGuide()
  const tradeCategory = ref('')
  const floor = ref('')
  const initial = ref('')
  const words = ref('')

  const without = (skip: 'initial' | 'none') => shops.value.filter((s) =>
    (!tradeCategory.value || s.tradeCategory === tradeCategory.value) && (!floor.value || s.floor === floor.value) && (skip === 'initial' || !initial.value || s.initial === initial.value) && matches(s, words.value))
  const found = computed(() => without('none'))
  /** Letters with at least one shop under the other filters: the others are not offered. */
  const letters = computed(() => new Set(without('initial').map((s) => s.initial)))
  const { page, pages, shown, turn, first } = usePages(found, holds)
  watch([tradeCategory, floor, initial, words], first)

  /** Forgets the letters; trade category and floor have keys of their own. */
  function clear(): void {
    initial.value = ''
    words.value = ''
  }
  const erase = () => { words.value = words.value.slice(0, -1) }
  return { tradeCategory, floor, initial, words, page, found, letters, pages, shown, clear, erase, turn }
}
