import { expect, test, vi } from 'vitest'
import { refusalStatus } from '@atrium/shared/refusal.ts'

vi.hoisted(() => { process.env.TARO_ENV = 'weapp'; process.env.TARO_APP_API = '' })
vi.mock('@tarojs/taro', async () => (await import('@/testing/taro')).taro.module())
const { i18n } = await import('./index')
await Promise.all([import('./common'), import('./refusals'), ...Object.values(import.meta.glob('../*/messages.ts')).map((load) => load())])

type Tree = { [key: string]: string | Tree }
const flat = (tree: Tree, path = ''): [string, string][] => Object.entries(tree).flatMap(([key, value]) => (typeof value === 'string' ? [[path + key, value] as [string, string]] : flat(value, `${path}${key}.`)))
const [zh, en] = (['zh-CN', 'en'] as const).map((language) => new Map(flat(i18n.global.getLocaleMessage(language) as Tree)))
const names = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort()

test('both languages have the same copy', () => expect([...en!.keys()].sort()).toEqual([...zh!.keys()].sort()))
test('no copy is empty and both name the same values', () => {
  for (const [key, text] of zh!) {
    expect(text, key).not.toBe('')
    const inEnglish = names(en!.get(key) ?? '')
    expect(names(text).filter((name) => !inEnglish.includes(name)), key).toEqual([])
  }
})
test('every refusal has words in both languages', () => {
  for (const code of Object.keys(refusalStatus)) expect([zh!.has(`refusal.${code}`), en!.has(`refusal.${code}`)], code).toEqual([true, true])
})
