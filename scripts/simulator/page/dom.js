/** Builds an element: `h('b', { class: 'x', onclick }, 'text', child)`. Text is never parsed as HTML. */
export const h = (name, attributes = {}, ...children) => {
  const element = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value)
    else if (key in element && key !== 'list') element[key] = value
    else element.setAttribute(key, value === true ? '' : value)
  }
  if (attributes.class) element.className = attributes.class
  element.append(...children.flat().filter(child => child !== undefined && child !== null && child !== false))
  return element
}

/** Chinese first, English beside it. */
export const both = (zh, en) => [zh, ' ', h('span', { lang: 'en' }, en)]

const toast = document.getElementById('toast')
let hiding
export const say = text => {
  toast.textContent = text
  toast.classList.add('on')
  clearTimeout(hiding)
  hiding = setTimeout(() => toast.classList.remove('on'), 3200)
}

/** Calls the control API; a refusal is said and answered as undefined. */
export const call = async (method, path, body) => {
  const init = method === 'GET' ? {} : { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body ?? {}) }
  const reply = await fetch(`/sim${path}`, init).catch(() => undefined)
  if (!reply) { say('仿真程序没有应答 The simulator does not answer'); return undefined }
  const value = await reply.json()
  if (reply.ok) return value
  say(value.error?.message ?? reply.statusText)
  return undefined
}

export const yuan = fen => (fen / 100).toFixed(2)
const beijing = new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Shanghai', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' })
const beijingDay = new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Shanghai', month: 'numeric', day: 'numeric', weekday: 'short' })
export const clockTime = ms => beijing.format(ms)
export const day = ms => beijingDay.format(ms)

/** A span of time in the two largest units. */
export const span = ms => {
  const seconds = Math.max(0, Math.round(ms / 1000))
  const parts = [[Math.floor(seconds / 86400), '天'], [Math.floor(seconds / 3600) % 24, '时'], [Math.floor(seconds / 60) % 60, '分'], [seconds % 60, '秒']].filter(([count]) => count > 0)
  return parts.slice(0, 2).map(([count, unit]) => `${count}${unit}`).join('') || '0秒'
}

/** A plate as it is painted: blue, or green for new energy. */
export const plate = text => h('span', { class: [...text].length === 8 ? 'plate green' : 'plate' }, [...text].length > 2 ? `${[...text].slice(0, 2).join('')}·${[...text].slice(2).join('')}` : text)
