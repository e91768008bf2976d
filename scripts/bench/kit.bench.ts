import { Hono } from 'hono'
import { memberContract } from '@atrium/shared/member/contract.ts'
import type { Deps } from '../../bff/src/context.ts'
import { createApp } from '../../bff/src/app.ts'
import { makeLog } from '../../bff/src/log.ts'
import type { Bench } from './bench.ts'

const rounds = 9
const calls = 4_000
const reply = {
  me: {
    memberId: '01JD5Y0Q3W8S9T6V4X2Z1A0B0C', memberNumber: '8000000017', nickname: '林小满', phoneMasked: '138****6021', tier: 'gold', growth: 3200, nextTier: { tier: 'crimson', growthNeeded: 6800 }, language: 'zh-CN', elderView: false,
    joinedAt: '2026-01-20T04:00:00.000Z', parkingHours: 2
  },
  points: 3350, coupons: { available: 6, expiringSoon: 1 }, parking: null, newNotices: 2
}

/** What the kit adds to a request that does nothing: request id, caller, authorisation, parsing, checking the reply, metrics. In one process, without a network. */
const bench: Bench = async () => {
  const route = 'GET /api/member/home' as const
  const deps = { now: () => new Date(), config: { trustProxy: false, sharedAddresses: [], baseUrl: 'http://127.0.0.1' }, log: makeLog('bench', 'silent') } as unknown as Deps
  const member = { kind: 'member' as const, memberId: reply.me.memberId, sessionId: reply.me.memberId, channel: 'h5' as const, address: 'local' }
  const kit = createApp(deps, {
    features: [{ contract: { [route]: memberContract[route] }, routes: { [route]: async () => reply } }],
    auth: { member: async () => member, staff: async () => null }, resolveMall: async () => reply.me.memberId, audit: async () => {}
  })
  const bare = new Hono().get('/api/member/home', c => c.json(reply))
  const request = () => new Request('http://127.0.0.1/api/member/home', { headers: { authorization: 'Bearer at_0123456789' } })

  // Processor time, not the clock on the wall: others on the machine do not count.
  const microseconds = async (app: Hono): Promise<number> => {
    const before = process.cpuUsage()
    for (let i = 0; i < calls; i++) {
      const answer = await app.fetch(request())
      if (answer.status !== 200) throw new Error(await answer.text())
      await answer.text()
    }
    const { user, system } = process.cpuUsage(before)
    return (user + system) / calls
  }
  const spent = { kit: [] as number[], bare: [] as number[] }
  for (let round = -2; round < rounds; round++) {
    const [ours, theirs] = [await microseconds(kit), await microseconds(bare)]
    if (round >= 0) {
      spent.kit.push(ours)
      spent.bare.push(theirs)
    }
  }
  const median = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1]!
  return [
    { name: 'the kit itself, each request', ours: median(spent.kit) - median(spent.bare), unit: 'µs', atMost: 60 },
    { name: 'bare Hono, each request', ours: median(spent.bare), unit: 'µs' }
  ]
}
export default bench
