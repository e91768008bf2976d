import { randomBytes, randomInt } from 'node:crypto'
import { z } from 'zod'
import { fenToYuan } from '@atrium/shared/money.ts'
import { shanghaiTime } from '@atrium/shared/time.ts'
import type { Config } from '../../config.ts'
import { type FapiaoAnswer, type FapiaoIssuer, type FapiaoOrder, IssuerUnclear } from '../../fapiao/issuer.ts'
import { nuonuoSign } from './sign.ts'

const timeoutMs = 10_000
const maxPdfBytes = 5 * 1024 * 1024

const Envelope = z.object({ code: z.string(), describe: z.string().default(''), result: z.unknown().optional() })
const Accepted = z.object({ invoiceSerialNum: z.string() })
const Result = z.object({
  orderNo: z.string(), serialNo: z.string().nullish(), status: z.coerce.string(), failCause: z.string().nullish(), pdfUrl: z.string().nullish(), invoiceTime: z.coerce.number().nullish(),
  // One published SDK spells the field without its last letter; both are read.
  allElectronicInvoiceNumber: z.string().nullish(), allElectronicInvoiceNumbe: z.string().nullish(),
})

/** Known to Nuonuo as "no such invoice"; everything else that is not E0000 is a refusal. */
const notFound = 'E9500'
/** The order number is there already: what was sent before stands, and asking tells how. */
const repeated = 'E9106'
/** Credential errors: ours to mend, and no reason to fail a member's fapiao. */
const credential = /^0703|^070101$/

/** Nuonuo (诺税通 SaaS) as issuer of digital invoices: facts of its 100607 documentation. */
export function nuonuoIssuer(config: Config): FapiaoIssuer {
  const { appKey, appSecret, accessToken, taxNumber, sellerName, apiBase } = config.nuonuo

  async function call(method: string, payload: unknown): Promise<z.output<typeof Envelope>> {
    const body = JSON.stringify(payload)
    const senid = randomBytes(16).toString('hex')
    const nonce = String(randomInt(10_000_000, 100_000_000))
    const timestamp = String(Math.floor(Date.now() / 1000))
    const sign = nuonuoSign(appSecret, { appKey, senid, nonce, timestamp, body })
    try {
      const response = await fetch(`${apiBase}/open/v1/services?senid=${senid}&nonce=${nonce}&timestamp=${timestamp}&appkey=${appKey}`, {
        method: 'POST', body, signal: AbortSignal.timeout(timeoutMs),
        headers: { 'content-type': 'application/json', 'x-nuonuo-sign': sign, accesstoken: accessToken, usertax: taxNumber, method },
      })
      if (!response.ok) throw new Error(`status ${response.status}`)
      const envelope = Envelope.parse(await response.json())
      if (credential.test(envelope.code)) throw new Error(`credential refused: ${envelope.code}`)
      return envelope
    } catch (error) {
      throw new IssuerUnclear(`${method}: ${error instanceof Error ? error.message : 'no answer'}`.slice(0, 200))
    }
  }

  const accepted = (envelope: z.output<typeof Envelope>): { state: 'issuing' } | { state: 'failed'; reason: string } => {
    if (envelope.code === repeated) return { state: 'issuing' }
    if (envelope.code !== 'E0000') return { state: 'failed', reason: `${envelope.code} ${envelope.describe}`.trim() }
    if (!Accepted.safeParse(envelope.result).success) throw new IssuerUnclear('accepted without a serial number')
    return { state: 'issuing' }
  }

  return {
    sellerName,
    issue: async (order) => accepted(await call('nuonuo.OpeMplatform.requestBillingNew', { order: billing(order, taxNumber) })),
    reverse: async ({ redOrderNumber, number }) => accepted(await call('nuonuo.OpeMplatform.fastInvoiceRed', { orderNo: redOrderNumber, taxNum: taxNumber, elecInvoiceNumber: number, redReason: '1' })),
    query: async (orderNumber) => {
      const envelope = await call('nuonuo.OpeMplatform.queryInvoiceResult', { orderNos: [orderNumber], isOfferInvoiceDetail: '0' })
      if (envelope.code === notFound) return { state: 'unknown' }
      if (envelope.code !== 'E0000') throw new IssuerUnclear(`query: ${envelope.code}`)
      const found = z.array(Result).safeParse(envelope.result)
      if (!found.success) throw new IssuerUnclear('query: reply of unknown form')
      const result = found.data.find((r) => r.orderNo === orderNumber)
      if (!result) return { state: 'unknown' }
      // Issued, but its file could not be signed: it exists, so it is signed again under the same number.
      if (result.status === '24') await call('nuonuo.OpeMplatform.reInvoice', { fpqqlsh: result.serialNo ?? '', orderno: orderNumber })
      return answerOf(result)
    },
    download: async (pdfUrl) => {
      // Only the provider's own host: the address came back over the wire.
      if (new URL(pdfUrl).host !== new URL(apiBase).host && !new URL(pdfUrl).hostname.endsWith('.nuonuo.com')) throw new Error('pdf on a foreign host')
      const response = await fetch(pdfUrl, { signal: AbortSignal.timeout(timeoutMs), redirect: 'error' })
      const bytes = new Uint8Array(await response.arrayBuffer())
      if (!response.ok || bytes.length > maxPdfBytes || String.fromCharCode(...bytes.subarray(0, 5)) !== '%PDF-') throw new Error(`no PDF (${response.status})`)
      return bytes
    },
  }
}

/** Status 2 issued, 22 failed, 3 voided; 20, 21, 24 (issued, not signed) and what we do not know are still under way. */
function answerOf(result: z.output<typeof Result>): FapiaoAnswer {
  const number = result.allElectronicInvoiceNumber ?? result.allElectronicInvoiceNumbe
  if (result.status === '2' && number && result.pdfUrl) return { state: 'issued', number, issuedAt: new Date(result.invoiceTime ?? Date.now()), pdfUrl: result.pdfUrl }
  if (['22', '3'].includes(result.status)) return { state: 'failed', reason: result.failCause || `状态 ${result.status}` }
  return { state: 'issuing' }
}

/** Fields of 100607 for a general digital invoice (`pc`); net, tax and gross are ours, so that the provider computes nothing. */
const billing = (order: FapiaoOrder, taxNumber: string) => ({
  buyerName: order.buyer.name, buyerTaxNum: order.buyer.creditCode ?? '', buyerTel: order.buyer.phone ?? '', buyerAddress: order.buyer.address ?? '', buyerAccount: [order.buyer.bank, order.buyer.account].filter(Boolean).join(' '),
  salerTaxNum: taxNumber, orderNo: order.orderNumber, invoiceDate: shanghaiTime(order.requestedAt), clerk: 'Atrium', pushMode: '-1', invoiceType: '1', invoiceLine: 'pc', callBackUrl: order.callbackUrl,
  specificFactor: '6',
  realPropertyRentInfo: { realPropertyAddress: order.rental.address, detailAddress: order.rental.address, crossCityFlag: '0', realPropertyCertificate: '', unit: '', rentStartDate: shanghaiTime(order.rental.from).slice(0, 16), rentEndDate: shanghaiTime(order.rental.until).slice(0, 16) },
  remark: order.rental.plates.join(' ').slice(0, 90),
  invoiceDetail: order.lines.map((line) => ({ goodsName: line.name, goodsCode: line.taxCode, withTaxFlag: '1', taxRate: String(order.taxRatePerMille / 1000), invoiceLineProperty: '0', taxIncludedAmount: fenToYuan(line.grossFen), taxExcludedAmount: fenToYuan(line.netFen), tax: fenToYuan(line.taxFen) })),
})
