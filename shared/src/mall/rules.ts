type Point = readonly [number, number]
export type Corridors = { nodes: readonly { x: number; y: number; lift: boolean }[]; edges: readonly { a: number; b: number; steps: boolean }[] }
/** `metres` along the corridors, `minutes` at an easy pace (65 m a minute), at least one; `steps` when the way has stairs. */
export type Walk = { points: Point[]; metres: number; minutes: number; steps: boolean }

/** Floor plans are drawn on a canvas 1000 wide for a building 200 m long. */
const metresPerUnit = 0.2
const metresPerMinute = 65

const far = (a: Point, b: Point): number => Math.hypot(a[0] - b[0], a[1] - b[1])

function nearest(nodes: Corridors['nodes'], to: Point): number {
  let best = 0
  nodes.forEach((n, i) => { if (far([n.x, n.y], to) < far([nodes[best]!.x, nodes[best]!.y], to)) best = i })
  return best
}

/**
 * The shortest walk from one point of a floor to another along its corridors, or null when there is none. `stepFree` takes no stairs, for
 * wheelchairs and prams. The ends are joined to their nearest corridor node.
 */
export function walk({ nodes, edges }: Corridors, from: Point, to: Point, stepFree: boolean): Walk | null {
  if (!nodes.length) return null
  const [start, goal] = [nearest(nodes, from), nearest(nodes, to)]
  const at = (i: number): Point => [nodes[i]!.x, nodes[i]!.y]
  const distance = nodes.map(() => Infinity)
  const before = nodes.map(() => -1)
  const open = new Set([start])
  const done = new Set<number>()
  distance[start] = 0
  while (open.size) {
    const here = [...open].reduce((a, b) => (distance[b]! < distance[a]! ? b : a))
    open.delete(here)
    done.add(here)
    if (here === goal) break
    for (const { a, b, steps } of edges) {
      const next = a === here ? b : b === here ? a : -1
      if (next < 0 || done.has(next) || (steps && stepFree)) continue
      const through = distance[here]! + far(at(here), at(next))
      if (through >= distance[next]!) continue
      distance[next] = through
      before[next] = here
      open.add(next)
    }
  }
  if (distance[goal] === Infinity) return null
  const path: number[] = []
  for (let i = goal; i >= 0; i = before[i]!) path.unshift(i)
  const points = [from, ...path.map(at), to]
  const metres = Math.round(points.slice(1).reduce((sum, p, i) => sum + far(points[i]!, p), 0) * metresPerUnit)
  const climbs = path.slice(1).some((node, i) => edges.some((e) => e.steps && ((e.a === node && e.b === path[i]) || (e.b === node && e.a === path[i]))))
  return { points, metres, minutes: Math.max(1, Math.ceil(metres / metresPerMinute)), steps: climbs }
}

/** The lift nearest to a point, or null on a floor without one. */
export function nearestLift({ nodes }: Corridors, from: Point): Point | null {
  const lifts = nodes.filter((n) => n.lift)
  return lifts.length ? lifts.map((n): Point => [n.x, n.y]).reduce((a, b) => (far(b, from) < far(a, from) ? b : a)) : null
}
