import { serve } from '@hono/node-server'
import { drizzle } from 'drizzle-orm/mysql2'
import { Hono } from 'hono'
import type { Executor } from '../../../bff/src/context.ts'
import { createApp } from '../../../bff/src/app.ts'
import { recordAudit } from '../../../bff/src/audit/service.ts'
import { readConfig } from '../../../bff/src/config.ts'
import { authenticateMember } from '../../../bff/src/identity/service.ts'
import { resolveMall } from '../../../bff/src/mall/service.ts'
import { openDeps } from '../../../bff/src/vendors/open.ts'
import type { Pool } from 'mysql2/promise'

/**
 * The bare thing beside which reads are measured: Hono, the driver, and the statements that our own server sends for the same call. They are not
 * copied by hand but listened to once, in this process, before it serves: so they stay the same whatever the stores come to ask.
 */
type Statement = { query: object; values: unknown[] }

const config = readConfig()
const deps = openDeps(config, 'bare')
let heard: Statement[][] = []
let underWay = 0
let listening = false

const listen = (pool: Pool): Pool => new Proxy(pool, {
  get: (target, name) => name !== 'query' ? Reflect.get(target, name, target) : async (query: object, values: unknown[] = []) => {
    // What is sent while another statement is under way may be sent together in the bare server as well.
    if (listening) (underWay === 0 ? heard[heard.push([]) - 1]! : heard.at(-1)!).push({ query, values })
    underWay++
    try {
      return await target.query(query as never, values)
    } finally {
      underWay--
    }
  }
})
const heardDeps = { ...deps, db: drizzle({ client: listen(deps.pool) }) as unknown as Executor }
const app = createApp(heardDeps, { auth: { member: authenticateMember, staff: async () => null }, resolveMall, audit: recordAudit })

const hear = async (path: string, token: string): Promise<Statement[][]> => {
  const call = () => app.request(path, { headers: { authorization: `Bearer ${token}` } })
  // The first call fills what the process remembers for a while: the session and the mall.
  await call()
  heard = []
  listening = true
  const answer = await call()
  listening = false
  if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`)
  return heard
}

const [memberId, token] = process.env.BENCH_MODEL!.split(' ') as [string, string]
const bare = new Hono()
bare.get('/healthz', c => c.text('ok'))
for (const path of process.env.BENCH_PATHS!.split(' ')) {
  const groups = await hear(path, token)
  bare.get(new URL(path, config.baseUrl).pathname, async c => {
    const asked = c.req.header('x-member')
    const replies: unknown[] = []
    for (const group of groups) {
      replies.push(...await Promise.all(group.map(async ({ query, values }) => (await deps.pool.query(query as never, values.map(value => value === memberId ? asked : value)))[0])))
    }
    return c.json(replies)
  })
}
serve({ fetch: bare.fetch, port: Number(process.env.PORT), hostname: '127.0.0.1' })
