import { beforeEach, describe, expect, test } from 'vitest'
import type { Input, Reply } from '@atrium/shared/contracts.ts'
import { systemCtx } from '../context.ts'
import { inTransaction } from '../db/transaction.ts'
import { type TestMall, testMall } from '../http/test-kit.ts'
import { announce } from '../outbox/announce.ts'
import { drain } from '../outbox/drain.ts'
import { type FapiaoAnswer, type FapiaoIssuer, type FapiaoOrder, IssuerUnclear } from './issuer.ts'
import { fapiaoJobs, sweep } from './jobs.ts'
import { aPaidParking, aRefund } from './test-payments.ts'

/**
 * A provider in memory that keeps the real rule: one order number is issued once. All malls of the database share the worker's turns, so what it is to do
 * next and what it was sent are told apart by the amount, which each test chooses for itself.
 */
function provider() {
  const orders = new Map<string, FapiaoAnswer>()
  const sent: FapiaoOrder[] = []
  const moods = new Map<number, 'refuse' | 'lost' | 'accepted-but-lost' | 'late' | 'slow'>()
  /** What is there for a `slow` call to wait for, and a lost order that turns up at the next sending. */
  const pending = { answer: Promise.resolve(), late: null as string | null }
  const reds = new Set<string>()
  let issued = 0
  const issuer: FapiaoIssuer = {
    sellerName: '徐州云龙天地商业管理有限公司',
    issue: async (order) => {
      sent.push(order)
      const grossFen = order.lines[0]!.grossFen
      const now = moods.get(grossFen)
      moods.delete(grossFen)
      if (now === 'refuse') return { state: 'failed', reason: '购方税号不存在' }
      if (now === 'lost') throw new IssuerUnclear('no answer')
      if (now === 'late') { pending.late = order.orderNumber; throw new IssuerUnclear('no answer') }
      if (pending.late === order.orderNumber) { pending.late = null; orders.set(order.orderNumber, { state: 'issuing' }) }
      if (orders.has(order.orderNumber)) return { state: 'failed', reason: '订单编号不能重复' }
      orders.set(order.orderNumber, { state: 'issuing' })
      if (now === 'accepted-but-lost') throw new IssuerUnclear('no answer')
      if (now === 'slow') await pending.answer
      return { state: 'issuing' }
    },
    reverse: async ({ redOrderNumber, number }) => {
      if (reds.has(number)) return { state: 'failed', reason: '该蓝票已红冲' }
      reds.add(number)
      orders.set(redOrderNumber, { state: 'issuing' })
      await pending.answer
      return { state: 'issuing' }
    },
    query: async (orderNumber) => orders.get(orderNumber) ?? { state: 'unknown' },
    download: async () => new TextEncoder().encode('%PDF-1.4 sample'),
  }
  const issueAll = (at: Date) => {
    for (const [order, answer] of orders) if (answer.state === 'issuing') orders.set(order, { state: 'issued', number: `26320${String(Date.now() % 1e9).padStart(9, '0')}${String((issued += 1)).padStart(6, '0')}`, issuedAt: at, pdfUrl: 'https://nuonuo.com/x.pdf' })
  }
  return { issuer, moods, pending, reds, orders, sentFor: (grossFen: number) => sent.filter((o) => o.lines[0]!.grossFen === grossFen), issueAll }
}

let t: TestMall
let nuonuo: ReturnType<typeof provider>
let memberId: string
let as: string
beforeEach(async () => {
  nuonuo = provider()
  t = await testMall({ deps: { issuer: nuonuo.issuer } })
  ;({ memberId } = await aPaidParking(t, { amountFen: 0 }))
  as = t.asMember(memberId)
})

