import { ref } from 'vue'
import { speak } from '@/i18n'
import { useScreen } from './useScreen'

const elder = ref(false)
const low = ref(false)

/** How the screen stands to this visitor: large print, lowered controls. Nothing of it outlives the visitor. */
export function useManner() {
  const { wipe } = useScreen()
  function reset(): void {
    elder.value = false
    low.value = false
    speak('zh-CN')
  }
  return { elder, low, leave: () => { wipe(); reset() }, reset }
}
