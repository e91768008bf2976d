import { onUnmounted, ref, type Ref } from 'vue'
import { mallTime } from '@/platform/clock'

/** The time in the mall, renewed every `everyMs` while the page lives. Milliseconds. */
export function useClock(everyMs = 1000): Ref<number> {
  const now = ref(mallTime())
  const timer = setInterval(() => { now.value = mallTime() }, everyMs)
  onUnmounted(() => clearInterval(timer))
  return now
}
