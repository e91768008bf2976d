/* global files */
/*
 * Service worker of the kiosk: the whole face is kept on the device, so that every screen opens without a network, also after a reload. The build
 * writes the list `files` above (config/kept.cjs); another list is another version. The page comes from the network while it serves one.
 */
const page = '/kiosk/'
const kept = `atrium-kiosk ${files.join(' ')}`

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(kept).then((cache) => cache.addAll([page, ...files])).then(() => self.skipWaiting()))
})
self.addEventListener('activate', (event) => {
  event.waitUntil(caches.keys().then((names) => Promise.all(names.filter((name) => name !== kept).map((name) => caches.delete(name)))).then(() => self.clients.claim()))
})

const fromNetwork = async (request) => {
  const answer = await fetch(request).catch(() => null)
  return answer?.ok ? answer : ((await caches.match(page)) ?? answer ?? Response.error())
}

self.addEventListener('fetch', (event) => {
  const { request } = event
  const { pathname, origin } = new URL(request.url)
  if (request.method !== 'GET' || origin !== self.location.origin || !pathname.startsWith(page)) return
  if (request.mode === 'navigate') event.respondWith(fromNetwork(request))
  else if (files.includes(pathname)) event.respondWith(caches.match(request).then((found) => found ?? fetch(request)))
})
