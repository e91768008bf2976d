import { ref } from 'vue'

/** Whether the search over everything is open; the field in the top bar and ⌘K open it. */
export const searchOpen = ref(false)

/** Opens the search on ⌘K or Ctrl K, wherever the focus is; returns what ends the listening. */
export function listenForSearch(): () => void {
  const onKey = (event: KeyboardEvent) => {
    if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === 'k') {
      event.preventDefault()
      searchOpen.value = true
    }
  }
  addEventListener('keydown', onKey)
  return () => removeEventListener('keydown', onKey)
}
