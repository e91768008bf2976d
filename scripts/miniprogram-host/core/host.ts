/** Assembles the host: one mini-program running in one view. */
import * as easel from 'glass-easel'
import { createApi, type Api } from '../api/index.ts'
import { createDevice, type Device } from '../api/device.ts'
import { createFiles, type Files } from '../api/files.ts'
import { createNetwork, type Network } from '../api/network.ts'
import { createWorld, type World } from '../api/world.ts'
import { createClock, type Clock } from './clock.ts'
import { clone } from './clone.ts'
import { createControls, type Controls } from './controls.ts'
import { createElements, type Elements } from './elements.ts'
import { createEvents, type Events } from './events.ts'
import { createFaults, type Faults } from './faults.ts'
import { createGestures, type Gestures } from './gestures.ts'
import { createModules, type Modules } from './modules.ts'
import { createOpenTypes, type OpenTypes } from './open-types.ts'
import { createPages, type Pages } from './pages.ts'
import { createPhone, type Phone } from './phone.ts'
import { createProtocol, type Protocol } from './protocol.ts'
import type { AnyFunction, Bag, HostOptions } from './types.ts'
import { createUnits, type Units } from './units.ts'
import { defineWidgets } from './widgets/index.ts'

/** The parts of a running mini-program; each reaches the others through this object. */
export interface Host {
  options: HostOptions
  appJson: Bag
  /** Counts of setData calls and their size, for `Host.getStats` and for coming to rest. */
  stats: { setData: number; bytes: number }
  launchOptions: Bag
  faults: Faults
  clock: Clock
  events: Events
  units: Units
  modules: Modules
  phone: Phone
  pages: Pages
  elements: Elements
  controls: Controls
  openTypes: OpenTypes
  gestures: Gestures
  world: World
  network: Network
  device: Device
  files: Files
  api: Api
  protocol: Protocol
  /** A JSON file of the package, or undefined. */
  json(path: string): Bag | undefined
}

/** Starts the package: runs app.js, calls onLaunch and onShow, opens `url` or the first page, waits for rest. */
export async function launch(host: Host, url?: string): Promise<void> {
  const first = `/${host.appJson.entryPagePath ?? host.appJson.pages[0]}`
  const target = host.pages.parse(url ?? first)
  host.launchOptions = { path: target.path, query: target.query, scene: 1001, referrerInfo: {} }
  host.units.loadApp()
  host.pages.open(target)
  await host.clock.rest()
}

/** Builds a host that has not run anything yet. */
export function createHost(options: HostOptions): Host {
  const { pack, realm } = options
  const host = { options, stats: { setData: 0, bytes: 0 }, launchOptions: {} } as Host
  host.json = (path) => {
    const text = pack.files[path]
    return text === undefined ? undefined : JSON.parse(text) as Bag
  }
  host.appJson = host.json('app.json') ?? {}
  host.faults = createFaults(options.emit)
  easel.addGlobalErrorListener((error: unknown, meta) => { host.faults.report(error, String((meta as Bag | undefined)?.type ?? 'view')); return false })
  easel.addGlobalWarningListener((message) => { host.faults.log('warn', [String((message as unknown as Bag)?.message ?? message)]); return false })
  defineWidgets(host)
  host.clock = createClock(host)
  host.events = createEvents(host)
  host.units = createUnits(host)
  host.modules = createModules(host)
  host.phone = createPhone(host)
  host.pages = createPages(host)
  host.elements = createElements(host)
  host.controls = createControls(host)
  host.openTypes = createOpenTypes(host)
  host.gestures = createGestures(host)
  host.world = createWorld(host)
  host.network = createNetwork(host)
  host.files = createFiles()
  host.device = createDevice()
  host.api = createApi(host)
  host.protocol = createProtocol(host)
  const { setTimeout, clearTimeout } = host.clock
  const getCurrentPages: AnyFunction = () => host.pages.stack.map((page) => page.caller)
  realm.defineGlobals({
    [pack.platform === 'alipay' ? 'my' : 'wx']: host.api.surface, ...host.units.globals, getCurrentPages,
    __wxConfig: clone(host.appJson), setTimeout, clearTimeout,
  })
  return host
}
