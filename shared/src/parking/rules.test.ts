import { describe, expect, test } from 'vitest'
import { parkingStates } from './contract.ts'
import { canBind, endOf, exitVerdict, gateTries, isInside, isPayable, isSure, mayMove, proposalFor, retryAfterMs, seenAtOf, type PlateCandidate } from './rules.ts'

const now = new Date('2026-11-20T06:00:00Z')
const inside = (plate: string, bound = false): PlateCandidate => ({ plate, inside: true, bound, entryAt: new Date('2026-11-20T04:00:00Z') })
const bound = (plate: string): PlateCandidate => ({ plate, inside: false, bound: true, entryAt: null })

test.each([['苏C8K6Q2', 0.97, true], ['苏C8K6Q2', 0.8, true], ['苏C8K6Q2', 0.79, false], ['苏CD60218', 0.9, true], ['无牌车', 0.99, false], ['粤B888888', 0.99, false]])('%s read with %d is sure: %s', (plate, confidence, sure) =>
  expect(isSure(plate, confidence)).toBe(sure))

test.each([['苏C8K6Q2', 0, false, null], ['苏C8K6Q2', 5, false, 'plate_limit_reached'], ['苏C8K6Q2', 0, true, 'plate_bound_elsewhere'], ['苏C', 0, false, 'plate_invalid']] as const)(
  'binding %s as one more of %d (elsewhere: %s): %s', (plate, count, elsewhere, verdict) => expect(canBind(plate, count, elsewhere)).toBe(verdict))

test.each([[0, null, 'open'], [400, null, 'pay'], [400, '2026-11-20T06:00:00Z', 'open'], [400, '2026-11-20T05:59:59Z', 'pay']] as const)('%d fen due, leave by %s: %s', (due, leaveBy, verdict) =>
  expect(exitVerdict({ leaveBy: leaveBy ? new Date(leaveBy) : null }, due, now)).toBe(verdict))

test.each([['open', 0, true], ['open', 400, true], ['paid', 0, false], ['paid', 400, true], ['leaving', 400, false], ['stuck', 400, false], ['escaped', 400, false], ['closed', 400, false]] as const)('%s with %d fen due can be paid: %s', (state, due, payable) =>
  expect(isPayable(state, due)).toBe(payable))

test.each([[false, '2026-11-20T05:00:00Z', '06:00'], [false, '1970-01-01T00:00:00Z', '06:00'], [true, '2026-11-20T05:00:00Z', '05:00'], [true, '2026-11-20T07:00:00Z', '06:00'], [true, '1970-01-01T00:00:00Z', '06:00']])('off-line %s, a camera that says %s is believed to have seen at %s', (offline, says, at) =>
  expect(seenAtOf({ offline, seenAt: new Date(says) }, now).toISOString()).toBe(`2026-11-20T${at}:00.000Z`))

test('a command is given three times with growing patience', () => {
  expect(Array.from({ length: gateTries }, (_, i) => retryAfterMs(i + 1))).toEqual([6000, 12_000, null])
})

test('terminal states have no way on', () => {
  for (const state of parkingStates) expect(parkingStates.some((to) => mayMove(state, to))).toBe(isInside(state))
  expect(mayMove('closed', 'open')).toBe(false)
  expect(mayMove('open', 'stuck')).toBe(false)
})

test.each(parkingStates.filter(isInside).flatMap((state) => [0, 400].map((due) => [state, due] as const)))('a car that left %s with %d fen due has a way to its end', (state, due) => {
  expect(endOf(state, due)).toBe(due > 0 && (state === 'open' || state === 'paid') ? 'escaped' : 'closed')
  expect(mayMove(state, endOf(state, due))).toBe(true)
})

describe('proposals', () => {
  test('the nearest open session, with what speaks for it', () => {
    expect(proposalFor('苏CF92B3', [inside('苏CF9283', true), inside('苏CA1111')], now)).toEqual({
      plate: '苏CF9283', score: 0.93, evidence: ['6 位相同', '差的一位是相机常混的字符', '在场 2.0 小时，未见出场', '会员绑定的车牌'],
      evidenceEn: ['6 characters are the same', 'The other one is a pair that cameras confuse', 'Inside for 2.0 h, not seen leaving', 'A plate bound by a member'],
    })
  })
  test('a car inside goes before one that is only bound', () => expect(proposalFor('苏CF92B3', [bound('苏CF9213'), inside('苏CF9293')], now)?.plate).toBe('苏CF9293'))
  test('two that are equally near are no proposal', () => expect(proposalFor('苏CF9283', [inside('苏CF9284'), inside('苏CF9285')], now)).toBeNull())
  test('nobody near is no proposal', () => expect(proposalFor('苏CF9283', [inside('苏CA1284')], now)).toBeNull())
})
