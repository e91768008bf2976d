import { expect, test } from 'vitest'
import { findableAs, searchTerm } from './rules.ts'

test.each([
  ['山雀咖啡', ['shan', 'que', 'ka', 'fei'], { pinyin: 'shanquekafei', initials: 'sqkf', initial: 'S' }],
  ['MUYI 木一', ['MUYI', 'mu', 'yi'], { pinyin: 'muyimuyi', initials: 'mmy', initial: 'M' }],
  ['7 号院', ['7', 'hao', 'yuan'], { pinyin: '7haoyuan', initials: '7hy', initial: '#' }],
  ['nothing', [], { pinyin: '', initials: '', initial: '#' }],
])('%s is found by its letters', (_, syllables, found) => expect(findableAs(syllables)).toEqual(found))

test.each([[' Shan Que ', 'shanque'], ["xi'an", 'xian'], ['咖啡', '咖啡']])('%s is searched as %s', (typed, term) => expect(searchTerm(typed)).toBe(term))
