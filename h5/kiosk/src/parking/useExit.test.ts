import { expect, test, vi } from 'vitest'
import type { Problem } from '@/flow/problem'

vi.mock('@/i18n', () => ({ text: (key: string) => key }))
vi.mock('@/platform/request', () => ({ call: () => {} }))
const { troubleOf } = await import('./useExit')

test.each<[string, Problem, string]>([
  ['no network', { kind: 'offline' }, 'cut'],
  ['no such exit', { kind: 'refused', code: 'not_found', facts: {} }, 'unknown'],
  ['a server that is starting', { kind: 'refused', code: 'unavailable', facts: {} }, 'help'],
  ['too many looks', { kind: 'refused', code: 'rate_limited', facts: {} }, 'help'],
  ['a failure', { kind: 'error', requestId: 'r1' }, 'help'],
])('%s', (_what, problem, shown) => {
  expect(troubleOf(problem)).toBe(shown)
})
