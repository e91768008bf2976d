import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { beginPaying, call, join, payFor, Refused, signInAs, type Member } from './calls.ts'
import { startStack, type Stack } from './stack.ts'

// What goes wrong outside: afterwards every promise holds, and the member is told the truth.
const minute = 60_000
const welcome = 100

let stack: Stack
let nobody = 0
/** A member and a car that no other test has. */
const visitor = async (): Promise<{ member: Member; phone: string; plate: string }> => {
  nobody += 1
  const phone = `1390516${String(8900 + nobody)}`
  return { member: await join(stack, phone), phone, plate: `苏C${nobody}X${String(80 + nobody)}K`.slice(0, 7) }
}

beforeAll(async () => { stack = await startStack('faults') })
afterAll(() => stack?.stop())
afterEach(async () => {
  // A fault that nobody met would prove nothing.
  expect((await stack.sim.world()).faults.filter(fault => fault.times > 0 || fault.met === 0)).toEqual([])
  await stack.sim.clearFaults()
  await stack.settle()
  expect(await stack.broken()).toEqual([])
})

/** Lets a quarter of a minute go by, with everything that falls due, until it is so; gives up after `within`. */
const eventually = async <T>(ask: () => Promise<T>, good: (value: T) => boolean, within = 40 * minute): Promise<T> => {
  for (let passed = 0; ; passed += minute / 4) {
    await stack.settle()
    const value = await ask()
    if (good(value) || passed > within) return value
    stack.pass(minute / 4)
  }
}
const payment = async (member: Member, paymentId: string) => call(stack, 'GET /api/payments/{paymentId}', { params: { paymentId }, token: await member.token() })
const balance = async (member: Member) => (await call(stack, 'GET /api/points', { token: await member.token() })).balance

describe('redeeming', () => {
  test('an answer that was lost is given again, and a second till is told of the first receipt', async () => {
    const { member } = await visitor()
    const token = await member.token()
    const { items } = await call(stack, 'GET /api/coupon-templates', { token })
    const template = items.find(one => one.title === '地锅鸡满 200 减 50')!
    await call(stack, 'POST /api/coupon-templates/{templateId}/claim', { params: { templateId: template.templateId }, token })
    const mine = (await call(stack, 'GET /api/coupons', { query: { state: 'available' }, token })).items[0]!
    const staff = await signInAs(stack, stack.staff('assistant.laozaotai'))
    const body = { code: mine.couponNumber, storeId: template.storeIds[0]!, channel: 'console' as const }
    const key = randomUUID()
    const first = await call(stack, 'POST /admin/coupons/redeem', { body, token: staff, key })
    expect(await call(stack, 'POST /admin/coupons/redeem', { body, token: staff, key })).toEqual(first)
    await expect(call(stack, 'POST /admin/coupons/redeem', { body, token: staff })).rejects.toMatchObject({ code: 'coupon_redeemed' })
    const seen = await call(stack, 'GET /api/coupons/{couponId}', { params: { couponId: mine.couponId }, token })
    expect(seen).toMatchObject({ state: 'redeemed', receipt: { redemptionNumber: first.redemptionNumber } })
  })
})

describe('driving in', () => {
  test.each([['camera-repeat', {}], ['barrier-double', {}], ['barrier-late', {}]] as const)('with %s the stay is one', async (kind, more) => {
    const { member, plate } = await visitor()
    await call(stack, 'POST /api/parking/plates', { body: { plate }, token: await member.token() })
    await stack.sim.fault({ vendor: 'vzenith', kind, ...more })
    await stack.sim.drive({ plate, camera: 'vz-p1-in-2' })
    await stack.settle()
    const { items } = await call(stack, 'GET /api/parking/running', { token: await member.token() })
    expect(items.map(one => one.plate)).toEqual([plate])
  })

  test('a camera that was cut off tells later what it saw, and the stay begins when the car came', async () => {
    const { member, plate } = await visitor()
    await call(stack, 'POST /api/parking/plates', { body: { plate }, token: await member.token() })
    await stack.sim.offline('vz-p1-in-2')
    await stack.sim.drive({ plate, camera: 'vz-p1-in-2' }).catch(() => undefined)
    const came = stack.now()
    stack.pass(20 * minute)
    await stack.sim.offline('vz-p1-in-2', false)
    await stack.settle()
    const { items } = await call(stack, 'GET /api/parking/running', { token: await member.token() })
    expect(items).toHaveLength(1)
    expect(Math.abs(Date.parse(items[0]!.entryAt) - came.getTime())).toBeLessThan(minute)
  })
})

