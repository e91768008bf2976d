import { randomHex } from './crypto.ts'

export const VENDORS = ['wechat', 'wechatpay', 'alipay', 'nuonuo', 'sms', 'vzenith'] as const
export type Vendor = (typeof VENDORS)[number]

interface FaultKind { zh: string; en: string; vendors: readonly Vendor[] }

const HTTP: readonly Vendor[] = ['wechat', 'wechatpay', 'alipay', 'nuonuo', 'sms']
const CALLERS: readonly Vendor[] = ['wechatpay', 'alipay', 'nuonuo']
const SIGNERS: readonly Vendor[] = ['wechatpay', 'alipay']
const GATES: readonly Vendor[] = ['vzenith']

/** Everything that can be made to go wrong, with the vendors it applies to. */
export const FAULT_KINDS = {
  'http-500': { zh: '服务商返回 500', en: 'Provider answers 500, nothing done', vendors: HTTP },
  'http-503': { zh: '服务商返回 503', en: 'Provider answers 503, nothing done', vendors: HTTP },
  'rate-limited': { zh: '服务商限流 429', en: 'Provider answers 429', vendors: HTTP },
  timeout: { zh: '请求超时，未受理', en: 'Request hangs, nothing done', vendors: HTTP },
  'reply-lost': { zh: '已受理但回复丢失', en: 'Accepted, reply lost', vendors: HTTP },
  slow: { zh: '回复变慢', en: 'Reply is slow', vendors: HTTP },
  'bad-signature': { zh: '回复签名错误', en: 'Reply signed by a stranger', vendors: SIGNERS },
  'callback-duplicate': { zh: '回调重复', en: 'Callback sent several times', vendors: CALLERS },
  'callback-delay': { zh: '回调延迟', en: 'Callback delayed', vendors: CALLERS },
  'callback-reorder': { zh: '回调乱序', en: 'Callback overtaken by the next', vendors: CALLERS },
  'callback-lose': { zh: '回调丢失', en: 'Callback attempt lost', vendors: CALLERS },
  'callback-forge': { zh: '伪造回调', en: 'Forged callback comes first', vendors: SIGNERS },
  'callback-probe': { zh: '签名探测回调', en: 'Signature probe comes first', vendors: ['wechatpay'] },
  'refund-abnormal': { zh: '退款异常', en: 'Refund ends ABNORMAL', vendors: ['wechatpay'] },
  'invoice-fail': { zh: '开票失败（22）', en: 'Invoice fails (22)', vendors: ['nuonuo'] },
  'invoice-sign-fail': { zh: '签章失败（24）', en: 'Invoice signing fails (24)', vendors: ['nuonuo'] },
  'invoice-slow': { zh: '开票变慢', en: 'Invoice takes longer', vendors: ['nuonuo'] },
  'camera-repeat': { zh: '相机重复上报', en: 'Camera repeats its report', vendors: GATES },
  'camera-misread': { zh: '车牌误识', en: 'Camera misreads one character', vendors: GATES },
  'camera-low-confidence': { zh: '识别置信度低', en: 'Camera is unsure', vendors: GATES },
  'camera-offline': { zh: '相机离线，稍后补传', en: 'Camera offline, replays later', vendors: GATES },
  'barrier-jam': { zh: '道闸卡住', en: 'Barrier jams', vendors: GATES },
  'barrier-silent': { zh: '道闸不回执', en: 'Barrier opens but never says so', vendors: GATES },
  'barrier-late': { zh: '道闸回执迟到', en: 'Barrier feedback comes late', vendors: GATES },
  'barrier-double': { zh: '道闸重复回执', en: 'Barrier feedback comes twice', vendors: GATES },
} as const satisfies Record<string, FaultKind>

export type FaultName = keyof typeof FAULT_KINDS

/** What a caller asks for; `times` −1 means until it is cleared. */
export interface FaultOrder {
  vendor: Vendor
  kind: FaultName
  times?: number
  /** Only operations whose name contains this text: `refund`, `close`, `requestBillingNew`, a camera's serial number. */
  match?: string
  /** Length of a delay, a hang or slowness. */
  delayMs?: number
  /** How many extra copies a duplicate makes. */
  copies?: number
}

/** `met` counts how often it happened. */
export interface Fault extends FaultOrder { id: string; times: number; met: number }

export interface Faults {
  add(order: FaultOrder): Fault
  /** Consumes one occurrence when a matching fault is armed. */
  take(vendor: Vendor, kind: FaultName, operation: string): Fault | undefined
  clear(id?: string): void
  list(): Fault[]
}

/** A refusal of the control API: the order does not make sense. */
export class FaultRefused extends Error {}

export const createFaults = (armed: Fault[], changed: () => void): Faults => {
  const drop = (fault: Fault) => { armed.splice(armed.indexOf(fault), 1) }
  return {
    add: order => {
      const kind = FAULT_KINDS[order.kind] as FaultKind | undefined
      if (!kind) throw new FaultRefused(`unknown fault ${order.kind}; known: ${Object.keys(FAULT_KINDS).join(', ')}`)
      if (!kind.vendors.includes(order.vendor)) throw new FaultRefused(`${order.kind} applies to ${kind.vendors.join(', ')}, not to ${order.vendor}`)
      const fault: Fault = { ...order, times: order.times ?? 1, met: 0, id: randomHex(4) }
      armed.push(fault)
      changed()
      return fault
    },
    take: (vendor, kind, operation) => {
      const fault = armed.find(one => one.vendor === vendor && one.kind === kind && (!one.match || operation.includes(one.match)))
      if (!fault) return undefined
      fault.met += 1
      if (fault.times > 0 && --fault.times === 0) drop(fault)
      changed()
      return fault
    },
    clear: id => {
      armed.splice(0, armed.length, ...(id ? armed.filter(fault => fault.id !== id) : []))
      changed()
    },
    list: () => armed.map(fault => ({ ...fault })),
  }
}
