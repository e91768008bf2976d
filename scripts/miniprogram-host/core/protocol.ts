/** The methods of the miniprogram-automator protocol, and a few of the host's own under `Host.`. */
import type { NetworkType } from '../api/network.ts'
import { SDK_VERSION } from '../api/system.ts'
import { clone, valueAt } from './clone.ts'
import { easelOf } from './events.ts'
import type { Host } from './host.ts'
import type { AnyFunction, Bag, ViewElement } from './types.ts'
import { drawnOn } from './widgets/canvas.ts'

export interface Protocol {
  readonly methods: string[]
  /** Answers one request of the client; rejects with the message to send back. */
  handle(method: string, params?: Bag): Promise<unknown>
}

type Method = (params: Bag) => unknown

export function createProtocol(host: Host): Protocol {
  const { realm, emit } = host.options
  const element = (params: Bag): ViewElement => host.elements.byId(params.elementId as string)
  const page = (params: Bag) => host.pages.byId(params.pageId as number | undefined)
  const first = (found: ViewElement[]): Bag => {
    if (!found[0]) throw new Error('no such element')
    return host.elements.handle(found[0])
  }
  const each = (found: ViewElement[]): Bag => ({ elements: found.map((one) => host.elements.handle(one)) })
  const place = () => { const { id, path, query } = host.pages.top(); return { pageId: id, path, query } }
  const evaluate = (declaration: string, args: unknown[], self: unknown = null): unknown => realm.evaluate(`(${declaration})`).apply(self, args)
  const method = (owner: Bag, name: string, kind: string): AnyFunction => {
    if (typeof owner[name] !== 'function') throw new Error(`${kind}.${name} is not a function`)
    return owner[name] as AnyFunction
  }
  /** Does something and answers once the app is at rest. */
  const acting = (work: Method): Method => async (params) => { const result = await work(params); await host.clock.rest(); return result }
  const touch = (type: string): Method => acting((params) => {
    host.events.fire(element(params), type, {}, { touches: params.touches ?? [], changedTouches: params.changedTouches ?? params.changeTouches ?? [] })
  })

  const app: Record<string, Method> = {
    'Tool.getInfo': () => ({ SDKVersion: SDK_VERSION, version: 'miniprogram-host', platform: host.options.pack.platform }),
    'Tool.close': () => ({}),
    'Tool.native': acting((params) => { native(params.method as string, (params.data ?? {}) as Bag) }),
    'App.exit': () => ({}),
    'App.enableLog': () => { host.faults.enableLog() },
    'App.getPageStack': () => ({ pageStack: host.pages.stack.map(({ id, path, query }) => ({ pageId: id, path, query })) }),
    'App.getCurrentPage': place,
    'App.callWxMethod': acting(async (params) => ({ result: await host.api.call(params.method as string, (params.args ?? []) as unknown[]) })),
    'App.mockWxMethod'(params) {
      const { method: name, functionDeclaration, result, args = [] } = params
      if (functionDeclaration) {
        const self = { origin: (...given: unknown[]) => host.api.original(name as string, given) }
        host.api.mock(name as string, (...given: unknown[]) => evaluate(functionDeclaration as string, [...given, ...args as unknown[]], self))
      } else host.api.mock(name as string, result === undefined ? undefined : { result })
    },
    'App.callFunction': acting(async (params) => ({ result: await evaluate(params.functionDeclaration as string, (params.args ?? []) as unknown[]) })),
    'App.addBinding': (params) => { realm.defineGlobals({ [params.name as string]: (...args: unknown[]) => { emit('App.bindingCalled', { name: params.name, args: clone(args) }) } }) },
    async 'App.captureScreenshot'() {
      if (!realm.screenshot) throw new Error('screenshots need the chromium backend')
      return { data: await realm.screenshot() }
    },
  }

  const pages: Record<string, Method> = {
    'Page.getElement': (params) => first(host.elements.inPage(page(params), params.selector as string)),
    'Page.getElements': (params) => each(host.elements.inPage(page(params), params.selector as string)),
    'Page.getElementByXpath': (params) => first(host.elements.byXpath(page(params), params.selector as string)),
    'Page.getElementsByXpath': (params) => each(host.elements.byXpath(page(params), params.selector as string)),
    'Page.getData': (params) => ({ data: clone(valueAt(page(params).caller.data, params.path as string)) }),
    'Page.setData': acting((params) => { page(params).caller.setData(params.data) }),
    'Page.callMethod': acting(async (params) => {
      const { caller } = page(params)
      return { result: clone(await method(caller, params.method as string, 'page').apply(caller, (params.args ?? []) as unknown[]) as unknown) }
    }),
    'Page.getWindowProperties': (params) => ({ properties: (params.names as string[]).map((name) => windowProperty(page(params).element, name)) }),
  }

  const elements: Record<string, Method> = {
    'Element.getElement': (params) => first(host.elements.inElement(element(params), params.selector as string)),
    'Element.getElements': (params) => each(host.elements.inElement(element(params), params.selector as string)),
    'Element.getOffset'(params) {
      const { left, top } = element(params).getBoundingClientRect()
      const current = host.pages.top()
      const origin = current.frame.getBoundingClientRect()
      return { left: left - origin.left, top: top - origin.top + current.element.scrollTop }
    },
    'Element.getAttributes': (params) => ({ attributes: (params.names as string[]).map((name) => host.elements.attribute(element(params), name)) }),
    'Element.getDOMProperties': (params) => ({ properties: (params.names as string[]).map((name) => name === 'innerText' ? host.elements.text(element(params)) : (element(params) as unknown as Bag)[name] as unknown) }),
    'Element.getProperties': (params) => ({ properties: (params.names as string[]).map((name) => host.elements.property(element(params), name)) }),
    'Element.getStyles': (params) => ({ styles: (params.names as string[]).map((name) => realm.window.getComputedStyle(element(params)).getPropertyValue(name)) }),
    'Element.getWXML': (params) => ({ wxml: host.elements.wxml(element(params), params.type === 'outer') }),
    'Element.tap': acting((params) => { host.gestures.tap(element(params)) }),
    'Element.touchstart': touch('touchstart'),
    'Element.touchmove': touch('touchmove'),
    'Element.touchend': touch('touchend'),
    'Element.triggerEvent': acting((params) => { host.events.fire(element(params), params.type as string, params.detail ?? {}) }),
    'Element.dispatchEvent': acting((params) => {
      host.events.fire(element(params), params.eventName as string, params.detail ?? {}, { touches: params.touches ?? [], changedTouches: params.changedTouches ?? params.changeTouches ?? [] })
    }),
    'Element.callFunction': acting((params) => ({ result: host.gestures.call(params.functionName as string, element(params), (params.args ?? []) as unknown[]) })),
    'Element.getData': (params) => ({ data: clone(valueAt(easelOf(element(params)).data, params.path as string)) }),
    'Element.setData': acting((params) => { easelOf(element(params)).getMethodCaller().setData(params.data) }),
    'Element.callMethod': acting(async (params) => {
      const caller = easelOf(element(params)).getMethodCaller()
      return { result: clone(await method(caller, params.method as string, 'component').apply(caller, (params.args ?? []) as unknown[]) as unknown) }
    }),
  }

  /** What DevTools does not have: reading what the phone showed and did, and changing the world around it. */
  const own: Record<string, Method> = {
    'Host.findAll': (params) => each(host.elements.all(page(params).frame, params.selector as string)),
    'Host.findByText': (params) => each(host.elements.byText(page(params), params.text as string)),
    'Host.getDialogs': () => ({ history: host.phone.dialogs.history, open: host.phone.dialogs.open() ?? null }),
    'Host.answerDialog': acting((params) => { host.phone.dialogs.answer(params) }),
    'Host.getDone': () => ({ done: host.api.done }),
    'Host.getDrawn': (params) => ({ calls: drawnOn(element(params)) }),
    'Host.getStats': () => ({ ...host.stats }),
    'Host.setNetwork': acting((params) => { host.network.change(params.type as NetworkType) }),
    'Host.setWorld': (params) => { host.world.set(params) },
    'Host.setDevice': (params) => { Object.assign(host.device, params) },
  }

  const native = (name: string, data: Bag): void => {
    const actions: Record<string, () => void> = {
      confirmModal: () => { host.phone.dialogs.answer({ confirm: true }) },
      cancelModal: () => { host.phone.dialogs.answer({ confirm: false }) },
      navigateLeft: () => { host.pages.navigateBack(1) },
      goHome: () => { host.pages.reLaunch(`/${host.appJson.pages[0]}`) },
      switchTab: () => { host.pages.switchTab(String(data.url)) },
    }
    if (!actions[name]) throw new Error(`Tool.native does not know ${name}`)
    actions[name]()
  }

  const table = { ...app, ...pages, ...elements, ...own }
  return {
    methods: Object.keys(table),
    async handle(name, params = {}) {
      const work = table[name]
      if (!work) throw new Error(`unimplemented automator method: ${name}`)
      return await work(params) ?? {}
    },
  }
}

/** The client asks for the page's size and scroll position by the names they have in a web view of its own. */
function windowProperty(page: HTMLElement, name: string): unknown {
  const asked = /^document\.(?:documentElement|body)\.(scrollTop|scrollWidth|scrollHeight)$/.exec(name)
  return asked ? (page as unknown as Bag)[asked[1]!] as unknown : undefined
}
