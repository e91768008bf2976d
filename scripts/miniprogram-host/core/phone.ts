/**
 * The phone around the pages: status bar, navigation bar with capsule, tab bar, toasts and dialogs, and the style sheets
 * of the visible page. Drawn in both views; only Chromium shows it.
 */
import { createDialogs, type Dialogs } from './dialogs.ts'
import type { Host } from './host.ts'
import { tabsOf } from './pages.ts'
import { PHONE_CSS, WIDGET_CSS } from './phone-css.ts'
import type { Bag, PageRecord } from './types.ts'

export const NAV_BAR = 44
export const TAB_BAR = 49

export interface Phone {
  dialogs: Dialogs
  /** Titles, badges and the rest that API calls change. */
  titleOf(path: string): string
  setTitle(title: string): void
  setNavColours(front: string | undefined, back: string | undefined): void
  setTabBadge(index: number, text: string | undefined): void
  /** The frame of a new page; the page's root takes the placeholder's place. */
  addFrame(path: string): { frame: HTMLElement; placeholder: HTMLElement }
  /** Shows a page with its bars and its style sheets. */
  show(page: PageRecord, canGoBack: boolean): void
  /** Turns scrolling of a page into onPageScroll and onReachBottom. */
  watchScroll(page: PageRecord): void
  /** Width and height in pixels of a page's window and its distance from the top of the screen. */
  windowOf(path: string): { width: number; height: number; top: number }
}

/** Rows of `<div>` with a class; text is set as text. */
function box(document: Document, className: string, text = ''): HTMLElement {
  const element = document.createElement('div')
  element.className = className
  element.textContent = text
  return element
}

function addSheet(document: Document, name: string, css: string): HTMLStyleElement {
  const sheet = document.createElement('style')
  sheet.setAttribute('data-sheet', name)
  sheet.textContent = css
  document.head.appendChild(sheet)
  return sheet
}

/** The page's own settings over the application's, in one vocabulary for both platforms. */
function windowSettings(host: Host, path: string): { title: string; back: string; front: string; custom: boolean; reachBottom: number } {
  const settings: Bag = { ...host.appJson.window, ...host.json(`${path}.json`) }
  return {
    title: settings.navigationBarTitleText ?? settings.defaultTitle ?? '',
    back: settings.navigationBarBackgroundColor ?? settings.titleBarColor ?? '#ffffff',
    front: settings.navigationBarTextStyle === 'white' ? '#ffffff' : '#000000',
    custom: settings.navigationStyle === 'custom' || settings.transparentTitle === 'always',
    reachBottom: Number(settings.onReachBottomDistance ?? 50),
  }
}

