import { both, call, clockTime, h, span, yuan } from './dom.js'

const VENDOR_NAMES = { wechat: '微信', wechatpay: '微信支付', alipay: '支付宝', nuonuo: '诺诺发票', sms: '短信', vzenith: '相机道闸' }
const CALLBACKS = { payment: '付款', refund: '退款', invoice: '开票' }
const INVOICE_STATES = { 20: ['开票中', 'info'], 2: ['已开具', 'good'], 22: ['失败', 'bad'], 24: ['签章失败', 'bad'], 3: ['已作废', 'warn'] }

const root = document.getElementById('faults')
const armed = h('div', { class: 'armed' })
const vendor = h('select', { 'aria-label': '服务商 vendor' })
const kind = h('select', { 'aria-label': '故障 fault' })
const times = h('select', { 'aria-label': '次数 times' }, [['1', '1 次'], ['2', '2 次'], ['5', '5 次'], ['-1', '一直']].map(([value, text]) => h('option', { value }, text)))
let kinds = {}

const fillKinds = () => kind.replaceChildren(...Object.entries(kinds).filter(([, one]) => one.vendors.includes(vendor.value)).map(([value, one]) => h('option', { value, title: one.en }, one.zh)))
const add = event => {
  event.preventDefault()
  void call('POST', '/faults', { vendor: vendor.value, kind: kind.value, times: Number(times.value) })
}
vendor.addEventListener('change', fillKinds)
root.append(h('form', { class: 'fault-form', onsubmit: add }, vendor, kind, times, h('button', { class: 'btn', type: 'submit' }, '加上故障 ', h('span', { lang: 'en' }, 'Arm'))), armed)

/** Which faults there are, once at the start. */
export const loadKinds = async () => {
  const known = await call('GET', '/fault-kinds')
  kinds = known.kinds
  vendor.replaceChildren(...known.vendors.map(value => h('option', { value }, VENDOR_NAMES[value])))
  vendor.value = 'wechatpay'
  fillKinds()
}

const showFaults = faults => armed.replaceChildren(...(faults.length === 0
  ? [h('span', { class: 'empty' }, both('一切正常', 'all is well'))]
  : faults.map(fault => h('span', { class: 'tag bad', title: kinds[fault.kind]?.en }, `${VENDOR_NAMES[fault.vendor]} · ${kinds[fault.kind]?.zh ?? fault.kind}${fault.times < 0 ? ' · 一直' : ` × ${fault.times}`}`, h('button', { 'aria-label': '取消 clear', onclick: () => call('DELETE', `/faults/${fault.id}`) }, '×')))))

const invoices = document.getElementById('invoices')
const invoice = one => {
  const [zh, tone] = INVOICE_STATES[one.status]
  const gross = one.lines.reduce((sum, line) => sum + Math.round(Number(line.gross) * 100), 0)
  return h('article', { class: 'invoice' },
    h('b', {}, `${one.kind === 'red' ? '红字 ' : ''}${one.buyerName}`), h('span', { class: `tag ${tone}` }, zh),
    h('div', { class: 'muted' }, h('span', {}, `¥${yuan(gross)}`), h('span', {}, one.number ?? one.orderNo), one.status === '2' && ['pdf', 'ofd', 'xml'].map(type => h('a', { href: `/nuonuo/files/${one.serial}.${type}`, target: '_blank' }, type.toUpperCase())), one.failCause && h('span', {}, one.failCause)),
  )
}
const showInvoices = list => invoices.replaceChildren(...(list.length === 0 ? [h('span', { class: 'empty' }, both('还没有开票申请', 'none requested yet'))] : list.slice(0, 20).map(invoice)))

const deliveries = document.getElementById('deliveries')
const showDeliveries = world => deliveries.replaceChildren(...world.deliveries.slice(0, 4).map(one => h('div', { class: 'delivery' },
  h('span', {}, `${VENDOR_NAMES[one.vendor]} ${CALLBACKS[one.what]}回调 · 第 ${one.attempt + 1} 次`), h('b', {}, one.held ? '等待被超越' : `${span(one.dueAt - world.now)}后`))))

const events = document.getElementById('events')
const event = one => h('li', { class: `event ${one.level}` }, h('time', {}, clockTime(one.at)), h('i'), h('p', {}, one.zh, h('span', { lang: 'en' }, one.en)))
const showEvents = list => events.replaceChildren(...(list.length === 0 ? [h('li', { class: 'empty' }, both('还没有动静', 'nothing has happened yet'))] : list.map(event)))

export const showSide = world => {
  showFaults(world.faults)
  showInvoices(world.invoices)
  showDeliveries(world)
  showEvents(world.events)
}
