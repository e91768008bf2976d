import { beforeEach, expect, test, vi } from 'vitest'
import { taro } from '@/testing/taro'

vi.hoisted(() => { process.env.TARO_ENV = 'weapp'; process.env.TARO_APP_API = 'https://mall.test' })
vi.mock('@tarojs/taro', async () => (await import('@/testing/taro')).taro.module())
const { openPdf } = await import('./document')
const { Offline } = await import('./request')
const { keepSession } = await import('./session')
const { default: api } = await import('@tarojs/taro') as unknown as { default: Record<string, unknown> }

const opened = vi.fn(async () => undefined)
const phone = (statusCode: number) => Object.assign(api, { downloadFile: vi.fn(async () => ({ statusCode, tempFilePath: 'tmp' })), openDocument: opened })
beforeEach(() => { taro.reset(); opened.mockClear(); keepSession('member', { accessToken: 'a', refreshToken: 'r', memberId: 'm' }) })

test('a PDF opens in the reader', async () => {
  phone(200)
  await openPdf('/api/fapiao/f/pdf', 'f.pdf')
  expect(opened).toHaveBeenCalledWith({ filePath: 'tmp', fileType: 'pdf', showMenu: true })
})

test('a refused download says why', async () => {
  phone(409)
  taro.answers.push({ status: 409, body: { code: 'fapiao_not_issued' } })
  await expect(openPdf('/api/fapiao/f/pdf', 'f.pdf')).rejects.toMatchObject({ code: 'fapiao_not_issued' })
  expect([taro.sent[0]?.headers.authorization, opened.mock.calls.length]).toEqual(['Bearer a', 0])
})

test('only silence is a lost network', async () => {
  phone(502)
  taro.answers.push('silence')
  await expect(openPdf('/api/fapiao/f/pdf', 'f.pdf')).rejects.toBeInstanceOf(Offline)
})
