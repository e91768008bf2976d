import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { serveStatic } from '@hono/node-server/serve-static'
import type { Hono } from 'hono'
import { compress } from 'hono/compress'
import { secureHeaders } from 'hono/secure-headers'

const root = fileURLToPath(new URL('../../../', import.meta.url))

/** The built faces, by address; each is a single page application with hashed assets. */
export const faces = { '/m/': join(root, 'miniapp/dist/h5'), '/kiosk/': join(root, 'h5/kiosk/dist'), '/console/': join(root, 'h5/console/dist') }

const policy = { defaultSrc: ["'self'"], scriptSrc: ["'self'"], styleSrc: ["'self'", "'unsafe-inline'"], imgSrc: ["'self'", 'data:', 'blob:'], fontSrc: ["'self'", 'data:'], connectSrc: ["'self'"], frameSrc: ["'self'", 'blob:'], objectSrc: ["'none'"], frameAncestors: ["'self'"], baseUri: ["'self'"] }

/** Serves the faces and the contract's reader (`/docs`, swagger-ui from our own address). */
export function serveFaces(app: Hono, built: Record<string, string> = faces): void {
  for (const prefix of ['/m/*', '/kiosk/*', '/console/*', '/docs/*', '/']) app.use(prefix, secureHeaders({ contentSecurityPolicy: policy }), compress())
  for (const [prefix, folder] of Object.entries(built)) {
    app.get(prefix.slice(0, -1), (c) => c.redirect(prefix))
    app.use(`${prefix}*`, async (c, next) => {
      await next()
      if (c.res.ok) c.res.headers.set('cache-control', /\/(js|css|assets|static)\/.*[.-][0-9a-zA-Z_-]{8,}\./.test(c.req.path) ? 'public, max-age=31536000, immutable' : 'no-cache')
    })
    app.use(`${prefix}*`, serveStatic({ root: folder, rewriteRequestPath: (path) => path.slice(prefix.length - 1) }))
    // A file that is not there is not the page: a face of yesterday must learn that its parts are gone.
    app.get(`${prefix}*`, (c, next) => (/\.\w+$/.test(c.req.path) ? Promise.resolve(c.text('Not found', 404)) : next()))
    // Deep links of the console are its router's business.
    app.get(`${prefix}*`, serveStatic({ root: folder, path: 'index.html' }))
    app.get(`${prefix}*`, (c) => c.text(existsSync(folder) ? 'Not found' : `This face is not built yet. Run: npm start`, 404))
  }
  // The code at an exit: a plain address, which WeChat and Alipay can be told to open as a mini-program page (docs/vendors.md).
  app.get('/exit/:laneId', (c) => c.redirect(`/m/#/parking/exit?lane=${encodeURIComponent(c.req.param('laneId'))}`))
  const swagger = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'))
  app.get('/docs', (c) => c.redirect('/docs/'))
  app.get('/docs/', (c) => c.html(reader))
  app.get('/docs/start.js', (c) => c.body("SwaggerUIBundle({ url: '/openapi.json', dom_id: '#docs', deepLinking: true, presets: [SwaggerUIBundle.presets.apis], layout: 'BaseLayout', validatorUrl: null })", 200, { 'content-type': 'text/javascript' }))
  app.use('/docs/*', serveStatic({ root: swagger, rewriteRequestPath: (path) => path.slice('/docs'.length) }))
}

const reader = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Atrium API</title><link rel="stylesheet" href="/docs/swagger-ui.css"></head><body><div id="docs"></div><script src="/docs/swagger-ui-bundle.js"></script><script src="/docs/start.js"></script></body></html>`
