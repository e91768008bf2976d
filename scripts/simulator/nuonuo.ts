import { Hono } from 'hono'
import { beijing } from './clock.ts'
import { hmacSha1Base64, randomDigits, sameText } from './crypto.ts'
import type { Courier, Sender } from './deliver.ts'
import { fapiaoOfd } from './fapiao-ofd.ts'
import { fapiaoPdf } from './fapiao-pdf.ts'
import { fapiaoXml, printedName, qrText } from './fapiao-xml.ts'
import { misbehave, type Env } from './misbehave.ts'
import { BillingRefusal, checkOrder, totals, type BillingOrder } from './nuonuo-rules.ts'
import type { Invoice } from './state.ts'
import { fingerprint } from './trades.ts'
import { yuan, type World } from './world.ts'

const ISSUING_TAKES_MS = 3_000
const SLOW_MS = 120_000
const SKEW_MS = 10 * 60_000
const STATUS_WORDS: Record<Invoice['status'], string> = { 20: '开票中', 2: '开票完成（最终状态）', 22: '开票失败', 24: '开票成功签章失败', 3: '发票已作废' }

interface Call { world: World; courier: Courier; files: string }
type Answer = { code: string; describe: string; result?: unknown }

/** base64(HMAC-SHA1(appSecret, text over the call's numbers and its raw body)). */
export const nuonuoSign = (secret: string, call: { appkey: string; senid: string; nonce: string; timestamp: string; body: string }): string =>
  hmacSha1Base64(`a=services&l=v1&p=open&k=${call.appkey}&i=${call.senid}&n=${call.nonce}&t=${call.timestamp}&f=${call.body}`, secret)

const ok = (describe: string, result?: unknown): Answer => ({ code: 'E0000', describe, result })

/** The 20-digit number: year, province (32 Jiangsu), channel, 15-digit serial. */
const newNumber = (world: World): string => `${beijing(world.clock.now()).slice(2, 4)}322${String(world.next()).padStart(15, '0')}`

const finish = async ({ world, courier }: Pick<Call, 'world' | 'courier'>, files: string, invoice: Invoice): Promise<void> => {
  if (invoice.status !== '20' || !world.state.invoices.includes(invoice)) return
  const failed = world.faults.take('nuonuo', 'invoice-fail', invoice.orderNo)
  const unsigned = failed ? undefined : world.faults.take('nuonuo', 'invoice-sign-fail', invoice.orderNo)
  invoice.status = failed ? '22' : unsigned ? '24' : '2'
  if (failed) invoice.failCause = '税局接口超时，开票失败，请稍后重试'
  else {
    // Signing again is no second invoice.
    invoice.issuedAt ??= world.clock.now()
    invoice.number ??= newNumber(world)
    if (unsigned) invoice.failCause = '签章失败'
  }
  world.log({ vendor: 'nuonuo', level: invoice.status === '2' ? 'good' : 'bad', zh: `发票 ${invoice.orderNo} ${STATUS_WORDS[invoice.status]}`, en: `Invoice ${invoice.orderNo}: status ${invoice.status}` })
  const { netFen, taxFen } = totals(invoice.lines)
  await courier.send('nuonuo', 'invoice', invoice.callBackUrl, {
    c_fpqqlsh: invoice.serial, c_orderno: invoice.orderNo, c_status: { 2: '1', 22: '2', 24: '3', 20: '', 3: '' }[invoice.status], c_msg: invoice.failCause ?? '', c_kprq: invoice.issuedAt ?? '',
    c_fpdm: '', c_fphm: '', c_allElectronicInvoiceNumber: invoice.number ?? '', c_bhsje: yuan(netFen), c_hjse: yuan(taxFen), buyername: invoice.buyerName, taxnum: invoice.buyerTaxNum ?? '',
    c_url: invoice.number ? `${files}/${invoice.serial}.pdf` : '', c_ofd_url: invoice.number ? `${files}/${invoice.serial}.ofd` : '', c_xml_url: invoice.number ? `${files}/${invoice.serial}.xml` : '',
  })
}

const start = (call: Call, invoice: Invoice): Answer => {
  const { world } = call
  const slow = world.faults.take('nuonuo', 'invoice-slow', invoice.orderNo)
  invoice.dueAt = world.clock.now() + (slow ? slow.delayMs ?? SLOW_MS : ISSUING_TAKES_MS)
  world.log({ vendor: 'nuonuo', zh: `${invoice.kind === 'red' ? '红冲' : '开票'}申请 ${invoice.orderNo}`, en: `Invoice ${invoice.orderNo} requested (${invoice.kind})` })
  world.clock.at(invoice.dueAt, () => finish(call, call.files, invoice))
  return ok('开票提交成功', { invoiceSerialNum: invoice.serial })
}

