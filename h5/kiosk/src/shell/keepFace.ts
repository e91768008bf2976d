/** Keeps the face on the device (src/kept.js). Only the built face does: a dev server must show what was just written. */
export function keepFace(): void {
  if (process.env.NODE_ENV !== 'production' || !('serviceWorker' in navigator)) return
  // A browser that refuses (no secure context) works on without: only a reload needs the network then.
  navigator.serviceWorker.register('/kiosk/kept.js').catch(() => {})
}
