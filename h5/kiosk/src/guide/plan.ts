import { nearestLift, walk, type Walk } from '@atrium/shared/mall/rules.ts'
import { spotOf } from '@kiosk/shell/place'
import type { Plan, Shop } from '@kiosk/shell/useGuide'

export type Unit = Plan['units'][number]

/** Where a label stands: the middle of the unit's corners. */
export const centreOf = (unit: Unit): [number, number] => [0, 1].map((axis) => unit.points.reduce((sum, p) => sum + p[axis]!, 0) / unit.points.length) as [number, number]

/** How wide a line of text may be in a unit: its area over its height, since many units are slanted. */
export function widthOf({ points }: Pick<Unit, 'points'>): number {
  const twice = points.reduce((sum, [x, y], i) => { const [nx, ny] = points[(i + 1) % points.length]!; return sum + x * ny - nx * y }, 0)
  const ys = points.map((p) => p[1])
  return Math.abs(twice) / 2 / Math.max(1, Math.max(...ys) - Math.min(...ys))
}

/** A name in lines that fit: two characters a line in narrow units, at most two lines. */
export function linesOf(name: string, width: number, latin: boolean): string[] {
  if (latin) {
    const words = name.split(' ')
    return name.length * 11 <= width || words.length < 2 ? [name.length * 11 > width + 30 ? `${name.slice(0, Math.floor(width / 11))}…` : name] : [words.slice(0, Math.ceil(words.length / 2)).join(' '), words.slice(Math.ceil(words.length / 2)).join(' ')].map((l) => (l.length * 11 > width + 10 ? `${l.slice(0, Math.max(3, Math.floor(width / 11)))}…` : l))
  }
  if (name.length * 22 <= width || name.length <= 2) return [name]
  const half = Math.ceil(name.length / 2)
  return [name.slice(0, half), name.slice(half)]
}

export type Way = { kind: 'stepFree' | 'fastest'; walk: Walk }

/**
 * Ways to a shop on the floor that is shown: from the kiosk itself, or on another floor from the lift nearest to it. The step-free one comes
 * first; the fastest only when it is another.
 */
export function waysTo(plan: Plan, shop: Pick<Shop, 'shopId'>, ownFloor: boolean): { from: [number, number]; ways: Way[] } | null {
  const unit = plan.units.find((u) => u.shopId === shop.shopId)
  if (!unit) return null
  const spot = spotOf(plan)
  const from: readonly [number, number] = ownFloor ? [spot.x, spot.y] : (nearestLift(plan.corridors, unit.door) ?? [spot.x, spot.y])
  const stepFree = walk(plan.corridors, from, unit.door, true)
  const fastest = walk(plan.corridors, from, unit.door, false)
  const ways: Way[] = []
  if (stepFree) ways.push({ kind: 'stepFree', walk: stepFree })
  if (fastest && (!stepFree || fastest.metres < stepFree.metres)) ways.push({ kind: 'fastest', walk: fastest })
  return { from: [from[0], from[1]], ways }
}

/** SVG path of a walk with rounded corners. */
export function pathOf(points: readonly (readonly [number, number])[]): string {
  return points.map(([x, y], i) => `${i ? 'L' : 'M'}${Math.round(x)} ${Math.round(y)}`).join('')
}
