import { carPicture, platePicture } from './pictures.ts'
import type { Camera, PlateRecord } from './state.ts'
import type { World } from './world.ts'

const POLL_MS = 1_000
const OPENS_IN_MS = 300
const STAYS_OPEN_MS = 5_000
const LATE_MS = 20_000
const JAM_SEEN_AFTER_MS = 600
const ANSWER_WITHIN_MS = 5_000
/** Characters a lens takes for one another. */
const CONFUSED: Record<string, string> = { 0: 'D', D: '0', 8: 'B', B: '8', 1: 'T', T: '1', 5: 'S', S: '5', 2: 'Z', Z: '2' }

export interface Drive { plate: string; camera: string; confidence?: number; times?: number }
/** What came of driving up: the reply the camera obeyed and where the barrier ended. */
export interface DriveResult { plateid: number; plate: string; confidence: number; info: 'ok' | 'no' | 'none'; barrier: Camera['barrier']; status: number }

interface Reply { Response_AlarmInfoPlate?: { info?: string; plateid?: number | string; commandId?: string; ContinuePushOffline?: { continue?: number | string } }; commandId?: string }
interface Command { plateid?: number | string; commandId?: string }

/** Plate cameras with their barriers, as the Vzenith HTTP push protocol has them. */
export interface Gates {
  drive(drive: Drive): Promise<DriveResult>
  /** Jams or frees a barrier by hand. */
  jam(serialno: string, jammed: boolean): void
  /** Cuts or restores a camera's line; what it saw meanwhile is pushed as history. */
  offline(serialno: string, offline: boolean): Promise<void>
  /** One comet poll; the loop calls it about each second. */
  poll(serialno: string): Promise<void>
  start(): void
  stop(): void
}

export class UnknownCamera extends Error {}

/** The bar moves in real time, whatever the simulated clock does. */
const wait = (ms: number) => new Promise<void>(done => { setTimeout(done, ms) })

const misread = (plate: string): string => {
  const at = [...plate].findLastIndex(character => CONFUSED[character])
  return at < 0 ? `${plate.slice(0, -1)}${plate.endsWith('7') ? '1' : '7'}` : `${plate.slice(0, at)}${CONFUSED[plate[at]!]}${plate.slice(at + 1)}`
}

/** Colour type of the protocol: 5 green for new-energy plates (8 characters), 1 blue otherwise. */
const colorOf = (plate: string): number => ([...plate].length === 8 ? 5 : 1)

