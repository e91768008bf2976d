import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import type { TestModule } from 'vitest/node'
import CountReporter from './count-reporter.ts'
import { filesBelow, hashOf } from './folders.ts'
import { clearLeftovers, rememberChild } from './leftovers.ts'
import { describeProcess, endChild, freePort, isAlive, isPortFree, spawnBound } from './processes.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'atrium-kit-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
})

const sleeper = () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', '--', 'atrium-sleeper'], { stdio: 'ignore' })
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}

describe('files and their hash', () => {
  test('packages and builds are passed over; the rest comes in a stable order', () => {
    for (const path of ['b/two.ts', 'a.ts', 'node_modules/x.js', 'b/dist/out.js']) {
      mkdirSync(join(folder, path, '..'), { recursive: true })
      writeFileSync(join(folder, path), path)
    }
    expect(filesBelow(folder)).toEqual([join(folder, 'a.ts'), join(folder, 'b/two.ts')])
  })

  test('content, name and settings each change the hash; nothing else does', () => {
    const [a, b] = [join(folder, 'a'), join(folder, 'b')]
    for (const file of [a, b]) writeFileSync(file, 'same')
    const before = hashOf(folder, [a])
    expect(hashOf(folder, [a])).toBe(before)
    expect(hashOf(folder, [b])).not.toBe(before)
    expect(hashOf(folder, [a], 'other')).not.toBe(before)
    writeFileSync(a, 'changed')
    expect(hashOf(folder, [a])).not.toBe(before)
  })
})

describe('children', () => {
  test('one that ignores SIGTERM is ended all the same', async () => {
    const child = spawn(process.execPath, ['-e', "process.on('SIGTERM', () => {}); console.log('up'); setInterval(() => {}, 1000)"])
    await new Promise(resolve => child.stdout.once('data', resolve))
    await endChild(child, 200)
    expect(child.signalCode).toBe('SIGKILL')
  })

  test.runIf(process.platform === 'linux')('one that is bound ends with a killed parent', async () => {
    const parent = spawn(process.execPath, ['-e', `import(${JSON.stringify(join(import.meta.dirname, 'processes.ts'))}).then(({ spawnBound }) => {
      const child = spawnBound(process.execPath, ['-e', 'console.log(0); setInterval(() => {}, 1000)'], { stdio: ['ignore', 'pipe', 'ignore'] })
      // What it says comes from the program itself: by then it is bound.
      child.stdout.once('data', () => console.log(child.pid))
    })`])
    const pid = Number(await new Promise(resolve => parent.stdout.once('data', resolve)))
    expect(isAlive(pid)).toBe(true)
    parent.kill('SIGKILL')
    await expect.poll(() => describeProcess(pid)?.command ?? '', { timeout: 20_000 }).toBe('')
  })

  test('what a killed run left is ended; what is not ours is left alone', async () => {
    const file = join(folder, 'children.json')
    const [ours, strange] = [sleeper(), sleeper()]
    rememberChild(file, ours.pid, 'atrium-sleeper')
    rememberChild(file, strange.pid, 'some other program')
    // As if another process, now gone, had started them.
    const left = JSON.parse(readFileSync(file, 'utf8')) as { owner: number }[]
    writeFileSync(file, JSON.stringify(left.map(child => ({ ...child, owner: 999_999_999 }))))
    const gone = new Promise(resolve => ours.once('exit', (_code, signal) => resolve(signal)))
    await clearLeftovers(file, () => 'in use')
    expect(await gone).toBe('SIGTERM')
    expect(isAlive(strange.pid!)).toBe(true)
  })

  test('what still has its owner is refused', async () => {
    const file = join(folder, 'children.json')
    const child = sleeper()
    rememberChild(file, child.pid, 'atrium-sleeper')
    await expect(clearLeftovers(file, owner => `used by ${owner}`)).rejects.toThrow(`used by ${process.pid}`)
    expect(isAlive(child.pid!)).toBe(true)
  })

  test('what is at work and its own owner is refused', async () => {
    const file = join(folder, 'children.json')
    const child = sleeper()
    writeFileSync(file, JSON.stringify([{ pid: child.pid, owner: child.pid, sign: 'atrium-sleeper' }]))
    await expect(clearLeftovers(file, owner => `used by ${owner}`)).rejects.toThrow(`used by ${child.pid}`)
  })

  test.runIf(process.platform === 'linux')('one that has ended and whose parent does not notice is not waited for', async () => {
    const file = join(folder, 'children.json')
    const parent = spawn('sh', ['-c', `'${process.execPath}' -e 'console.log(process.pid); setInterval(() => {}, 1000)' atrium-sleeper & exec sleep 600`])
    onTestFinished(() => void parent.kill('SIGKILL'))
    const pid = Number(await new Promise(resolve => parent.stdout.once('data', resolve)))
    writeFileSync(file, JSON.stringify([{ pid, owner: 999_999_999, sign: 'atrium-sleeper' }]))
    await clearLeftovers(file, () => 'in use')
    expect(isAlive(pid)).toBe(true)
    expect(describeProcess(pid)?.command).toBe('')
  })

  test('a list that was cut off is one sentence', async () => {
    const file = join(folder, 'children.json')
    writeFileSync(file, '[{"pid":')
    await expect(clearLeftovers(file, () => 'in use')).rejects.toThrow(`${file} is not readable as JSON: remove it`)
  })

  test('a program that is missing is an error event, not a crash', async () => {
    const child = spawnBound('/nowhere/program', [], { stdio: 'ignore' })
    const ended = await new Promise(resolve => { child.once('exit', resolve); child.once('error', () => resolve('error')) })
    expect(ended).not.toBe(0)
  })
})

test('a taken port is seen, and another one is chosen', async () => {
  const server = createServer()
  const port = await new Promise<number>(resolve => server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port)))
  expect(await isPortFree(port)).toBe(false)
  expect(await freePort(port)).not.toBe(port)
  await new Promise(resolve => server.close(resolve))
  expect(await freePort(port)).toBe(port)
})

test('the count has failed files and stray errors in it', () => {
  const file = join(folder, 'count.json')
  process.env.ATRIUM_COUNT_FILE = file
  onTestFinished(() => void delete process.env.ATRIUM_COUNT_FILE)
  const fake = (states: string[], errors: unknown[]) => ({
    children: { allTests: () => states.map(state => ({ result: () => ({ state }) })), allSuites: () => [] }, errors: () => errors
  }) as unknown as TestModule
  new CountReporter().onTestRunEnd([fake(['passed', 'passed', 'failed'], []), fake([], [new Error('could not be loaded')])], [new Error('stray')])
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ passed: 2, failed: 3 })
})
