import { both, call, clockTime, h, say, span, yuan } from './dom.js'

const VENDORS = { wechatpay: ['微信支付', 'WeChat Pay', '/design/art/pay-wechat.svg'], alipay: ['支付宝', 'Alipay', '/design/art/pay-alipay.svg'] }
const people = document.getElementById('people')
const phone = document.getElementById('phone')
let chosen
let world
const dismissed = new Set()

const owns = (person, trade) => trade.payerId && [person.alipayOpenId, person.alipayUserId, ...Object.values(person.openids)].includes(trade.payerId)
const sheetsOf = person => world.openTrades.filter(trade => owns(person, trade) && !dismissed.has(trade.outTradeNo))
const codes = () => world.openTrades.filter(trade => !trade.payerId && !dismissed.has(trade.outTradeNo))

const cancel = async (person, trade) => {
  if (await call('POST', `/phones/${person.phone}/pay`, { outTradeNo: trade.outTradeNo, outcome: 'cancel' })) dismissed.add(trade.outTradeNo)
  show()
}
const pay = async (person, trade, button) => {
  button.disabled = true
  const paid = await call('POST', `/phones/${person.phone}/pay`, trade.codeUrl ? { codeUrl: trade.codeUrl } : { outTradeNo: trade.outTradeNo, tradeNo: trade.tradeNo })
  button.disabled = false
  if (paid) say(`已支付 ¥${yuan(paid.totalFen)}`)
}

const sheet = (person, trade) => {
  const [zh, en, mark] = VENDORS[trade.vendor]
  const button = h('button', { class: `btn ${trade.vendor}`, onclick: () => pay(person, trade, button) }, trade.codeUrl ? '扫码支付 Scan & pay' : '支付 Pay')
  return h('article', { class: 'sheet' },
    h('div', { class: 'vendor' }, h('img', { src: mark, alt: '' }), both(zh, en), h('span', { class: 'tag' }, `剩 ${span(trade.payableUntil - world.now)}`)),
    h('div', { class: 'sum' }, h('small', {}, '¥'), yuan(trade.totalFen)),
    h('div', { class: 'muted' }, trade.description, h('br'), trade.outTradeNo),
    h('div', { class: 'acts' }, h('button', { class: 'btn', onclick: () => cancel(person, trade) }, '取消 Cancel'), button),
  )
}

const bubble = message => {
  const { code } = message.params
  return h('article', { class: 'bubble' },
    h('p', { class: 'muted' }, h('span', {}, message.channel === 'sms' ? both('短信', 'SMS') : both('订阅消息', 'Subscribe message'), ` · ${message.template}`), h('time', {}, clockTime(message.at))),
    code && h('div', { class: 'code' }, String(code)),
    ...Object.entries(message.params).filter(([key]) => key !== 'code').map(([key, value]) => h('p', {}, h('span', { class: 'muted' }, key), String(value))),
  )
}

const scanForm = person => {
  const input = h('input', { type: 'text', placeholder: '粘贴付款码 Paste a code', style: 'flex:1', 'aria-label': '付款码 payment code' })
  const scan = async event => {
    event.preventDefault()
    if (input.value && await call('POST', `/phones/${person.phone}/scan`, { codeUrl: input.value.trim() })) say('已扫码 Scanned')
  }
  return h('form', { onsubmit: scan, style: 'display:flex;gap:8px' }, input, h('button', { class: 'btn' }, '扫一扫 Scan'))
}

const screen = person => {
  const sheets = sheetsOf(person)
  const toScan = codes()
  const messages = world.messages.filter(message => message.phone === person.phone)
  const feed = h('div', { class: 'feed' },
    sheets.length > 0 && [h('h3', {}, both('待付款', 'To pay')), ...sheets.map(trade => sheet(person, trade))],
    toScan.length > 0 && [h('h3', {}, both('可扫的付款码', 'Codes to scan')), ...toScan.map(trade => sheet(person, trade)), scanForm(person)],
    messages.length > 0 && [h('h3', {}, both('消息', 'Messages')), ...messages.map(bubble)],
    sheets.length + toScan.length + messages.length === 0 && h('div', { class: 'blank' }, h('img', { src: '/design/art/state-empty.svg', alt: '' }), '下单、验证码和通知会出现在这里', h('br'), h('span', { lang: 'en' }, 'Orders, codes and notices show up here')),
  )
  return h('div', { class: 'handset' }, h('div', { class: 'screen' },
    h('div', { class: 'status' }, h('span', {}, clockTime(world.now).slice(0, 5)), h('i'), h('span', {}, '5G')),
    h('div', { class: 'owner' }, h('span', { class: 'face' }, person.name.slice(0, 1)), h('div', {}, person.name, h('small', {}, person.phone.replace(/(\d{3})(\d{4})(\d{4})/, '$1 $2 $3')))),
    feed,
  ))
}

const newcomer = () => {
  const input = h('input', { type: 'text', inputMode: 'numeric', maxLength: 11, placeholder: '+ 手机号', 'aria-label': '新的手机号 another phone number' })
  const add = async event => {
    event.preventDefault()
    const person = await call('POST', '/people', { phone: input.value.trim() })
    if (!person) return
    chosen = person.phone
    input.value = ''
    input.blur()
    show()
  }
  return h('form', { class: 'who-new', onsubmit: add }, input)
}
const form = newcomer()

const tab = person => {
  const count = sheetsOf(person).length
  const choose = () => { chosen = person.phone; show() }
  return h('button', { class: 'who', role: 'tab', 'aria-selected': String(person.phone === chosen), onclick: choose }, person.name, count > 0 && h('em', {}, String(count)))
}

/** The people of the first day, and those others who have something on their phone. */
const shownPeople = () => {
  const busy = person => person.phone === chosen || sheetsOf(person).length > 0 || world.messages.some(message => message.phone === person.phone)
  return [...world.people.slice(0, 6), ...world.people.slice(6).filter(busy).slice(-6)]
}

const show = () => {
  const shown = shownPeople()
  chosen ??= shown[0].phone
  // What is being typed must not lose its field to a redraw.
  const typing = document.activeElement?.tagName === 'INPUT' ? document.activeElement : null
  if (!people.contains(typing)) people.replaceChildren(...shown.map(tab), form)
  if (phone.contains(typing)) return
  const feedAt = phone.querySelector('.feed')?.scrollTop ?? 0
  phone.replaceChildren(screen(world.people.find(one => one.phone === chosen) ?? shown[0]))
  phone.querySelector('.feed').scrollTop = feedAt
}

export const showPhones = next => { world = next; show() }
