import { expect, test } from 'vitest'
import { marked } from './difference.ts'

const show = (before: string | null, after: string | null) => marked(before, after).map((w) => (w.added ? `[${w.text}]` : w.text)).join('')

test.each([
  ['2,000 张', '2,500 张', '[2,500] 张'],
  ['每天 17:00 – 21:30', '周一至周五 11:00 – 14:00， 每天 17:00 – 21:30', '[周一至周五 11:00 – 14:00，] 每天 17:00 – 21:30'],
  ['满 200 减 40', '满 180 减 40', '满 [180] 减 40'],
  ['a b', 'a b', 'a b'],
  ['商场', '店铺', '店铺'],
  [null, '新的', '新的'],
  ['旧的', null, '—'],
])('%s → %s marks %s', (before, after, expected) => expect(show(before, after)).toBe(expected))
