import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { chromium, type Browser, type BrowserContextOptions, type Locator, type Page } from 'playwright-core'
import { expect } from 'vitest'
import { findChromium } from '../../kit/debian.ts'
import { home } from '../../kit/paths.ts'
import type { Stack } from '../stack.ts'

const quiet = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']
/** What the browser itself notes about every refusal; the page's own words about it are what a journey looks at. */
const refusalNote = /^Failed to load resource: the server responded with a status of 4\d\d/
const patienceMs = 30_000

/** The sizes at which the faces are drawn. */
export const screens = {
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true },
  kiosk: { viewport: { width: 1080, height: 1920 }, hasTouch: true },
  desk: { viewport: { width: 1440, height: 900 } }
} as const satisfies Record<string, BrowserContextOptions>

type Role = Parameters<Page['getByRole']>[0]

/** One person in front of one screen, with what the page complained about. */
export interface Visitor {
  page: Page
  /** Opens an address of the stack. */
  open: (path: string) => Promise<void>
  /** What can be pressed and is called this. */
  thing: (name: string | RegExp, role?: Role) => Locator
  /** Presses it; `beside` names the innermost box around it, where several things are called the same. */
  press: (name: string | RegExp, role?: Role, beside?: string) => Promise<void>
  /** Presses a button of the dialog that is open. */
  confirm: (name: string | RegExp) => Promise<void>
  /** Waits until these words can be seen. */
  sees: (...words: (string | RegExp)[]) => Promise<void>
  /** Waits until nothing of the page is being loaded; see words of it first, since a page that has not begun is not loading either. */
  rests: () => Promise<void>
  /** Looks at the page: keeps a picture, and refuses what axe finds serious, or a page that is wider than the screen. */
  looksAt: (name: string) => Promise<void>
  /** A complaint that belongs to the story, such as a lost network. */
  allow: (pattern: RegExp) => void
  /** Everything the page complained about. */
  complaints: () => string[]
}

export interface Journey {
  visitor: (screen: keyof typeof screens, options?: BrowserContextOptions) => Promise<Visitor>
  /** Lets time go by for the mall and for every open page; timers of pages do not fire for it. */
  pass: (ms: number) => Promise<void>
  close: () => Promise<void>
}

const wordsOf = async (page: Page): Promise<string> => (await page.locator('body').innerText().catch(() => '')).replace(/\s*\n\s*/g, ' | ').slice(0, 1500)

const visitorOf = (page: Page, origin: string, face: string): Visitor => {
  const complaints: string[] = []
  const allowed: RegExp[] = [refusalNote]
  page.setDefaultTimeout(patienceMs)
  page.on('pageerror', error => complaints.push(error.stack ?? error.message))
  page.on('console', line => { if (line.type() === 'error') complaints.push(`${line.text()} (${line.location().url})`) })

  /** Says what was on the screen when something did not come. */
  const patiently = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
    try {
      return await work()
    } catch (error) {
      await page.screenshot({ path: join(home, 'screens', `failed-${face}.png`) }).catch(() => undefined)
      throw new Error(`${what} at ${page.url().slice(origin.length)}: ${(error as Error).message.split('\n')[0]}\nThe page shows: ${await wordsOf(page)}`, { cause: error })
    }
  }
  const thing: Visitor['thing'] = (name, role = 'button') => page.getByRole(role, { name, ...(typeof name === 'string' && { exact: true }) }).filter({ visible: true })

  /** Of several things called the same, the one whose nearest box with other words holds these. */
  const boxAround = (things: Locator, words: string): Locator => page.locator('.ticket, .card, tr, li').filter({ hasText: words, visible: true }).locator(things).first()

  return {
    page, thing,
    open: async path => { await page.goto(origin + path) },
    press: (name, role, beside) => patiently(`pressing ${name}`, () => (beside ? boxAround(thing(name, role), beside) : thing(name, role).first()).click()),
    confirm: name => patiently(`confirming ${name}`, () => page.getByRole('dialog').getByRole('button', { name }).filter({ visible: true }).click()),
    sees: async (...words) => {
      for (const word of words) await patiently(`seeing ${word}`, () => page.getByText(word).filter({ visible: true }).first().waitFor())
    },
    rests: () => patiently('rest', async () => { await expect.poll(() => page.locator('[aria-busy=true], .skeleton').filter({ visible: true }).count(), { timeout: patienceMs }).toBe(0) }),
    looksAt: async name => {
      // A live page changes while one looks: a colour on its way from one state to the next is neither of them.
      await page.emulateMedia({ reducedMotion: 'reduce' })
      await page.evaluate(() => document.fonts.ready)
      await page.evaluate(() => Promise.allSettled(document.getAnimations()
        .filter(one => one.playState === 'running' && one.effect?.getComputedTiming().endTime !== Infinity).map(one => one.finished)))
      mkdirSync(join(home, 'screens', face), { recursive: true })
      await page.screenshot({ path: join(home, 'screens', face, `${name}.png`), animations: 'disabled' })
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
      expect(wide, `${face}/${name} is ${wide} px wider than its screen`).toBeLessThanOrEqual(0)
      const { violations } = await new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).analyze()
      const grave = violations.filter(one => one.impact === 'serious' || one.impact === 'critical')
        .map(one => `${one.id} (${one.impact}): ${one.nodes.slice(0, 3).map(node => `${node.html.slice(0, 200)} ${node.any[0]?.message ?? ''}`).join('\n   ')}`)
      expect.soft(grave, `axe on ${face}/${name}`).toEqual([])
      await page.emulateMedia({ reducedMotion: null })
    },
    allow: pattern => { allowed.push(pattern) },
    complaints: () => complaints.filter(one => !allowed.some(pattern => pattern.test(one)))
  }
}

/** A browser for one journey over one stack. */
export const openBrowser = async (stack: Stack): Promise<Journey> => {
  const browser: Browser = await chromium.launch({ executablePath: findChromium()!, args: quiet })
  const pages: Page[] = []
  return {
    visitor: async (screen, options = {}) => {
      const context = await browser.newContext({ ...screens[screen], locale: 'zh-CN', timezoneId: 'Asia/Shanghai', ...options })
      const page = await context.newPage()
      await page.clock.install({ time: stack.now() })
      pages.push(page)
      return visitorOf(page, stack.url, screen)
    },
    pass: async ms => {
      stack.pass(ms)
      await Promise.all(pages.filter(page => !page.isClosed()).map(page => page.clock.setSystemTime(stack.now())))
    },
    close: () => browser.close()
  }
}
