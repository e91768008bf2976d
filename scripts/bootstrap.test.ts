import { spawn, type ChildProcess } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { beforeEach, expect, onTestFinished, test } from 'vitest'

const { atLeast } = createRequire(import.meta.url)('./bootstrap.cjs') as { atLeast: (version: string, major: number, minor: number) => boolean }

/** Stands in for npm: counts its runs and writes what npm writes. */
const fakeNpm = `const fs = require('fs')
fs.appendFileSync('npm-runs', process.argv[2] + '\\n')
if (fs.existsSync('npm-fails')) process.exit(1)
fs.mkdirSync('node_modules', { recursive: true })
fs.copyFileSync('package-lock.json', 'node_modules/.package-lock.json')
`
/** Says its arguments and waits for a signal when told to; ends with 7. */
const script = `const waits = process.argv[2] === 'wait'
if (waits) {
  process.on('SIGTERM', () => { console.log('terminated'); process.exit(7) })
  setInterval(() => {}, 1000)
}
console.log('script ' + process.argv.slice(2).join(' '))
if (!waits) process.exit(7)
`

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'atrium-bootstrap-'))
  mkdirSync(join(folder, 'scripts'))
  copyFileSync(join(import.meta.dirname, 'bootstrap.cjs'), join(folder, 'scripts/bootstrap.cjs'))
  copyFileSync(join(import.meta.dirname, 'run.cjs'), join(folder, 'scripts/run.cjs'))
  writeFileSync(join(folder, 'npm-cli.js'), fakeNpm)
  writeFileSync(join(folder, 'script.ts'), script)
  lock('1.0.0')
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
})

const lock = (version: string) => writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({ packages: { '': {}, 'node_modules/a': { version } } }))
const npmRuns = () => existsSync(join(folder, 'npm-runs')) ? readFileSync(join(folder, 'npm-runs'), 'utf8').trim().split('\n').length : 0

const begin = (...args: string[]): { child: ChildProcess; ended: Promise<{ code: number | null; output: string }>; output: () => string } => {
  const child = spawn(process.execPath, ['scripts/run.cjs', 'script.ts', ...args], { cwd: folder, env: { PATH: process.env.PATH, npm_execpath: join(folder, 'npm-cli.js') } })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => { output += chunk })
  return { child, output: () => output, ended: new Promise(resolve => child.once('close', code => resolve({ code, output }))) }
}

test('installs once, hands the arguments over and returns the exit code', async () => {
  const first = await begin('one', 'two').ended
  expect(first.output).toMatch(/Installing packages[\s\S]*Packages installed in \d+ s\.\nscript one two/)
  expect(first.code).toBe(7)
  const second = await begin('three').ended
  expect(second.output).toBe('script three\n')
  expect(npmRuns()).toBe(1)
})

test('installs again when the lock asks for something else', async () => {
  await begin('x').ended
  lock('1.1.0')
  await begin('x').ended
  expect(npmRuns()).toBe(2)
})

test('what npm installed by hand is accepted', async () => {
  mkdirSync(join(folder, 'node_modules'))
  copyFileSync(join(folder, 'package-lock.json'), join(folder, 'node_modules/.package-lock.json'))
  await begin('x').ended
  expect(npmRuns()).toBe(0)
})

test('a failed install is one sentence, and is tried again next time', async () => {
  writeFileSync(join(folder, 'npm-fails'), '')
  const failed = await begin('x').ended
  expect(failed.code).toBe(1)
  expect(failed.output).toContain('npm ci failed, its own message stands above')
  rmSync(join(folder, 'npm-fails'))
  expect((await begin('x').ended).code).toBe(7)
})

test('SIGTERM reaches the script, and its answer comes back', async () => {
  const running = begin('wait')
  while (!running.output().includes('script wait')) await wait(20)
  running.child.kill('SIGTERM')
  expect(await running.ended).toMatchObject({ code: 7, output: expect.stringContaining('terminated') })
})

test.each([['20.0.0', 22, 18, false], ['22.17.9', 22, 18, false], ['22.18.0', 22, 18, true], ['24.0.0', 22, 18, true]] as const)('%s is at least %d.%d: %s', (version, major, minor, expected) =>
  expect(atLeast(version, major, minor)).toBe(expected))
