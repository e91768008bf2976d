import { ref, watch } from 'vue'
import { useScreen } from './useScreen'

const lookEveryMs = 10 * 60_000

/**
 * Keeps the face on the device (src/kept.js) and changes to a new one when nobody is there. Only the built face does: a dev server must show what was
 * just written.
 */
export function keepFace(): void {
  if (process.env.NODE_ENV !== 'production' || !('serviceWorker' in navigator)) return
  const { screen } = useScreen()
  const workers = navigator.serviceWorker
  const renewed = ref(false)
  let kept = workers.controller !== null
  // The first keeping changes nothing on the screen; each later one is a new version.
  workers.addEventListener('controllerchange', () => { renewed.value = kept; kept = true })
  watch([renewed, screen], () => { if (renewed.value && screen.value.name === 'attract') location.reload() })
  // A browser that refuses (no secure context) works on without: only a reload needs the network then.
  workers.register('/kiosk/kept.js').then((worker) => setInterval(() => { worker.update().catch(() => {}) }, lookEveryMs), () => {})
}
