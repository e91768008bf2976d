/** Temporary files: what was downloaded or drawn, and documents shown to the person. */
import type { Host } from '../core/host.ts'
import type { AnyFunction, Bag } from '../core/types.ts'
import type { ApiArea } from './area.ts'
import { fromBase64, toBase64 } from './network.ts'

/** Files by path, as base64. */
export interface Files {
  keep(base64: string, name: string): string
  read(path: string): string | undefined
  write(path: string, base64: string): void
  remove(path: string): void
}

export function createFiles(): Files {
  const kept = new Map<string, string>()
  let next = 1
  return {
    keep(base64, name) {
      const path = `http://tmp/${next++}-${name || 'file'}`
      kept.set(path, base64)
      return path
    },
    read: (path) => kept.get(path),
    write: (path, base64) => { kept.set(path, base64) },
    remove: (path) => { kept.delete(path) },
  }
}

export function fileApi(host: Host): ApiArea {
  const { window } = host.options.realm
  const existing = (path: unknown, action: string): string => {
    const content = host.files.read(String(path))
    if (content === undefined) throw new Error(`${action}:fail no such file or directory, open "${String(path)}"`)
    return content
  }
  const encoded = (data: unknown, encoding: unknown): string => typeof data === 'string'
    ? encoding === 'base64' ? data : toBase64(window, new window.TextEncoder().encode(data).buffer as ArrayBuffer)
    : toBase64(window, data as ArrayBuffer)
  const decoded = (base64: string, encoding: unknown): unknown => {
    if (encoding === 'base64') return base64
    const bytes = fromBase64(window, base64)
    return encoding ? new window.TextDecoder().decode(bytes) : bytes
  }
  const manager: Record<string, AnyFunction> = {
    writeFileSync: (path: string, data: unknown, encoding: unknown) => { host.files.write(path, encoded(data, encoding)) },
    readFileSync: (path: string, encoding: unknown) => decoded(existing(path, 'readFileSync'), encoding),
    unlinkSync: (path: string) => { host.files.remove(path) },
    accessSync: (path: string) => { existing(path, 'access') },
    writeFile: (options: Bag) => answer(options, () => { host.files.write(options.filePath, encoded(options.data, options.encoding)) }),
    readFile: (options: Bag) => answer(options, () => ({ data: decoded(existing(options.filePath, 'readFile'), options.encoding) })),
    unlink: (options: Bag) => answer(options, () => { host.files.remove(options.filePath) }),
    access: (options: Bag) => answer(options, () => { existing(options.path, 'access') }),
  }
  function answer(options: Bag, work: () => unknown): void {
    try {
      const result = { errMsg: 'ok', ...work() as Bag | undefined }
      options.success?.(result)
      options.complete?.(result)
    } catch (error) {
      const failure = { errMsg: (error as Error).message }
      options.fail?.(failure)
      options.complete?.(failure)
    }
  }
  return {
    now: { getFileSystemManager: () => manager },
    later: {
      openDocument({ filePath, fileType }) {
        existing(filePath, 'openDocument')
        host.api.record('openDocument', { filePath, fileType })
      },
      saveFile({ tempFilePath, apFilePath }) {
        const path = String(tempFilePath ?? apFilePath)
        existing(path, 'saveFile')
        return { savedFilePath: path, apFilePath: path }
      },
      canvasToTempFilePath({ canvas, canvasId }) {
        const drawn = canvas?.toDataURL?.() as string | undefined
        return { tempFilePath: host.files.keep(drawn?.split(',')[1] ?? '', `${String(canvasId ?? 'canvas')}.png`) }
      },
      async saveImageToPhotosAlbum({ filePath }) {
        await host.api.privacy.require('saveImageToPhotosAlbum')
        host.api.record('saveImage', { filePath })
      },
      saveImage({ url }) { host.api.record('saveImage', { filePath: url }) },
      previewImage({ urls, current }) { host.api.record('previewImage', { urls, current }) },
    },
  }
}
