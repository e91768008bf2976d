import { onUnmounted, ref, type Ref } from 'vue'

/** The time, renewed every `everyMs` while the page lives. Milliseconds. */
export function useClock(everyMs = 1000): Ref<number> {
  const now = ref(Date.now())
  const timer = setInterval(() => { now.value = Date.now() }, everyMs)
  onUnmounted(() => clearInterval(timer))
  return now
}
