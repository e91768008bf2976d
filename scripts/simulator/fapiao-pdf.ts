import { beijing } from './clock.ts'
import { amountInWords, printedName, qrText } from './fapiao-xml.ts'
import { totals } from './nuonuo-rules.ts'
import { pdfPage, textWidth, type Colour } from './pdf-page.ts'
import { qrModules } from './qr.ts'
import type { Invoice } from './state.ts'
import { yuan } from './world.ts'

const BROWN: Colour = [0.5, 0.23, 0.1]
const RED: Colour = [0.76, 0.1, 0.1]
const PALE: Colour = [0.93, 0.92, 0.9]
const GREY: Colour = [0.45, 0.45, 0.45]
/** Page, frame and the lines between its parts, in millimetres. */
const PAGE = { width: 210, height: 140 }
const FRAME = { left: 6, right: 204, top: 30, parties: 50, items: 98, words: 106, foot: 126 }
const COLUMNS: { title: string; right: number; align: 'left' | 'centre' | 'right' }[] = [
  { title: '项目名称', right: 58, align: 'left' }, { title: '规格型号', right: 80, align: 'left' }, { title: '单 位', right: 94, align: 'centre' }, { title: '数 量', right: 114, align: 'right' },
  { title: '单 价', right: 136, align: 'right' }, { title: '金 额', right: 161, align: 'right' }, { title: '税率/征收率', right: 180, align: 'centre' }, { title: '税 额', right: 204, align: 'right' },
]

type Page = ReturnType<typeof pdfPage>

const fit = (text: string, widthMm: number, size: number): string => {
  const room = widthMm * 72 / 25.4
  if (textWidth(text, size) <= room) return text
  let short = text
  while (short && textWidth(`${short}…`, size) > room) short = [...short].slice(0, -1).join('')
  return `${short}…`
}

const header = (page: Page, invoice: Invoice): void => {
  const kind = invoice.invoiceLine === 'bs' ? '增值税专用发票' : '普通发票'
  page.bitmap(9, 6, 19, qrModules(qrText(invoice)))
  if (invoice.rent) {
    page.box(31, 7, 30, 6, BROWN, 0.5)
    page.text(46, 11.2, '不动产经营租赁服务', { size: 8.5, colour: BROWN, align: 'centre' })
  }
  const title = `电子发票（${kind}）`
  page.text(105, 15, title, { size: 19, colour: BROWN, align: 'centre' })
  const half = textWidth(title, 19) / 2 * 25.4 / 72
  page.line(105 - half, 18, 105 + half, 18, BROWN, 0.7)
  page.line(105 - half, 19.2, 105 + half, 19.2, BROWN, 0.7)
  page.ellipse(105, 18.2, 17, 10.5, RED, 1.2)
  page.ellipse(105, 18.2, 16.1, 9.7, RED, 0.4)
  page.text(105, 24.8, '样 例', { size: 9, colour: RED, align: 'centre' })
  page.text(146, 12, '发票号码：', { size: 9.5, colour: BROWN })
  page.text(163, 12, invoice.number!, { size: 9.5 })
  page.text(146, 18.5, '开票日期：', { size: 9.5, colour: BROWN })
  const [year, month, day] = beijing(invoice.issuedAt!).slice(0, 10).split('-')
  page.text(163, 18.5, `${year}年${month}月${day}日`, { size: 9.5 })
}

const parties = (page: Page, invoice: Invoice): void => {
  const side = (left: number, label: string, name: string, taxNumber: string) => {
    page.column(left + 3.4, FRAME.top + 4.4, label, 3.35, { size: 8.6, colour: BROWN })
    page.line(left + 6.8, FRAME.top, left + 6.8, FRAME.parties, BROWN)
    page.text(left + 9, FRAME.top + 7.4, '名称：', { size: 9, colour: BROWN })
    page.text(left + 19, FRAME.top + 7.4, fit(name, 72, 9), { size: 9 })
    page.text(left + 9, FRAME.top + 15.4, '统一社会信用代码/纳税人识别号：', { size: 9, colour: BROWN })
    page.text(left + 58.5, FRAME.top + 15.4, taxNumber, { size: 9 })
  }
  side(FRAME.left, '购买方信息', invoice.buyerName, invoice.buyerTaxNum ?? '')
  page.line(105, FRAME.top, 105, FRAME.parties, BROWN)
  side(105, '销售方信息', invoice.salerName, invoice.salerTaxNum)
}

