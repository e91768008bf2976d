import Taro from '@tarojs/taro'
import { channel } from './channel'
import { send } from './http'
import { Fault, understand } from './request'
import { currentSession } from './session'

/**
 * Fetches a PDF with the session and shows it: a new tab on H5, the system's reader in mini-programs. A download renews no session, so `call`
 * something first. Throws what `call` throws.
 */
export async function openPdf(path: string, fileName: string): Promise<void> {
  const url = process.env.TARO_APP_API + path
  const headers = { authorization: `Bearer ${currentSession('member')?.accessToken ?? ''}` }
  try {
    await (channel === 'h5' ? openInBrowser(url, headers, fileName) : openInReader(url, headers))
  } catch {
    // A download keeps the reason to itself, so the address is asked for it.
    understand(await send({ url, method: 'GET', headers }))
    throw new Fault('')
  }
}

async function openInReader(url: string, header: Record<string, string>): Promise<void> {
  const file = await Taro.downloadFile({ url, header })
  if (file.statusCode && file.statusCode !== 200) throw new Error('no file')
  await Taro.openDocument({ filePath: file.tempFilePath, fileType: 'pdf', showMenu: true } as Taro.openDocument.Option)
}

async function openInBrowser(url: string, headers: Record<string, string>, fileName: string): Promise<void> {
  const reply = await fetch(url, { headers })
  if (!reply.ok) throw new Error('no file')
  const link = document.createElement('a')
  link.href = URL.createObjectURL(await reply.blob())
  link.target = '_blank'
  link.download = fileName
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
