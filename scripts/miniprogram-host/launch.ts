/**
 * Opens a mini-program for a journey: starts the host (or connects to the real WeChat DevTools when MP_WS names it), and
 * wraps the automator in the few verbs a journey needs. What the host alone can do stands under `phone`.
 */
import automator from 'miniprogram-automator'
import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Device } from './api/device.ts'
import type { NetworkType } from './api/network.ts'
import type { Said } from './core/dialogs.ts'
import { tabsOf } from './core/pages.ts'
import type { Bag, Platform } from './core/types.ts'

export interface LaunchOptions {
  /** Folder of the compiled package. */
  dist: string
  platform: Platform
  /** `node` starts in a second; `chromium` paints. Default: MPHOST_BACKEND or node. */
  backend?: 'node' | 'chromium'
  /** Base address of the simulator. Default: MPHOST_WORLD. */
  world?: string
  /** The person's phone number. Default: MPHOST_PHONE. */
  phone?: string
  /** First page with query. */
  url?: string
  /** Pixels per point of pictures. */
  scale?: 1 | 2 | 3
  /** How long the helpers wait for what should appear. */
  waitMs?: number
  /** `agreed`: the member has accepted the privacy guideline before. */
  privacy?: 'needed' | 'agreed'
  /** `FROM=TO`: the origin compiled into the package, and where that server listens for this journey. */
  reroute?: string
}

export type MiniProgram = Awaited<ReturnType<typeof automator.connect>>
export type Page = NonNullable<Awaited<ReturnType<MiniProgram['currentPage']>>>
export type Element = InstanceType<typeof automator.Element>

type Wire = { send(method: string, params?: Bag): Promise<Bag> }
/** What the client's own objects keep private, and its author calls them by. */
interface Inner { id: number; connection: Wire; elementMap: Map<string, Element> }

const DEFAULT_WAIT_MS = 20_000
const POLL_MS = 40

/** Tries until `work` answers something truthy; the error says what was awaited and what was there. */
async function eventually<T>(work: () => Promise<T | null | undefined | false>, what: () => Promise<string> | string, timeoutMs: number): Promise<T> {
  for (const deadline = Date.now() + timeoutMs; ;) {
    const result = await work().catch(() => undefined)
    if (result) return result
    if (Date.now() > deadline) throw new Error(`waited ${timeoutMs} ms for ${await what()}`)
    await new Promise((done) => setTimeout(done, POLL_MS))
  }
}

