/** Other ways in: connecting as to WeChat DevTools, and standing in for its command line. */
import automator from 'miniprogram-automator'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import { freePort } from '../kit/processes.ts'
import { buildFixture } from './fixture-build.ts'
import { launchMiniProgram } from './launch.ts'

let dist: string

beforeAll(async () => { dist = await buildFixture('weapp') }, 120_000)
afterEach(() => { vi.unstubAllEnvs() })

test('MP_WS: helpers work through the plain protocol, host-only ones refuse, closing leaves it running', async () => {
  const running = await launchMiniProgram({ dist, platform: 'weapp' })
  try {
    vi.stubEnv('MP_WS', running.endpoint)
    const app = await launchMiniProgram({ dist, platform: 'weapp' })
    expect(app.real).toBe(true)
    await app.tap('加一')
    await app.tap('.add')
    await app.waitText('count 2')
    await expect(app.phone.dialogs()).rejects.toThrow(/host only/)
    await app.close()
    expect(await running.text('#count')).toBe('count 2')
  } finally {
    await running.close()
  }
})

test('automator.launch starts the host in place of the DevTools command line', async () => {
  const port = await freePort()
  const mp = await automator.launch({ cliPath: fileURLToPath(new URL('./cli.ts', import.meta.url)), projectPath: dist, port, args: ['--until-parent-ends'] })
  expect((await mp.currentPage())?.path).toBe('shell/home/index')
  expect((await mp.systemInfo() as { screenWidth: number }).screenWidth).toBe(390)
  await mp.close()
  await expect(automator.connect({ wsEndpoint: `ws://127.0.0.1:${port}` })).rejects.toThrow(/Failed connecting/)
})

test('a package that cannot start says why', async () => {
  await expect(launchMiniProgram({ dist: '/nonexistent', platform: 'weapp' })).rejects.toThrow(/holds no app\.json/)
})
