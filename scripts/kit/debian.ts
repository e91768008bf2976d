import { existsSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { which } from './processes.ts'
import { PlainError, say } from './say.ts'

/** Chromium as the browser journeys start it: `CHROMIUM`, else the machine's own. */
export const findChromium = (): string | undefined =>
  process.env.CHROMIUM ?? ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'].map(which).find(Boolean)

const hasChineseFont = (): boolean => {
  const list = which('fc-list')
  if (list) return spawnSync(list, [':lang=zh', 'family'], { encoding: 'utf8' }).stdout.trim() !== ''
  return existsSync('/usr/share/fonts/opentype/noto')
}

/** Debian packages the browser journeys lack on this machine. */
const missingPackages = (): string[] => [
  ...(findChromium() ? [] : ['chromium']),
  ...(hasChineseFont() ? [] : ['fonts-noto-cjk'])
]

/** Installs Chromium and a Chinese font when they are missing and we may; else says what to install. */
export const ensureBrowser = (): void => {
  const missing = missingPackages()
  if (missing.length === 0) return
  const byHand = `install ${missing.join(' and ')} (Debian: sudo apt-get install ${missing.join(' ')}), then try again.`
  if (!which('apt-get') || process.getuid?.() !== 0) throw new PlainError(`The browser tests need ${missing.join(' and ')}: ${byHand}`)
  say(`Installing ${missing.join(' and ')} from Debian …`)
  const apt = (...args: string[]) => spawnSync('apt-get', ['-qq', ...args], { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }).status
  if (apt('update') !== 0 || apt('install', '-y', '--no-install-recommends', ...missing) !== 0) {
    throw new PlainError(`apt-get could not install ${missing.join(' and ')}: ${byHand}`)
  }
}
