import { computed, ref, watch, type Ref } from 'vue'
import { useManner } from '@kiosk/shell/useManner'

/** A list a screenful at a time; in large print a screen holds fewer. Never stands beyond the last page. */
export function usePages<T>(items: Readonly<Ref<readonly T[]>>, holds: { plain: number; elder: number }) {
  const { elder } = useManner()
  const page = ref(0)
  const size = computed(() => (elder.value ? holds.elder : holds.plain))
  const pages = computed(() => Math.max(1, Math.ceil(items.value.length / size.value)))
  const shown = computed(() => items.value.slice(page.value * size.value, (page.value + 1) * size.value))
  const turn = (by: number) => { page.value = Math.min(pages.value - 1, Math.max(0, page.value + by)) }
  // What stood first stays in sight when the print changes size.
  watch(size, (now, before) => { page.value = Math.floor((page.value * before) / now) }, { flush: 'sync' })
  watch(pages, () => turn(0))
  return { page, pages, shown, turn, first: () => { page.value = 0 } }
}
