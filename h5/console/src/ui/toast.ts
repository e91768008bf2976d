import { ref } from 'vue'

export type Toast = { id: number; text: string; tone: 'good' | 'bad' }

export const toasts = ref<Toast[]>([])
let next = 1

/** Says in one line that something is done (or was not); read aloud by assistive technology, gone after four seconds. */
export function say(text: string, tone: Toast['tone'] = 'good', stayMs = 4000): void {
  const toast = { id: next++, text, tone }
  toasts.value = [...toasts.value.slice(-2), toast]
  setTimeout(() => { toasts.value = toasts.value.filter((t) => t.id !== toast.id) }, stayMs)
}
