import { describe, expect, test } from 'vitest'
import { formatPlate, isPlate, maskPlate, normalisePlate, plateDistance, plateKind, plateProvinces } from './plate.ts'

describe('plate', () => {
  test('31 provinces', () => expect(new Set(plateProvinces).size).toBe(31))
  test.each([
    ['苏C8K6Q2', true, 'blue'], ['苏CD15208', true, 'green'], ['苏C12345F', true, 'green'], ['粤Z1234港', true, 'blue'], ['苏C1234挂', true, 'yellow'], ['苏C1234学', true, 'yellow'],
    ['苏I12345', false, 'other'], ['苏C1234', false, 'other'], ['粤B888888', false, 'other'], ['无牌车', false, 'other'], ['苏C12O45', false, 'other'], ['WJ苏1234', false, 'other'],
  ])('%s: valid %s, %s', (plate, valid, kind) => { expect(isPlate(plate)).toBe(valid); expect(plateKind(plate)).toBe(kind) })
  test.each([[' 苏c·8k6q2 ', '苏C8K6Q2'], ['苏C-OI234', '苏C01234'], ['苏O12345', '苏O12345']])('%s is read as %s', (raw, plate) => expect(normalisePlate(raw)).toBe(plate))
  test('shown and masked', () => { expect(formatPlate('苏C8K6Q2')).toBe('苏C·8K6Q2'); expect(maskPlate('苏C8K6Q2')).toBe('苏C·8**Q2'); expect(maskPlate('苏CD15208')).toBe('苏C·D***08') })
  test.each([['苏C8K6Q2', '苏C8K6Q2', 0], ['苏C8K6Q2', '苏CBK6Q2', 0.5], ['苏C8K6Q2', '苏C8K6Q3', 1], ['苏C8K6Q2', '苏CD15208', Infinity]])('%s and %s are %d apart', (a, b, d) => expect(plateDistance(a, b)).toBe(d))
})
