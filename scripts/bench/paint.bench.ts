import { gzipSync } from 'node:zlib'
import { chromium, type Browser, type BrowserContextOptions } from 'playwright-core'
import { ensureBuilt, webFaces } from '../build.ts'
import { ensureBrowser, findChromium } from '../kit/debian.ts'
import type { Bench, Measured } from './bench.ts'
import { serve } from './stand/process.ts'
import { withWorld } from './stand/world.ts'

const tries = 5
const slowdown = 4
interface Face { name: string; path: string; screen: BrowserContextOptions; atMostKb?: number; atMostSeconds?: number }
const looked: Face[] = [
  { name: 'mobile H5', path: '/m/', screen: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true }, atMostKb: 220, atMostSeconds: 2.5 },
  { name: 'console', path: '/console/', screen: { viewport: { width: 1440, height: 900 } }, atMostKb: 350, atMostSeconds: 2.5 },
  { name: 'kiosk', path: '/kiosk/', screen: { viewport: { width: 1080, height: 1920 }, hasTouch: true } }
]

/** Opens a face in a browser that has never seen it, on a processor made slower; answers when something was first painted and what was loaded by then and right after. */
const visit = async (browser: Browser, origin: string, { path, screen }: Face): Promise<{ seconds: number; kb: number }> => {
  const context = await browser.newContext(screen)
  try {
    const page = await context.newPage()
    const loaded: Promise<number>[] = []
    page.on('response', response => {
      if (response.ok() && /\.(js|css)$/.test(new URL(response.url()).pathname)) loaded.push(response.body().then(body => gzipSync(body).length / 1024))
    })
    const devtools = await context.newCDPSession(page)
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: slowdown })
    await page.goto(origin + path, { waitUntil: 'networkidle' })
    const paint = await page.evaluate(() => new Promise<number>(resolve => {
      new PerformanceObserver(list => resolve(list.getEntriesByName('first-contentful-paint')[0]!.startTime)).observe({ type: 'paint', buffered: true })
    }))
    return { seconds: paint / 1000, kb: (await Promise.all(loaded)).reduce((sum, kb) => sum + kb, 0) }
  } finally {
    await context.close()
  }
}

/** First paint of the faces in Chromium at a quarter of the processor's speed, and the JS and CSS (gzipped) of their first page. Medians. */
const bench: Bench = async () => {
  await ensureBuilt(webFaces)
  ensureBrowser()
  return withWorld({ members: 100, parkings: 500 }, async world => {
    const ours = await serve('bff/src/main.ts', world.port, world.env)
    const browser = await chromium.launch({ executablePath: findChromium()!, args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] })
    try {
      const measured: Measured[] = []
      for (const face of looked) {
        const visits: { seconds: number; kb: number }[] = []
        for (let i = 0; i < tries; i++) visits.push(await visit(browser, `http://127.0.0.1:${world.port}`, face))
        const median = (what: 'seconds' | 'kb') => visits.map(one => one[what]).sort((a, b) => a - b)[tries >> 1]!
        measured.push({ name: `${face.name}, first load of JS and CSS, gzipped`, ours: median('kb'), unit: 'KB', ...(face.atMostKb && { atMost: face.atMostKb }) })
        measured.push({ name: `${face.name}, first paint at a quarter of the speed`, ours: median('seconds'), unit: 's', ...(face.atMostSeconds && { atMost: face.atMostSeconds }) })
      }
      return measured
    } finally {
      await browser.close()
      await ours.stop()
    }
  })
}
export default bench
