import { createHash, randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, expect } from 'vitest'
import type { Input, Reply, Route } from '@atrium/shared/contracts.ts'
import type { Role } from '@atrium/shared/staff/permissions.ts'
import { roles } from '@atrium/shared/staff/permissions.ts'
import { testDatabase } from '../../../scripts/db/test-database.ts'
import { createApp } from '../app.ts'
import type { Config } from '../config.ts'
import { type Ctx, type Deps, type MemberCaller, type StaffCaller, systemCtx } from '../context.ts'
import { newId } from '../db/id.ts'
import { openPool } from '../db/pool.ts'
import { type FeatureRoutes, features as allFeatures, jobs as allJobs } from '../features.ts'
import { makeLog } from '../log.ts'
import { runInvariants } from '../operations/invariants.ts'
import { type FeatureJobs, drain, runSchedules } from '../outbox/drain.ts'
import type { MountOptions } from './mount.ts'

/** The same for every test mall: jobs of one look at the malls that others left in the schema, whose seals must hold for them as well. */
const key = (use: string): string => createHash('sha256').update(`test ${use}`).digest('base64')
const filesDir = join(tmpdir(), `atrium-test-files-${process.pid}`)
const pem = '-----BEGIN PUBLIC KEY-----'
/** A configuration whose vendors lead nowhere: a test that needs one hands it in. */
export const testConfig = (databaseUrl: string): Config => ({
  baseUrl: 'http://127.0.0.1:8787', host: '127.0.0.1', port: 8787, databaseUrl, mallCode: null, trustProxy: false, sharedAddresses: [], unreadyMs: 0, filesDir,
  keys: { field: key('field'), blindIndex: key('blindIndex'), session: key('session'), codes: key('codes') }, wechat: { appId: 'wx0123456789abcdef', appSecret: 'secret', apiBase: 'http://127.0.0.1:1' },
  wechatPay: { mchId: '1900000001', appId: 'wx0123456789abcdef', merchantSerial: '00', merchantPrivateKey: pem, apiV3Key: 'k'.repeat(32), publicKeyId: 'PUB_KEY_ID_01', publicKey: pem, apiBase: 'http://127.0.0.1:1' },
  alipay: { appId: '2021000000000000', privateKey: pem, alipayPublicKey: pem, gateway: 'http://127.0.0.1:1/gateway.do', sellerId: '2088000000000000', aesKey: 'k' },
  nuonuo: { appKey: 'app', appSecret: 'secret', accessToken: 'token', taxNumber: '339902999999789113', sellerName: '徐州云龙天地商业管理有限公司', apiBase: 'http://127.0.0.1:1' }, sms: { accessKey: 'a', secret: 's', apiBase: 'http://127.0.0.1:1' }, vzenith: { pathSecret: 'test-path-secret-0001' },
})

/** A vendor that no test handed in: any use of it fails with its name. */
const absent = (name: string) => new Proxy({}, { get: (_, property) => () => { throw new Error(`this test handed in no ${name} (${String(property)})`) } })

export type Clock = { now: () => Date; set: (at: Date | string) => void; advance: (ms: number) => void }
/** A clock that stands still until it is moved. */
export function testClock(start = '2026-11-20T04:00:00.000Z'): Clock {
  let ms = Date.parse(start)
  return { now: () => new Date(ms), set: (at) => { ms = new Date(at).getTime() }, advance: (by) => { ms += by } }
}

/** Tokens of the test kit carry the caller itself; only tests that ask for `auth` go through real sessions. */
const tokenOf = (caller: MemberCaller | StaffCaller) => `test.${Buffer.from(JSON.stringify(caller)).toString('base64url')}`
const read = (token: string) => (token.startsWith('test.') ? JSON.parse(Buffer.from(token.slice(5), 'base64url').toString()) as never : null)
const testAuth: MountOptions['auth'] = { member: async (_, token) => read(token), staff: async (_, token) => read(token) }

type CallOptions<K extends Route> = Partial<Input<K>> & { as?: string; key?: string | null; headers?: Record<string, string> }
export type Answer<K extends Route> = { status: number; body: Reply<K>; problem: { code: string } & Record<string, unknown>; response: Response }
export type TestMall = Awaited<ReturnType<typeof testMall>>
export type TestMallOptions = { deps?: Partial<Deps>; auth?: MountOptions['auth']; audit?: MountOptions['audit']; features?: readonly FeatureRoutes[]; jobs?: readonly FeatureJobs[]; start?: string }

/** Malls made by this test file. */
const malls = new Set<string>()
let opened: { pool: Deps['pool']; db: Deps['db']; config: Config } | undefined