const personal: Input<'POST /api/fapiao/titles'>['body'] = { kind: 'personal', name: '林小满' }
const addTitle = async (body: Input<'POST /api/fapiao/titles'>['body'] = personal) => (await t.call('POST /api/fapiao/titles', { as, body })).body.titleId
const paid = async (amountFen: number) => (await aPaidParking(t, { amountFen, memberId })).paymentId
const ask = async (paymentIds: string[], key?: string) => t.call('POST /api/fapiao', { as, key, body: { titleId: await addTitle(), paymentIds } })
const state = async (fapiaoId: string): Promise<Reply<'GET /api/fapiao/{fapiaoId}'>> => (await t.call('GET /api/fapiao/{fapiaoId}', { as, params: { fapiaoId } })).body
/** What the worker does, until the next question is due, `times` times. */
const turn = async (times = 1) => { for (let i = 0; i < times; i += 1) { await deliver(); t.clock.advance(15_000); await sweep(systemCtx(t.deps, '', 'test')) } }
const deliver = async () => { while ((await drain(t.deps, [fapiaoJobs])) > 0); }

describe('titles', () => {
  test('a company needs a credit code that checks; the first title is the default', async () => {
    const wrong = await t.call('POST /api/fapiao/titles', { as, body: { kind: 'company', name: '彭城数据有限公司', creditCode: '91350100M000100Y44' } })
    expect([wrong.status, wrong.problem.code]).toEqual([422, 'credit_code_invalid'])
    const right = await t.call('POST /api/fapiao/titles', { as, body: { kind: 'company', name: '彭城数据有限公司', creditCode: '91350100m000100y43' } })
    expect([right.body.creditCode, right.body.isDefault]).toEqual(['91350100M000100Y43', true])
  })
  test('one default at most', async () => {
    await addTitle()
    await addTitle({ ...personal, name: '林小雪', isDefault: true })
    expect((await t.call('GET /api/fapiao/titles', { as })).body.items.map((i) => [i.name, i.isDefault])).toEqual([['林小雪', true], ['林小满', false]])
  })
  test('nobody touches the title of another member', async () => {
    const titleId = await addTitle()
    const stranger = t.asMember()
    expect((await t.call('PUT /api/fapiao/titles/{titleId}', { as: stranger, params: { titleId }, body: personal })).status).toBe(404)
    expect((await t.call('DELETE /api/fapiao/titles/{titleId}', { as: stranger, params: { titleId } })).status).toBe(404)
    expect((await t.call('GET /api/fapiao/titles', { as: stranger })).body.items).toEqual([])
  })
  test('a removed title is gone', async () => {
    const titleId = await addTitle()
    await t.call('DELETE /api/fapiao/titles/{titleId}', { as, params: { titleId } })
    expect((await t.call('GET /api/fapiao/titles', { as })).body.items).toEqual([])
  })
})

