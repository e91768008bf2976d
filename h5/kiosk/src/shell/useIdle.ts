import { computed, ref } from 'vue'
import { useManner } from './useManner'
import { useScreen } from './useScreen'

/** Without a touch for this long the kiosk wipes itself. */
export const idleSeconds = 60
/** From here on the ring warns and asks whether somebody is still there. */
export const warnSeconds = 10

const left = ref(idleSeconds)
const held = ref(false)
let timer: ReturnType<typeof setInterval> | undefined

/** The visible countdown. `hold` keeps it still while a payment is pending, `release` starts it anew. */
export function useIdle() {
  const { screen } = useScreen()
  const { leave, reset } = useManner()
  const warning = computed(() => !held.value && left.value <= warnSeconds && screen.value.name !== 'attract')

  function touch(): void {
    left.value = idleSeconds
  }
  /** Any touch of the screen. Once it asks whether somebody is there, only the answer counts: the question must stand until it is pressed. */
  function stir(): void {
    if (!warning.value) touch()
  }
  function hold(): void {
    held.value = true
    touch()
  }
  function release(): void {
    if (held.value) touch()
    held.value = false
  }
  /** A language chosen before the first touch goes the same way as all else of a visitor. */
  function tick(): void {
    if (held.value) return touch()
    left.value -= 1
    if (left.value > 0) return
    touch()
    if (screen.value.name === 'attract') reset()
    else leave()
  }
  function start(): void {
    clearInterval(timer)
    timer = setInterval(tick, 1000)
  }
  function stop(): void {
    clearInterval(timer)
  }
  return { left, held, warning, touch, stir, hold, release, tick, start, stop }
}
