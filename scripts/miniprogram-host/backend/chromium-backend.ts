/**
 * The painting backend: view and app in one Chromium page, with real CSS, layout, images and screenshots. The app's
 * modules are wrapped so that browser globals are undefined for them.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Page } from 'playwright-core'
import type { createHost, launch } from '../core/host.ts'
import type { AnyFunction, Bag, NetRequest, Realm } from '../core/types.ts'
import { loadPackage } from '../package/read.ts'
import { createNet } from './net.ts'
import { ALIPAY_NAVIGATOR, coreScript, SHADOWED } from './realm-source.ts'
import type { Backend, BackendOptions } from './types.ts'

const FLAGS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
  '--font-render-hinting=none', '--hide-scrollbars',
]

type InPage = Window & typeof globalThis & {
  MiniProgramHost: { createHost: typeof createHost; launch: typeof launch }
  running: ReturnType<typeof createHost>
  hostNet: Realm['net']; hostAbort: Realm['abortNet']; hostEmit: BackendOptions['emit']; hostShot: () => Promise<string>
}

/** Runs inside the page: builds the realm and starts the package. */
async function startInPage({ settings, shadowed, navigator, url }: { settings: Bag; shadowed: string[]; navigator: Bag | undefined; url: string | undefined }): Promise<void> {
  const page = window as unknown as InPage
  const globals: Bag = {}
  const speak = (type: string) => (...args: unknown[]) => { page.running?.faults.log(type, args) }
  const silent = () => {}
  const console = {
    log: speak('log'), info: speak('info'), warn: speak('warn'), error: speak('error'), debug: speak('log'),
    group: silent, groupEnd: silent, time: silent, timeEnd: silent, assert: silent, table: silent,
  }
  // Calling or constructing Function is refused; `x instanceof Function` goes on working.
  const refuse = () => { throw new EvalError('Code generation from strings disallowed for this context') }
  const noFunction = new Proxy(Function, { apply: refuse, construct: refuse })
  const compile = (source: string, scope: Bag): unknown => {
    const names: Bag = { ...Object.fromEntries(shadowed.map((name) => [name, undefined])), Function: noFunction, console, global: globals, ...(navigator ? { navigator } : {}), ...globals, ...scope }
    return new Function(...Object.keys(names), source).apply(undefined, Object.values(names)) as unknown
  }
  const host = page.MiniProgramHost.createHost({
    ...settings as Parameters<typeof createHost>[0],
    emit: (method, params) => { page.hostEmit(method, params) },
    realm: {
      window: page,
      paints: true,
      runModule: (path, source, scope) => { compile(`${source}\n//# sourceURL=${path}`, scope) },
      defineGlobals: (names) => { Object.assign(globals, names) },
      evaluate: (source) => compile(`return ${source}`, {}) as AnyFunction,
      setTimeout: (work, ms) => window.setTimeout(work, ms),
      clearTimeout: (id) => { window.clearTimeout(id as number) },
      net: (request) => page.hostNet(request),
      abortNet: (id) => { page.hostAbort(id) },
      screenshot: () => page.hostShot(),
    },
  })
  page.running = host
  window.addEventListener('unhandledrejection', (event) => { host.faults.report(event.reason, 'unhandled rejection') })
  window.addEventListener('error', (event) => { host.faults.report(event.error ?? event.message, 'script') })
  await page.MiniProgramHost.launch(host, url)
}

/** Fonts and images are there before a picture is taken. */
async function settlePaint(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await document.fonts.ready
    const images = [...document.querySelectorAll('wx-image')].map((element) => element.shadowRoot?.querySelector('img')).filter((image) => image?.src)
    await Promise.all(images.map((image) => image!.decode().catch(() => {})))
    await new Promise<void>((done) => { requestAnimationFrame(() => { requestAnimationFrame(() => { done() }) }) })
  })
}

/** Starts a package; resolves when its first page is at rest. Chromium is Debian's, or CHROMIUM names another. */
export async function startChromiumBackend(options: BackendOptions): Promise<Backend> {
  const { root: _root, diagnostics: _diagnostics, ...pack } = loadPackage(options.dist, options.screen)
  const profile = mkdtempSync(join(tmpdir(), 'miniprogram-host-'))
  const { width, height, pixelRatio } = options.screen
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', headless: true, handleSIGTERM: false, handleSIGINT: false, handleSIGHUP: false,
    viewport: { width, height }, deviceScaleFactor: pixelRatio, hasTouch: true, locale: 'zh-CN', args: FLAGS,
  })
  const page = context.pages()[0] ?? await context.newPage()
  const net = createNet(options.reroute)
  await page.exposeFunction('hostNet', (request: NetRequest) => net.send(request))
  await page.exposeFunction('hostAbort', (id: number) => { net.abort(id) })
  await page.exposeFunction('hostEmit', options.emit)
  await page.exposeFunction('hostShot', async () => {
    await settlePaint(page)
    return (await page.screenshot()).toString('base64')
  })
  await page.setContent('<!doctype html><html lang="zh-CN"><head><meta name="viewport" content="width=device-width,initial-scale=1"></head><body></body></html>')
  await page.addScriptTag({ content: await coreScript() })
  await page.evaluate(startInPage, {
    settings: { pack, screen: options.screen, world: options.world, privacyNeeded: options.privacyNeeded },
    shadowed: SHADOWED, navigator: pack.platform === 'alipay' ? ALIPAY_NAVIGATOR : undefined, url: options.url,
  })
  return {
    handle: (method, params) => page.evaluate(([name, given]) => (window as unknown as InPage).running.protocol.handle(name as string, given as Bag), [method, params ?? {}] as const),
    async close() {
      await context.close().catch(() => {})
      rmSync(profile, { recursive: true, force: true })
    },
  }
}
