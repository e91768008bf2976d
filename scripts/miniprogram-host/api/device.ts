/** The phone's hardware: scanner, screen brightness, clipboard, calls, vibration, location. Each use is recorded. */
import type { Host } from '../core/host.ts'
import type { Bag } from '../core/types.ts'
import { ApiFailure, type ApiArea } from './area.ts'

/** What the person would give when asked; a test sets it with `Host.setDevice` or mocks the call. */
export interface Device {
  /** Text of the code held before the camera; without one, scanning is cancelled. */
  scan?: string
  location?: { latitude: number; longitude: number }
  /** What the person does with a pay sheet. */
  pay: 'pay' | 'cancel'
  /** Answer to every subscribe-message template. */
  subscribe: 'accept' | 'reject'
  brightness: number
  clipboard: string
}

export const createDevice = (): Device => ({ pay: 'pay', subscribe: 'accept', brightness: 0.5, clipboard: '' })

export function deviceApi(host: Host): ApiArea {
  const { device } = host
  const alipay = host.options.pack.platform === 'alipay'
  const record = (name: string) => (detail: Bag) => { host.api.record(name, detail) }
  const brightness = (o: Bag) => {
    device.brightness = Number(o.value ?? o.brightness)
    host.api.record('brightness', { value: device.brightness })
  }
  const where = () => {
    if (!device.location) throw new ApiFailure('auth deny', alipay ? { error: 11 } : {})
    return { ...device.location, accuracy: 30 }
  }
  const common: ApiArea['later'] = {
    setScreenBrightness: brightness,
    getScreenBrightness: () => ({ value: device.brightness, brightness: device.brightness }),
    setKeepScreenOn: record('keepScreenOn'),
    vibrateShort: record('vibrate'), vibrateLong: record('vibrate'), vibrate: record('vibrate'),
    makePhoneCall: ({ phoneNumber, number }) => { host.api.record('call', { phoneNumber: phoneNumber ?? number }) },
    openLocation: ({ latitude, longitude, name, address }) => { host.api.record('openLocation', { latitude, longitude, name, address }) },
    async requestSubscribeMessage({ tmplIds, entityIds }) {
      const ids = (tmplIds ?? entityIds ?? []) as string[]
      host.api.record('subscribe', { ids, answer: device.subscribe })
      if (!alipay && host.world.connected()) return host.world.ask('/sim/wechat/subscribe', { phone: host.world.phone, templateIds: ids, accept: device.subscribe === 'accept' })
      if (alipay) return { behavior: device.subscribe === 'accept' ? 'subscribe' : 'cancel', result: { subscribedEntityIds: device.subscribe === 'accept' ? ids : [] } }
      return Object.fromEntries(ids.map((id) => [id, device.subscribe]))
    },
    showShareMenu: () => ({}), hideShareMenu: () => ({}), showSharePanel: record('share'),
  }
  if (alipay) {
    return {
      later: {
        ...common,
        scan() {
          if (device.scan === undefined) throw new ApiFailure('用户取消操作', { error: 10 })
          return { code: device.scan, qrCode: device.scan, result: device.scan, scanType: 'qrCode' }
        },
        setClipboard: ({ text }) => { device.clipboard = String(text) },
        getClipboard: () => ({ text: device.clipboard }),
        getLocation: where,
      },
    }
  }
  /** WeChat's calls that wait for consent to the privacy guideline. */
  const guarded = (name: string, work: (o: Bag) => unknown) => async (o: Bag) => { await host.api.privacy.require(name); return work(o) }
  return {
    later: {
      ...common,
      scanCode() {
        if (device.scan === undefined) throw new ApiFailure('scanCode:fail cancel')
        return { result: device.scan, scanType: 'QR_CODE', charSet: 'UTF-8', path: '', rawData: '' }
      },
      setClipboardData: guarded('setClipboardData', ({ data }) => { device.clipboard = String(data) }),
      getClipboardData: guarded('getClipboardData', () => ({ data: device.clipboard })),
      getLocation: guarded('getLocation', where),
      getFuzzyLocation: guarded('getFuzzyLocation', where),
      chooseInvoiceTitle: guarded('chooseInvoiceTitle', () => { throw new ApiFailure('chooseInvoiceTitle:fail cancel') }),
      chooseLicensePlate: guarded('chooseLicensePlate', () => { throw new ApiFailure('chooseLicensePlate:fail cancel') }),
      getSetting: () => ({ authSetting: {} }),
      authorize: () => ({}),
      openSetting: record('openSetting'),
    },
  }
}
