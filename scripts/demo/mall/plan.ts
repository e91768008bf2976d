import type { Corridors, Facility, Point } from '@atrium/schema/mall.ts'
import type { Random } from '../random.ts'

export interface PlannedUnit { unit: string; points: Point[]; door: Point; /** A room of the house (washrooms), not to let. */ room: boolean }
export interface Plan { outline: Point[]; atrium: Point[]; units: PlannedUnit[]; facilities: Facility[]; corridors: Corridors }
/** Units on each side of the ring, clockwise; one of the left and one of the right side are washrooms. */
export interface FloorShape { code: string; top: number; diagonal: number; right: number; bottom: number; left: number; islands: number }

/** Canvas 1000 × 700. The ring of units lies between the outline and the corridor; corners belong to one large unit each. */
const outline: Point[] = [[130, 25], [650, 25], [965, 205], [965, 560], [850, 675], [130, 675], [35, 580], [35, 120]]
const atrium: Point[] = [[470, 270], [588, 270], [715, 344], [715, 455], [470, 455]]
/** Middle of the corridor, clockwise; the graph's loop. */
const loop: Point[] = [[235, 220], [592, 220], [768, 320], [768, 498], [235, 498]]

const between = (a: Point, b: Point, t: number): Point => [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t]
const round = ([x, y]: Point): Point => [Math.round(x), Math.round(y)]

/** Cuts of a side into `count` parts of slightly different width, as real lets are. */
const cutsOf = (random: Random, count: number): number[] => {
  const widths = Array.from({ length: count }, () => 0.85 + random.next() * 0.3)
  const total = widths.reduce((sum, w) => sum + w, 0)
  let at = 0
  return [0, ...widths.map(w => (at += w / total))]
}

/** Units between an outer edge and the corridor edge below it. */
const sideOf = (random: Random, count: number, outer: [Point, Point], inner: [Point, Point]): { points: Point[]; door: Point }[] => {
  const cuts = cutsOf(random, count)
  return Array.from({ length: count }, (_, i) => {
    const [from, to] = [cuts[i]!, cuts[i + 1]!]
    const points = [between(...outer, from), between(...outer, to), between(...inner, to), between(...inner, from)].map(round)
    return { points, door: round(between(...inner, (from + to) / 2)) }
  })
}

const corner = (door: Point, ...points: Point[]) => ({ points, door })

const islandsOf = (count: number): { points: Point[]; door: Point }[] => {
  const [top, bottom] = [268, 458]
  const step = (bottom - top) / count
  return Array.from({ length: count }, (_, i) => {
    const [y0, y1] = [Math.round(top + i * step) + (i ? 3 : 0), Math.round(top + (i + 1) * step)]
    return { points: [[290, y0], [395, y0], [395, y1], [290, y1]], door: [290, Math.round((y0 + y1) / 2)] }
  })
}

/** Where a point meets the loop: segment and position along it. */
const projectOn = (point: Point): { segment: number; t: number; at: Point } => {
  const candidates = loop.map((a, segment) => {
    const b = loop[(segment + 1) % loop.length]!
    const [dx, dy] = [b[0] - a[0], b[1] - a[1]]
    const t = Math.max(0, Math.min(1, ((point[0] - a[0]) * dx + (point[1] - a[1]) * dy) / (dx * dx + dy * dy)))
    const at = between(a, b, t)
    return { segment, t, at, distance: Math.hypot(at[0] - point[0], at[1] - point[1]) }
  })
  return candidates.reduce((best, c) => (c.distance < best.distance ? c : best))
}

/** The loop with a node before every door, a dead end to each lift, and a bridge with steps across the atrium. */
const corridorsOf = (doors: readonly Point[], lifts: readonly Point[]): Corridors => {
  const bridge = [projectOn([592, 220]), projectOn([592, 498])]
  const stops = [...loop.map((at, segment) => ({ segment, t: 0, at })), ...doors.map(projectOn), ...bridge, ...lifts.map(projectOn)]
    .sort((a, b) => a.segment - b.segment || a.t - b.t)
  const nodes: Corridors['nodes'] = []
  for (const { at } of stops) {
    const [x, y] = round(at)
    if (!nodes.some(n => Math.abs(n.x - x) < 2 && Math.abs(n.y - y) < 2)) nodes.push({ x, y, lift: false })
  }
  const edges = nodes.map((_, a) => ({ a, b: (a + 1) % nodes.length, steps: false }))
  const nearest = ([x, y]: Point) => nodes.reduce((best, n, i) => (Math.hypot(n.x - x, n.y - y) < Math.hypot(nodes[best]!.x - x, nodes[best]!.y - y) ? i : best), 0)
  edges.push({ a: nearest(bridge[0]!.at), b: nearest(bridge[1]!.at), steps: true })
  for (const lift of lifts) {
    const a = nearest(projectOn(lift).at)
    nodes.push({ x: lift[0], y: lift[1], lift: true })
    edges.push({ a, b: nodes.length - 1, steps: false })
  }
  return { nodes, edges }
}

