import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { beforeEach, expect, test } from 'vitest'
import { connect } from '../platform/call.ts'
import { json, mountAt } from '../testing/mounting.ts'
import Redeem from './Redeem.vue'

const A = '100000000001'
const B = '200000000002'
type Sent = { path: string; body: { code: string }; answer: () => Promise<unknown> }
let sent: Sent[] = []

const desk = async () => {
  sent = []
  connect({ fetch: ((path: string, request: RequestInit) => new Promise<Response>((resolve, reject) => {
    if (request.method !== 'POST') return resolve(json({ items: [{ tenantId: 'T1', name: '松间', stores: [{ storeId: 'S1', name: '松间火锅', nameEn: 'Pine', unit: 'L4-08' }] }] }))
    request.signal?.addEventListener('abort', () => reject(new DOMException('gone', 'AbortError')))
    const body = JSON.parse(String(request.body)) as Sent['body']
    const coupon = { title: `券 ${body.code}`, titleEn: '', worth: { kind: 'cash', amountFen: 4000, minimumSpendFen: 0 }, tier: 'silver', ownerMasked: '林**', validUntil: '2026-12-01T00:00:00.000Z', couponNumber: body.code, obstacle: null, receipt: null, valueFen: 4000, redemptionNumber: 'R1', at: '2026-11-21T06:00:00.000Z' }
    sent.push({ path, body, answer: () => { resolve(json(coupon)); return flushPromises() } })
  })) as typeof fetch })
  const { wrapper } = await mountAt(Redeem as never, { permissions: ['coupon.redeem', 'shop.read'] } as never)
  await flushPromises()
  return wrapper
}
const scan = async (wrapper: VueWrapper, code: string) => {
  await wrapper.find('#code').setValue(code)
  await wrapper.find('form').trigger('submit')
  await flushPromises()
}
const shown = (wrapper: VueWrapper) => wrapper.find('.result').text()
const confirm = async (wrapper: VueWrapper) => { await wrapper.find('.result button.primary').trigger('click'); await flushPromises() }

beforeEach(() => { localStorage.clear(); document.body.innerHTML = '' })

test('the answer about one coupon never stands beside the code of the next', async () => {
  const wrapper = await desk()
  await scan(wrapper, A)
  await scan(wrapper, B)
  await sent[0]!.answer()
  expect(shown(wrapper)).not.toContain(A)
  await sent[1]!.answer()
  expect(shown(wrapper)).toContain(`券 ${B}`)
  await confirm(wrapper)
  expect(sent.map((s) => [s.path, s.body.code])).toEqual([['/admin/coupons/lookup', A], ['/admin/coupons/lookup', B], ['/admin/coupons/redeem', B]])
})

test('a code typed over while its answer comes shows nothing to confirm', async () => {
  const wrapper = await desk()
  await scan(wrapper, A)
  await wrapper.find('#code').setValue(B)
  await sent[0]!.answer()
  expect(wrapper.find('.result button.primary').exists()).toBe(false)
})

test('a success leaves the desk ready, and goes with the next code', async () => {
  const wrapper = await desk()
  await scan(wrapper, A)
  await sent[0]!.answer()
  await confirm(wrapper)
  await sent[1]!.answer()
  expect(shown(wrapper)).toContain('R1')
  expect((wrapper.find('#code').element as HTMLInputElement).value).toBe('')
  expect(document.activeElement?.id).toBe('code')
  await scan(wrapper, B)
  expect(shown(wrapper)).not.toContain('R1')
})
