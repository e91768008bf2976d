import Taro from '@tarojs/taro'

const prefix = 'atrium.'

/** Reads a stored value; a missing or unreadable one gives `otherwise`. */
export function recall<T>(key: string, otherwise: T): T {
  try {
    const text = Taro.getStorageSync(prefix + key) as string
    return text ? (JSON.parse(text) as T) : otherwise
  } catch {
    return otherwise
  }
}

/** Keeps a value on this device; `null` removes it. A full or forbidden storage is not an error for the visitor. */
export function remember(key: string, value: unknown): void {
  try {
    if (value === null) Taro.removeStorageSync(prefix + key)
    else Taro.setStorageSync(prefix + key, JSON.stringify(value))
  } catch {
    // Private windows and full disks: the page works, it only forgets.
  }
}
