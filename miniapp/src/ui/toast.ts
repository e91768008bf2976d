import { ref } from 'vue'

export type Toast = { id: number; tone: 'good' | 'warn' | 'bad'; text: string; action?: { text: string; run: () => void } }

/** The one toast that shows now, on whichever page is open. */
export const currentToast = ref<Toast | null>(null)
let last = 0

/** Shows a short message without interrupting; it leaves by itself after three seconds, five when it offers an action. */
export function toast(message: Omit<Toast, 'id'>): void {
  const id = (last += 1)
  currentToast.value = { ...message, id }
  setTimeout(() => { if (currentToast.value?.id === id) currentToast.value = null }, message.action ? 5000 : 3000)
}

export const dismissToast = (): void => { currentToast.value = null }