const items = (page: Page, invoice: Invoice): void => {
  const rowOf = (top: number, cells: string[], colour?: Colour) => {
    let left = FRAME.left
    for (const [index, { right, align }] of COLUMNS.entries()) {
      const at = colour ? (left + right) / 2 : align === 'left' ? left + 1.5 : align === 'right' ? right - 2 : (left + right) / 2
      page.text(at, top, fit(cells[index] ?? '', right - left - 1, 8.8), { size: 8.8, colour, align: colour ? 'centre' : align })
      left = right
    }
  }
  rowOf(FRAME.parties + 5, COLUMNS.map(column => column.title), BROWN)
  const shown = invoice.lines.slice(0, 6)
  for (const [index, line] of shown.entries()) {
    rowOf(FRAME.parties + 11.5 + index * 5.2, [printedName(line), line.specType ?? '', line.unit ?? '', line.num ?? '', line.price ?? '', line.net, `${Math.round(Number(line.taxRate) * 10_000) / 100}%`, line.tax])
  }
  if (invoice.lines.length > shown.length) page.text(FRAME.left + 1.5, FRAME.parties + 43, `共 ${invoice.lines.length} 行，详见清单`, { size: 8, colour: GREY })
  const { netFen, taxFen, grossFen } = totals(invoice.lines)
  page.text(32, FRAME.items - 2.2, '合        计', { size: 9, colour: BROWN, align: 'centre' })
  page.text(159, FRAME.items - 2.2, `¥${yuan(netFen)}`, { size: 9, align: 'right' })
  page.text(202, FRAME.items - 2.2, `¥${yuan(taxFen)}`, { size: 9, align: 'right' })
  page.text(32, FRAME.words - 2.7, '价税合计（大写）', { size: 9, colour: BROWN, align: 'centre' })
  page.line(58, FRAME.items, 58, FRAME.words, BROWN)
  page.ellipse(63, FRAME.words - 3.8, 1.6, 1.6, [0, 0, 0], 0.6)
  page.line(61.9, FRAME.words - 4.9, 64.1, FRAME.words - 2.7, [0, 0, 0], 0.6)
  page.line(64.1, FRAME.words - 4.9, 61.9, FRAME.words - 2.7, [0, 0, 0], 0.6)
  page.text(66, FRAME.words - 2.7, amountInWords(grossFen), { size: 9.5 })
  page.text(150, FRAME.words - 2.7, '（小写）', { size: 9, colour: BROWN })
  page.text(163, FRAME.words - 2.7, `¥${yuan(grossFen)}`, { size: 9.5 })
}

const remarks = (page: Page, invoice: Invoice): void => {
  page.column(FRAME.left + 3.4, FRAME.words + 8, '备注', 6, { size: 9, colour: BROWN })
  page.line(FRAME.left + 6.8, FRAME.words, FRAME.left + 6.8, FRAME.foot, BROWN)
  const { rent } = invoice
  const place = rent && (rent.detailAddress!.startsWith(rent.realPropertyAddress!) ? rent.detailAddress : `${rent.realPropertyAddress}${rent.detailAddress}`)
  const lines = [
    place && `不动产地址：${place}`,
    rent && `租赁期起止：${rent.rentStartDate} 至 ${rent.rentEndDate}　　跨地（市）标志：${['1', 'Y', '是'].includes(rent.crossCityFlag ?? '') ? '是' : '否'}`,
    invoice.plate && `车牌号：${invoice.plate}`,
    invoice.remark,
  ].filter((line): line is string => Boolean(line))
  for (const [index, line] of lines.slice(0, 4).entries()) page.text(FRAME.left + 9, FRAME.words + 5 + index * 4.6, fit(line, 185, 8.6), { size: 8.6 })
}

/** A digital invoice laid out like the real one (210 × 140 mm), plainly marked 样例: it has no fiscal value. */
export const fapiaoPdf = (invoice: Invoice): Uint8Array => {
  const page = pdfPage(PAGE.width, PAGE.height)
  page.watermark(105, 74, '样例 SAMPLE', 64, 18, PALE)
  header(page, invoice)
  page.box(FRAME.left, FRAME.top, FRAME.right - FRAME.left, FRAME.foot - FRAME.top, BROWN, 0.8)
  for (const top of [FRAME.parties, FRAME.items, FRAME.words]) page.line(FRAME.left, top, FRAME.right, top, BROWN)
  parties(page, invoice)
  items(page, invoice)
  remarks(page, invoice)
  page.text(14, 132, '开票人：', { size: 9, colour: BROWN })
  page.text(27, 132, invoice.clerk, { size: 9 })
  page.text(204, 132, '仿真票据，不具有税务效力  Simulated document, no fiscal value', { size: 7.5, colour: GREY, align: 'right' })
  return page.bytes(`电子发票 ${invoice.number} 样例`)
}
