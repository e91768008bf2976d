import { onMounted, onUnmounted, shallowRef, type ShallowRef } from 'vue'

/** The wall clock, renewed each second while the component is there. */
export function useNow(): ShallowRef<Date> {
  const now = shallowRef(new Date())
  let timer: ReturnType<typeof setInterval> | undefined
  onMounted(() => { timer = setInterval(() => { now.value = new Date() }, 1000) })
  onUnmounted(() => clearInterval(timer))
  return now
}