const middle = (points: readonly Point[]): Point => round([points.reduce((s, p) => s + p[0], 0) / points.length, points.reduce((s, p) => s + p[1], 0) / points.length])

const facilitiesOf = (code: string, rooms: readonly PlannedUnit[]): Facility[] => {
  const [right, left] = rooms.map(room => middle(room.points)) as [Point, Point]
  const at = (kind: Facility['kind'], [x, y]: Point, name: string): Facility => ({ kind, x, y, name })
  const everywhere = [
    at('elevator', [685, 415], '东侧客梯'), at('escalator', [510, 315], '上行扶梯'), at('escalator', [510, 375], '下行扶梯'), at('elevator', [510, 432], '西侧客梯'),
    at('restroom', [right[0] - 26, right[1]], '洗手间'), at('nursing', [right[0] + 26, right[1]], '母婴室'), at('restroom', [left[0] - 22, left[1]], '洗手间'), at('accessible', [left[0] + 22, left[1]], '无障碍洗手间'),
    at('kiosk', [640, 498], '自助屏'),
  ]
  const here: Record<string, Facility[]> = {
    B1: [at('parking', [865, 255], '去 P1 停车场'), at('exit', [235, 560], '下沉广场')],
    L1: [at('service', [592, 240], '客服台'), at('exit', [440, 520], '南门'), at('exit', [440, 195], '北门'), at('atm', [768, 470], '自助取款')],
    L2: [at('parking', [60, 400], '连桥去 P2')],
    L3: [at('service', [592, 240], '会员中心')],
    L4: [at('exit', [850, 620], '影院夜间出口')],
  }
  return [...everywhere, ...(here[code] ?? [])]
}

/** One floor: units that tile the ring around the corridor, islands beside the atrium void, facilities, corridor graph. */
export const planFloor = (random: Random, shape: FloorShape): Plan => {
  const ring = [
    corner([235, 185], [35, 120], [130, 25], [270, 25], [270, 185], [200, 185], [200, 260], [35, 260]),
    ...sideOf(random, shape.top, [[270, 25], [650, 25]], [[270, 185], [600, 185]]),
    ...sideOf(random, shape.diagonal, [[650, 25], [965, 205]], [[600, 185], [800, 300]]),
    ...sideOf(random, shape.right, [[965, 205], [965, 430]], [[800, 300], [800, 430]]),
    corner([800, 470], [800, 430], [965, 430], [965, 560], [850, 675], [690, 675], [690, 530], [770, 530], [800, 500]),
    ...sideOf(random, shape.bottom, [[690, 675], [310, 675]], [[690, 530], [310, 530]]),
    corner([255, 530], [310, 530], [310, 675], [130, 675], [35, 580], [35, 430], [200, 430], [200, 530]),
    ...sideOf(random, shape.left, [[35, 430], [35, 260]], [[200, 430], [200, 260]]),
    ...islandsOf(shape.islands),
  ]
  const rightRoom = 1 + shape.top + shape.diagonal + shape.right - 1
  const leftRoom = ring.length - shape.islands - 2
  let number = 0
  let rooms = 0
  const units = ring.map(({ points, door }, i): PlannedUnit => {
    const room = i === rightRoom || i === leftRoom
    const unit = `${shape.code}-${room ? `W${(rooms += 1)}` : String((number += 1)).padStart(2, '0')}`
    return { unit, points, door, room }
  })
  const facilities = facilitiesOf(shape.code, units.filter(u => u.room))
  const lifts = facilities.filter(f => f.kind === 'elevator').map((f): Point => [f.x, f.y])
  return { outline, atrium, units, facilities, corridors: corridorsOf(units.map(u => u.door), lifts) }
}
