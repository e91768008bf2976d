import type { InvoiceLine } from './state.ts'

/** The parking service: its lease times carry hours and minutes, other leases only the day. */
export const PARKING_CODE = '3040502020200000000'
const LINE_TOLERANCE_FEN = 6
const MOST_LINES = 2_000

/** A billing order as Nuonuo takes it; every value may be missing or wrong until checked. */
export interface BillingOrder {
  buyerName?: string; buyerTaxNum?: string; salerTaxNum?: string; salerTel?: string; salerAddress?: string; salerName?: string; orderNo?: string; invoiceDate?: string
  clerk?: string; pushMode?: string; buyerPhone?: string; email?: string; invoiceType?: string; invoiceLine?: string; remark?: string; callBackUrl?: string
  specificFactor?: string | number; realPropertyRentInfo?: Record<string, string>; carPlate?: string
  invoiceDetail?: Record<string, string | number | undefined>[]
}

/** The order is refused; the message names the field as the provider's does. */
export class BillingRefusal extends Error {
  readonly code: string
  constructor(message: string, code = 'E9101') {
    super(message)
    this.code = code
  }
}

const refuse = (message: string): never => { throw new BillingRefusal(message) }

/** `"18.80"` → 1880, `"-3"` → −300; undefined when it is no amount with at most two decimals. */
export const toFen = (value: unknown): number | undefined => {
  const match = /^(-?)(\d{1,10})(?:\.(\d{1,2}))?$/.exec(String(value ?? ''))
  if (!match) return undefined
  const fen = Number(match[2]) * 100 + Number((match[3] ?? '').padEnd(2, '0'))
  return match[1] ? -fen : fen
}

const fixed = (fen: number): string => (fen / 100).toFixed(2)

/** Net, tax and gross of a line: as given, or computed from the price as the provider does. */
const amounts = (detail: NonNullable<BillingOrder['invoiceDetail']>[number], rate: number, at: string): { net: number; tax: number; gross: number } => {
  const [net, tax, gross] = [toFen(detail.taxExcludedAmount), toFen(detail.tax), toFen(detail.taxIncludedAmount)]
  if (net !== undefined && tax !== undefined && gross !== undefined) return { net, tax, gross }
  if (detail.price === undefined || detail.num === undefined) return refuse(`${at}：单价、数量为空时，不含税金额、税额、含税金额必填`)
  const total = Math.round(Number(detail.price) * Number(detail.num) * 100)
  if (String(detail.withTaxFlag) === '1') {
    const without = Math.round(total / (1 + rate))
    return { net: without, tax: total - without, gross: total }
  }
  return { net: total, tax: Math.round(total * rate), gross: total + Math.round(total * rate) }
}

const checkLine = (detail: NonNullable<BillingOrder['invoiceDetail']>[number], index: number): InvoiceLine => {
  const at = `第${index + 1}行明细`
  const text = (name: string) => String(detail[name] ?? '')
  if (!text('goodsName') || [...text('goodsName')].length > 90) refuse(`${at}：商品名称长度须为 1 到 90`)
  if (!/^\d{19}$/.test(text('goodsCode'))) refuse(`${at}：商品编码须为 19 位数字`)
  const rate = Number(text('taxRate'))
  if (text('taxRate') === '' || !(rate >= 0 && rate < 1)) refuse(`${at}：税率不合法`)
  if ((detail.price === undefined) !== (detail.num === undefined)) refuse(`${at}：单价与数量须同时为空或同时不为空`)
  for (const name of ['price', 'num']) {
    if (detail[name] !== undefined && !/^-?\d+(\.\d{1,8})?$/.test(text(name))) refuse(`${at}：${name} 小数最多 8 位`)
  }
  const { net, tax, gross } = amounts(detail, rate, at)
  if (gross <= 0) refuse(`${at}：蓝票金额须大于 0`)
  if (net + tax !== gross) refuse(`${at}：不含税金额与税额之和不等于含税金额`)
  if (Math.abs(net * rate - tax) > LINE_TOLERANCE_FEN + 1e-6) refuse(`${at}：单行税额误差超过 0.06`)
  if (detail.price !== undefined && Math.abs(Number(detail.price) * Number(detail.num) * 100 - (text('withTaxFlag') === '1' ? gross : net)) > 1) refuse(`${at}：单价乘数量与金额不符`)
  return {
    goodsName: text('goodsName'), goodsCode: text('goodsCode'), taxRate: text('taxRate'), net: fixed(net), tax: fixed(tax), gross: fixed(gross),
    ...(detail.num !== undefined && { num: text('num'), price: text('price') }), ...(detail.specType && { specType: text('specType') }), ...(detail.unit && { unit: text('unit') }),
  }
}

