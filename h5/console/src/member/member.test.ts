import { flushPromises } from '@vue/test-utils'
import { expect, test } from 'vitest'
import { effectScope } from 'vue'
import { connect } from '../platform/call.ts'
import { json } from '../testing/mounting.ts'
import { useMember } from './useMember.ts'
import './copy.ts'

test.each([[undefined, 0], [0, 0], [-20, 1]])('adjusting by %s points sends %d times, and what is missing is said', async (points, times) => {
  const sent: string[] = []
  connect({ fetch: (async (url: string, request: RequestInit) => { if (request.method === 'POST') sent.push(url); return json({ balance: 80 }) }) as typeof fetch })
  const scope = effectScope()
  const page = scope.run(() => useMember('M1'))!
  page.ask('adjust')
  page.points.value = points
  page.tryAdjust('客诉补偿')
  await flushPromises()
  expect([sent.length, page.tried.value]).toEqual([times, true])
  scope.stop()
})