/** `staysOpenMs` is how long a bar stays up after a car. */
export const createGates = (world: World, staysOpenMs = STAYS_OPEN_MS): Gates => {
  const { state, clock, faults } = world
  const base = () => `${world.config.bffBase}/callback/vzenith/${world.config.vzenith.pathSecret}`
  const reachable = new Map<string, boolean>()
  const stopping = new AbortController()

  const camera = (serialno: string): Camera => {
    const found = state.cameras.find(one => one.serialno === serialno)
    if (!found) throw new UnknownCamera(`no camera ${serialno}; known: ${state.cameras.map(one => one.serialno).join(', ')}`)
    return found
  }

  const post = async (path: string, body: object): Promise<{ status: number; reply: Reply }> => {
    try {
      const response = await fetch(`${base()}/${path}`, {
        method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body),
        signal: AbortSignal.any([AbortSignal.timeout(ANSWER_WITHIN_MS), stopping.signal]),
      })
      const text = await response.text()
      return { status: response.status, reply: response.ok ? (JSON.parse(text || '{}') as Reply) : {} }
    } catch {
      return { status: 0, reply: {} }
    }
  }

  const alarm = (one: Camera, record: PlateRecord, isoffline: 0 | 1) => ({
    AlarmInfoPlate: {
      channel: 0, deviceName: one.name, ipaddr: '192.168.40.2', serialno: one.serialno, user_data: '',
      result: {
        PlateResult: {
          license: record.plate, confidence: record.confidence, colorType: record.colorType, type: record.colorType === 5 ? 19 : 1, direction: 4,
          plateid: record.plateid, isoffline, is_fake_plate: 0, triggerType: 8,
          imageFile: carPicture(record.colorType), imageFragmentFile: platePicture(record.colorType),
          timeStamp: { Timeval: { sec: Math.floor(record.at / 1000), usec: (record.at % 1000) * 1000, ...clockDigits(record.at) } },
        },
      },
    },
  })

  const report = (one: Camera, command: Command, barrier: 'opened' | 'closed' | 'jammed') =>
    post('gate', { serialno: one.serialno, ...(command.commandId && { commandId: command.commandId }), ...(command.plateid !== undefined && { plateid: command.plateid }), state: barrier, sec: Math.floor(clock.now() / 1000) })

  const close = async (one: Camera, command: Command) => {
    if (one.barrier !== 'open') return
    one.barrier = 'closed'
    one.waiting = undefined
    world.changed()
    await report(one, command, 'closed')
  }

  /** Raises the bar, says so and answers what it did; a jammed one says that, a silent one says nothing. */
  const open = async (one: Camera, command: Command): Promise<Camera['barrier']> => {
    if (one.jammed || faults.take('vzenith', 'barrier-jam', one.serialno)) {
      await wait(JAM_SEEN_AFTER_MS)
      one.barrier = 'jammed'
      world.log({ vendor: 'vzenith', level: 'bad', zh: `${one.name} 道闸卡住`, en: `${one.name}: barrier jammed` })
      await report(one, command, 'jammed')
      return 'jammed'
    }
    one.barrier = 'opening'
    world.changed()
    await wait(OPENS_IN_MS)
    one.barrier = 'open'
    one.raised += 1
    world.log({ vendor: 'vzenith', level: 'good', zh: `${one.name} 道闸升起`, en: `${one.name}: barrier open` })
    clock.after(staysOpenMs, () => close(one, command))
    if (faults.take('vzenith', 'barrier-silent', one.serialno)) return 'open'
    const late = faults.take('vzenith', 'barrier-late', one.serialno)
    if (late) {
      clock.after(late.delayMs ?? LATE_MS, () => report(one, command, 'opened'))
      return 'open'
    }
    await report(one, command, 'opened')
    if (faults.take('vzenith', 'barrier-double', one.serialno)) await report(one, command, 'opened')
    return 'open'
  }

  const push = async (one: Camera, record: PlateRecord, isoffline: 0 | 1) => {
    const { status, reply } = await post('plate', alarm(one, record, isoffline))
    const info = reply.Response_AlarmInfoPlate?.info === 'ok' ? 'ok' as const : status === 200 ? 'no' as const : 'none' as const
    return { status, info, command: { plateid: reply.Response_AlarmInfoPlate?.plateid ?? record.plateid, commandId: reply.Response_AlarmInfoPlate?.commandId ?? reply.commandId } }
  }

  const drive = async ({ plate, camera: serialno, confidence, times = 1 }: Drive): Promise<DriveResult> => {
    const one = camera(serialno)
    const seen = faults.take('vzenith', 'camera-misread', serialno) ? misread(plate) : plate
    const unsure = faults.take('vzenith', 'camera-low-confidence', serialno)
    const record: PlateRecord = { plate: seen, plateid: world.next(), confidence: confidence ?? (unsure ? 58 : 97), colorType: colorOf(seen), at: clock.now() }
    const repeat = faults.take('vzenith', 'camera-repeat', serialno)
    const copies = times + (repeat ? repeat.copies ?? 2 : 0)
    const result = { plateid: record.plateid, plate: seen, confidence: record.confidence }
    if (one.offline || faults.take('vzenith', 'camera-offline', serialno)) {
      one.offline = true
      one.stored.push(record)
      world.log({ vendor: 'vzenith', level: 'bad', zh: `${one.name} 离线，记下 ${seen}`, en: `${one.name} offline, kept ${seen}` })
      return { ...result, info: 'none', barrier: one.barrier, status: 0 }
    }
    let last = await push(one, record, 0)
    let opened = last.info === 'ok'
    let command = last.command
    for (let copy = 1; copy < copies; copy++) {
      last = await push(one, record, 0)
      if (last.info === 'ok' && !opened) ({ command } = last)
      opened ||= last.info === 'ok'
    }
    one.waiting = { ...record, answer: opened ? 'ok' : last.info }
    world.log({
      vendor: 'vzenith', level: opened ? 'info' : 'bad', zh: `${one.name} ${seen}（${record.confidence}%）→ ${opened ? '放行' : last.info === 'no' ? '不放行' : '无应答'}`,
      en: `${one.name} ${seen} (${record.confidence}%) → ${opened ? 'ok' : last.info}`,
    })
    const barrier = opened ? await open(one, command) : one.barrier
    return { ...result, info: opened ? 'ok' : last.info, barrier, status: last.status }
  }

  const poll = async (serialno: string): Promise<void> => {
    const one = camera(serialno)
    if (one.offline) return
    const { status, reply } = await post('comet', { serialno })
    const up = status === 200
    if (reachable.get(serialno) !== up && reachable.has(serialno)) world.log({ vendor: 'vzenith', level: up ? 'good' : 'bad', zh: `${one.name} ${up ? '已连上' : '连不上停车系统'}`, en: `${one.name} ${up ? 'connected' : 'cannot reach the car-park system'}` })
    reachable.set(serialno, up)
    const order = reply.Response_AlarmInfoPlate
    if (order?.info !== 'ok') return
    world.log({ vendor: 'vzenith', zh: `${one.name} 收到开闸指令`, en: `${one.name} was told to open` })
    await open(one, { plateid: order.plateid, commandId: order.commandId ?? reply.commandId })
  }

  const offline = async (serialno: string, off: boolean): Promise<void> => {
    const one = camera(serialno)
    one.offline = off
    world.changed()
    if (off) return
    for (const record of one.stored.splice(0)) {
      const { info } = await push(one, record, 1)
      world.log({ vendor: 'vzenith', level: info === 'none' ? 'bad' : 'info', zh: `${one.name} 补传 ${record.plate}`, en: `${one.name} replayed ${record.plate}` })
    }
  }

  /** Each camera on its own round, so that a slow answer to one does not keep the others waiting. */
  const round = async (serialno: string): Promise<void> => {
    await poll(serialno)
    if (!stopping.signal.aborted) setTimeout(round, POLL_MS, serialno).unref()
  }

  return {
    drive,
    poll,
    offline,
    jam: (serialno, jammed) => {
      const one = camera(serialno)
      one.jammed = jammed
      if (!jammed && one.barrier === 'jammed') one.barrier = 'closed'
      world.log({ vendor: 'vzenith', level: jammed ? 'bad' : 'good', zh: `${one.name} ${jammed ? '被卡住' : '恢复'}`, en: `${one.name} ${jammed ? 'jammed by hand' : 'freed'}` })
    },
    start: () => {
      // A barrier that stood open when the simulator stopped has closed meanwhile.
      for (const one of state.cameras) if (one.barrier === 'open' || one.barrier === 'opening') one.barrier = 'closed'
      for (const one of state.cameras) setTimeout(round, POLL_MS, one.serialno).unref()
    },
    stop: () => stopping.abort(),
  }
}

const clockDigits = (ms: number) => {
  const time = new Date(ms + 8 * 3_600_000)
  return { dechour: time.getUTCHours(), decmin: time.getUTCMinutes(), decsec: time.getUTCSeconds() }
}
