import { both, call, clockTime, day, h, span } from './dom.js'
import { showLanes } from './lanes.js'
import { showPhones } from './phones.js'
import { loadKinds, showSide } from './side.js'

const JUMPS = [[60_000, '+1 分'], [900_000, '+15 分'], [3_600_000, '+1 时'], [86_400_000, '+1 天']]
const REDRAW_AFTER_MS = 120

const now = document.getElementById('now')
const offset = document.getElementById('offset')
const live = document.getElementById('live')
let ahead = 0

document.getElementById('jumps').append(...JUMPS.map(([ms, text]) => h('button', { onclick: () => call('POST', '/clock/advance', { ms }) }, text)))

const tick = () => {
  const time = Date.now() + ahead
  now.textContent = `${day(time)} ${clockTime(time)}`
}

const refresh = async () => {
  const world = await call('GET', '/world')
  if (!world) return
  ahead = world.now - Date.now()
  offset.textContent = world.offset > 500 ? `快 ${span(world.offset)}` : ''
  tick()
  showLanes(world)
  showPhones(world)
  showSide(world)
}

let waiting
const refreshSoon = () => { waiting ??= setTimeout(() => { waiting = undefined; void refresh() }, REDRAW_AFTER_MS) }

const connected = on => {
  live.className = on ? 'live' : 'live off'
  live.replaceChildren(...(on ? both('实时', 'live') : both('已断开', 'disconnected')))
}

await loadKinds()
await refresh()
setInterval(tick, 1000)
// Countdowns move even when nothing else does.
setInterval(refreshSoon, 10_000)

const events = new EventSource('/sim/events')
events.addEventListener('open', () => { connected(true); refreshSoon() })
events.addEventListener('error', () => connected(false))
for (const kind of ['event', 'change']) events.addEventListener(kind, refreshSoon)
