#!/usr/bin/env node
/**
 * Stands in for WeChat DevTools' `cli auto`: node cli.ts auto --project DIR --auto-port N [--backend node|chromium].
 * Also --world URL, --phone NUMBER, --url PAGE, --scale 1|2|3, --privacy agreed, --reroute FROM=TO, and --until-parent-ends for a parent that
 * wants the host to end with it, however it ends. Prints one line when it listens.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { PHONE_SCREEN } from './backend/types.ts'
import { serve } from './server.ts'

const { values } = parseArgs({
  allowPositionals: true, strict: false,
  options: {
    project: { type: 'string', default: '.' }, 'auto-port': { type: 'string', default: '9420' }, backend: { type: 'string' }, url: { type: 'string' },
    world: { type: 'string' }, phone: { type: 'string' }, scale: { type: 'string' }, privacy: { type: 'string' }, reroute: { type: 'string' }, 'until-parent-ends': { type: 'boolean' },
  },
})

/** The compiled package: the project folder itself, or what its project.config.json names. */
function packageFolder(project: string): string {
  const config = join(project, 'project.config.json')
  if (existsSync(join(project, 'app.json')) || !existsSync(config)) return project
  const { miniprogramRoot } = JSON.parse(readFileSync(config, 'utf8')) as { miniprogramRoot?: string }
  return resolve(project, miniprogramRoot ?? '.')
}

const parent = process.ppid
const text = (name: keyof typeof values): string | undefined => typeof values[name] === 'string' && values[name] ? values[name] : undefined
const backend = text('backend') ?? process.env.MPHOST_BACKEND ?? 'node'
const dist = packageFolder(resolve(text('project')!))
// Only the backend that is asked for is loaded: each brings a large library.
const start = backend === 'chromium'
  ? (await import('./backend/chromium-backend.ts')).startChromiumBackend
  : (await import('./backend/node-backend.ts')).startNodeBackend

const server = await serve(Number(text('auto-port')), (emit) => start({
  dist, emit, url: text('url'), reroute: text('reroute'),
  screen: { ...PHONE_SCREEN, pixelRatio: Number(text('scale') ?? PHONE_SCREEN.pixelRatio) },
  world: { url: text('world') ?? process.env.MPHOST_WORLD, phone: text('phone') ?? process.env.MPHOST_PHONE },
  privacyNeeded: text('privacy') !== 'agreed',
})).catch((error: unknown) => {
  console.error(error instanceof Error ? error.stack : error)
  process.exit(1)
})
console.log(`mini-program host listens on ws://127.0.0.1:${server.port} (${backend}) for ${dist}`)
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => { void server.close() })
if (values['until-parent-ends']) setInterval(() => { if (process.ppid !== parent) void server.close() }, 500).unref()
await server.closed
process.exit(0)
