/** Facts about phone, app and window, and listeners that nothing in the host ever calls. */
import { clone } from '../core/clone.ts'
import type { Host } from '../core/host.ts'
import { NAV_BAR } from '../core/phone.ts'
import type { AnyFunction, Bag } from '../core/types.ts'
import type { ApiArea } from './area.ts'
import { fromBase64, toBase64 } from './network.ts'

export const SDK_VERSION = '3.7.12'

const SILENT_LISTENERS = [
  'AppShow', 'AppHide', 'Error', 'PageNotFound', 'UnhandledRejection', 'ThemeChange', 'WindowResize', 'MemoryWarning', 'KeyboardHeightChange',
  'AudioInterruptionBegin', 'AudioInterruptionEnd', 'UserCaptureScreen', 'NetworkWeakChange',
].flatMap((name) => [`on${name}`, `off${name}`])

/** An object whose methods do nothing, for loggers, audio and update managers. */
const inert = (...names: string[]): Bag => Object.fromEntries(names.map((name) => [name, () => {}]))

export function systemApi(host: Host): ApiArea {
  const { screen, realm, pack } = host.options
  const alipay = pack.platform === 'alipay'
  const safeArea = {
    left: 0, right: screen.width, top: screen.statusBar, bottom: screen.height - screen.safeBottom, width: screen.width,
    height: screen.height - screen.statusBar - screen.safeBottom,
  }
  const windowInfo = () => {
    const { width, height, top } = host.pages.stack.length
      ? host.phone.windowOf(host.pages.top().path)
      : { width: screen.width, height: screen.height - screen.statusBar - NAV_BAR, top: screen.statusBar + NAV_BAR }
    return {
      pixelRatio: screen.pixelRatio, screenWidth: screen.width, screenHeight: screen.height, windowWidth: width, windowHeight: height,
      statusBarHeight: screen.statusBar, screenTop: top, safeArea,
    }
  }
  const appInfo = () => ({
    SDKVersion: SDK_VERSION, version: alipay ? '10.5.90' : '8.0.50', language: alipay ? 'zh-Hans' : 'zh_CN', enableDebug: false, theme: 'light', fontSizeSetting: 16, fontSizeScaleFactor: 1,
    host: { env: alipay ? 'Alipay' : 'WeChat' },
  })
  const deviceInfo = () => ({ brand: 'apple', model: 'iPhone 14', system: 'iOS 17.0', platform: 'devtools', abi: '', benchmarkLevel: 50, memorySize: 4096 })
  const everything = () => ({
    ...windowInfo(), ...appInfo(), ...deviceInfo(), bluetoothEnabled: false, locationEnabled: true, wifiEnabled: true,
    ...(alipay ? { app: 'alipay', titleBarHeight: NAV_BAR, platform: 'iOS', currentBattery: '80%', storage: '128 GB' } : {}),
  })
  const capsule = { width: 87, height: 32, top: screen.statusBar + 4, bottom: screen.statusBar + 36, left: screen.width - 97, right: screen.width - 10 }
  return {
    now: {
      getSystemInfoSync: everything, getWindowInfo: windowInfo, getAppBaseInfo: appInfo, getDeviceInfo: deviceInfo, getDeviceBaseInfo: deviceInfo,
      getSystemSetting: () => ({ bluetoothEnabled: false, locationEnabled: true, wifiEnabled: true, deviceOrientation: 'portrait' }),
      getAppAuthorizeSetting: () => ({ locationAuthorized: 'authorized', cameraAuthorized: 'authorized', notificationAuthorized: 'authorized' }),
      getLaunchOptionsSync: () => clone(host.launchOptions), getEnterOptionsSync: () => clone(host.launchOptions),
      getAccountInfoSync: () => ({ miniProgram: { appId: 'touristappid', envVersion: 'develop', version: '' } }),
      getAppIdSync: () => ({ appId: '2021000000000000' }), getRunScene: () => ({ envVersion: 'develop' }),
      getMenuButtonBoundingClientRect: () => ({ ...capsule }),
      canIUse: (name: string) => !alipay || typeof host.api.surface[String(name).split('.')[0]!] === 'function' || /^(button|view|input|component)/.test(String(name)),
      base64ToArrayBuffer: (text: string) => fromBase64(realm.window, text), arrayBufferToBase64: (buffer: ArrayBuffer) => toBase64(realm.window, buffer),
      nextTick: (work: AnyFunction) => realm.window.setTimeout(host.events.guard(work, 'nextTick'), 0),
      getUpdateManager: () => inert('onCheckForUpdate', 'onUpdateReady', 'onUpdateFailed', 'applyUpdate'),
      getRealtimeLogManager: () => inert('info', 'warn', 'error', 'setFilterMsg', 'addFilterMsg'),
      getLogManager: () => inert('info', 'warn', 'log', 'debug'),
      createInnerAudioContext: () => inert('play', 'pause', 'stop', 'destroy', 'onError', 'onEnded', 'offError', 'offEnded'),
      reportEvent: () => {}, reportMonitor: () => {}, reportAnalytics: () => {},
      ...Object.fromEntries(SILENT_LISTENERS.map((name) => [name, () => {}])),
    },
    later: { getSystemInfo: everything, getSystemInfoAsync: everything },
  }
}
