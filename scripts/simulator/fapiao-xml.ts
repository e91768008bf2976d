import { crc32 } from 'node:zlib'
import { beijing } from './clock.ts'
import { PARKING_CODE, totals } from './nuonuo-rules.ts'
import type { Invoice, InvoiceLine } from './state.ts'
import { yuan } from './world.ts'

const DIGITS = '零壹贰叁肆伍陆柒捌玖'
const PLACES = ['', '拾', '佰', '仟']
const GROUPS = ['', '万', '亿']

const groupWords = (group: number): string => {
  let words = ''
  let zero = false
  for (let place = 3; place >= 0; place--) {
    const digit = Math.floor(group / 10 ** place) % 10
    if (digit === 0) { zero ||= words !== ''; continue }
    words += `${zero ? '零' : ''}${DIGITS[digit]}${PLACES[place]}`
    zero = false
  }
  return words
}

/** An amount in the words of an invoice: 1880 fen → 壹拾捌元捌角整; a red one begins with 负数. */
export const amountInWords = (fen: number): string => {
  const sign = fen < 0 ? '（负数）' : ''
  const whole = Math.floor(Math.abs(fen) / 100)
  const [jiao, cent] = [Math.floor(Math.abs(fen) / 10) % 10, Math.abs(fen) % 10]
  const groups = [whole % 10_000, Math.floor(whole / 10_000) % 10_000, Math.floor(whole / 100_000_000)]
  let words = ''
  for (let index = 2; index >= 0; index--) {
    const group = groups[index]!
    if (group === 0) continue
    words += `${words !== '' && group < 1_000 ? '零' : ''}${groupWords(group)}${GROUPS[index]}`
  }
  const yuanWords = words === '' ? '' : `${words}元`
  if (jiao === 0 && cent === 0) return `${sign}${yuanWords || '零元'}整`
  const jiaoWords = jiao > 0 ? `${DIGITS[jiao]}角` : yuanWords ? '零' : ''
  return `${sign}${yuanWords}${jiaoWords}${cent > 0 ? `${DIGITS[cent]}分` : '整'}`
}

/** `*abbreviation*name`: the provider puts the abbreviation of the tax code in front, whatever the issuer calls the goods. */
export const printedName = (line: InvoiceLine): string =>
  line.goodsName.startsWith('*') ? line.goodsName : `*${line.goodsCode === PARKING_CODE ? '生产生活服务' : '现代服务'}*${line.goodsName}`

/** The text in the corner code: `01,<31 special | 32 general>,,number,total,yyyymmdd,,crc`. */
export const qrText = (invoice: Invoice): string => {
  const text = `01,${invoice.invoiceLine === 'bs' ? 31 : 32},,${invoice.number},${yuan(totals(invoice.lines).grossFen)},${beijing(invoice.issuedAt!).slice(0, 10).replaceAll('-', '')},,`
  return `${text}${(crc32(text) & 0xffff).toString(16).toUpperCase().padStart(4, '0')}`
}

const escape = (text: string): string => text.replace(/[<>&"']/g, character => `&#${character.charCodeAt(0)};`)
const tag = (name: string, value: string | undefined): string => `<${name}>${escape(value ?? '')}</${name}>`

/** The XML of a digital invoice, marked as a sample: header, seller, buyer, lines, totals, number. */
export const fapiaoXml = (invoice: Invoice): string => {
  const { netFen, taxFen, grossFen } = totals(invoice.lines)
  const items = invoice.lines.map(line => `<IssuItemInformation>${[
    tag('ItemName', printedName(line)), tag('TaxClassificationCode', line.goodsCode), tag('SpecMod', line.specType), tag('MeaUnits', line.unit), tag('Quantity', line.num), tag('UnPrice', line.price),
    tag('Amount', line.net), tag('TaxRate', line.taxRate), tag('ComTaxAm', line.tax), tag('TotaltaxIncludedAmount', line.gross),
  ].join('')}</IssuItemInformation>`).join('\n    ')
  return `<?xml version="1.0" encoding="UTF-8"?>
<EInvoice>
  <!-- 样例，仿真票据，不具有税务效力。Sample without fiscal value. -->
  <Header>
    ${tag('EIid', invoice.number)}${tag('EInvoiceTag', 'SWEI3200')}${tag('Version', '0.2')}
    <InherentLabel><EInvoiceType>${tag('LabelCode', invoice.invoiceLine === 'bs' ? '01' : '02')}${tag('LabelName', invoice.invoiceLine === 'bs' ? '增值税专用发票' : '普通发票')}</EInvoiceType></InherentLabel>
    <UndefinedLabel><Label>${tag('LabelType', '样例')}${tag('LabelName', 'SAMPLE')}</Label></UndefinedLabel>
  </Header>
  <EInvoiceData>
    <SellerInformation>${tag('SellerIdNum', invoice.salerTaxNum)}${tag('SellerName', invoice.salerName)}</SellerInformation>
    <BuyerInformation>${tag('BuyerIdNum', invoice.buyerTaxNum)}${tag('BuyerName', invoice.buyerName)}</BuyerInformation>
    <BasicInformation>${tag('TotalAmWithoutTax', yuan(netFen))}${tag('TotalTaxAm', yuan(taxFen))}${tag('TotalTax-includedAmount', yuan(grossFen))}${tag('TotalTax-includedAmountInChinese', amountInWords(grossFen))}${tag('Drawer', invoice.clerk)}${tag('RequestTime', beijing(invoice.issuedAt!))}</BasicInformation>
    ${items}
    <AdditionalInformation>${tag('Remark', invoice.remark)}${tag('OriginalInvoiceNumber', invoice.redOf)}</AdditionalInformation>
  </EInvoiceData>
  <TaxSupervisionInfo>${tag('InvoiceNumber', invoice.number)}${tag('IssueTime', beijing(invoice.issuedAt!))}</TaxSupervisionInfo>
</EInvoice>
`
}