describe('asking for a fapiao', () => {
  test('over two payments, issued with 20 digits, PDF to look at', async () => {
    const ids = [await paid(900), await paid(1500)]
    const asked = await ask(ids)
    expect([asked.status, asked.body.state, asked.body.grossFen, asked.body.netFen, asked.body.taxFen]).toEqual([200, 'requested', 2400, 2202, 198])
    expect(asked.body.lines.map((l) => l.grossFen).sort()).toEqual([1500, 900])
    await turn()
    expect((await state(asked.body.fapiaoId)).state).toBe('issuing')
    nuonuo.issueAll(t.clock.now())
    await turn()
    const issued = await state(asked.body.fapiaoId)
    expect(issued.state).toBe('issued')
    expect(issued.number).toMatch(/^\d{20}$/)
    const file = await t.call('GET /api/fapiao/{fapiaoId}/pdf', { as, params: { fapiaoId: issued.fapiaoId } })
    expect(file.response.headers.get('content-type')).toBe('application/pdf')
    expect(nuonuo.sentFor(2400)).toHaveLength(1)
    expect(nuonuo.sentFor(2400)[0]!.lines).toHaveLength(1)
  })
  test('sent twice is one fapiao; asked twice is refused; what is invoiced is no longer eligible', async () => {
    const id = await paid(900)
    expect((await t.call('GET /api/fapiao/eligible', { as })).body.items.map((i) => i.paymentId)).toEqual([id])
    const titleId = await addTitle()
    const key = 'fapiao-key-1'
    const first = await t.call('POST /api/fapiao', { as, key, body: { titleId, paymentIds: [id] } })
    const second = await t.call('POST /api/fapiao', { as, key, body: { titleId, paymentIds: [id] } })
    expect(second.body.fapiaoId).toBe(first.body.fapiaoId)
    expect((await ask([id])).problem.code).toBe('already_invoiced')
    expect((await t.call('GET /api/fapiao/eligible', { as })).body.items).toEqual([])
  })
  test('ten at once make one fapiao', async () => {
    const id = await paid(900)
    const titleId = await addTitle()
    const answers = await Promise.all(Array.from({ length: 10 }, () => t.call('POST /api/fapiao', { as, body: { titleId, paymentIds: [id] } })))
    expect(answers.filter((a) => a.status === 200)).toHaveLength(1)
    expect(answers.filter((a) => a.status !== 200).map((a) => a.problem.code)).toEqual(Array(9).fill('already_invoiced'))
  })
  test('payments of another member, unknown ones and free ones are refused', async () => {
    const other = await aPaidParking(t, { amountFen: 900 })
    for (const id of [other.paymentId, '01ARZ3NDEKTSV4RRFFQ69G5FAV']) expect((await ask([id])).problem.code).toBe('nothing_to_invoice')
  })
  test('the fapiao of another member cannot be read, retried or downloaded', async () => {
    const { body } = await ask([await paid(900)])
    const stranger = t.asMember()
    const params = { fapiaoId: body.fapiaoId }
    expect((await t.call('GET /api/fapiao/{fapiaoId}', { as: stranger, params })).status).toBe(404)
    expect((await t.call('POST /api/fapiao/{fapiaoId}/retry', { as: stranger, params })).status).toBe(404)
    expect((await t.call('GET /api/fapiao/{fapiaoId}/pdf', { as: stranger, params })).status).toBe(404)
    expect((await t.call('GET /api/fapiao/{fapiaoId}/pdf', { as, params })).problem.code).toBe('fapiao_not_issued')
  })
})

