import Taro from '@tarojs/taro'
import { channel } from './channel'

/** Space that the system keeps: status bar above, and how far from the right edge the mini-program capsule reaches. CSS pixels. */
export type Insets = { top: number; right: number }

let known: Insets | undefined

/** Insets of this screen; H5 lives inside a browser and has none. */
export function insets(): Insets {
  if (channel === 'h5') return { top: 0, right: 0 }
  if (known) return known
  const screen = Taro.getSystemInfoSync()
  const capsule = channel === 'weapp' ? Taro.getMenuButtonBoundingClientRect() : undefined
  known = { top: screen.statusBarHeight ?? 20, right: capsule && capsule.left > 0 ? screen.windowWidth - capsule.left : 96 }
  return known
}

/** A short name of this device for the list of sessions, e.g. `iPhone 15`. */
export function deviceName(): string {
  try {
    const info = Taro.getSystemInfoSync()
    return [info.brand, info.model].filter((part) => part && part !== 'unknown').join(' ').slice(0, 60) || 'Phone'
  } catch {
    return 'Phone'
  }
}

/** The language the device asks for. */
export function deviceLanguage(): 'zh-CN' | 'en' {
  try {
    return /^en/i.test(Taro.getSystemInfoSync().language ?? '') ? 'en' : 'zh-CN'
  } catch {
    return 'zh-CN'
  }
}

/** Makes the screen bright while a code shows; `bright` says whether it is. `restore` puts it back, even when it is called before that is known. H5 cannot: the page says so instead. */
export function brighten(): { bright: Promise<boolean>; restore: () => void } {
  let before: number | null = null
  let over = false
  function restore(): void {
    over = true
    if (before === null) return
    Taro.setScreenBrightness({ value: before }).catch(() => undefined)
    Taro.setKeepScreenOn({ keepScreenOn: false }).catch(() => undefined)
  }
  async function turnUp(): Promise<boolean> {
    if (channel === 'h5') return false
    try {
      const said = (await Taro.getScreenBrightness()) as unknown as { value?: number; brightness?: number }
      if (over) return false
      before = said.value ?? said.brightness ?? 0.5
      await Taro.setScreenBrightness({ value: 1 })
      await Taro.setKeepScreenOn({ keepScreenOn: true })
      if (over) restore()
      return !over
    } catch {
      return false
    }
  }
  return { bright: turnUp(), restore }
}

/** Puts text on the clipboard; false when the device refuses. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await Taro.setClipboardData({ data: text })
    return true
  } catch {
    return false
  }
}

/** Calls a number after the system's own question. */
export function callPhone(phoneNumber: string): void {
  Taro.makePhoneCall({ phoneNumber }).catch(() => undefined)
}

/** Whether this face has a camera API; on H5 codes are typed. */
export const canScan = channel !== 'h5'

/** Scans a bar or QR code; null when the person gave up or the camera is refused. */
export async function scan(): Promise<string | null> {
  try {
    const seen = (await Taro.scanCode({ scanType: ['qrCode', 'barCode'] })) as unknown as { result?: string; code?: string }
    return seen.result ?? seen.code ?? null
  } catch {
    return null
  }
}

/** A short buzz where the device has one. */
export function buzz(): void {
  if (channel !== 'h5') Taro.vibrateShort({ type: 'light' }).catch(() => undefined)
}

/** Scrolls the page to its beginning. */
export function scrollToTop(): void {
  void Taro.pageScrollTo({ scrollTop: 0, duration: 200 })
}
