import { expect, test } from 'vitest'
import { refusalStatus } from '@atrium/shared/refusal.ts'
import { permissions, permissionTree, roles } from '@atrium/shared/staff/permissions.ts'
import { permissionKey } from '../staff/roles.ts'
import { pages } from '../shell/pages.ts'
import { i18n, setLanguage, text } from './copy.ts'
import { explain } from './refusals.ts'
import { Fault, Refused } from './call.ts'
import './names.ts'
import '../shell/copy.ts'
import '../staff/signInCopy.ts'

import.meta.glob('../**/copy.ts', { eager: true })

type Tree = { [key: string]: string | Tree }
const leaves = (tree: Tree, path = ''): string[] => Object.entries(tree).flatMap(([key, value]) => (typeof value === 'string' ? [`${path}${key}`] : leaves(value, `${path}${key}.`)))
const messages = () => i18n.global.messages.value as unknown as { 'zh-CN': Tree; en: Tree }

test('both languages have the same copy', () => {
  expect(leaves(messages().en).sort()).toEqual(leaves(messages()['zh-CN']).sort())
  expect(leaves(messages().en).length).toBeGreaterThan(500)
})

test.each(['zh-CN', 'en'] as const)('every line of %s can be said', (language) => {
  setLanguage(language)
  for (const key of leaves(messages()[language])) expect(text(key, new Proxy({}, { get: () => '1', has: () => true })), key).not.toBe(key)
})

test('every refusal, role, permission and page has words', () => {
  const zh = leaves(messages()['zh-CN'])
  const wanted = [...Object.keys(refusalStatus).map((c) => `refusal.${c}`), ...Object.keys(roles).map((r) => `role.${r}`), ...permissions.map(permissionKey), ...Object.keys(permissionTree).map((g) => `permission.groupOf.${g}`), ...pages.map((p) => p.title)]
  expect(wanted.filter((key) => !zh.includes(key))).toEqual([])
})

test('a trouble is explained in the language of the operator', () => {
  const refused = new Refused('approve_own', { status: 422 })
  setLanguage('zh-CN')
  expect(explain(refused)).toContain('不能审批自己提交')
  setLanguage('en')
  expect(explain(refused)).toContain('cannot approve what you submitted')
  expect(explain(new Fault(500, 'R1'))).toContain('R1')
  expect(explain(new Fault(0, null))).toContain('network')
})
