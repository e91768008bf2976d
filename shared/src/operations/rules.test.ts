import { expect, test } from 'vitest'
import { type Role, roles } from '../staff/permissions.ts'
import { csvCell, csvLine, hears } from './rules.ts'

test.each<[string | number | null, string]>([
  ['云龙天地', '云龙天地'], [null, ''], [-12.5, '-12.5'], ['=1+1', "'=1+1"], ['+86', "'+86"], ['-2', "'-2"], ['@SUM(A1)', "'@SUM(A1)"], ['\tx', "'\tx"], ['a,b', '"a,b"'], ['say "hi"', '"say ""hi"""'], ['=HYPERLINK("http://x","y")', `"'=HYPERLINK(""http://x"",""y"")"`], ['two\nlines', '"two\nlines"'],
])('%j as a CSV cell is %s', (value, cell) => expect(csvCell(value)).toBe(cell))

test('a line ends as spreadsheets expect', () => expect(csvLine(['a', 1, null])).toBe('a,1,\r\n'))

const staff = (role: Role, tenantId: string | null = null, storeIds: string[] = []) => ({ kind: 'staff' as const, staffId: 's', role, reach: roles[role].reach, tenantId, storeIds })
test.each([
  ['a member hears their own', { kind: 'member' as const, memberId: 'm' }, 'coupon.redeemed', { memberId: 'm', storeId: 'a' }, true],
  ['and nobody else’s', { kind: 'member' as const, memberId: 'm' }, 'coupon.redeemed', { memberId: 'n' }, false],
  ['nor what is nobody’s', { kind: 'member' as const, memberId: 'm' }, 'lane.changed', { laneId: 'l' }, false],
  ['the mall hears all that its role may read', staff('operations'), 'lane.changed', { laneId: 'l' }, true],
  ['but only its own exports', staff('administrator'), 'export.changed', { staffId: 'other' }, false],
  ['an associate hears the own store', staff('salesAssociate', 't', ['a']), 'coupon.redeemed', { storeId: 'a' }, true],
  ['and not the one next door', staff('salesAssociate', 't', ['a']), 'coupon.redeemed', { storeId: 'b', tenantId: 't' }, false],
  ['a tenant hears its stores', staff('tenantManager', 't', ['a', 'b']), 'coupon.redeemed', { storeId: 'b' }, true],
  ['and itself', staff('tenantManager', 't', ['a']), 'shop.changed', { tenantId: 't' }, true],
  ['and no other tenant', staff('tenantManager', 't', ['a']), 'shop.changed', { tenantId: 'u' }, false],
  ['a tenant hears no money of the mall', staff('tenantManager', 't', ['a']), 'payment.paid', { paymentId: 'p' }, false],
  ['marketing hears no payments', staff('marketing'), 'payment.changed', { paymentId: 'p', memberId: 'm' }, false],
  ['the car park hears payments', staff('parking'), 'payment.changed', { paymentId: 'p' }, true],
  ['and no points', staff('parking'), 'points.earned', { memberId: 'm', points: 5 }, false],
  ['no staff hear of sessions', staff('administrator'), 'session.revoked', { memberId: 'm' }, false],
  ['nor of what is no event', staff('administrator'), 'other.thing', {}, false],
])('%s', (_, watcher, type, data, expected) => expect(hears(watcher, { type, data })).toBe(expected))