describe.each([['wechat_native', 'wechatpay'], ['alipay_qr', 'alipay']] as const)('paying by %s', (method, vendor) => {
  test.each([
    ['callback-lose', { times: -1 }], ['callback-duplicate', { copies: 3 }], ['callback-delay', { delayMs: 3_000 }], ['callback-forge', {}]
  ] as const)('%s: paid once, points once, and the page says so', async (kind, more) => {
    const { member, plate } = await visitor()
    const begun = await beginPaying(stack, { plate, hours: 2, member, method })
    await stack.sim.fault({ vendor, kind, ...more })
    await stack.sim.pay('13905168899', { codeUrl: begun.codeUrl, waitForCallback: false })
    const seen = await eventually(() => payment(member, begun.payment.paymentId), one => one.state === 'paid' && one.pointsEarned > 0)
    expect(seen).toMatchObject({ state: 'paid', amountFen: begun.payment.amountFen, refundedFen: 0 })
    expect(await balance(member)).toBe(welcome + seen.pointsEarned)
  })

  test('a callback that is overtaken by the next: each pays its own', async () => {
    const [one, other] = [await visitor(), await visitor()]
    await stack.sim.drive({ plate: other.plate, camera: 'vz-p1-in-2' })
    const begun = [await beginPaying(stack, { ...one, hours: 2, method }), await payFor(stack, { ...other, method })]
    await stack.sim.fault({ vendor, kind: 'callback-reorder' })
    for (const { codeUrl } of begun) await stack.sim.pay('13905168899', { codeUrl, waitForCallback: false })
    for (const [index, { member }] of [one, other].entries()) {
      const seen = await eventually(() => payment(member, begun[index]!.payment.paymentId), found => found.state === 'paid' && found.pointsEarned > 0)
      expect(seen).toMatchObject({ state: 'paid', amountFen: begun[index]!.payment.amountFen, refundedFen: 0 })
      expect(await balance(member)).toBe(welcome + seen.pointsEarned)
    }
  })

  test('a forged callback alone pays nothing', async () => {
    const { member, plate } = await visitor()
    const begun = await beginPaying(stack, { plate, hours: 2, member, method })
    const forged = await fetch(`${stack.url}/callback/${method === 'alipay_qr' ? 'alipay' : 'wechat-pay'}/payment`, {
      method: 'POST', headers: { 'content-type': method === 'alipay_qr' ? 'application/x-www-form-urlencoded' : 'application/json' },
      body: method === 'alipay_qr' ? `out_trade_no=${begun.payment.paymentNumber}&trade_status=TRADE_SUCCESS&sign=AAAA&sign_type=RSA2` : '{"resource":{"ciphertext":"AAAA"}}'
    })
    expect(forged.status === 200 && (await forged.text()) === 'success').toBe(false)
    await stack.settle()
    expect(await payment(member, begun.payment.paymentId)).toMatchObject({ state: 'waiting' })
  })

  test('an order that was taken but not answered is asked about, never made twice', async () => {
    const { member, plate } = await visitor()
    const before = stack.outside.trades.length
    await stack.sim.fault({ vendor, kind: 'reply-lost' })
    const begun = await beginPaying(stack, { plate, hours: 2, member, method }).catch((error: unknown) => error)
    if (begun instanceof Error) expect(begun).toMatchObject({ code: 'provider_unavailable' } satisfies Partial<Refused>)
    const token = await member.token()
    const { item } = await call(stack, 'POST /api/parking/lookup', { body: { plate }, token })
    const again = await call(stack, 'POST /api/parking/pay', { body: { quoteId: item.quote.quoteId, method }, token })
    expect(again.action.kind).toBe('qr')
    await stack.sim.pay('13905168899', { codeUrl: again.action.kind === 'qr' ? again.action.content : '' })
    const seen = await eventually(() => payment(member, again.paymentId), one => one.state === 'paid')
    expect(seen.state).toBe('paid')
    expect(stack.outside.trades.slice(before).map(trade => trade.state)).toEqual(['paid'])
  })
})

