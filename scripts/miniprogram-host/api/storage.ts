/** Local storage of the mini-program; lives as long as the host. */
import { clone } from '../core/clone.ts'
import type { Host } from '../core/host.ts'
import type { ApiArea } from './area.ts'

export function storageApi(host: Host): ApiArea {
  const alipay = host.options.pack.platform === 'alipay'
  const store = new Map<string, unknown>()
  const info = () => ({ keys: [...store.keys()], currentSize: store.size, limitSize: 10240 })
  return {
    now: {
      getStorageInfoSync: info,
      clearStorageSync: () => { store.clear() },
      ...(alipay
        ? {
            getStorageSync: ({ key }: { key: string }) => ({ data: clone(store.get(key) ?? null), success: true }),
            setStorageSync: ({ key, data }: { key: string; data: unknown }) => { store.set(key, clone(data)); return { success: true } },
            removeStorageSync: ({ key }: { key: string }) => { store.delete(key); return { success: true } },
          }
        : {
            getStorageSync: (key: string) => clone(store.has(key) ? store.get(key) : ''),
            setStorageSync: (key: string, data: unknown) => { store.set(key, clone(data)) },
            removeStorageSync: (key: string) => { store.delete(key) },
          }),
    },
    later: {
      setStorage: ({ key, data }) => { store.set(key as string, clone(data as unknown)) },
      getStorage: ({ key }) => {
        if (!store.has(key as string) && !alipay) throw new Error('getStorage:fail data not found')
        return { data: clone(store.get(key as string) ?? null) }
      },
      removeStorage: ({ key }) => { store.delete(key as string) },
      clearStorage: () => { store.clear() },
      getStorageInfo: info,
    },
  }
}
