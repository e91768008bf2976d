import Taro from '@tarojs/taro'

const tabs = ['/shell/home', '/shell/shops', '/shell/parking', '/shell/me']

type Params = Record<string, string | number | undefined>

/** `/coupon/code` and `{ id }` as an address; undefined values are left out. */
export function address(path: string, params: Params = {}): string {
  const query = Object.entries(params).filter(([, value]) => value !== undefined).map(([key, value]) => `${key}=${encodeURIComponent(String(value))}`)
  return query.length ? `${path}?${query.join('&')}` : path
}

/** Opens a page; a tab page is switched to. */
export function go(path: string, params: Params = {}): void {
  if (tabs.includes(path)) void Taro.switchTab({ url: path })
  else void Taro.navigateTo({ url: address(path, params) })
}

/** Opens a page in place of this one, so that back does not return here. */
export function replace(path: string, params: Params = {}): void {
  if (tabs.includes(path)) void Taro.switchTab({ url: path })
  else void Taro.redirectTo({ url: address(path, params) })
}

/** Goes back, or to `otherwise` when this page was opened directly. */
export function back(otherwise = '/shell/home'): void {
  if (Taro.getCurrentPages().length > 1) void Taro.navigateBack()
  else replace(otherwise)
}

/** Whether there is a page to go back to. */
export const canGoBack = (): boolean => Taro.getCurrentPages().length > 1

/** Parameters of the page that is open, decoded. */
export function pageParams(): Record<string, string> {
  const raw = Taro.getCurrentInstance().router?.params ?? {}
  const entries = Object.entries(raw).filter((entry): entry is [string, string] => typeof entry[1] === 'string')
  return Object.fromEntries(entries.map(([key, value]) => [key, decode(value)]))
}

const decode = (value: string): string => {
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}
