/** The page stack and navigation, with the refusals the platforms have. */
import type { Host } from './host.ts'
import { resolvePath } from './modules.ts'
import type { AnyFunction, Bag, PageRecord } from './types.ts'

export interface Target { path: string; query: Record<string, string> }

export interface Pages {
  readonly stack: PageRecord[]
  /** The visible page. */
  top(): PageRecord
  /** The page with this id, or the visible one. */
  byId(id: number | undefined): PageRecord
  /** A url (`/a/b?x=1`, or relative to the visible page) as path and query; values stay encoded, as in WeChat. */
  parse(url: string): Target
  isTab(path: string): boolean
  /** Calls a hook of a page if it has one. */
  call(page: PageRecord | undefined, hook: string, ...args: unknown[]): unknown
  /** Opens a page on top of the stack. */
  open(target: Target): void
  navigateTo(url: string): void
  redirectTo(url: string): void
  reLaunch(url: string): void
  switchTab(url: string): void
  navigateBack(delta: number): void
}

const STACK_LIMIT = 10

/** All pages of app.json, subpackages included. */
export function listPages(appJson: Bag): string[] {
  const subpackages = (appJson.subPackages ?? appJson.subpackages ?? []) as { root: string; pages: string[] }[]
  return [...appJson.pages as string[], ...subpackages.flatMap((part) => part.pages.map((page) => `${part.root.replace(/\/$/, '')}/${page}`))]
}

/** The entries of the tab bar, in the platform's words (`text`/`iconPath` or `name`/`icon`). */
export const tabsOf = (appJson: Bag): Bag[] => appJson.tabBar?.list ?? appJson.tabBar?.items ?? []

export function createPages(host: Host): Pages {
  const known = new Set(listPages(host.appJson))
  const tabs = new Set(tabsOf(host.appJson).map((tab) => tab.pagePath as string))
  const stack: PageRecord[] = []
  const parkedTabs = new Map<string, PageRecord>()
  let nextId = 1

  const top = () => stack[stack.length - 1]!
  const call: Pages['call'] = (page, hook, ...args) => {
    const work = page?.caller[hook] as AnyFunction | undefined
    if (typeof work !== 'function') return undefined
    try { return work.apply(page!.caller, args) } catch (error) { host.faults.report(error, `${page!.path}#${hook}`); return undefined }
  }

  const create = ({ path, query }: Target): PageRecord => {
    host.units.load(path)
    const root = host.units.createPage(path)
    const caller = root.get() as Bag
    host.units.adoptSetData(caller)
    const { frame, placeholder } = host.phone.addFrame(path)
    const page: PageRecord = {
      id: nextId++, path, query, title: host.phone.titleOf(path), caller, component: root.getComponent() as unknown as PageRecord['component'],
      frame, element: frame, release: () => { root.release(); frame.remove() },
    }
    Object.defineProperties(caller, {
      route: { value: path, configurable: true, writable: true }, __route__: { value: path, configurable: true },
      options: { value: query, writable: true }, getPageId: { value: () => page.id }, __wxWebviewId__: { value: page.id },
    })
    stack.push(page)
    call(page, 'onLoad', { ...query })
    call(page, 'onShow')
    root.attach(frame as never, placeholder as never)
    page.element = frame.firstElementChild as HTMLElement
    host.phone.watchScroll(page)
    host.options.realm.window.setTimeout(() => { call(page, 'onReady') }, 0)
    return page
  }
  const destroy = (page: PageRecord | undefined) => {
    if (!page) return
    call(page, 'onUnload')
    page.release()
  }
  const show = (again: boolean) => {
    if (again) call(top(), 'onShow')
    host.phone.show(top(), stack.length > 1)
  }
  const wanted = (url: string, action: string): Target => {
    const target = pages.parse(url)
    if (!known.has(target.path)) throw new Error(`${action}:fail page "${target.path}" is not found`)
    return target
  }
  const open = (target: Target) => { create(target); show(false) }

  const pages: Pages = {
    stack,
    top,
    call,
    open,
    byId(id) {
      const page = id === undefined ? top() : stack.find((candidate) => candidate.id === id)
      if (!page) throw new Error(`page not found: ${id}`)
      return page
    },
    parse(url) {
      const [address = '', search = ''] = url.split('?')
      const path = address.startsWith('/') ? address.slice(1) : resolvePath(stack.length ? top().path : '', address)
      const query = Object.fromEntries(search.split('&').filter(Boolean).map((pair) => {
        const at = pair.indexOf('=')
        return at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)]
      }))
      return { path: path.replace(/\.html$/, ''), query }
    },
    isTab: (path) => tabs.has(path),
    navigateTo(url) {
      const target = wanted(url, 'navigateTo')
      if (tabs.has(target.path)) throw new Error('navigateTo:fail can not navigateTo a tabbar page')
      if (stack.length >= STACK_LIMIT) throw new Error(`navigateTo:fail page limit exceeded: ${STACK_LIMIT}`)
      call(top(), 'onHide')
      open(target)
    },
    redirectTo(url) {
      const target = wanted(url, 'redirectTo')
      if (tabs.has(target.path)) throw new Error('redirectTo:fail can not redirectTo a tabbar page')
      destroy(stack.pop())
      open(target)
    },
    reLaunch(url) {
      const target = wanted(url, 'reLaunch')
      while (stack.length) destroy(stack.pop())
      for (const page of parkedTabs.values()) destroy(page)
      parkedTabs.clear()
      open(target)
    },
    switchTab(url) {
      const { path } = wanted(url, 'switchTab')
      if (!tabs.has(path)) throw new Error('switchTab:fail can not switch to no-tabBar page')
      if (stack.length === 1 && top().path === path) return
      const [base, ...above] = stack.splice(0)
      for (const page of above.reverse()) destroy(page)
      if (base && tabs.has(base.path)) {
        if (!above.length) call(base, 'onHide')
        parkedTabs.set(base.path, base)
      } else destroy(base)
      const parked = parkedTabs.get(path)
      if (!parked) return open({ path, query: {} })
      parkedTabs.delete(path)
      stack.push(parked)
      show(true)
    },
    navigateBack(delta) {
      if (stack.length < 2) return
      for (let left = Math.min(delta, stack.length - 1); left > 0; left--) destroy(stack.pop())
      show(true)
    },
  }
  return pages
}