describe('when the provider fails', () => {
  test('accepted but the answer was lost: asked, not issued again', async () => {
    nuonuo.moods.set(901, 'accepted-but-lost')
    const { body } = await ask([await paid(901)])
    await turn()
    nuonuo.issueAll(t.clock.now())
    await turn(2)
    expect((await state(body.fapiaoId)).state).toBe('issued')
    expect(nuonuo.sentFor(901)).toHaveLength(1)
  })
  test('slow: nobody asks or sends beside the one who waits for an answer', async () => {
    nuonuo.moods.set(911, 'slow')
    let answer = () => {}
    nuonuo.pending.answer = new Promise((done) => { answer = done })
    const { body } = await ask([await paid(911)])
    const delivering = deliver()
    await expect.poll(() => nuonuo.sentFor(911).length).toBe(1)
    t.clock.advance(9_000)
    await sweep(systemCtx(t.deps, '', 'test'))
    expect((await state(body.fapiaoId)).state).toBe('asking')
    answer()
    await delivering
    await turn()
    nuonuo.issueAll(t.clock.now())
    await turn()
    expect([(await state(body.fapiaoId)).state, nuonuo.sentFor(911).length]).toEqual(['issued', 1])
  })
  test('arrived late: the second sending is refused as a repetition, and the first one counts', async () => {
    nuonuo.moods.set(912, 'late')
    const { body } = await ask([await paid(912)])
    await turn(2)
    expect((await state(body.fapiaoId)).state).toBe('issuing')
    nuonuo.issueAll(t.clock.now())
    await turn()
    expect([(await state(body.fapiaoId)).state, nuonuo.sentFor(912).length]).toEqual(['issued', 2])
  })
  test('never arrived: sent again under the same number', async () => {
    nuonuo.moods.set(902, 'lost')
    const { body } = await ask([await paid(902)])
    await turn(2)
    nuonuo.issueAll(t.clock.now())
    await turn(2)
    expect((await state(body.fapiaoId)).state).toBe('issued')
    expect(nuonuo.sentFor(902).length).toBeGreaterThan(1)
    expect(new Set(nuonuo.sentFor(902).map((o) => o.orderNumber)).size).toBe(1)
  })
  test('refused: the reason is told, a retry takes a new number, a retry of a live one is refused', async () => {
    nuonuo.moods.set(903, 'refuse')
    const { body } = await ask([await paid(903)])
    await deliver()
    expect(await state(body.fapiaoId)).toMatchObject({ state: 'failed', failure: '购方税号不存在' })
    expect((await t.call('POST /api/fapiao/{fapiaoId}/retry', { as, params: { fapiaoId: body.fapiaoId } })).body.state).toBe('requested')
    expect((await t.call('POST /api/fapiao/{fapiaoId}/retry', { as, params: { fapiaoId: body.fapiaoId } })).problem.code).toBe('fapiao_state')
    await turn()
    nuonuo.issueAll(t.clock.now())
    await turn()
    expect((await state(body.fapiaoId)).state).toBe('issued')
    expect(new Set(nuonuo.sentFor(903).map((o) => o.orderNumber)).size).toBe(2)
  })
  test('after a refusal the member may ask with another title, and the old one stays failed', async () => {
    nuonuo.moods.set(904, 'refuse')
    const id = await paid(904)
    const old = await ask([id])
    await deliver()
    expect((await ask([id])).status).toBe(200)
    expect((await t.call('POST /api/fapiao/{fapiaoId}/retry', { as, params: { fapiaoId: old.body.fapiaoId } })).problem.code).toBe('fapiao_state')
  })
  test('the callback is only a hint: it brings the question forward and proves nothing', async () => {
    const { body } = await ask([await paid(905)])
    await deliver()
    const order = nuonuo.sentFor(905)[0]!.orderNumber
    const forged = await t.app.request('/callback/nuonuo/invoice', { method: 'POST', body: new URLSearchParams({ orderno: order, content: JSON.stringify({ c_status: '1', c_fphm: '12345678901234567890' }) }) })
    expect(forged.status).toBe(200)
    expect((await state(body.fapiaoId)).state).toBe('issuing')
  })
})

