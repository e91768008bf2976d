import { describe, expect, test } from 'vitest'
import { type Corridors, nearestLift, walk } from './rules.ts'

// A square of corridors with a stair across: 0 (0,0) – 1 (100,0) – 2 (100,100) – 3 (0,100), stairs 0–2.
const square: Corridors = {
  nodes: [{ x: 0, y: 0, lift: true }, { x: 100, y: 0, lift: false }, { x: 100, y: 100, lift: true }, { x: 0, y: 100, lift: false }, { x: 500, y: 500, lift: false }],
  edges: [{ a: 0, b: 1, steps: false }, { a: 1, b: 2, steps: false }, { a: 2, b: 3, steps: false }, { a: 0, b: 2, steps: true }],
}

describe('walking through the mall', () => {
  test('the stairs are shorter', () => expect(walk(square, [0, 0], [100, 100], false)).toMatchObject({ metres: 28, steps: true, points: [[0, 0], [0, 0], [100, 100], [100, 100]] }))
  test('step-free goes around', () => expect(walk(square, [0, 0], [100, 100], true)).toMatchObject({ metres: 40, minutes: 1, steps: false }))
  test('no way is no walk', () => expect(walk(square, [0, 0], [500, 500], false)).toBeNull())
  test('a way reachable by stairs only is none for a wheelchair', () => expect(walk({ ...square, edges: [{ a: 0, b: 2, steps: true }] }, [0, 0], [100, 100], true)).toBeNull())
  test('where one already is', () => expect(walk(square, [0, 0], [0, 0], true)).toMatchObject({ metres: 0, minutes: 1 }))
  test('the nearest lift', () => { expect(nearestLift(square, [90, 80])).toEqual([100, 100]); expect(nearestLift({ nodes: [], edges: [] }, [0, 0])).toBeNull() })
})
