import type { Context } from 'hono'
import { parkingContract } from '@atrium/shared/parking/contract.ts'
import type { Ctx } from '../context.ts'
import { handlers, steps } from '../http/handlers.ts'
import * as control from './control.ts'
import * as desk from './desk.ts'
import { type GatePort, SightingMalformed } from './gate.ts'
import { pay } from './pay.ts'
import * as plates from './plates.ts'
import './purpose.ts'
import { quote } from './quotes.ts'
import * as service from './service.ts'
import { poll, report, see } from './sight.ts'

/** A camera's call: the secret of the path stands for a signature, which the protocol does not have. Unknown senders and forms are told nothing. */
const camera = (serve: (ctx: Ctx, gates: GatePort, body: unknown) => Promise<object>) => async (ctx: Ctx, { params }: { params: { secret: string } }, c: Context): Promise<Response> => {
  const { gates } = ctx.deps
  if (!gates.isOurs(params.secret)) return c.body(null, 404)
  try {
    return c.json(await serve(ctx, gates, JSON.parse(await c.req.text())))
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof SightingMalformed) return c.body(null, 400)
    throw error
  }
}

export const parkingRoutes = handlers(parkingContract, {
  'GET /api/parking/car-parks': (ctx) => service.carParks(ctx),
  'GET /api/parking/plates': (ctx) => plates.myPlates(ctx),
  'POST /api/parking/plates': (ctx, { body }) => plates.bind(ctx, body.plate),
  'DELETE /api/parking/plates/{plateId}': (ctx, { params }) => plates.unbind(ctx, params.plateId),
  'GET /api/parking/running': (ctx) => service.running(ctx),
  'POST /api/parking/lookup': (ctx, { body }) => service.lookup(ctx, body),
  'GET /api/parking/exits/{laneId}': (ctx, { params }) => service.exitScreen(ctx, params.laneId),
  'POST /api/parking/sessions/{parkingId}/quote': (ctx, { params, body }) => quote(ctx, params.parkingId, body),
  'POST /api/parking/pay': steps((ctx, { body }) => pay(ctx, body)),
  'GET /api/parking/sessions': (ctx, { query }) => service.mySessions(ctx, query),
  'GET /admin/parking/lanes': (ctx) => desk.lanes(ctx),
  'GET /admin/parking/alarms': (ctx) => desk.alarms(ctx),
  'GET /admin/parking/readings': (ctx) => desk.readings(ctx),
  'POST /admin/parking/readings/{readingId}/correct': (ctx, { params, body }) => control.correctReading(ctx, params.readingId, body.plate),
  'POST /admin/parking/readings/{readingId}/dismiss': (ctx, { params, body }) => control.dismissReading(ctx, params.readingId, body.reason),
  'POST /admin/parking/lanes/{laneId}/open': (ctx, { params, body }) => control.openByHand(ctx, params.laneId, body.reason),
  'POST /admin/parking/sessions/{parkingId}/correct': (ctx, { params, body }) => control.correctSession(ctx, params.parkingId, body),
  'POST /admin/parking/sessions/{parkingId}/close': (ctx, { params, body }) => control.closeSession(ctx, params.parkingId, body.reason),
  'GET /admin/parking/sessions': (ctx, { query }) => desk.sessions(ctx, query),
  'GET /admin/parking/sessions/{parkingId}': (ctx, { params }) => desk.session(ctx, params.parkingId),
  'GET /admin/parking/occupancy': (ctx, { query }) => desk.occupancy(ctx, query.day),
  'GET /admin/parking/tariffs': (ctx) => desk.tariffs(ctx),
  'POST /callback/vzenith/{secret}/plate': camera(async (ctx, gates, body) => gates.sightingReply(await see(ctx, gates.readSighting(body)))),
  'POST /callback/vzenith/{secret}/comet': camera(async (ctx, gates, body) => gates.pollReply(await poll(ctx, gates.readPoll(body)))),
  'POST /callback/vzenith/{secret}/gate': camera(async (ctx, gates, body) => {
    await report(ctx, gates.readReport(body))
    return gates.reportReply()
  }),
})
