import { both, call, clockTime, h, plate } from './dom.js'

const SOME_PLATES = ['苏C7H88Q', '苏CD08825', '苏C6K20R', '苏C5H31N', '皖L2A736', '苏CF92837', '苏C3T917']
const STATES = { closed: ['落杆', 'down', ''], opening: ['升起中', 'opening', 'info'], open: ['升起', 'up', 'good'], jammed: ['卡住', 'jammed', 'bad'] }
const ANSWERS = { ok: ['放行 let through', 'good'], no: ['不放行 held', 'warn'], none: ['无应答 no answer', 'bad'] }

const drawing = text => {
  const holder = h('div')
  holder.innerHTML = text
  return holder.firstElementChild
}

const barrier = () => drawing(`<svg width="104" height="70" viewBox="0 0 104 70" aria-hidden="true"><path d="M2 66h102" stroke="#b9b5a8" stroke-width="2"/>
    <rect x="9" y="30" width="16" height="36" rx="3" fill="#33443f"/><circle class="lamp" cx="17" cy="46" r="3"/>
    <g class="arm"><rect x="17" y="30.500" width="82" height="7" rx="3.500" fill="#fff" stroke="#33443f"/><path d="M34 31h11v6H34zM56 31h11v6H56zM78 31h11v6H78z" fill="#cc4a15"/></g>
    <circle cx="17" cy="34" r="5" fill="#33443f"/></svg>`)

const car = () => drawing(`<svg width="104" height="50" viewBox="0 0 104 50" fill="none" aria-hidden="true" stroke="#0a3d35" stroke-width="1.600" stroke-linecap="round" stroke-linejoin="round">
    <path d="M24 22 31 8q2-4 7-4h28q5 0 7 4l7 14" fill="#eaf4f1"/><path d="M14 46V32q0-9 9-10h58q9 1 9 10v14z" fill="#c4e4db"/><path d="M19 29h12l4 5H20zM85 29H73l-4 5h15z" fill="#fff"/><path d="M14 46v4M90 46v4M42 34h20"/></svg>`)

/** A lane: built once so that what is being typed stays, then told what has changed. */
const lane = camera => {
  const state = h('span', { class: 'tag' })
  const answer = h('span', { class: 'tag' })
  const seen = h('div', { class: 'seen' })
  const input = h('input', { type: 'text', maxLength: 16, value: SOME_PLATES[Math.floor(Math.random() * SOME_PLATES.length)], 'aria-label': `${camera.name} 车牌 plate`, list: 'plates' })
  const go = h('button', { class: 'btn primary', type: 'submit' }, '驶来 Drive up')
  const sure = h('input', { type: 'range', min: 30, max: 99, value: 97, 'aria-label': '识别置信度 confidence' })
  const sureText = h('b', {}, '97%')
  sure.addEventListener('input', () => { sureText.textContent = `${sure.value}%` })
  const jam = h('input', { type: 'checkbox', onchange: () => call('POST', `/cameras/${camera.serialno}/jam`, { jammed: jam.checked }) })
  const offline = h('input', { type: 'checkbox', onchange: () => call('POST', `/cameras/${camera.serialno}/offline`, { offline: offline.checked }) })
  const drive = async event => {
    event.preventDefault()
    go.disabled = true
    await call('POST', '/cars', { plate: input.value.trim().toUpperCase(), camera: camera.serialno, confidence: Number(sure.value) })
    go.disabled = false
  }
  const card = h('article', { class: 'lane' },
    h('header', {}, h('b', {}, camera.name), h('span', { class: 'muted' }, camera.laneKind === 'entry' ? both('入', 'in') : both('出', 'out')), state),
    h('div', { class: 'scene' }, h('div', { class: 'gate' }, answer, barrier()), seen),
    h('form', { onsubmit: drive }, input, go),
    h('footer', {}, h('label', { class: 'sure', title: 'Confidence of the camera' }, '识别', sure, sureText), h('label', { class: 'jam', title: 'The barrier jams' }, jam, '卡住'), h('label', { title: 'Cut the camera\'s line' }, offline, '离线')),
  )
  const show = now => {
    const [zh, en, tone] = now.offline ? ['相机离线', 'offline', 'warn'] : now.jammed && now.barrier !== 'jammed' ? ['会卡住', 'will jam', 'warn'] : STATES[now.barrier]
    answer.textContent = now.waiting ? ANSWERS[now.waiting.answer][0] : ''
    answer.className = `tag ${now.waiting ? ANSWERS[now.waiting.answer][1] : ''}`
    state.className = `tag ${tone}`
    state.textContent = `${zh} ${en}`
    card.className = `lane ${now.barrier}`
    jam.checked = now.jammed
    offline.checked = now.offline
    const { waiting } = now
    seen.replaceChildren(...(waiting ? [car(), plate(waiting.plate), h('span', { class: 'muted' }, `${clockTime(waiting.at)} · ${waiting.confidence}%`)] : [h('span', { class: 'muted' }, now.stored.length > 0 ? `待补传 ${now.stored.length} 条` : both('闸前无车', 'no car'))]))
  }
  return { card, show }
}

const root = document.getElementById('lanes')
const lanes = new Map()
root.append(h('datalist', { id: 'plates' }, SOME_PLATES.map(value => h('option', { value }))))

export const showLanes = world => {
  for (const camera of world.cameras) {
    if (!lanes.has(camera.serialno)) {
      lanes.set(camera.serialno, lane(camera))
      root.append(lanes.get(camera.serialno).card)
    }
    lanes.get(camera.serialno).show(camera)
  }
}
