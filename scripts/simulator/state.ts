import type { Fault, Vendor } from './faults.ts'
import type { Person } from './people.ts'

export type PayVendor = 'wechatpay' | 'alipay'

/** An order at a payment provider. Money is integer fen, times are ms of the virtual clock. */
export interface Trade {
  vendor: PayVendor
  kind: 'jsapi' | 'native' | 'create' | 'precreate'
  appId: string
  outTradeNo: string
  /** WeChat `transaction_id` (known once paid), Alipay `trade_no`. */
  tradeNo: string
  prepayId?: string
  codeUrl?: string
  description: string
  attach?: string
  totalFen: number
  notifyUrl?: string
  /** The openid or open_id the order was placed for; a code can be paid by anyone. */
  payerId?: string
  payerPhone?: string
  createdAt: number
  expiresAt: number
  payableUntil: number
  state: 'open' | 'paid' | 'closed'
  /** Alipay makes the trade of a code only when somebody scans it. */
  exists: boolean
  paidAt?: number
  closedAt?: number
  /** The order's parameters as one text: a repeat must be identical. */
  fingerprint: string
}

export interface Refund {
  vendor: PayVendor
  outTradeNo: string
  outRefundNo: string
  refundId: string
  amountFen: number
  reason?: string
  notifyUrl?: string
  state: 'processing' | 'success' | 'abnormal'
  createdAt: number
  successAt?: number
  fingerprint: string
}

/** A callback that still has to arrive. */
export interface Delivery {
  id: string
  vendor: Vendor
  what: string
  url: string
  notice: Record<string, unknown>
  attempt: number
  dueAt: number
  /** What the last answer was, for the page. */
  lastAnswer?: string
  /** Held back until another callback of the vendor has overtaken it. */
  held?: boolean
}

export interface InvoiceLine { goodsName: string; goodsCode: string; num?: string; price?: string; specType?: string; unit?: string; taxRate: string; net: string; tax: string; gross: string }

export interface Invoice {
  serial: string
  orderNo: string
  kind: 'blue' | 'red'
  status: '20' | '2' | '22' | '24' | '3'
  failCause?: string
  dueAt: number
  requestedAt: number
  issuedAt?: number
  number?: string
  invoiceId?: string
  buyerName: string
  buyerTaxNum?: string
  salerTaxNum: string
  salerName: string
  clerk: string
  remark?: string
  invoiceLine: string
  rent?: Record<string, string>
  plate?: string
  lines: InvoiceLine[]
  callBackUrl?: string
  redOf?: string
  fingerprint: string
}

export interface PlateRecord { plate: string; plateid: number; confidence: number; colorType: number; at: number }

export interface Camera {
  serialno: string
  name: string
  laneKind: 'entry' | 'exit'
  carPark: string
  barrier: 'closed' | 'opening' | 'open' | 'jammed'
  /** How often the bar has gone up. */
  raised: number
  jammed: boolean
  offline: boolean
  /** Records taken while offline, pushed with isoffline = 1 when the line is back. */
  stored: PlateRecord[]
  waiting?: PlateRecord & { answer: 'ok' | 'no' | 'none' }
}

export interface Message {
  id: string
  at: number
  channel: 'sms' | 'subscribe'
  phone: string
  openid?: string
  template: string
  params: Record<string, unknown>
  page?: string
}

export interface OneTimeCode { purpose: 'wechat-login' | 'wechat-phone' | 'alipay-auth'; phone: string; appId: string; expiresAt: number; used: boolean; scope?: string }

export interface WorldEvent { seq: number; at: number; vendor: Vendor | 'world'; level: 'info' | 'good' | 'bad'; zh: string; en: string }

/** Everything the simulated world remembers; plain data, so that it can be kept in a JSON file. */
export interface WorldState {
  clockOffset: number
  people: Person[]
  codes: Record<string, OneTimeCode>
  tokens: { token: string; expiresAt: number }[]
  /** `openid template_id` → how many messages the person still allows. */
  subscriptions: Record<string, number>
  trades: Trade[]
  refunds: Refund[]
  /** WeChat Pay order numbers that were closed before any order was placed: they are used up. */
  burntOrderNos: string[]
  deliveries: Delivery[]
  invoices: Invoice[]
  cameras: Camera[]
  messages: Message[]
  faults: Fault[]
  events: WorldEvent[]
  serial: number
}

export const emptyState = (): WorldState => ({
  clockOffset: 0, people: [], codes: {}, tokens: [], subscriptions: {}, trades: [], refunds: [], burntOrderNos: [],
  deliveries: [], invoices: [], cameras: [], messages: [], faults: [], events: [], serial: 0,
})
