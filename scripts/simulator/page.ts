import { Hono } from 'hono'
import { readFile } from 'node:fs/promises'
import { extname } from 'node:path'
import type { Env } from './misbehave.ts'

const OURS = new URL('./page/', import.meta.url)
/** Tokens, icons and drawings come from the house, so the page has the same hand as the faces. */
const DESIGN = new URL('../../shared/src/design/', import.meta.url)
const TYPES: Record<string, string> = { '.html': 'text/html; charset=utf-8', '.css': 'text/css; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.svg': 'image/svg+xml' }
const SAFE = /^(?:[a-z0-9-]+\/)?[a-z0-9-]+\.(?:html|css|js|svg)$/

const file = async (base: URL, name: string): Promise<Response> => {
  if (!SAFE.test(name)) return new Response('not found', { status: 404 })
  const text = await readFile(new URL(name, base), 'utf8').catch(() => undefined)
  return text === undefined ? new Response('not found', { status: 404 }) : new Response(text, { headers: { 'content-type': TYPES[extname(name)]!, 'cache-control': 'no-cache' } })
}

/** The page at `/` on which a person plays the outside world. */
export const pageRoutes = (): Hono<Env> => {
  const app = new Hono<Env>()
  app.get('/', () => file(OURS, 'index.html'))
  app.get('/page/:name', c => file(OURS, c.req.param('name')))
  app.get('/design/*', c => file(DESIGN, c.req.path.slice('/design/'.length)))
  return app
}