/** 100607: takes a blue invoice in; the number comes later. The order number can be used once. */
const requestBillingNew = (call: Call, body: { order?: BillingOrder }): Answer => {
  const { world } = call
  const order = body.order ?? {}
  const lines = checkOrder(order, world.config.nuonuo.taxNumber)
  if (world.state.invoices.some(invoice => invoice.orderNo === order.orderNo)) throw new BillingRefusal('订单编号不能重复', 'E9106')
  const now = world.clock.now()
  const invoice: Invoice = {
    serial: `${beijing(now).slice(2, 10).replaceAll('-', '')}${randomDigits(14)}`, orderNo: order.orderNo!, kind: 'blue', status: '20', dueAt: now, requestedAt: now,
    invoiceId: randomDigits(18), buyerName: order.buyerName!, buyerTaxNum: order.buyerTaxNum || undefined, salerTaxNum: order.salerTaxNum!, salerName: order.salerName || '徐州云龙天地商业管理有限公司',
    clerk: order.clerk!, remark: order.remark, invoiceLine: order.invoiceLine!, rent: order.realPropertyRentInfo, plate: order.carPlate, lines, callBackUrl: order.callBackUrl, fingerprint: fingerprint(order),
  }
  world.state.invoices.push(invoice)
  return start(call, invoice)
}

const view = ({ files }: Call, invoice: Invoice, withDetail: boolean): Record<string, unknown> => {
  const { netFen, taxFen, grossFen } = totals(invoice.lines)
  const file = (kind: string) => (invoice.status === '2' ? `${files}/${invoice.serial}.${kind}` : '')
  return {
    serialNo: invoice.serial, orderNo: invoice.orderNo, status: invoice.status, statusMsg: STATUS_WORDS[invoice.status], failCause: invoice.failCause ?? '', invoiceId: invoice.invoiceId,
    invoiceKind: invoice.invoiceLine === 'bs' ? '电子发票（增值税专用发票）' : '电子发票（普通发票）', invoiceType: invoice.kind === 'red' ? '2' : '1', invoiceLine: invoice.invoiceLine,
    invoiceTime: invoice.issuedAt ?? null, invoiceCode: '', invoiceNo: '', allElectronicInvoiceNumber: invoice.number ?? '', exTaxAmount: yuan(netFen), taxAmount: yuan(taxFen), orderAmount: yuan(grossFen),
    payerName: invoice.buyerName, payerTaxNo: invoice.buyerTaxNum ?? '', salerName: invoice.salerName, salerTaxNum: invoice.salerTaxNum, clerk: invoice.clerk, remark: invoice.remark ?? '',
    qrCode: invoice.number ? qrText(invoice) : '', pdfUrl: file('pdf'), ofdUrl: file('ofd'), xmlUrl: file('xml'), pictureUrl: '', ...(invoice.redOf && { oldEleInvoiceNumber: invoice.redOf }),
    ...(withDetail && { invoiceItems: invoice.lines.map(line => ({ itemName: printedName(line), itemCode: line.goodsCode, itemAmount: line.net, itemTaxAmount: line.tax, itemTaxRate: line.taxRate, itemNum: line.num ?? '', itemPrice: line.price ?? '' })) }),
  }
}

const queryInvoiceResult = (call: Call, body: { serialNos?: string[]; orderNos?: string[]; isOfferInvoiceDetail?: string }): Answer => {
  const wanted = [...(body.serialNos ?? []), ...(body.orderNos ?? [])]
  if (wanted.length === 0 || wanted.length > 50) throw new BillingRefusal('serialNos、orderNos 至少填一个，最多 50 个')
  const found = call.world.state.invoices.filter(invoice => body.serialNos?.includes(invoice.serial) || body.orderNos?.includes(invoice.orderNo))
  if (found.length === 0) throw new BillingRefusal('未查询到发票信息', 'E9500')
  return ok('获取成功', found.map(invoice => view(call, invoice, body.isOfferInvoiceDetail === '1')))
}

/** Tries a failed invoice again under its own number. */
const reInvoice = (call: Call, body: { fpqqlsh?: string; orderno?: string }): Answer => {
  const invoice = call.world.state.invoices.find(one => one.serial === body.fpqqlsh || one.orderNo === body.orderno)
  if (!invoice) throw new BillingRefusal('未查询到发票信息', 'E9500')
  if (invoice.status !== '22' && invoice.status !== '24') throw new BillingRefusal('只有开票失败的发票可以重试')
  invoice.status = '20'
  invoice.failCause = undefined
  return start(call, invoice)
}

