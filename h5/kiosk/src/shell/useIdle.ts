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
  const { leave } = useManner()

  function touch(): void {
    left.value = idleSeconds
  }
  function hold(): void {
    held.value = true
    touch()
  }
  function release(): void {
    held.value = false
    touch()
  }
  function tick(): void {
    if (held.value || screen.value.name === 'attract') return touch()
    left.value -= 1
    if (left.value > 0) return
    release()
    leave()
  }
  function start(): void {
    clearInterval(timer)
    timer = setInterval(tick, 1000)
  }
  function stop(): void {
    clearInterval(timer)
  }
  return { left, held, warning: computed(() => !held.value && left.value <= warnSeconds), touch, hold, release, tick, start, stop }
}
