import { onUnmounted, ref, type Ref } from 'vue'
import { brighten } from '@/platform/device'
import { onPageHide, onPageShow } from '@/platform/page'

/** Keeps the screen bright while the page shows and `wanted`. Going back ends a page without hiding it first, so that restores as well. */
export function useBrightScreen(wanted: () => boolean): Ref<boolean> {
  const bright = ref(false)
  let restore = (): void => undefined
  async function show(): Promise<void> {
    const screen = brighten()
    restore = screen.restore
    bright.value = await screen.bright
  }
  function leave(): void {
    restore()
    restore = () => undefined
  }
  onPageShow(() => { if (wanted()) void show() })
  onPageHide(leave)
  onUnmounted(leave)
  return bright
}
