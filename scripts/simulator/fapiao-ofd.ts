import { crc32 } from 'node:zlib'
import { beijing } from './clock.ts'
import { fapiaoXml, printedName } from './fapiao-xml.ts'
import { totals } from './nuonuo-rules.ts'
import type { Invoice } from './state.ts'
import { yuan } from './world.ts'

/** A ZIP of stored entries: all that an OFD needs. */
export const zip = (files: Record<string, string>): Buffer => {
  const local: Buffer[] = []
  const central: Buffer[] = []
  let at = 0
  for (const [name, text] of Object.entries(files)) {
    const data = Buffer.from(text, 'utf8')
    const path = Buffer.from(name, 'utf8')
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(0x0800, 2)
    common.writeUInt16LE(0x21, 8)
    common.writeUInt32LE(crc32(data), 10)
    common.writeUInt32LE(data.length, 14)
    common.writeUInt32LE(data.length, 18)
    common.writeUInt16LE(path.length, 22)
    local.push(Buffer.from('PK\u0003\u0004'), common, path, data)
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(at, 10)
    central.push(Buffer.from('PK\u0001\u0002\u0014\u0000'), common, rest, path)
    at += 4 + common.length + path.length + data.length
  }
  const directory = Buffer.concat(central)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(Object.keys(files).length, 4)
  end.writeUInt16LE(Object.keys(files).length, 6)
  end.writeUInt32LE(directory.length, 8)
  end.writeUInt32LE(at, 12)
  return Buffer.concat([...local, directory, Buffer.from('PK\u0005\u0006'), end])
}

const NS = 'xmlns:ofd="http://www.ofdspec.org/2016"'
const XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
const escape = (text: string) => text.replace(/[<>&"]/g, character => `&#${character.charCodeAt(0)};`)

/** The invoice as OFD (GB/T 33190): one page of text, marked 样例, with the XML as an attachment. */
export const fapiaoOfd = (invoice: Invoice): Uint8Array => {
  const { grossFen } = totals(invoice.lines)
  const rows = [
    '样例 SAMPLE 仿真票据，不具有税务效力', `电子发票（${invoice.invoiceLine === 'bs' ? '增值税专用发票' : '普通发票'}）`, `发票号码：${invoice.number}　开票日期：${beijing(invoice.issuedAt!).slice(0, 10)}`,
    `购买方：${invoice.buyerName}　${invoice.buyerTaxNum ?? ''}`, `销售方：${invoice.salerName}　${invoice.salerTaxNum}`,
    ...invoice.lines.slice(0, 8).map(line => `${printedName(line)}　金额 ${line.net}　税额 ${line.tax}`), `价税合计：¥${yuan(grossFen)}`, `开票人：${invoice.clerk}`,
  ]
  const texts = rows.map((row, index) => `<ofd:TextObject ID="${20 + index}" Boundary="10 ${8 + index * 9} 190 8" Font="3" Size="4.2"><ofd:TextCode X="0" Y="5">${escape(row)}</ofd:TextCode></ofd:TextObject>`).join('')
  return zip({
    'OFD.xml': `${XML}<ofd:OFD ${NS} DocType="OFD" Version="1.1"><ofd:DocBody><ofd:DocInfo><ofd:DocID>${invoice.serial}</ofd:DocID><ofd:Title>样例</ofd:Title></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>`,
    'Doc_0/Document.xml': `${XML}<ofd:Document ${NS}><ofd:CommonData><ofd:MaxUnitID>60</ofd:MaxUnitID><ofd:PageArea><ofd:PhysicalBox>0 0 210 140</ofd:PhysicalBox></ofd:PageArea><ofd:PublicRes>PublicRes.xml</ofd:PublicRes></ofd:CommonData><ofd:Pages><ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/></ofd:Pages><ofd:Attachments>Attachs/Attachments.xml</ofd:Attachments></ofd:Document>`,
    'Doc_0/PublicRes.xml': `${XML}<ofd:Res ${NS} BaseLoc="Res"><ofd:Fonts><ofd:Font ID="3" FontName="宋体" FamilyName="宋体"/></ofd:Fonts></ofd:Res>`,
    'Doc_0/Pages/Page_0/Content.xml': `${XML}<ofd:Page ${NS}><ofd:Area><ofd:PhysicalBox>0 0 210 140</ofd:PhysicalBox></ofd:Area><ofd:Content><ofd:Layer ID="2" Type="Body">${texts}</ofd:Layer></ofd:Content></ofd:Page>`,
    'Doc_0/Attachs/Attachments.xml': `${XML}<ofd:Attachments ${NS}><ofd:Attachment ID="50" Name="original_invoice" Format="xml"><ofd:FileLoc>original_invoice.xml</ofd:FileLoc></ofd:Attachment></ofd:Attachments>`,
    'Doc_0/Attachs/original_invoice.xml': fapiaoXml(invoice),
  })
}