/** Reverses an issued blue invoice in full: one red for each blue. */
const fastInvoiceRed = (call: Call, body: { orderNo?: string; taxNum?: string; elecInvoiceNumber?: string; invoiceId?: string; callBackUrl?: string }): Answer => {
  const { invoices } = call.world.state
  if (!body.orderNo || [...body.orderNo].length > 20) throw new BillingRefusal('orderNo 长度须为 1 到 20')
  if (body.taxNum !== call.world.config.nuonuo.taxNumber) throw new BillingRefusal('taxNum 与授权税号不一致')
  if (invoices.some(invoice => invoice.orderNo === body.orderNo)) throw new BillingRefusal('订单编号不能重复', 'E9106')
  const blue = invoices.find(invoice => invoice.kind === 'blue' && invoice.status === '2' && (invoice.number === body.elecInvoiceNumber || (body.invoiceId && invoice.invoiceId === body.invoiceId)))
  if (!blue) throw new BillingRefusal('未查询到对应的蓝票', 'E9500')
  if (invoices.some(invoice => invoice.redOf === blue.number && invoice.status !== '22')) throw new BillingRefusal('该蓝票已红冲')
  const minus = (amount: string) => (amount === '0.00' ? amount : `-${amount}`)
  const now = call.world.clock.now()
  const red: Invoice = {
    ...blue, serial: `${beijing(now).slice(2, 10).replaceAll('-', '')}${randomDigits(14)}`, orderNo: body.orderNo, kind: 'red', status: '20', number: undefined, issuedAt: undefined, requestedAt: now,
    invoiceId: randomDigits(18), redOf: blue.number, callBackUrl: body.callBackUrl, remark: `被红冲蓝字数电发票号码：${blue.number}`, fingerprint: fingerprint(body),
    lines: blue.lines.map(line => ({ ...line, net: minus(line.net), tax: minus(line.tax), gross: minus(line.gross), ...(line.num && { num: `-${line.num}` }) })),
  }
  invoices.push(red)
  return start(call, red)
}

const METHODS: Record<string, (call: Call, body: object) => Answer> = {
  'nuonuo.OpeMplatform.requestBillingNew': requestBillingNew,
  'nuonuo.OpeMplatform.queryInvoiceResult': queryInvoiceResult,
  'nuonuo.OpeMplatform.reInvoice': reInvoice,
  'nuonuo.OpeMplatform.fastInvoiceRed': fastInvoiceRed,
}

/** The callback is a form without a signature: a hint, to be answered `{"status":"0000"}`. */
const sender: Sender = {
  write: delivery => ({
    headers: { 'Content-Type': 'application/x-www-form-urlencoded; charset=utf-8' },
    body: new URLSearchParams({ operater: 'callback', orderno: String(delivery.notice.c_orderno), content: JSON.stringify(delivery.notice) }).toString(),
  }),
  received: (status, body) => status === 200 && body.includes('"0000"'),
}

/** Invoices that were being issued when the simulator stopped come out after it starts again. */
export const resumeInvoices = (world: World, courier: Courier, files: string): void => {
  for (const invoice of world.state.invoices.filter(one => one.status === '20')) world.clock.at(invoice.dueAt, () => finish({ world, courier }, files, invoice))
}

/** Nuonuo 诺税通: one address, the `method` header says what; refusals are HTTP 200 with a code. `base` is where the files can be fetched. */
export const nuonuoRoutes = (world: World, courier: Courier, base: () => string): Hono<Env> => {
  const app = new Hono<Env>()
  const { appKey, appSecret, accessToken, taxNumber } = world.config.nuonuo
  courier.register('nuonuo', sender)
  app.use(misbehave(world, 'nuonuo', c => c.req.header('method') ?? c.req.path))

  app.post('/open/v1/services', async c => {
    const { senid = '', nonce = '', timestamp = '', appkey = '' } = c.req.query()
    const body = await c.req.text()
    const no = (code: string, describe: string) => c.json({ code, describe })
    if (appkey !== appKey) return no('070304', 'appkey 不存在或已停用')
    if (!/^\w{32}$/.test(senid) || !/^\d{8}$/.test(nonce)) return no('070305', 'senid 或 nonce 格式不正确')
    if (!world.clock.near(Number(timestamp) * 1000, SKEW_MS)) return no('070306', 'timestamp 已过期')
    if (!sameText(c.req.header('x-nuonuo-sign') ?? '', nuonuoSign(appSecret, { appkey, senid, nonce, timestamp, body }))) return no('070307', '签名校验失败')
    if (c.req.header('accesstoken') !== accessToken) return no('070101', 'accessToken 无效或已过期')
    const userTax = c.req.header('usertax')
    if (userTax && userTax !== taxNumber) return no('070102', '该税号未授权')
    const method = METHODS[c.req.header('method') ?? '']
    if (!method) return no('070201', 'method 不存在')
    try {
      return c.json(method({ world, courier, files: `${base()}/nuonuo/files` }, JSON.parse(body) as object))
    } catch (error) {
      if (error instanceof BillingRefusal) return no(error.code, error.message)
      if (error instanceof SyntaxError) return no('E9101', '请求体不是合法的 JSON')
      throw error
    }
  })

  const kinds: Record<string, { type: string; make(invoice: Invoice): Uint8Array }> = {
    pdf: { type: 'application/pdf', make: fapiaoPdf },
    ofd: { type: 'application/ofd', make: fapiaoOfd },
    xml: { type: 'application/xml; charset=utf-8', make: invoice => Buffer.from(fapiaoXml(invoice)) },
  }
  app.get('/files/:file', c => {
    const [serial, kind = ''] = c.req.param('file').split('.')
    const invoice = world.state.invoices.find(one => one.serial === serial && one.status === '2')
    const file = kinds[kind]
    if (!invoice || !file) return c.text('not found', 404)
    return c.body(Uint8Array.from(file.make(invoice)).buffer, 200, { 'content-type': file.type, 'content-disposition': `inline; filename="${invoice.number}.${kind}"` })
  })

  return app
}
