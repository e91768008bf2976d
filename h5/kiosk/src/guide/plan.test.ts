import { describe, expect, test, vi } from 'vitest'

vi.mock('@kiosk/shell/place', () => ({ spotOf: (plan: { facilities: { kind: string; x: number; y: number }[] }) => plan.facilities.find((f) => f.kind === 'kiosk') ?? { x: 0, y: 0 } }))
const { centreOf, linesOf, waysTo, widthOf } = await import('./plan')

const unit = (points: [number, number][], shopId: string | null = 's') => ({ unit: 'L2-01', shopId, name: '鹿行户外', nameEn: 'Deer', tradeCategory: 'sport', points, door: [100, 100] as [number, number] })
const square = unit([[0, 0], [80, 0], [80, 80], [0, 80]])
const plan = {
  floor: { code: 'L2', name: '', nameEn: '', theme: '', themeEn: '', shopCount: 1 }, outline: [], void: [], units: [square], facilities: [{ kind: 'kiosk' as const, x: 0, y: 0, name: '' }],
  corridors: { nodes: [{ x: 0, y: 0, lift: false }, { x: 100, y: 0, lift: true }, { x: 100, y: 100, lift: false }], edges: [{ a: 0, b: 1, steps: false }, { a: 1, b: 2, steps: false }, { a: 0, b: 2, steps: true }] },
}

describe('the floor plan', () => {
  test('a label stands in the middle and knows the room of a slanted unit', () => {
    expect(centreOf(square)).toEqual([40, 40])
    expect(widthOf(square)).toBe(80)
    expect(widthOf(unit([[40, 0], [80, 0], [40, 80], [0, 80]]))).toBe(40)
  })
  test.each([['鹿行', 30, false, ['鹿行']], ['鹿行户外', 88, false, ['鹿行户外']], ['鹿行户外', 60, false, ['鹿行', '户外']], ['Deer', 60, true, ['Deer']]])('%s on %d reads %j', (name, width, latin, lines) => expect(linesOf(name, width, latin)).toEqual(lines))
  test('step-free first, the shorter way with steps beside it', () => expect(waysTo(plan, { shopId: 's' }, true)?.ways.map((w) => [w.kind, w.walk.steps])).toEqual([['stepFree', false], ['fastest', true]]))
  test('on another floor the way starts at its lift', () => expect(waysTo(plan, { shopId: 's' }, false)?.from).toEqual([100, 0]))
  test('a shop without a unit has no way', () => expect(waysTo(plan, { shopId: 'other' }, true)).toBeNull())
})
