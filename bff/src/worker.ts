import { readConfig } from './config.ts'
import { jobs } from './features.ts'
import { work } from './outbox/work.ts'
import { openDeps } from './vendors/open.ts'

const deps = openDeps(readConfig(), 'worker')
const stopping = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stopping.abort())

deps.log.info('worker ready')
await work(deps, jobs, stopping.signal)
await deps.pool.end()
