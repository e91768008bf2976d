/*
 * Service worker of the kiosk: the face itself is kept on the device, so that a reload without a network still shows the guide. Files with a hash
 * in their name never change and come from the cache; the page comes from the network while there is one.
 */
const kept = 'atrium-kiosk-1'
const page = '/kiosk/'

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(kept).then((cache) => cache.add(page)).then(() => self.skipWaiting()))
})
self.addEventListener('activate', (event) => {
  event.waitUntil(caches.keys().then((names) => Promise.all(names.filter((name) => name !== kept).map((name) => caches.delete(name)))).then(() => self.clients.claim()))
})

const keep = async (key, response) => {
  if (response.ok) await (await caches.open(kept)).put(key, response.clone())
  return response
}

self.addEventListener('fetch', (event) => {
  const { request } = event
  const { pathname, origin } = new URL(request.url)
  if (request.method !== 'GET' || origin !== self.location.origin || !pathname.startsWith(page)) return
  if (request.mode === 'navigate') event.respondWith(fetch(request).then((response) => keep(page, response), () => caches.match(page)))
  else if (/\.[0-9a-f]{8}\.(js|css)$/.test(pathname)) event.respondWith(caches.match(request).then((found) => found ?? fetch(request).then((response) => keep(request, response))))
})
