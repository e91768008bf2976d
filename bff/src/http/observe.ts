import type { Hono } from 'hono'
import { Histogram, Registry, collectDefaultMetrics } from 'prom-client'
import type { Deps } from '../context.ts'
import { probeWrite } from './store.ts'

/** What `serve` knows and the probes answer: draining answers 503 so that a balancer sends no new calls. */
export type Health = { draining: boolean }

const probeAgainMs = 1_000

/** Whether the database takes a write within two seconds; asked at most once a second, however often probes come. */
function writeProbe({ db, now }: Deps): () => Promise<void> {
  let [asked, answer] = [-Infinity, Promise.resolve()]
  return () => {
    if (performance.now() - asked < probeAgainMs) return answer
    asked = performance.now()
    return (answer = Promise.race([probeWrite(db, now()), new Promise<void>((_, no) => { setTimeout(() => no(new Error('slow')), 2_000).unref() })]))
  }
}

/** `/healthz` (the process lives), `/readyz` (it can work: the database takes writes, not draining), `/metrics` (Prometheus). */
export function observe(app: Hono, deps: Deps, health: Health): void {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const seconds = new Histogram({ name: 'http_request_seconds', help: 'Time to answer', labelNames: ['method', 'status'], buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5], registers: [registry] })
  app.use(async (c, next) => {
    const started = performance.now()
    await next()
    seconds.observe({ method: c.req.method, status: `${Math.floor(c.res.status / 100)}xx` }, (performance.now() - started) / 1000)
  })
  const takesWrites = writeProbe(deps)
  app.get('/healthz', (c) => c.json({ ok: true }))
  app.get('/readyz', async (c) => {
    if (health.draining) return c.json({ ok: false, reason: 'shutting down' }, 503)
    try {
      await takesWrites()
      return c.json({ ok: true })
    } catch {
      return c.json({ ok: false, reason: 'database takes no writes' }, 503)
    }
  })
  app.get('/metrics', async (c) => c.body(await registry.metrics(), 200, { 'content-type': registry.contentType }))
}
