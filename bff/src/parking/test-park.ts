import { eq } from 'drizzle-orm'
import { carParks, parkingLanes, parkingSessions, parkingTariffs } from '@atrium/schema/parking.ts'
import { paymentContract } from '@atrium/shared/payment/contract.ts'
import { parkingContract } from '@atrium/shared/parking/contract.ts'
import { systemCtx } from '../context.ts'
import { newId } from '../db/id.ts'
import type { FeatureRoutes } from '../features.ts'
import { type TestMall, type TestMallOptions, testMall } from '../http/test-kit.ts'
import { drain } from '../outbox/drain.ts'
import { paymentJobs, sweep } from '../payment/jobs.ts'
import { paymentRoutes } from '../payment/routes.ts'
import { testProvider } from '../payment/test-provider.ts'
import { vzenithGate } from '../vendors/vzenith/gate.ts'
import { parkingJobs, watchGates } from './jobs.ts'
import { parkingRoutes } from './routes.ts'

const secret = 'test-path-secret-0001'
const features: FeatureRoutes[] = [{ contract: parkingContract, routes: parkingRoutes }, { contract: paymentContract, routes: paymentRoutes }]
let plateIds = 0

/** A mall with one car park: half an hour free, 4 yuan each half hour, at most 60 yuan a day, a quarter of an hour to leave; an entry and two exits. */
export const testPark = (options: TestMallOptions = {}) => parkIn((all) => testMall({ features, jobs: [parkingJobs, paymentJobs], audit: async () => {}, ...all }), options)

/** The same in a mall that another test kit makes. */
export async function parkIn<T extends TestMall>(make: (options: TestMallOptions) => Promise<T>, options: TestMallOptions = {}) {
  const start = Date.parse(options.start ?? '2026-11-20T04:00:00.000Z')
  let clockOf = () => new Date(start)
  const wechat = testProvider(() => clockOf())
  const alipay = testProvider(() => clockOf())
  const t = await make({ ...options, deps: { gateways: { wechat: wechat.gateway, alipay: alipay.gateway }, gates: vzenithGate({ vzenith: { pathSecret: secret } }), ...options.deps } })
  clockOf = t.clock.now
  const { db } = t.deps
  const now = t.clock.now()
  const carParkId = newId(now)
  const camera = (name: string) => `${name}-${t.mallId.slice(-10)}`
  const lane = { entry: newId(now), exit: newId(now), exit2: newId(now) }
  await db.insert(carParks).values({ carParkId, mallId: t.mallId, carParkCode: 'P1', name: 'P1 停车场', nameEn: 'Car park P1', address: '徐州市云龙区和平路 1 号', total: 100, zones: [{ name: 'A', total: 60 }, { name: 'B', total: 40 }] })
  await db.insert(parkingTariffs).values({ tariffId: newId(now), mallId: t.mallId, carParkId, name: '标准', version: 1, validFrom: new Date('2026-01-01T00:00:00Z'), freeMinutes: 30, firstMinutes: 30, firstFen: 400, unitMinutes: 30, unitFen: 400, dayCapFen: 6000, graceMinutes: 15 })
  for (const [key, kind, name] of [['entry', 'entry', 'P1 入口1'], ['exit', 'exit', 'P1 出口1'], ['exit2', 'exit', 'P1 出口2']] as const) {
    await db.insert(parkingLanes).values({ laneId: lane[key], mallId: t.mallId, carParkId, kind, name, nameEn: name, zone: kind === 'entry' ? 'A' : null, cameraSerial: camera(key), lastSeenAt: now })
  }

  /** One of the lanes above, or one that a test adds with a camera of this name. */
  type LaneKey = keyof typeof lane | 'entry2'
  const post = async (path: string, body: object, pathSecret = secret) => {
    const response = await t.app.request(`/callback/vzenith/${pathSecret}/${path}`, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } })
    return { status: response.status, body: response.status === 200 ? ((await response.json()) as Record<string, never>) : null }
  }
  type Look = { plateid?: number; confidence?: number; offline?: boolean; sec?: number; secret?: string }
  const see = async (plate: string, at: LaneKey, look: Look = {}) => {
    const plateid = look.plateid ?? (plateIds += 1)
    const sec = look.sec ?? Math.floor(t.clock.now().getTime() / 1000)
    const { status, body } = await post('plate', { AlarmInfoPlate: { channel: 0, serialno: camera(at), result: { PlateResult: { license: plate, confidence: look.confidence ?? 97, plateid, isoffline: look.offline ? 1 : 0, imageFragmentFile: 'AAAA', timeStamp: { Timeval: { sec, usec: 0 } } } } } }, look.secret)
    const reply = (body as { Response_AlarmInfoPlate?: { info: 'ok' | 'no'; commandId?: string } } | null)?.Response_AlarmInfoPlate
    return { status, plateid, sec, info: reply?.info, commandId: reply?.commandId }
  }
  const comet = async (at: LaneKey) => (await post('comet', { serialno: camera(at) })).body as { status?: string; Response_AlarmInfoPlate?: { info: string; commandId: string } } | null
  const barrier = (at: LaneKey, state: 'opened' | 'closed' | 'jammed', commandId?: string) => post('gate', { serialno: camera(at), state, ...(commandId && { commandId }), sec: 0 })
  const sessions = () => db.select().from(parkingSessions).where(eq(parkingSessions.mallId, t.mallId))
  const job = () => systemCtx(t.deps, '', 'job')

  return {
    ...t, carParkId, lane, camera, wechat, alipay, see, comet, barrier, sessions, post,
    /** Drives in and through: the stay that began. */
    driveIn: async (plate: string) => {
      const { info, commandId } = await see(plate, 'entry')
      if (info !== 'ok') throw new Error('the entry stayed shut')
      await barrier('entry', 'opened', commandId)
      await barrier('entry', 'closed')
      return (await sessions()).find((row) => row.openPlate === plate)!.parkingId
    },
    /** Pays what a stay owes now, as a guest; answers the payment's id. */
    settle: async (parkingId: string) => {
      const { quoteId } = (await t.call('POST /api/parking/sessions/{parkingId}/quote', { params: { parkingId }, body: {} })).body
      const { paymentId, paymentNumber } = (await t.call('POST /api/parking/pay', { body: { quoteId, method: 'wechat_native' } })).body
      await t.app.request('/callback/wechat-pay/payment', { method: 'POST', ...wechat.callback(wechat.pay(paymentNumber)) })
      return paymentId
    },
    minutes: (n: number) => t.clock.advance(n * 60_000),
    seconds: (n: number) => t.clock.advance(n * 1_000),
    /** What the worker does: events, then both schedules. Run by hand, since turns are shared by all malls of the database. */
    work: async () => {
      await watchGates(job())
      await sweep(job())
      for (let round = 0; round < 20 && (await drain(t.deps, options.jobs ?? [parkingJobs, paymentJobs])) > 0; round += 1);
    },
  }
}
export type TestPark = Awaited<ReturnType<typeof testPark>>
