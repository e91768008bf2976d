import { createHash, createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkCode, codeStepMs, dynamicCode, splitCode } from './dynamic-code.ts'
import { hmacSha256, sha256 } from './sha256.ts'

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const bytes = fc.uint8Array({ maxLength: 200 })

describe('sha256', () => {
  test('equals node:crypto', () => fc.assert(fc.property(bytes, (b) => hex(sha256(b)) === createHash('sha256').update(b).digest('hex'))))
  test('hmac equals node:crypto', () => fc.assert(fc.property(bytes, bytes, (k, m) => hex(hmacSha256(k, m)) === createHmac('sha256', k).update(m).digest('hex'))))
})

describe('dynamic code', () => {
  const secret = 'a1'.repeat(32)
  const number = '120000000017'
  const at = Date.UTC(2026, 10, 20, 6, 32)
  test('twenty digits that change each minute', () => {
    expect(dynamicCode(number, secret, at)).toMatch(/^\d{20}$/)
    expect(dynamicCode(number, secret, at)).toBe(dynamicCode(number, secret, at + codeStepMs - 1))
    expect(dynamicCode(number, secret, at)).not.toBe(dynamicCode(number, secret, at + codeStepMs))
  })
  test.each([[-1, true], [0, true], [1, true], [2, 'code_expired'], [59, 'code_expired'], [101, 'code_forged'], [-2, 'code_forged']])('read %d steps later: %s', (steps, verdict) => {
    const answer = checkCode(dynamicCode(number, secret, at), number, secret, at + steps * codeStepMs)
    expect(answer.ok ? true : answer.refusal).toBe(verdict)
  })
  test('another secret or another digit is forged', () => {
    const code = dynamicCode(number, secret, at)
    expect(checkCode(code, number, 'b2'.repeat(32), at)).toEqual({ ok: false, refusal: 'code_forged' })
    expect(checkCode(code.slice(0, -1) + String((Number(code.at(-1)) + 1) % 10), number, secret, at)).toEqual({ ok: false, refusal: 'code_forged' })
  })
  test.each([['120000000017', { number: '120000000017', sealed: false }], ['12000000001732123456', { number: '120000000017', sealed: true }], ['12', null], ['12000000001x', null]])('%s splits to %j', (code, parts) => expect(splitCode(code, 12)).toEqual(parts))
})
