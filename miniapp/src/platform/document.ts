import Taro from '@tarojs/taro'
import { channel } from './channel'
import { Offline } from './http'
import { currentSession } from './session'

/** Fetches a PDF with the session and shows it: a new tab on H5, the system's reader in mini-programs. Throws `Offline`. */
export async function openPdf(path: string, fileName: string): Promise<void> {
  const url = process.env.TARO_APP_API + path
  const header = { authorization: `Bearer ${currentSession('member')?.accessToken ?? ''}` }
  if (channel === 'h5') return openInBrowser(url, header, fileName)
  try {
    const file = await Taro.downloadFile({ url, header })
    if (file.statusCode && file.statusCode !== 200) throw new Offline()
    await Taro.openDocument({ filePath: file.tempFilePath, fileType: 'pdf', showMenu: true } as Taro.openDocument.Option)
  } catch {
    throw new Offline()
  }
}

async function openInBrowser(url: string, headers: Record<string, string>, fileName: string): Promise<void> {
  const reply = await fetch(url, { headers }).catch(() => null)
  if (!reply?.ok) throw new Offline()
  const link = document.createElement('a')
  link.href = URL.createObjectURL(await reply.blob())
  link.target = '_blank'
  link.download = fileName
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
