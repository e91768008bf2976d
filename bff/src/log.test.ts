import { expect, test } from 'vitest'
import { messageOf, shownError } from './log.ts'

test.each([
  ["Duplicate entry '01J0-13800138000' for key 'members_phone'", "Duplicate entry '[cut]' for key 'members_phone'"],
  ["Incorrect string value: '\\xE7\\xAE\\xA1' for column `atrium`.`staff`.`account` at row 1", "Incorrect string value: '[cut]' for column `atrium`.`staff`.`account` at row 1"],
  ['Failed query: insert into members values (?, ?)\nparams: 13800138000,林小满', 'Failed query: insert into members values (?, ?)'],
  ["Unknown column 'x' in 'SET'", "Unknown column 'x' in 'SET'"],
])('%s is written as %s', (said, written) => expect(messageOf(new Error(said))).toBe(written))

test('so is what caused it', () => {
  const error = new Error('Failed query: x\nparams: 13800138000', { cause: new Error("Duplicate entry '13800138000' for key 'k'") })
  expect(JSON.stringify(shownError(error))).not.toContain('13800138000')
})
