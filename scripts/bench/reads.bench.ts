import { freePort } from '../kit/processes.ts'
import type { Bench, Measured } from './bench.ts'
import { loadWell } from './stand/load.ts'
import { serve } from './stand/process.ts'
import { heldCoupons, openTemplate, signedInMembers, withWorld } from './stand/world.ts'

const reads = { 'member home': '/api/member/home', 'my coupons, 20 a page': '/api/coupons?limit=20' }
const rounds = 4
const durationMs = 2_000
const members = 200

/** Reads through the contract, with their session and validation both ways, beside bare Hono that sends the same statements. One process each. */
const bench: Bench = () => withWorld({ members: 200, parkings: 1_000 }, async world => {
  const people = await signedInMembers(world, members)
  await heldCoupons(world, await openTemplate(world), people, 24)
  const barePort = await freePort()
  const ours = await serve('bff/src/main.ts', world.port, world.env)
  const bare = await serve('scripts/bench/stand/bare-reads.ts', barePort, { ...world.env, BENCH_MODEL: `${people[0]!.id} ${people[0]!.token}`, BENCH_PATHS: Object.values(reads).join(' ') })
  try {
    const measured: Measured[] = []
    for (const [name, path] of Object.entries(reads)) {
      let turn = 0
      const next = () => {
        const person = people[turn++ % people.length]!
        return { method: 'GET' as const, path, headers: { authorization: `Bearer ${person.token}`, 'x-member': person.id } }
      }
      const sums = { ours: 0, bare: 0 }
      // In turns, so that whatever else the machine does meets both.
      for (let round = -1; round < rounds; round++) {
        const rates = { ours: await loadWell(world.port, next, { durationMs }), bare: await loadWell(barePort, next, { durationMs }) }
        if (round >= 0) for (const who of ['ours', 'bare'] as const) sums[who] += rates[who].perSecond / rounds
      }
      measured.push({ name: `${name} through the contract`, ...sums, unit: 'a second', atLeast: 0.35 })
    }
    return measured
  } finally {
    await Promise.all([ours.stop(), bare.stop()])
  }
})
export default bench
