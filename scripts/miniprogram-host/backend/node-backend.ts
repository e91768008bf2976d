/**
 * The quick backend: a jsdom window for the view, and a separate node:vm context for the app, which has neither browser
 * nor Node globals and no eval, as JavaScriptCore on a phone. It has no layout and cannot take pictures.
 */
import { JSDOM } from 'jsdom'
import vm from 'node:vm'
import type { createHost, launch } from '../core/host.ts'
import type { AnyFunction, Bag } from '../core/types.ts'
import { loadPackage } from '../package/read.ts'
import { createNet } from './net.ts'
import { ALIPAY_NAVIGATOR, coreScript, SHADOWED } from './realm-source.ts'
import type { Backend, BackendOptions } from './types.ts'

type Core = { createHost: typeof createHost; launch: typeof launch }

/** Starts a package; resolves when its first page is at rest. */
export async function startNodeBackend(options: BackendOptions): Promise<Backend> {
  const pack = loadPackage(options.dist, options.screen)
  const dom = new JSDOM('<!doctype html><html><head></head><body></body></html>', { runScripts: 'outside-only', pretendToBeVisual: true })
  dom.window.eval(await coreScript())
  const core = (dom.window as unknown as { MiniProgramHost: Core }).MiniProgramHost
  const net = createNet(options.reroute)

  // Filled below: the app's console and intervals may only be used once the host exists.
  const running: { host?: ReturnType<typeof createHost> } = {}
  const report = (error: unknown, where: string) => { running.host?.faults.report(error, where) }
  const speak = (type: string) => (...args: unknown[]) => { running.host?.faults.log(type, args) }
  const console = Object.fromEntries([
    ...['log', 'info', 'warn', 'error'].map((type) => [type, speak(type)]), ['debug', speak('log')],
    ...['group', 'groupEnd', 'time', 'timeEnd', 'assert', 'table'].map((name) => [name, () => {}]),
  ]) as Bag
  const globals: Bag = {
    console,
    setInterval: (work: AnyFunction, ms: number, ...args: unknown[]) => setInterval(() => { try { work(...args) } catch (error) { report(error, 'setInterval') } }, ms),
    clearInterval,
    ...(pack.platform === 'alipay' ? { navigator: ALIPAY_NAVIGATOR } : {}),
  }
  vm.createContext(globals, { codeGeneration: { strings: false, wasm: false } })
  // WeChat has `global`; Alipay hides `globalThis` from modules.
  vm.runInContext('var global = this; globalThis.WeixinJSBridge = undefined', globals)
  const hidden = pack.platform === 'alipay' ? [...SHADOWED.filter((name) => name !== 'navigator'), 'globalThis'] : SHADOWED

  const host = core.createHost({
    pack, emit: options.emit, screen: options.screen, world: options.world, privacyNeeded: options.privacyNeeded,
    realm: {
      window: dom.window as unknown as Window & typeof globalThis,
      paints: false,
      runModule(path, source, scope) {
        const names = ['require', 'module', 'exports', ...hidden]
        const module = vm.runInContext(`(function(${names.join(',')}){${source}\n})`, globals, { filename: `${pack.root}/${path}` }) as AnyFunction
        module(scope.require, scope.module, scope.exports)
      },
      defineGlobals: (names) => { Object.assign(globals, names) },
      evaluate: (source) => vm.runInContext(source, globals) as AnyFunction,
      setTimeout: (work, ms) => setTimeout(work, ms),
      clearTimeout: (id) => { clearTimeout(id as NodeJS.Timeout) },
      net: net.send,
      abortNet: net.abort,
    },
  })
  running.host = host
  const unhandled = (error: unknown) => { report(error, 'unhandled rejection') }
  process.on('unhandledRejection', unhandled)
  await core.launch(host, options.url)
  return {
    handle: (method, params) => host.protocol.handle(method, params),
    close: () => { process.off('unhandledRejection', unhandled); dom.window.close(); return Promise.resolve() },
  }
}