/** Starts the host in its own process on a port that it chooses; resolves when it listens, rejects with what it said when it dies. */
async function startHost(options: LaunchOptions): Promise<{ child: ChildProcess; endpoint: string }> {
  const given: Record<string, string | number | undefined> = {
    project: resolve(options.dist), 'auto-port': 0, backend: options.backend, world: options.world, phone: options.phone, url: options.url,
    scale: options.scale, privacy: options.privacy, reroute: options.reroute,
  }
  const flags = Object.entries(given).flatMap(([name, value]) => value === undefined ? [] : [`--${name}`, String(value)])
  const child = spawn(process.execPath, [fileURLToPath(new URL('./cli.ts', import.meta.url)), 'auto', '--until-parent-ends', ...flags], { stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  const endpoint = await new Promise<string>((done, fail) => {
    const hear = (data: Buffer) => {
      said += data.toString()
      const address = / listens on (ws:\S+) /.exec(said)?.[1]
      if (address) done(address)
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.once('exit', (code) => { fail(new Error(`the mini-program host ended with ${code}:\n${said}`)) })
  })
  return { child, endpoint }
}

/** Starts or connects, and waits for the first page. */
export async function launchMiniProgram(options: LaunchOptions) {
  const real = process.env.MP_WS || undefined
  const patience = options.waitMs ?? DEFAULT_WAIT_MS
  const { child, endpoint } = real ? { child: undefined, endpoint: real } : await startHost(options)
  const mp: MiniProgram = await automator.connect({ wsEndpoint: endpoint })
  const wire = (mp as unknown as Inner).connection
  const exceptions: { text: string; stack?: string; where?: string }[] = []
  const consoleErrors: string[] = []
  mp.on('exception', (event: Bag) => { exceptions.push((event.exceptionDetails ?? event) as typeof exceptions[number]) })
  mp.on('console', (line: { type: string; args: unknown[] }) => { if (line.type === 'error') consoleErrors.push(line.args.map(String).join(' ')) })
  const appJson = existsSync(join(options.dist, 'app.json')) ? JSON.parse(readFileSync(join(options.dist, 'app.json'), 'utf8')) as Bag : {}
  const tabs = new Set(tabsOf(appJson).map((tab) => String(tab.pagePath)))

  const page = async (): Promise<Page> => {
    const current = await mp.currentPage()
    if (!current) throw new Error('no page is open')
    return current
  }
  const known = (current: Inner, found: Bag): Element[] => (found.elements as Bag[])
    .map((one) => automator.Element.create(wire as never, { ...one, pageId: current.id } as never, current.elementMap))
  /** All elements of a selector. The host also looks into components (Taro hides content below level 15 in them), DevTools does not. */
  const findAll = async (selector: string): Promise<Element[]> => {
    const current = await page()
    if (real) return current.$$(selector)
    return known(current as unknown as Inner, await wire.send('Host.findAll', { pageId: (current as unknown as Inner).id, selector }))
  }
  const find = async (selector: string): Promise<Element | undefined> => (await findAll(selector))[0]
  /** The innermost elements that show exactly this text. The host finds them itself; DevTools is asked element by element. */
  const findText = async (text: string): Promise<Element[]> => {
    const current = await page() as unknown as Inner
    if (!real) return known(current, await wire.send('Host.findByText', { pageId: current.id, text }))
    const matching: Element[] = []
    for (const element of await findAll('view,text,button,label')) if ((await element.text()).trim() === text) matching.push(element)
    return matching.slice(-1)
  }
  const pageText = async (): Promise<string> => (await (await page()).$('page'))?.text() ?? ''
  /** A selector when it looks like one, otherwise the text a person reads. */
  const target = async (what: string): Promise<Element> => eventually(
    async () => /^[.#[]|^[a-z-]+$|^[a-z-]+[.#[ >]/.test(what) ? await find(what) : (await findText(what))[0],
    async () => `${what} on ${(await page()).path}, which shows:\n${await pageText()}`,
    patience,
  )
  const hostOnly = async (method: string, params: Bag = {}): Promise<Bag> => {
    if (real) throw new Error(`${method} works in the host only, not in DevTools`)
    return wire.send(method, params)
  }

  return {
    /** True when DevTools runs the mini-program: `phone` is not available. */
    real: real !== undefined,
    /** Where the automator is connected; another may connect there too. */
    endpoint,
    mp, page, find, findAll, findText, pageText, exceptions, consoleErrors,
    /** Text of the first element of a selector; waits until it is there. */
    text: async (selector: string): Promise<string> => (await target(selector)).text(),
    /** Taps a selector, or the element that shows a text. */
    tap: async (what: string): Promise<void> => { await (await target(what)).tap() },
    /** Types into an input or textarea. */
    fill: async (selector: string, value: string): Promise<void> => {
      await ((await target(selector)) as Element & { input(text: string): Promise<void> }).input(value)
    },
    /** Waits until the page shows a text (or matches a pattern). */
    waitText: (wanted: string | RegExp, timeoutMs = patience): Promise<string> => eventually(
      async () => { const shown = await pageText(); return (typeof wanted === 'string' ? shown.includes(wanted) : wanted.test(shown)) && shown },
      async () => `${String(wanted)} on ${(await page()).path}, which shows:\n${await pageText()}`, timeoutMs,
    ),
    /** Waits until the page at this path is the visible one. */
    waitPage: async (path: string, timeoutMs = patience): Promise<Page> => eventually(
      async () => { const current = await page(); return current.path === path.replace(/^\//, '') && current },
      async () => `page ${path}; the visible one is ${(await page()).path}`, timeoutMs,
    ),
    /** Opens an address as a link would (tab pages by switchTab), or by the call named. */
    async go(url: string, how?: 'navigateTo' | 'redirectTo' | 'reLaunch' | 'switchTab'): Promise<Page> {
      const path = url.replace(/^\//, '').split('?')[0]!
      await mp.callWxMethod(how ?? (tabs.has(path) ? 'switchTab' : 'navigateTo'), { url: `/${url.replace(/^\//, '')}` })
      return eventually(async () => { const current = await page(); return current.path === path && current }, () => `page ${path}`, patience)
    },
    back: async (delta = 1): Promise<void> => { await mp.callWxMethod('navigateBack', { delta }) },
    confirm: async (): Promise<void> => { await mp.native().confirmModal() },
    cancel: async (): Promise<void> => { await mp.native().cancelModal() },
    /** Saves a picture of the whole screen (chromium backend or DevTools). */
    async screenshot(path: string): Promise<void> {
      mkdirSync(dirname(resolve(path)), { recursive: true })
      await mp.screenshot({ path })
    },
    /** What only the host can tell or change; refuses in DevTools. */
    phone: {
      dialogs: async () => await hostOnly('Host.getDialogs') as { history: Said[]; open: Said | null },
      done: async () => (await hostOnly('Host.getDone')).done as { name: string; detail: Bag }[],
      drawn: async (selector: string) => (await hostOnly('Host.getDrawn', { elementId: ((await target(selector)) as unknown as { id: string }).id })).calls as unknown[][],
      choose: async (index: number) => { await hostOnly('Host.answerDialog', { index }) },
      network: async (type: NetworkType) => { await hostOnly('Host.setNetwork', { type }) },
      become: async (phone: string) => { await hostOnly('Host.setWorld', { phone }) },
      connect: async (url: string) => { await hostOnly('Host.setWorld', { url }) },
      set: async (device: Partial<Device>) => { await hostOnly('Host.setDevice', device) },
    },
    /** Leaves DevTools open; ends the host. */
    async close(): Promise<void> {
      mp.disconnect()
      if (!child || child.exitCode !== null) return
      const gone = new Promise((done) => child.once('exit', done))
      child.kill()
      await gone
    },
  }
}

export type Journey = Awaited<ReturnType<typeof launchMiniProgram>>
