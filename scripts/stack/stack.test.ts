import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { root } from '../kit/paths.ts'
import { freePort } from '../kit/processes.ts'
import { unfinishedIn } from './unfinished.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'atrium-stack-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
})

const script = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text)
  return relative(root, join(folder, name))
}

/** Runs a program that uses the stack, with a home of its own; answers what it said, its exit code, and lets one speak to it. */
const runProgram = (body: string) => {
  writeFileSync(join(folder, 'program.ts'), `
    import { createServices } from ${JSON.stringify(join(import.meta.dirname, 'services.ts'))}
    import { listenForTheEnd } from ${JSON.stringify(join(import.meta.dirname, 'shutdown.ts'))}
    const shutdown = listenForTheEnd()
    const services = await createServices(sentence => { console.log(sentence); shutdown.begin(1) })
    shutdown.add(async () => { console.log('first in, last out') })
    shutdown.add(services.stop)
    ${body}`)
  const child = spawn(process.execPath, ['program.ts'], { cwd: folder, env: { ...process.env, ATRIUM_HOME: folder } })
  onTestFinished(() => void child.kill('SIGKILL'))
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => { output += chunk })
  return {
    child,
    said: async (words: string) => { await expect.poll(() => output, { timeout: 60_000 }).toContain(words) },
    ended: new Promise<{ code: number | null; output: string }>(resolve => child.once('close', code => resolve({ code, output })))
  }
}

const server = (port: number) => script('server.mjs', `
  import { createServer } from 'node:http'
  const server = createServer((_, reply) => reply.end('yes')).listen(${port}, '127.0.0.1')
  process.on('SIGTERM', () => { console.log('server ends'); server.close(); server.closeAllConnections() })`)

describe('a demo mall that was begun and not finished', () => {
  test('is remembered for its own database alone', () => {
    const [ours, theirs] = [unfinishedIn(folder, 'private'), unfinishedIn(folder, 'db.example.com:3306/atrium')]
    theirs.begin()
    expect([ours.is(), theirs.is()]).toEqual([false, true])
    ours.begin()
    ours.begin()
    ours.end()
    expect([ours.is(), theirs.is()]).toEqual([false, true])
    theirs.end()
    expect(existsSync(theirs.file)).toBe(false)
  })
})

describe('services', () => {
  test('one that answers is ready; SIGTERM ends it before what was there first', async () => {
    const port = await freePort()
    const program = runProgram(`
      services.start({ name: 'server', script: ${JSON.stringify(server(port))}, output: 'log' })
      await services.ready('server', 'http://127.0.0.1:${port}/')
      console.log('ready')`)
    await program.said('ready')
    program.child.kill('SIGTERM')
    program.child.kill('SIGINT')
    const { code, output } = await program.ended
    expect(code).toBe(0)
    expect(output).toMatch(/ready\nStopping …\nfirst in, last out\nStopped\. Your data stay/)
    expect(readFileSync(join(folder, 'logs/server.log'), 'utf8')).toContain('server ends')
    await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow('fetch failed')
  })

  test('when one ends by itself everything ends, and the end of its log is shown', async () => {
    const path = script('broken.mjs', "console.log('the cause'); process.exit(3)")
    const { code, output } = await runProgram(`services.start({ name: 'worker', script: ${JSON.stringify(path)}, output: 'log' })`).ended
    expect(code).toBe(1)
    expect(output).toMatch(/The worker ended by itself \(exit code 3\)[\s\S]*the cause[\s\S]*Stopped/)
  })

  test('a second start in the same home is refused while the first runs', async () => {
    // Before any service runs: the first is still filling its database.
    const first = runProgram("console.log('up'); setInterval(() => {}, 1000)")
    await first.said('up')
    const second = await runProgram('').ended
    expect(second.output).toContain(`Atrium is already running from this folder (process ${first.child.pid})`)
    first.child.kill('SIGTERM')
    await first.ended
  })

  test('in watch mode the lines of a service are shown after its name', async () => {
    const path = script('speaks.mjs', "console.log('one'); console.error('two'); setInterval(() => {}, 1000)")
    const program = runProgram(`services.start({ name: 'bff', script: ${JSON.stringify(path)}, watch: true, output: 'terminal' })`)
    await program.said('bff       │ one')
    await program.said('bff       │ two')
    program.child.kill('SIGTERM')
    expect((await program.ended).code).toBe(0)
  })
})
