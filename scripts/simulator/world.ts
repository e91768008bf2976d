import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { VirtualClock } from './clock.ts'
import type { SimulatorConfig } from './config.ts'
import { createFaults, type Faults } from './faults.ts'
import { FIRST_PEOPLE, newPerson, openidOf, type Person } from './people.ts'
import { emptyState, type WorldEvent, type WorldState } from './state.ts'

const EVENTS_KEPT = 400
const MESSAGES_KEPT = 500
const SAVE_AFTER_MS = 300

/** The simulated world: its state, its people, its clock, its faults, and whoever watches. */
export interface World {
  config: SimulatorConfig
  clock: VirtualClock
  faults: Faults
  state: WorldState
  /** A person by phone, openid, Alipay open_id or user id, or name. */
  find(key: string): Person | undefined
  /** The person with this phone number, made when nobody has it yet. */
  person(phone: string, name?: string): Person
  /** The openid of a person under an appid, remembered so that it can be found again. */
  openid(person: Person, appId: string): string
  /** The next number of a sequence that survives restarts. */
  next(): number
  log(event: Omit<WorldEvent, 'seq' | 'at' | 'level'> & { level?: WorldEvent['level'] }): void
  /** Says that the state has changed: it will be saved and shown. */
  changed(): void
  watch(listener: (event: WorldEvent | null) => void): () => void
  save(): void
}

const load = (file: string | undefined): WorldState => {
  if (!file || !existsSync(file)) return emptyState()
  try {
    return { ...emptyState(), ...(JSON.parse(readFileSync(file, 'utf8')) as WorldState) }
  } catch {
    console.error(`simulator: ${file} is not readable as JSON, beginning with an empty world`)
    return emptyState()
  }
}

/** `snapshotFile` keeps the world over restarts; without it the world lives in memory alone. */
export const createWorld = (config: SimulatorConfig, clock: VirtualClock, snapshotFile?: string): World => {
  const state = load(snapshotFile)
  const watchers = new Set<(event: WorldEvent | null) => void>()
  const appIds = [...new Set([config.wechat.appId, config.wechatPay.appId])]
  let saving: NodeJS.Timeout | undefined

  clock.restoreOffset(state.clockOffset)
  state.cameras = config.vzenith.cameras.map(camera => ({
    barrier: 'closed', raised: 0, jammed: false, offline: false, stored: [],
    ...state.cameras.find(known => known.serialno === camera.serialno),
    ...camera,
  }))

  const save = () => {
    clearTimeout(saving)
    saving = undefined
    if (!snapshotFile) return
    state.clockOffset = clock.offset()
    mkdirSync(dirname(snapshotFile), { recursive: true })
    writeFileSync(`${snapshotFile}.new`, JSON.stringify(state), { mode: 0o600 })
    renameSync(`${snapshotFile}.new`, snapshotFile)
  }

  const tell = (event: WorldEvent | null) => { for (const watcher of watchers) watcher(event) }

  const changed = () => {
    tell(null)
    if (snapshotFile) saving ??= setTimeout(save, SAVE_AFTER_MS)
  }

  const find = (key: string) => state.people.find(person =>
    person.phone === key || person.name === key || person.alipayOpenId === key || person.alipayUserId === key
    || Object.values(person.openids).includes(key))

  const person = (phone: string, name?: string) => {
    const known = state.people.find(one => one.phone === phone)
    if (known) return known
    const fresh = newPerson(phone, name ?? `访客 ${phone.slice(-4)}`, appIds)
    state.people.push(fresh)
    changed()
    return fresh
  }

  // A kept world may have been lived in under other app ids.
  for (const one of state.people) for (const appId of appIds) one.openids[appId] ??= openidOf(one.phone, appId)
  for (const first of FIRST_PEOPLE) person(first.phone, first.name)

  return {
    config,
    clock,
    state,
    faults: createFaults(state.faults, changed),
    find,
    person,
    openid: (one, appId) => {
      if (!one.openids[appId]) {
        one.openids[appId] = openidOf(one.phone, appId)
        changed()
      }
      return one.openids[appId]
    },
    next: () => ++state.serial,
    log: ({ level = 'info', ...event }) => {
      const full: WorldEvent = { seq: ++state.serial, at: clock.now(), level, ...event }
      state.events.push(full)
      state.events.splice(0, state.events.length - EVENTS_KEPT)
      state.messages.splice(0, state.messages.length - MESSAGES_KEPT)
      tell(full)
      changed()
    },
    changed,
    watch: listener => {
      watchers.add(listener)
      return () => { watchers.delete(listener) }
    },
    save,
  }
}

/** Fen as yuan with two decimals: `1880` → `18.80`. */
export const yuan = (fen: number): string => `${fen < 0 ? '-' : ''}${Math.floor(Math.abs(fen) / 100)}.${String(Math.abs(fen) % 100).padStart(2, '0')}`
