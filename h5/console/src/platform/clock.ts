import { onScopeDispose, ref, type Ref } from 'vue'

/** The time now in ms, moving every `everyMs`; stops with the component that asked for it. */
export function useNow(everyMs = 1000): Ref<number> {
  const now = ref(Date.now())
  const timer = setInterval(() => { now.value = Date.now() }, everyMs)
  onScopeDispose(() => clearInterval(timer))
  return now
}

const minute = ref(Date.now())
let ticking = false

/** The time now in ms, moving each half minute: one clock for every cell of every list. */
export function useMinute(): Ref<number> {
  if (!ticking) {
    ticking = true
    setInterval(() => { minute.value = Date.now() }, 30_000)
  }
  return minute
}
