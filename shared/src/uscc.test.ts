import { describe, expect, test } from 'vitest'
import { creditCodeCheck, isCreditCode, isTaxId } from './uscc.ts'

describe('credit code', () => {
  test.each([['91350100M000100Y43', true], ['91350100M000100Y44', false], ['9135010OM000100Y43', false], ['91350100M000100Y4', false], ['339902999999789113', false]])('%s: %s', (code, valid) => expect(isCreditCode(code)).toBe(valid))
  test('every other check character fails', () => {
    const right = creditCodeCheck('91350100M000100Y4')
    const others = [...'0123456789ABCDEFGHJKLMNPQRTUWXY'].filter((c) => c !== right)
    expect(others.filter((c) => isCreditCode(`91350100M000100Y4${c}`))).toEqual([])
  })
  test.each([['123456789012345', true], ['12345678901234567890', true], ['12345', false], ['91350100M000100Y43', true]])('tax id %s: %s', (code, valid) => expect(isTaxId(code)).toBe(valid))
})