/** Leases of real estate (parking among them): one line, no specification or unit, and where, when and what. */
const checkLease = (order: BillingOrder, lines: InvoiceLine[]): void => {
  const rent = order.realPropertyRentInfo ?? refuse('特定要素为不动产经营租赁时，realPropertyRentInfo 必填')
  if (lines.length !== 1) refuse('不动产经营租赁服务只能有一行明细')
  if (lines[0]!.specType || lines[0]!.unit) refuse('不动产经营租赁服务明细不能有规格型号和单位')
  for (const name of ['realPropertyAddress', 'detailAddress', 'crossCityFlag', 'rentStartDate', 'rentEndDate']) if (!rent[name]) refuse(`realPropertyRentInfo.${name} 必填`)
  const form = lines[0]!.goodsCode === PARKING_CODE ? /^\d{4}-\d\d-\d\d \d\d:\d\d$/ : /^\d{4}-\d\d-\d\d$/
  if (!form.test(rent.rentStartDate!) || !form.test(rent.rentEndDate!)) refuse(`租赁期起止格式须为 ${lines[0]!.goodsCode === PARKING_CODE ? 'yyyy-MM-dd HH:mm' : 'yyyy-MM-dd'}`)
  if (rent.rentStartDate! > rent.rentEndDate!) refuse('租赁期起不能晚于租赁期止')
}

/** Checks a blue order the way the provider does before it accepts it; answers its lines with every amount filled in. */
export const checkOrder = (order: BillingOrder, taxNumber: string): InvoiceLine[] => {
  const required: (keyof BillingOrder)[] = ['buyerName', 'salerTaxNum', 'orderNo', 'invoiceDate', 'clerk', 'invoiceType']
  for (const name of required) if (!order[name]) refuse(`${name} 不能为空`)
  if ([...order.orderNo!].length > 20) refuse('orderNo 长度不能超过 20')
  if (order.salerTaxNum !== taxNumber) refuse('salerTaxNum 与授权税号不一致')
  if (!/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(order.invoiceDate!)) refuse('invoiceDate 格式须为 yyyy-MM-dd HH:mm:ss')
  if (order.invoiceType !== '1') refuse('数电红票请使用红字接口')
  if (!['pc', 'bs'].includes(order.invoiceLine ?? '')) refuse('invoiceLine 只支持 pc、bs')
  if (order.invoiceLine === 'bs' && !order.buyerTaxNum) refuse('专用发票购方税号必填')
  if (order.buyerTaxNum && !/^[0-9A-Z]{15,20}$/.test(order.buyerTaxNum)) refuse('buyerTaxNum 格式不正确')
  const details = order.invoiceDetail ?? []
  if (details.length === 0 || details.length > MOST_LINES) refuse('invoiceDetail 须为 1 到 2000 行')
  const lines = details.map(checkLine)
  const factor = Number(order.specificFactor ?? 0)
  if (lines.some(line => line.goodsCode === PARKING_CODE) && factor !== 6) refuse('车辆停放服务须使用特定要素 06 不动产经营租赁')
  if (factor === 6) checkLease(order, lines)
  return lines
}

/** Sums of lines in fen. */
export const totals = (lines: InvoiceLine[]): { netFen: number; taxFen: number; grossFen: number } => {
  const sum = (name: 'net' | 'tax' | 'gross') => lines.reduce((total, line) => total + toFen(line[name])!, 0)
  return { netFen: sum('net'), taxFen: sum('tax'), grossFen: sum('gross') }
}