describe('when the money goes back', () => {
  const refunded = async (paymentId: string, amountFen: number) => {
    const refundId = await aRefund(t, { paymentId, amountFen })
    await inTransaction(t.ctx(), (tx) => announce(tx, 'payment.refunded', { paymentId, refundId, amountFen }))
  }
  test('the issued fapiao is reversed in full and its payment can be invoiced again', async () => {
    const id = await paid(906)
    const { body } = await ask([id])
    await turn()
    nuonuo.issueAll(t.clock.now())
    await turn(2)
    expect((await state(body.fapiaoId)).state).toBe('issued')
    await refunded(id, 100)
    await turn()
    nuonuo.issueAll(t.clock.now())
    await turn(2)
    expect((await state(body.fapiaoId)).state).toBe('reversed')
    expect((await t.call('GET /api/fapiao/eligible', { as })).body.items.map((i) => [i.paymentId, i.invoiceableFen])).toEqual([[id, 806]])
  })
  const issued = async (paymentId: string) => {
    const { body } = await ask([paymentId])
    await turn()
    nuonuo.issueAll(t.clock.now())
    await turn(2)
    expect((await state(body.fapiaoId)).state).toBe('issued')
    return body.fapiaoId
  }
  test('a fapiao over what the payment still holds stays', async () => {
    const id = await paid(920)
    const refundId = await aRefund(t, { paymentId: id, amountFen: 100 })
    const fapiaoId = await issued(id)
    await inTransaction(t.ctx(), (tx) => announce(tx, 'payment.refunded', { paymentId: id, refundId, amountFen: 100 }))
    await turn(2)
    expect([(await state(fapiaoId)).state, (await state(fapiaoId)).grossFen]).toEqual(['issued', 820])
  })
  test('a failed one is not tried again over money that went back', async () => {
    nuonuo.moods.set(921, 'refuse')
    const id = await paid(921)
    const { body } = await ask([id])
    await deliver()
    await refunded(id, 500)
    await deliver()
    expect((await t.call('POST /api/fapiao/{fapiaoId}/retry', { as, params: { fapiaoId: body.fapiaoId } })).problem.code).toBe('nothing_to_invoice')
    expect((await ask([id])).body.grossFen).toBe(421)
  })
  test('a slow reversal is asked for once, and one refused keeps its number until it is there', async () => {
    const id = await paid(922)
    const fapiaoId = await issued(id)
    const number = (await state(fapiaoId)).number!
    let answer = () => {}
    nuonuo.pending.answer = new Promise((done) => { answer = done })
    await refunded(id, 922)
    const delivering = deliver()
    await expect.poll(() => nuonuo.reds.has(number)).toBe(true)
    t.clock.advance(9_000)
    await sweep(systemCtx(t.deps, '', 'test'))
    answer()
    await delivering
    nuonuo.issueAll(t.clock.now())
    await turn(2)
    expect((await state(fapiaoId)).state).toBe('reversed')
  })
  test('one that was refused is tried again under the same number', async () => {
    const id = await paid(923)
    const fapiaoId = await issued(id)
    const number = (await state(fapiaoId)).number!
    nuonuo.reds.add(number)
    await refunded(id, 923)
    await turn()
    expect((await state(fapiaoId)).state).toBe('issued')
    nuonuo.reds.delete(number)
    t.clock.advance(600_000)
    await turn()
    nuonuo.issueAll(t.clock.now())
    t.clock.advance(600_000)
    await turn()
    expect([(await state(fapiaoId)).state, [...nuonuo.orders.keys()].filter((key) => key.startsWith('R')).length]).toEqual(['reversed', 1])
  })
  test('one that is still being issued is reversed once it is there', async () => {
    const id = await paid(907)
    const { body } = await ask([id])
    await deliver()
    await refunded(id, 907)
    await deliver()
    nuonuo.issueAll(t.clock.now())
    await turn(2)
    nuonuo.issueAll(t.clock.now())
    await turn(2)
    expect((await state(body.fapiaoId)).state).toBe('reversed')
  })
})

describe('at the desk', () => {
  test('finance sees and retries, others do not', async () => {
    nuonuo.moods.set(900, 'refuse')
    const { body } = await ask([await paid(900)])
    await deliver()
    const finance = t.asStaff('finance')
    const list = await t.call('GET /admin/fapiao', { as: finance, query: { state: 'failed' } })
    expect([list.body.total, list.body.items[0]!.fapiaoId, list.body.totals.grossFen]).toEqual([1, body.fapiaoId, 900])
    expect((await t.call('GET /admin/fapiao/{fapiaoId}', { as: finance, params: { fapiaoId: body.fapiaoId } })).body.trail.map((f) => f.fact)).toEqual(['已提交开票', '开票失败'])
    expect((await t.call('POST /admin/fapiao/{fapiaoId}/retry', { as: t.asStaff('auditor'), params: { fapiaoId: body.fapiaoId } })).status).toBe(403)
    expect((await t.call('POST /admin/fapiao/{fapiaoId}/retry', { as: finance, params: { fapiaoId: body.fapiaoId } })).body.state).toBe('requested')
    expect((await t.call('GET /admin/fapiao', { as: t.asStaff('parking') })).status).toBe(403)
  })
})