export function createPhone(host: Host): Phone {
  const { pack, realm, screen } = host.options
  const { document } = realm.window
  addSheet(document, 'widgets', WIDGET_CSS)
  addSheet(document, 'phone', PHONE_CSS)
  addSheet(document, 'app', pack.styles.app ?? '')
  const components = Object.keys(pack.files).filter((path) => path.endsWith('.json') && host.json(path)?.component).map((path) => path.slice(0, -5))
  for (const path of components) if (pack.styles[path]) addSheet(document, path, pack.styles[path])
  const pageSheet = addSheet(document, 'page', '')

  const display = box(document, 'host-screen')
  const navBar = box(document, 'host-nav')
  const tabBar = box(document, 'host-tabs')
  const frames = box(document, 'host-frames')
  display.append(frames, navBar, tabBar)
  document.body.appendChild(display)

  /** With a custom tab bar the package draws its own, and the page reaches to the foot of the screen. */
  const bar = host.appJson.tabBar as Bag | undefined
  const ownBar = Boolean(bar?.custom ?? bar?.customize)
  const hasBar = (path: string) => !ownBar && host.pages.isTab(path)

  const badges = new Map<number, string>()
  let colours: { front?: string; back?: string } = {}

  const drawNavBar = (page: PageRecord, canGoBack: boolean) => {
    const settings = windowSettings(host, page.path)
    navBar.replaceChildren()
    navBar.className = settings.custom ? 'host-nav host-nav-custom' : 'host-nav'
    navBar.style.cssText = `height:${screen.statusBar + NAV_BAR}px;color:${colours.front ?? settings.front};background:${settings.custom ? 'transparent' : colours.back ?? settings.back}`
    const status = box(document, 'host-status')
    status.style.height = `${screen.statusBar}px`
    status.append(box(document, 'host-time', '9:41'), box(document, 'host-battery'))
    const row = box(document, 'host-nav-row')
    if (!settings.custom) {
      if (canGoBack) row.append(box(document, 'host-back'))
      row.append(box(document, 'host-title', page.title))
    }
    row.append(box(document, 'host-capsule'))
    navBar.append(status, row)
  }
  const drawTabBar = (page: PageRecord) => {
    const visible = hasBar(page.path)
    tabBar.replaceChildren()
    tabBar.style.cssText = visible ? `height:${TAB_BAR + screen.safeBottom}px;background:${bar!.backgroundColor ?? '#ffffff'}` : 'display:none'
    if (!visible) return
    for (const [index, tab] of tabsOf(host.appJson).entries()) {
      const on = tab.pagePath === page.path
      const item = box(document, 'host-tab')
      item.style.color = on ? bar!.selectedColor ?? '#000000' : bar!.color ?? bar!.textColor ?? '#888888'
      const icon = pack.assets[(on ? tab.selectedIconPath ?? tab.activeIcon : tab.iconPath ?? tab.icon) ?? '']
      if (icon) {
        const image = document.createElement('img')
        image.src = icon
        item.append(image)
      }
      item.append(box(document, 'host-tab-text', tab.text ?? tab.name ?? ''))
      if (badges.has(index)) item.append(box(document, 'host-badge', badges.get(index)))
      tabBar.append(item)
    }
  }
  const redraw = () => {
    drawNavBar(host.pages.top(), host.pages.stack.length > 1)
    drawTabBar(host.pages.top())
  }

  const phone: Phone = {
    dialogs: createDialogs(host, display),
    titleOf: (path) => windowSettings(host, path).title,
    setTitle(title) { host.pages.top().title = title; redraw() },
    setNavColours(front, back) { colours = { front, back }; redraw() },
    setTabBadge(index, text) {
      if (text === undefined) badges.delete(index)
      else badges.set(index, text)
      redraw()
    },
    windowOf(path) {
      const top = windowSettings(host, path).custom ? 0 : screen.statusBar + NAV_BAR
      const bottom = hasBar(path) ? TAB_BAR + screen.safeBottom : 0
      return { width: screen.width, height: screen.height - top - bottom, top }
    },
    addFrame(path) {
      const { width, height, top } = phone.windowOf(path)
      const frame = box(document, 'host-frame')
      frame.setAttribute('data-page', path)
      const safe = hasBar(path) ? 0 : screen.safeBottom
      frame.style.cssText = `top:${top}px;width:${width}px;height:${height}px;--host-vh:${height / 100}px;--host-safe-bottom:${safe}px;--host-safe-top:${top ? 0 : screen.statusBar}px`
      const placeholder = document.createElement('div')
      frame.append(placeholder)
      frames.append(frame)
      return { frame, placeholder }
    },
    show(page, canGoBack) {
      colours = {}
      for (const frame of frames.children) (frame as HTMLElement).style.display = frame === page.frame ? '' : 'none'
      pageSheet.textContent = pack.styles[page.path] ?? ''
      drawNavBar(page, canGoBack)
      drawTabBar(page)
    },
    watchScroll(page) {
      let below = false
      page.element.addEventListener('scroll', () => {
        const { scrollTop, scrollHeight, clientHeight } = page.element
        host.pages.call(page, 'onPageScroll', { scrollTop })
        const reached = scrollTop + clientHeight >= scrollHeight - windowSettings(host, page.path).reachBottom
        if (reached && !below) host.pages.call(page, 'onReachBottom')
        below = reached
      })
    },
  }
  return phone
}
