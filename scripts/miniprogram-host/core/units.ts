/**
 * App, Page, Component and Behavior: what the package registers, handed to glass-easel's mini-program adapter.
 * A unit is a page or component: its script, template and configuration under one path.
 */
import * as easel from 'glass-easel'
import { MiniProgramEnv } from 'glass-easel-miniprogram-adapter'
import { clone, valueAt } from './clone.ts'
import type { Host } from './host.ts'
import { resolvePath } from './modules.ts'
import { domTag } from './tags.ts'
import type { AnyFunction, Bag } from './types.ts'

export interface Units {
  /** App, Page, Component, Behavior, getApp: names in the app's global scope. */
  globals: Bag
  /** Runs app.js and the app's onLaunch and onShow. */
  loadApp(): void
  /** Registers the unit at `path` and all components it uses. */
  load(path: string): void
  /** Creates an instance of a page. */
  createPage(path: string): ReturnType<ReturnType<MiniProgramEnv['associateBackend']>['createRoot']>
  /** Teaches a page object setData as the platform has it. */
  adoptSetData(caller: Bag): void
  app(): Bag | undefined
}

/** Taro writes `cn.[0].v` for the path `cn[0].v`. */
const plainPath = (path: string): string => path.replace(/\.\[/g, '[')

/** glass-easel writes ids with a scope prefix; `#id` selectors of the automator and of selector queries want them plain. */
function writePlainIds(): void {
  const own = Object.getOwnPropertyDescriptor(easel.Element.prototype, 'id')!
  Object.defineProperty(easel.Element.prototype, 'id', {
    ...own,
    set(this: { $$?: HTMLElement }, value: string) {
      own.set!.call(this, value)
      if (this.$$ && 'id' in this.$$) this.$$.id = String(value)
    },
  })
}

/** glass-easel writes an undefined attribute as an empty one, which would make every button match `[disabled]`. */
function dropUndefinedAttributes(): void {
  const write = easel.Element.prototype.setAttribute
  easel.Element.prototype.setAttribute = function (this: easel.Element & { $$?: HTMLElement }, name: string, value: unknown) {
    write.call(this, name, value)
    if (value === undefined || value === null) this.$$?.removeAttribute(name)
  }
}

/** Elements of the view: built-in tags prefixed, `rpx` in inline styles turned into pixels of the drawn phone. */
function viewDocument(host: Host): easel.CurrentWindowBackendContext['document'] {
  const { document } = host.options.realm.window
  const toPixels = (style: string) => style
    .replace(/(-?[\d.]+)rpx\b/g, (_, n: string) => `${(Number(n) * host.options.screen.width) / 750}px`)
    .replace(/(-?[\d.]+)vh\b/g, (_, n: string) => `calc(var(--host-vh) * ${n})`)
  const createElement = (tag: string) => {
    const element = document.createElement(domTag(tag))
    const set = element.setAttribute.bind(element)
    element.setAttribute = (name, value) => { set(name, name === 'style' ? toPixels(value) : value) }
    return element
  }
  return {
    createElement,
    createTextNode: (content: string) => document.createTextNode(content),
    createDocumentFragment: () => document.createDocumentFragment(),
  } as unknown as easel.CurrentWindowBackendContext['document']
}

/** Property types are constructors of the app's realm; the view compares them with its own. */
function localType(realmWindow: Bag, type: unknown): unknown {
  return typeof type === 'function' ? realmWindow[type.name] ?? type : type
}

export function createUnits(host: Host): Units {
  const { pack, realm } = host.options
  const { window } = realm
  writePlainIds()
  dropUndefinedAttributes()
  const environment = new MiniProgramEnv()
  const space = environment.createCodeSpace('', true)
  const backend = new easel.CurrentWindowBackendContext()
  // Not in the published types, but what glass-easel's own default backend is given.
  backend.onEvent((easel.Event as unknown as { triggerBackendEvent: Parameters<typeof backend.onEvent>[0] }).triggerBackendEvent)
  backend.document = viewDocument(host)
  const associated = environment.associateBackend(backend as unknown as easel.GeneralBackendContext)
  // The templates must be made of this realm's objects: glass-easel checks them with instanceof.
  const templates = new (window as Bag).Function(`return ${pack.templates}`)() as Record<string, unknown>

  const registered = new Set<string>()
  let loading = 'app'
  let app: Bag | undefined

  const guardProperties = (unit: string, properties: Bag): Bag => Object.fromEntries(Object.entries(properties).map(([name, value]) => {
    if (typeof value !== 'object' || value === null) return [name, localType(window, value)]
    const observer = typeof value.observer === 'function' ? { observer: host.events.guard(value.observer as AnyFunction, `${unit}#observer`) } : {}
    const optional = value.optionalTypes ? { optionalTypes: (value.optionalTypes as unknown[]).map((type) => localType(window, type)) } : {}
    return [name, { ...value, type: localType(window, value.type), ...optional, ...observer }]
  }))
  const guardAll = (unit: string, methods: Bag): Bag => Object.fromEntries(Object.entries(methods)
    .map(([name, value]) => [name, typeof value === 'function' ? host.events.guard(value as AnyFunction, `${unit}#${name}`) : value]))

  const globals: Bag = {
    App: (definition: Bag) => { app = definition; host.faults.watch(definition); return definition },
    getApp: () => app,
    Page: (definition: Bag) => { space.componentEnv(loading, ({ Page }) => Page(guardAll(loading, definition))) },
    Component: (definition: Bag) => {
      const unit = loading
      const own = { ...definition, properties: guardProperties(unit, definition.properties ?? {}), methods: guardAll(unit, definition.methods ?? {}) }
      space.componentEnv(unit, ({ Component }) => Component(own as Bag))
    },
    Behavior: (definition: Bag) => space.componentEnv(loading, ({ Behavior }) => Behavior(definition as Bag)),
  }

  /** Announces configuration and template of a unit; returns the components it uses. */
  const announce = (unit: string): string[] => {
    const config = host.json(`${unit}.json`) ?? {}
    const usingComponents: Record<string, string> = {}
    for (const [name, target] of Object.entries({ ...host.appJson.usingComponents, ...config.usingComponents } as Record<string, string>)) {
      const path = resolvePath(`${unit}.json`, target)
      if (templates[path]) usingComponents[name] = `/${path}`
    }
    space.addComponentStaticConfig(unit, { ...config, styleIsolation: 'shared', usingComponents } as Bag)
    const content = templates[unit]
    if (content) space.addCompiledTemplate(unit, { groupList: templates, content, fallbackListenerOnNativeNode: true, updateMode: 'virtualTree' } as unknown as easel.template.ComponentTemplate)
    return Object.values(usingComponents).map((path) => path.slice(1))
  }

  const run = (unit: string) => {
    const before = loading
    loading = unit
    try {
      if (pack.files[`${unit}.js`] !== undefined) host.modules.load(`${unit}.js`)
    } finally {
      loading = before
    }
  }

  const units: Units = {
    globals,
    app: () => app,
    loadApp() {
      run('app')
      if (!app) throw new Error('app.js did not call App()')
      for (const hook of ['onLaunch', 'onShow']) if (app[hook]) host.events.guard(app[hook] as AnyFunction, `app#${hook}`).call(app, clone(host.launchOptions))
    },
    load(path) {
      if (registered.has(path)) return
      registered.add(path)
      for (const used of announce(path)) units.load(used)
      run(path)
    },
    createPage: (path) => associated.createRoot('page', space, path),
    adoptSetData(caller) {
      const original = caller.setData as AnyFunction
      caller.setData = function (this: unknown, data: Bag = {}, done?: AnyFunction) {
        host.stats.setData++
        host.stats.bytes += JSON.stringify(data).length
        original.call(this, Object.fromEntries(Object.entries(data).map(([path, value]) => [plainPath(path), clone(value)])))
        if (done) window.setTimeout(host.events.guard(done, 'setData callback').bind(this), 0)
      }
      if (pack.platform !== 'alipay') return
      caller.$batchedUpdates = (work: AnyFunction) => work()
      caller.$spliceData = function (this: Bag, data: Record<string, [number, number, ...unknown[]]>, done?: AnyFunction) {
        const changed = Object.entries(data).map(([path, splice]) => {
          const list = [...((valueAt(this.data, plainPath(path)) as unknown[] | undefined) ?? [])]
          list.splice(...splice)
          return [path, list]
        })
        this.setData(Object.fromEntries(changed), done)
      }
    },
  }
  return units
}
