import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { fapiaoPdf } from './fapiao-pdf.ts'
import { amountInWords } from './fapiao-xml.ts'
import { nuonuoSign } from './nuonuo.ts'
import { startWorld, type TestWorld } from './testing.ts'

interface Shown {
  invoiceSerialNum: string; status: string; orderNo: string; allElectronicInvoiceNumber: string; qrCode: string; pdfUrl: string; ofdUrl: string; xmlUrl: string
  invoiceItems: { itemName: string }[]
}
/** What a method answers: one object when something is taken in, a list when something is asked. */
interface Answer { code: string; describe: string; result: Shown & Shown[] }
let world: TestWorld
let number = 0

beforeAll(async () => { world = await startWorld() })
afterAll(() => world.stop())
afterEach(async () => {
  await world.clear()
  world.mall.answer = () => ({ status: 200, body: '{"status":"0000","message":"同步成功"}' })
})

const call = async (method: string, body: object, changes: { secret?: string; query?: object; headers?: Record<string, string> } = {}): Promise<Answer> => {
  const { appKey, appSecret, accessToken, taxNumber } = world.bff.nuonuo
  const raw = JSON.stringify(body)
  const query = { senid: 'b'.repeat(32), nonce: '12345678', timestamp: String(Math.floor(Date.now() / 1000)), appkey: appKey, ...changes.query }
  const reply = await fetch(`${world.simulator.url}/nuonuo/open/v1/services?${new URLSearchParams(query)}`, {
    method: 'POST', body: raw,
    headers: { 'X-Nuonuo-Sign': nuonuoSign(changes.secret ?? appSecret, { ...query, body: raw }), accessToken, userTax: taxNumber, method: `nuonuo.OpeMplatform.${method}`, ...changes.headers },
  })
  return reply.json() as Promise<Answer>
}
const parking = (line: object = {}, order: object = {}) => ({
  order: {
    buyerName: '苏念安', salerTaxNum: world.bff.nuonuo.taxNumber, salerTel: '0516-88880000', salerAddress: '徐州市云龙区和平路88号', orderNo: `F${Date.now()}${++number}`.slice(-20),
    invoiceDate: '2026-11-20 12:00:00', clerk: '周若琳', pushMode: '-1', invoiceType: '1', invoiceLine: 'pc', callBackUrl: `${world.mall.url}/callback/nuonuo/invoice`, specificFactor: '6',
    realPropertyRentInfo: { realPropertyAddress: '江苏省徐州市云龙区', detailAddress: '和平路88号', crossCityFlag: '0', rentStartDate: '2026-11-20 10:02', rentEndDate: '2026-11-20 14:38' },
    invoiceDetail: [{ goodsName: '车辆停放服务', goodsCode: '3040502020200000000', withTaxFlag: '1', taxRate: '0.09', taxExcludedAmount: '8.26', tax: '0.74', taxIncludedAmount: '9.00', ...line }], ...order,
  },
})
const issue = async (line?: object, order?: object) => {
  const body = parking(line, order)
  const { result } = await call('requestBillingNew', body)
  return { serial: result.invoiceSerialNum, orderNo: body.order.orderNo }
}
const result = async (serial: string) => (await call('queryInvoiceResult', { serialNos: [serial], isOfferInvoiceDetail: '1' })).result[0]!

describe('the call', () => {
  test('the known answer of the signature', () => {
    expect(nuonuoSign('secret', { appkey: 'app', senid: 'a'.repeat(32), nonce: '12345678', timestamp: '1700000000', body: '{"name":"中文"}' })).toBe('4BzcKzrcoqxPis0W/W3X2ae0uIo=')
  })

  test('a wrong secret, app key, token, time or method is refused and nothing is taken in', async () => {
    const codes = [
      await call('requestBillingNew', parking(), { secret: 'wrong' }), await call('requestBillingNew', parking(), { query: { appkey: 'x' } }),
      await call('requestBillingNew', parking(), { headers: { accessToken: 'x' } }), await call('requestBillingNew', parking(), { query: { timestamp: '1700000000' } }), await call('nothing', {}),
    ].map(answer => answer.code)
    expect(codes).toEqual(['070307', '070304', '070101', '070306', '070201'])
    expect(await world.sim.invoices()).toEqual([])
  })
})