describe('driving out', () => {
  test('a barrier that nobody can open is retried, shown to a person, and the money goes back with its points', async () => {
    const { member, plate } = await visitor()
    const begun = await beginPaying(stack, { plate, hours: 2, member })
    await stack.sim.pay('13905168899', { codeUrl: begun.codeUrl })
    await stack.settle()
    await stack.sim.jam('vz-p1-out-2')
    await stack.sim.drive({ plate, camera: 'vz-p1-out-2' })
    const token = await signInAs(stack, stack.staff('parking'))
    const alarms = await eventually(() => call(stack, 'GET /admin/parking/alarms', { token }), ({ items }) => items.some(one => one.kind === 'stuck_paid'), 5 * minute)
    expect(alarms.items.map(one => one.kind)).toEqual(expect.arrayContaining(['stuck_paid']))
    const seen = await eventually(() => payment(member, begun.payment.paymentId), one => one.state === 'refunded')
    expect(seen).toMatchObject({ state: 'refunded', refundedFen: begun.payment.amountFen })
    await stack.sim.jam('vz-p1-out-2', false)
    await stack.settle()
    expect(await balance(member)).toBe(welcome)
  })

  test('a barrier that opens and never says so does not charge twice', async () => {
    const { member, plate } = await visitor()
    const begun = await beginPaying(stack, { plate, hours: 2, member })
    await stack.sim.pay('13905168899', { codeUrl: begun.codeUrl })
    await stack.settle()
    await stack.sim.fault({ vendor: 'vzenith', kind: 'barrier-silent' })
    await stack.sim.drive({ plate, camera: 'vz-p1-out-1' })
    stack.pass(minute)
    await stack.settle()
    const { items } = await call(stack, 'GET /api/parking/sessions', { token: await member.token() })
    expect(items.map(one => one.paidFen)).toEqual([begun.payment.amountFen])
  })
})

describe('the e-invoice', () => {
  const ask = async (member: Member) => {
    const token = await member.token()
    const { titleId } = await call(stack, 'POST /api/fapiao/titles', { body: { kind: 'personal', name: '许知远', isDefault: true }, token })
    const { items } = await call(stack, 'GET /api/fapiao/eligible', { token })
    return call(stack, 'POST /api/fapiao', { body: { titleId, paymentIds: items.map(one => one.paymentId) }, token })
  }
  const paidVisitor = async () => {
    const { member, plate } = await visitor()
    const begun = await beginPaying(stack, { plate, hours: 2, member })
    await stack.sim.pay('13905168899', { codeUrl: begun.codeUrl })
    await stack.settle()
    return member
  }
  const fapiao = async (member: Member, fapiaoId: string) => call(stack, 'GET /api/fapiao/{fapiaoId}', { params: { fapiaoId }, token: await member.token() })

  test.each([['http-503', { times: 2 }], ['http-500', {}], ['reply-lost', {}], ['callback-lose', { times: -1 }], ['callback-duplicate', { copies: 3 }], ['invoice-sign-fail', {}], ['invoice-slow', { delayMs: 40_000 }]] as const)('%s: issued in the end, and once', async (kind, more) => {
    const member = await paidVisitor()
    const before = (await stack.sim.invoices()).length
    await stack.sim.fault({ vendor: 'nuonuo', kind, ...more })
    const asked = await ask(member)
    const seen = await eventually(() => fapiao(member, asked.fapiaoId), one => one.state === 'issued')
    expect(seen).toMatchObject({ state: 'issued', number: expect.stringMatching(/^\d{20}$/) as unknown })
    expect((await stack.sim.invoices()).length).toBe(before + 1)
    expect((await call(stack, 'GET /api/fapiao/eligible', { token: await member.token() })).items).toEqual([])
  })

  test('what the tax platform refuses is said, and can be tried again', async () => {
    const member = await paidVisitor()
    await stack.sim.fault({ vendor: 'nuonuo', kind: 'invoice-fail', times: -1 })
    const asked = await ask(member)
    const failed = await eventually(() => fapiao(member, asked.fapiaoId), one => one.state === 'failed')
    expect(failed).toMatchObject({ state: 'failed', failure: expect.any(String) as unknown })
    await stack.sim.clearFaults()
    await call(stack, 'POST /api/fapiao/{fapiaoId}/retry', { params: { fapiaoId: asked.fapiaoId }, token: await member.token() }).catch((error: unknown) => { if (!(error instanceof Refused)) throw error })
    expect((await eventually(() => fapiao(member, asked.fapiaoId), one => one.state === 'issued')).state).toBe('issued')
  })
})