/**
 * A fresh mall in the schema of this test file with an app around it. `call` is typed by the contract and sends a new Idempotency-Key for each write
 * (`key: null` sends none). Every test of the file is followed by all invariants.
 */
export async function testMall(options: TestMallOptions = {}) {
  const { pool, db, config } = await open()
  const clock = testClock(options.start)
  const deps: Deps = {
    now: clock.now, config, pool, db, log: makeLog('test', process.env.LOG_LEVEL ?? 'silent'), gateways: { wechat: absent('WeChat Pay'), alipay: absent('Alipay') } as Deps['gateways'],
    issuer: absent('fapiao issuer') as Deps['issuer'], channels: { wechat: absent('WeChat'), alipay: absent('Alipay') } as Deps['channels'], sms: absent('SMS') as Deps['sms'], gates: absent('gates') as Deps['gates'], ...options.deps,
  }
  const mallId = newId(new Date(Date.now() + Math.random() * 1e6))
  malls.add(mallId)
  // Turns of schedules belong to the whole schema: one taken under a later clock would keep ours waiting.
  await pool.query('DELETE FROM schedule')
  const jobs = options.jobs ?? allJobs
  const app = createApp(deps, { features: options.features ?? allFeatures, auth: options.auth ?? testAuth, resolveMall: async (_, code) => code ?? mallId, audit: options.audit ?? (await defaultAudit()) })
  const ctx = (): Ctx => systemCtx(deps, mallId, 'test')

  async function call<K extends Route>(route: K, { params, query, body, as, key: given, headers }: CallOptions<K> = {}): Promise<Answer<K>> {
    const [method, path] = route.split(' ') as [string, string]
    const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent((params as Record<string, string>)[name]!))
    const search = new URLSearchParams(Object.entries((query ?? {}) as Record<string, unknown>).filter(([, v]) => v !== undefined).map(([k, v]): [string, string] => [k, String(v)])).toString()
    const response = await app.request(filled + (search && `?${search}`), {
      method, ...(method !== 'GET' && { body: JSON.stringify(body ?? {}) }),
      headers: { 'content-type': 'application/json', 'x-atrium-mall': mallId, ...(as && { authorization: `Bearer ${as}` }), ...(method !== 'GET' && given !== null && { 'idempotency-key': given ?? randomUUID() }), ...headers },
    })
    const text = await response.clone().text()
    const parsed = (/json/.test(response.headers.get('content-type') ?? '') ? JSON.parse(text) : text) as never
    return { status: response.status, body: parsed, problem: parsed, response }
  }

  return {
    app, deps, mallId, clock, ctx, call,
    asMember: (memberId = newId(clock.now()), channel: MemberCaller['channel'] = 'h5') => tokenOf({ kind: 'member', memberId, sessionId: newId(clock.now()), channel, address: 'test' }),
    asStaff: (role: Role, of: Partial<Pick<StaffCaller, 'staffId' | 'name' | 'tenantId' | 'storeIds' | 'mallId'>> = {}) =>
      tokenOf({ kind: 'staff', staffId: newId(clock.now()), name: `测试${role}`, role, mallId, reach: roles[role].reach, tenantId: null, storeIds: [], sessionId: newId(clock.now()), address: 'test', ...of }),
    /** Delivers events and runs due schedules until nothing is left to do (events that keep failing stay). */
    drain: async () => {
      for (let round = 0; round < 50; round += 1) {
        const delivered = await drain(deps, jobs)
        if (delivered === 0 && (await runSchedules(deps, jobs)) === 0) return
      }
    },
  }
}

async function open() {
  if (!opened) {
    const { url } = await testDatabase()
    opened = { ...openPool(url, 12), config: testConfig(url) }
  }
  return opened
}

/** The real audit once the feature is there; loaded late so that the kit stands below the features. */
async function defaultAudit(): Promise<MountOptions['audit']> {
  const { recordAudit } = await import('../audit/service.ts')
  return recordAudit
}

afterEach(async () => {
  if (!opened) return
  // Files before ours left their malls, made by another clock: what was promised by a time is judged for ours alone.
  const ours = (row: Record<string, unknown>) => malls.has(String(row.mallId))
  const broken = (await runInvariants(opened.db)).map(({ code, rows }) => ({ code, sample: rows.filter(ours).slice(0, 5) })).filter((r) => r.sample.length > 0)
  expect(broken).toEqual([])
})

afterAll(async () => {
  await opened?.pool.end()
  opened = undefined
  rmSync(filesDir, { recursive: true, force: true })
})
