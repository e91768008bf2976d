import { computed, onScopeDispose, ref, type ComputedRef, type Ref } from 'vue'

export type Idle = { secondsLeft: ComputedRef<number>; warning: ComputedRef<boolean>; stay: () => void; stop: () => void; last: Ref<number> }

const shared = 'atrium.console.lastTouch'
/** How often the server is told that somebody works. */
const keepMs = 2 * 60_000

/**
 * Ends the session of someone who walked away. Any key, click or scroll in any tab of this browser counts; `warnMs` before the end
 * a warning shows that one touch of its button takes away. `onEnd` runs once. The server counts calls, not keys: `keep` is called while
 * somebody works, so that typing for long does not end the session. `now` is handed in for tests.
 */
export function useIdle(afterMs: number, onEnd: () => void, { keep = () => {}, warnMs = 60_000, now = Date.now }: { keep?: () => void; warnMs?: number; now?: () => number } = {}): Idle {
  const last = ref(now())
  const at = ref(now())
  let ended = false
  let kept = last.value

  const touch = () => {
    // Once the warning shows, only its button (or signing in again) goes on: a passing sleeve must not.
    if (at.value - last.value < afterMs - warnMs) { last.value = now(); localStorage.setItem(shared, String(last.value)) }
  }
  const heard = (event: StorageEvent) => { if (event.key === shared && event.newValue) last.value = Math.max(last.value, Number(event.newValue)) }
  const kinds = ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const
  for (const kind of kinds) addEventListener(kind, touch, { passive: true })
  addEventListener('storage', heard)
  const timer = setInterval(() => {
    at.value = now()
    // A tab that was frozen has not heard the others.
    if (at.value - last.value >= afterMs - warnMs) last.value = Math.max(last.value, Number(localStorage.getItem(shared)))
    if (last.value > kept && at.value - kept >= keepMs) { kept = at.value; keep() }
    if (!ended && at.value - last.value >= afterMs) { ended = true; onEnd() }
  }, 1000)
  const stop = () => {
    for (const kind of kinds) removeEventListener(kind, touch)
    removeEventListener('storage', heard)
    clearInterval(timer)
  }
  onScopeDispose(stop)

  const secondsLeft = computed(() => Math.max(0, Math.ceil((afterMs - (at.value - last.value)) / 1000)))
  return {
    secondsLeft, last, stop,
    warning: computed(() => at.value - last.value >= afterMs - warnMs),
    stay: () => { last.value = at.value = now(); localStorage.setItem(shared, String(last.value)) },
  }
}
