import type { Bench } from './bench.ts'
import { loadWell } from './stand/load.ts'
import { residentMb, serve } from './stand/process.ts'
import { heldCoupons, openTemplate, signedInMembers, withWorld } from './stand/world.ts'

const calls = 100_000
const members = 500
const paths = ['/api/member/home', '/api/mall', '/api/coupons?limit=5', '/api/notices', '/api/points', '/api/member/card']

/** What the BFF keeps in memory after a hundred thousand requests of members looking around. */
const bench: Bench = () => withWorld({ members: 200, parkings: 1_000 }, async world => {
  const people = await signedInMembers(world, members)
  await heldCoupons(world, await openTemplate(world), people, 4)
  const ours = await serve('bff/src/main.ts', world.port, world.env)
  try {
    const atFirst = residentMb(ours.pid)
    let turn = 0
    const next = () => turn++ >= calls ? null : { method: 'GET' as const, path: paths[turn % paths.length]!, headers: { authorization: `Bearer ${people[turn % members]!.token}` } }
    await loadWell(world.port, next, { connections: 16 })
    return [
      { name: 'memory of the BFF when it starts', ours: atFirst, unit: 'MB' },
      { name: `memory of the BFF after ${calls.toLocaleString('en')} requests`, ours: residentMb(ours.pid), unit: 'MB', atMost: 250 }
    ]
  } finally {
    await ours.stop()
  }
})
export default bench
