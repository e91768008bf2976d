import Taro from '@tarojs/taro'
import { channel } from './channel'
import { pageParams } from './navigate'

const laneOf = (address: string): string | null => /\/exit\/([0-9A-Z]{26})\b/.exec(address)?.[1] ?? null

/**
 * The exit lane whose code opened this page, or null. H5 comes with `lane`. WeChat hands the scanned address over as `q` of the page, Alipay as
 * `qrCode` of the start (both recalled, unverified; needs the rule of docs/vendors.md).
 */
export function scannedExit(): string | null {
  const { lane, q } = pageParams()
  if (lane) return lane
  if (q) return laneOf(q)
  if (channel !== 'alipay') return null
  return laneOf(String((Taro.getEnterOptionsSync().query as { qrCode?: string } | undefined)?.qrCode ?? ''))
}
