import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Hono } from 'hono'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { serveFaces } from './faces.ts'

const folder = mkdtempSync(join(tmpdir(), 'faces-'))
const app = new Hono()
beforeAll(() => {
  mkdirSync(join(folder, 'js'))
  writeFileSync(join(folder, 'index.html'), '<title>page</title>')
  writeFileSync(join(folder, 'js', 'app.0a1b2c3d.js'), 'go()')
  writeFileSync(join(folder, 'kept.js'), 'keep()')
  serveFaces(app, { '/kiosk/': folder })
})
afterAll(() => rmSync(folder, { recursive: true }))

const forever = 'public, max-age=31536000, immutable'
test.each([
  ['/kiosk/', 200, 'page', 'no-cache'],
  ['/kiosk/shops/L4', 200, 'page', 'no-cache'],
  ['/kiosk/js/app.0a1b2c3d.js', 200, 'go()', forever],
  ['/kiosk/kept.js', 200, 'keep()', 'no-cache'],
  ['/kiosk/js/app.4d5e6f70.js', 404, 'Not found', null],
  ['/kiosk/css/app.4d5e6f70.css', 404, 'Not found', null],
])('%s answers %d', async (path, status, body, cache) => {
  const answer = await app.request(path)
  expect([answer.status, answer.headers.get('cache-control')]).toEqual([status, cache])
  expect(await answer.text()).toContain(body)
})
