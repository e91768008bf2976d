import { describe, expect, test } from 'vitest'
import { testMall } from '../http/test-kit.ts'
import { duplicateKey, isPassing } from './errors.ts'
import { inTransaction } from './transaction.ts'

const duplicate = (key: string) => Object.assign(new Error('Failed query'), { cause: { errno: 1062, sqlMessage: `Duplicate entry '26112094846279' for key '${key}'` } })

describe('what is worth another try', () => {
  test.each([
    ['a deadlock', { errno: 1213 }, true],
    ['a lost connection', { code: 'PROTOCOL_CONNECTION_LOST' }, true],
    ['a number that was drawn before', duplicate('redemptions_number'), true],
    ['the same, as MySQL names keys', duplicate('redemptions.redemptions_number'), true],
    ['a row that is there already', duplicate('PRIMARY'), false],
    ['a second redemption of a coupon', duplicate('redemptions_standing'), false],
    ['a syntax error', { errno: 1064 }, false],
  ])('%s', (_, error, expected) => expect(isPassing(error)).toBe(expected))

  test('a transaction draws another number when chance gave one that is taken', async () => {
    const t = await testMall()
    const drawn: number[] = []
    const number = await inTransaction(t.ctx(), async () => {
      drawn.push(drawn.length)
      if (drawn.length < 3) throw duplicate('redemptions_number')
      return drawn.length
    })
    expect(number).toBe(3)
  })

  test('a key by its name', () => expect([duplicateKey(duplicate('t.k')), duplicateKey(new Error('other'))]).toEqual(['k', null]))
})
