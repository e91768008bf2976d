import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Contract } from '@atrium/shared/contract.ts'
import { Refusal } from '@atrium/shared/refusal.ts'
import { contracts } from '@atrium/shared/contracts.ts'
import type { Deps } from './context.ts'
import { newId } from './db/id.ts'
import { type FeatureRoutes, features as allFeatures } from './features.ts'
import { serveFaces } from './http/faces.ts'
import { serveFrontDoor } from './http/front-door.ts'
import type { Handlers } from './http/handlers.ts'
import { type MountOptions, mount } from './http/mount.ts'
import { type Health, observe } from './http/observe.ts'
import { openApi } from './http/openapi.ts'
import { problemResponse } from './http/problem.ts'
import { rateLimiter } from './http/rate-limit.ts'

export type AppOptions = Omit<MountOptions, 'deps' | 'limiter'> & { features?: readonly FeatureRoutes[]; health?: Health }

declare module 'hono' {
  interface ContextVariableMap { requestId: string }
}

const maxBody = 256 * 1024

/** The BFF as one Hono app: probes, every feature of the contract, the faces. Everything from outside comes in `deps`. */
export function createApp(deps: Deps, { features = allFeatures, health = { draining: false }, ...options }: AppOptions): Hono {
  const app = new Hono()
  app.use(async (c, next) => {
    const given = c.req.header('x-request-id')
    const requestId = given && /^[\w-]{8,64}$/.test(given) ? given : newId(deps.now())
    c.set('requestId', requestId)
    // Set before next(): afterwards Hono must copy the whole response to add a header.
    c.header('x-request-id', requestId)
    // Countdowns and codes on a phone follow the clock of the mall, not their own.
    c.header('date', deps.now().toUTCString())
    await next()
  })
  observe(app, deps, health)
  for (const prefix of ['/api/*', '/admin/*', '/callback/*']) {
    app.use(prefix, bodyLimit({ maxSize: prefix === '/callback/*' ? 4 * maxBody : maxBody, onError: (c) => problemResponse(c, new Refusal('payload_too_large'), c.get('requestId')) }))
  }
  const limiter = rateLimiter()
  for (const { contract, routes } of features) mount(app, contract, routes as Handlers<Contract>, { deps, limiter, ...options })
  let document: string | undefined
  app.get('/openapi.json', (c) => c.body((document ??= JSON.stringify(openApi(contracts, deps.config.baseUrl))), 200, { 'content-type': 'application/json' }))
  serveFaces(app)
  serveFrontDoor(app, deps.config.baseUrl)
  app.notFound((c) => problemResponse(c, new Refusal('not_found'), c.get('requestId')))
  app.onError((error, c) => {
    deps.log.error({ err: error, requestId: c.get('requestId') }, 'fault')
    return problemResponse(c, error, c.get('requestId'))
  })
  return app
}
