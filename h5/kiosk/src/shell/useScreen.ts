import { computed, ref, shallowRef } from 'vue'

/** Every screen of the kiosk; `attract` is what it shows to nobody in particular. */
export type ScreenName = 'attract' | 'home' | 'shops' | 'plan' | 'coupons' | 'parking' | 'pay' | 'events' | 'services'
export type Screen = { name: ScreenName; params: Record<string, string> }

const screen = shallowRef<Screen>({ name: 'attract', params: {} })
const trail = shallowRef<Screen[]>([])
/** Changes with each visitor: whatever is keyed by it starts empty. */
const visitor = ref(0)

/** Where the visitor is. One page with screens in it: wiping the kiosk is one line, and nothing of a visitor stays in a page stack. */
export function useScreen() {
  function open(name: ScreenName, params: Record<string, string> = {}): void {
    trail.value = [...trail.value, screen.value]
    screen.value = { name, params }
  }
  function back(): void {
    const last = trail.value[trail.value.length - 1]
    if (!last || last.name === 'attract') return home()
    trail.value = trail.value.slice(0, -1)
    screen.value = last
  }
  function home(): void {
    trail.value = []
    screen.value = { name: 'home', params: {} }
  }
  /** The visitor left: back to the start, and nothing of theirs remains. */
  function wipe(): void {
    trail.value = []
    screen.value = { name: 'attract', params: {} }
    visitor.value += 1
  }
  return { screen, visitor, atHome: computed(() => screen.value.name === 'home'), open, back, home, wipe }
}
