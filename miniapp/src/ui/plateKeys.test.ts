import { expect, test, vi } from 'vitest'

vi.hoisted(() => { process.env.TARO_ENV = 'weapp'; process.env.TARO_APP_API = '' })
vi.mock('@tarojs/taro', async () => (await import('@/testing/taro')).taro.module())
const { erase, keysAt, type } = await import('./plateKeys')
const typeAll = (keys: string) => [...keys].reduce((state, key) => type(state.plate, state.at, key), { plate: '', at: 0 })

test('the keyboard begins with 31 provinces and then leaves I and O out', () => {
  expect(keysAt(0)).toHaveLength(31)
  expect(keysAt(1)).not.toContain('I')
  expect(keysAt(1)).not.toContain('O')
  expect(keysAt(3)).toContain('7')
})
test('special endings are offered only for the last characters', () => {
  expect(keysAt(5)).not.toContain('挂')
  expect(keysAt(6)).toContain('挂')
})
test.each([['苏C8K6Q2', '苏C8K6Q2', 7], ['苏CD60218', '苏CD60218', 7], ['苏CD602189', '苏CD60219', 7]])('typing %s gives %s', (keys, plate, at) => expect(typeAll(keys)).toEqual({ plate, at }))
test('a box can be corrected without losing the rest', () => expect(type('苏C8K6Q2', 2, '9')).toEqual({ plate: '苏C9K6Q2', at: 3 }))
test('erasing takes the character of the box, or the one before an empty box', () => {
  expect(erase('苏C8', 3)).toEqual({ plate: '苏C', at: 2 })
  expect(erase('苏C8', 1)).toEqual({ plate: '苏8', at: 1 })
  expect(erase('', 0)).toEqual({ plate: '', at: 0 })
})
