import { setTimeout as wait } from 'node:timers/promises'
import { serve } from '@hono/node-server'
import { createApp } from './app.ts'
import { recordAudit } from './audit/service.ts'
import { readConfig } from './config.ts'
import type { Health } from './http/observe.ts'
import { authenticateMember } from './identity/service.ts'
import { resolveMall } from './mall/service.ts'
import { authenticateStaff } from './staff/service.ts'
import { stopStreams } from './operations/live.ts'
import { openDeps } from './vendors/open.ts'

const drainMs = 8_000

const config = readConfig()
const deps = openDeps(config, 'bff')
const health: Health = { draining: false }
const app = createApp(deps, { auth: { member: authenticateMember, staff: authenticateStaff }, resolveMall, audit: recordAudit, health })
const server = serve({ fetch: app.fetch, port: config.port, hostname: config.host }, (info) => deps.log.info({ port: info.port }, 'listening'))

server.on('error', (error: NodeJS.ErrnoException) => {
  deps.log.fatal({ err: error }, error.code === 'EADDRINUSE' ? `port ${config.port} is taken` : 'the server could not start')
  process.exit(1)
})

/** Unready for as long as probes need to see it, then no new calls, streams closed, calls under way finished, then the database. */
async function stop(signal: string): Promise<void> {
  if (health.draining) return
  health.draining = true
  deps.log.info({ signal }, 'stopping')
  await wait(config.unreadyMs)
  stopStreams()
  const late = setTimeout(() => process.exit(1), drainMs).unref()
  await new Promise((done) => { server.close(done) })
  await deps.pool.end()
  clearTimeout(late)
  process.exit(0)
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop(signal))