describe('issuing', () => {
  test('goes from 20 to 2 after a while, with a 20-digit number, files and a callback', async () => {
    const { serial, orderNo } = await issue()
    expect(await result(serial)).toMatchObject({ status: '20', allElectronicInvoiceNumber: '', pdfUrl: '' })
    await world.sim.advance(5_000)
    const done = await result(serial)
    expect(done).toMatchObject({ status: '2', orderNo, exTaxAmount: '8.26', taxAmount: '0.74', orderAmount: '9.00', allElectronicInvoiceNumber: expect.stringMatching(/^\d{2}32\d{16}$/) })
    expect(done.invoiceItems[0]!.itemName).toBe('*生产生活服务*车辆停放服务')
    expect(done.qrCode).toMatch(new RegExp(`^01,32,,${done.allElectronicInvoiceNumber},9\\.00,\\d{8},,[0-9A-F]{4}$`))
    const form = new URLSearchParams(world.mall.of('/nuonuo/invoice')[0]!.body)
    expect(form.get('orderno')).toBe(orderNo)
    expect(JSON.parse(form.get('content')!)).toMatchObject({ c_fpqqlsh: serial, c_status: '1', c_allElectronicInvoiceNumber: done.allElectronicInvoiceNumber })
  })

  test('the files: a PDF marked 样例, an OFD archive, an XML with the number', async () => {
    const { serial } = await issue()
    await world.sim.advance(5_000)
    const { pdfUrl, ofdUrl, xmlUrl, allElectronicInvoiceNumber } = await result(serial)
    const bytes = async (url: string) => Buffer.from(await (await fetch(url)).arrayBuffer())
    expect((await bytes(pdfUrl)).subarray(0, 5).toString()).toBe('%PDF-')
    expect((await bytes(ofdUrl)).subarray(0, 4).toString('latin1')).toBe('PK\u0003\u0004')
    const xml = (await bytes(xmlUrl)).toString()
    expect(xml).toContain(`<InvoiceNumber>${allElectronicInvoiceNumber}</InvoiceNumber>`)
    expect(xml).toContain('样例')
    expect((await fetch(pdfUrl.replace(serial, '0'))).status).toBe(404)
  })

  test('an order number is used once; an unknown one is E9500', async () => {
    const { orderNo } = await issue()
    expect((await call('requestBillingNew', parking({}, { orderNo }))).code).toBe('E9106')
    expect((await call('queryInvoiceResult', { orderNos: ['nothing'] })).code).toBe('E9500')
    expect((await call('queryInvoiceResult', { orderNos: [orderNo] })).result).toHaveLength(1)
  })

  test('a failure is 22 with its cause and comes right when tried again; a signing failure is 24', async () => {
    await world.sim.fault({ vendor: 'nuonuo', kind: 'invoice-fail' })
    const { serial } = await issue()
    await world.sim.advance(5_000)
    expect(await result(serial)).toMatchObject({ status: '22', failCause: expect.stringContaining('税局'), allElectronicInvoiceNumber: '' })
    expect((await call('reInvoice', { fpqqlsh: serial })).code).toBe('E0000')
    await world.sim.advance(5_000)
    expect((await result(serial)).status).toBe('2')
    expect((await call('reInvoice', { fpqqlsh: serial })).code).toBe('E9101')
    await world.sim.fault({ vendor: 'nuonuo', kind: 'invoice-sign-fail' })
    const unsigned = await issue()
    await world.sim.advance(5_000)
    expect(await result(unsigned.serial)).toMatchObject({ status: '24', pdfUrl: '' })
  })

  test.each([
    ['tax 0.07 away from net × rate', { tax: '0.81', taxIncludedAmount: '9.07' }, {}],
    ['parts that do not add up', { taxIncludedAmount: '9.01' }, {}],
    ['a short goods code', { goodsCode: '304' }, {}],
    ['a price without a quantity', { price: '9' }, {}],
    ['a negative amount', { taxExcludedAmount: '-8.26', tax: '-0.74', taxIncludedAmount: '-9.00' }, {}],
    ['parking without its specific factor', {}, { specificFactor: '0' }],
    ['a lease without hours', {}, { realPropertyRentInfo: { realPropertyAddress: 'a', detailAddress: 'b', crossCityFlag: '0', rentStartDate: '2026-11-20', rentEndDate: '2026-11-20' } }],
    ['a unit on a lease line', { unit: '次' }, {}],
    ['no buyer', {}, { buyerName: '' }],
    ['another seller', {}, { salerTaxNum: '91320303MA27XAT5K0' }],
    ['a long order number', {}, { orderNo: 'x'.repeat(21) }],
    ['no lines', {}, { invoiceDetail: [] }],
  ])('refuses %s', async (_name, line, order) => {
    expect((await call('requestBillingNew', parking(line, order))).code).toBe('E9101')
    expect(await world.sim.invoices()).toEqual([])
  })

  test('tax 0.06 away is accepted, and missing amounts are computed from the price', async () => {
    expect((await call('requestBillingNew', parking({ tax: '0.80', taxIncludedAmount: '9.06' }))).code).toBe('E0000')
    const { serial } = await issue({ taxExcludedAmount: undefined, tax: undefined, taxIncludedAmount: undefined, price: '9.00', num: '1' })
    expect(await result(serial)).toMatchObject({ exTaxAmount: '8.26', taxAmount: '0.74', orderAmount: '9.00' })
  })
})

test('a blue invoice is reversed once, in full', async () => {
  const { serial } = await issue()
  const red = (orderNo: string, elecInvoiceNumber: string) => call('fastInvoiceRed', { orderNo, taxNum: world.bff.nuonuo.taxNumber, elecInvoiceNumber })
  expect((await red('R0', '26320000000000000000')).code).toBe('E9500')
  await world.sim.advance(5_000)
  const blue = (await result(serial)).allElectronicInvoiceNumber
  const { result: { invoiceSerialNum } } = await red('R1', blue)
  expect((await red('R2', blue)).code).toBe('E9101')
  await world.sim.advance(5_000)
  expect(await result(invoiceSerialNum)).toMatchObject({ status: '2', invoiceType: '2', exTaxAmount: '-8.26', taxAmount: '-0.74', orderAmount: '-9.00', oldEleInvoiceNumber: blue })
  expect(fapiaoPdf((await world.sim.invoices())[0]!).length).toBeGreaterThan(1_000)
})

test.each([
  [0, '零元整'], [1, '壹分'], [10, '壹角整'], [101, '壹元零壹分'], [900, '玖元整'], [1880, '壹拾捌元捌角整'], [10_050, '壹佰元伍角整'], [100_500, '壹仟零伍元整'],
  [1_234_567, '壹万贰仟叁佰肆拾伍元陆角柒分'], [10_000_100, '壹拾万零壹元整'], [10_000_000_000, '壹亿元整'], [-900, '（负数）玖元整'],
])('%d fen in words is %s', (fen, words) => {
  expect(amountInWords(fen)).toBe(words)
})
