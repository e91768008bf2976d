import { flushPromises } from '@vue/test-utils'
import { beforeEach, expect, test } from 'vitest'
import { defineComponent } from 'vue'
import { connect } from '../platform/call.ts'
import { json, mountAt } from '../testing/mounting.ts'
import Approvals from './Approvals.vue'
import type { TemplateState } from './template.ts'
import { useTemplate } from './useTemplate.ts'
import './copy.ts'

let sent: string[] = []
const answering = (answer: (url: string) => unknown) => {
  sent = []
  connect({ fetch: (async (url: string, request: RequestInit) => {
    if (request.method !== 'GET') sent.push(`${request.method} ${url}`)
    return json(answer(url))
  }) as typeof fetch })
}
beforeEach(() => { document.body.innerHTML = '' })

const stored = (state: TemplateState) => ({
  templateId: 'T', title: '午市', titleEn: 'Lunch', worth: { kind: 'cash', amountFen: 4000, minimumSpendFen: 20000 }, stock: 200, perMember: 1, pointsPrice: 0, minimumTier: null, claimFrom: '2026-10-31T16:00:00.000Z', claimUntil: '2026-11-30T15:59:59.000Z',
  validity: { kind: 'days', days: 30 }, storeIds: [], funder: 'mall', terms: '', termsEn: '', storeNames: [], storeNamesEn: [], version: 1, state, claimed: 10, redeemed: 0, createdBy: '何敏', createdById: 'X', submittedBy: null, approvedBy: null, returnReason: null, updatedAt: '2026-11-21T00:00:00.000Z', history: [], daily: [],
})
const editor = async (state: TemplateState) => {
  answering(() => stored(state))
  let made!: ReturnType<typeof useTemplate>
  await mountAt(defineComponent({ setup() { made = useTemplate(); void made.load(); return () => null } }) as never, { path: '/coupons/templates/T', pattern: '/coupons/templates/:templateId', permissions: ['coupon.edit'] } as never)
  await flushPromises()
  return made
}

test.each([['draft', true, false], ['submitted', false, false], ['approved', false, true], ['published', false, false], ['paused', false, true], ['ended', false, false]] as [TemplateState, boolean, boolean][])('a template that is %s: editable %s, as a new version %s', async (state, editable, revisable) => {
  const made = await editor(state)
  expect([made.editable.value, made.revisable.value]).toEqual([editable, revisable])
})

test('a paused template gets more stock as a new version of itself', async () => {
  const made = await editor('paused')
  made.revising.value = true
  expect(made.editable.value).toBe(true)
  made.draft.stock = 500
  await made.saving.run()
  expect(sent).toEqual(['PUT /admin/coupon-templates/T'])
  expect(made.revising.value).toBe(false)
})

test('approving asks first, and the next in line does not slide under the finger', async () => {
  let waiting = ['T1', 'T2']
  answering((url) => (url === '/admin/approvals' ? { items: waiting.map((templateId) => ({ templateId, title: `券 ${templateId}`, titleEn: '', submittedAt: '2026-11-21T00:00:00.000Z', submittedBy: '何敏', mine: false, costCeilingFen: 100, difference: [] })) } : {}))
  const { wrapper } = await mountAt(Approvals as never, { path: '/approvals', permissions: ['coupon.approve'] } as never)
  await flushPromises()
  const decided = () => sent.filter((one) => one.endsWith('/approve'))
  await wrapper.find('form.decision').trigger('submit')
  expect(decided()).toEqual([])
  waiting = ['T2']
  document.querySelector('.el-dialog form')!.dispatchEvent(new Event('submit', { cancelable: true }))
  await flushPromises()
  expect(decided()).toEqual(['POST /admin/coupon-templates/T1/approve'])
  expect(wrapper.find('form.decision').exists()).toBe(false)
  await wrapper.find('.inbox li button').trigger('click')
  await flushPromises()
  expect(wrapper.find('.detail h2').text()).toBe('券 T2')
})

test.each([[38_400_00, '商场最多承担 ¥38,400.00'], [0, '商场不承担'], [null, '费用没有上限']])('a ceiling of %s is said as %s', async (costCeilingFen, words) => {
  answering((url) => (url === '/admin/approvals' ? { items: [{ templateId: 'T1', title: '券', titleEn: '', submittedAt: '2026-11-21T00:00:00.000Z', submittedBy: '何敏', mine: false, costCeilingFen, difference: [] }] } : {}))
  const { wrapper } = await mountAt(Approvals as never, { path: '/approvals', permissions: ['coupon.approve'] } as never)
  await flushPromises()
  expect(wrapper.find('.inbox li').text()).toContain(words)
})
