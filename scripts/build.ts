import { createWriteStream, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { finished } from 'node:stream/promises'
import { dirname, join, relative } from 'node:path'
import { filesBelow, hashOf } from './kit/folders.ts'
import { cache, home, root } from './kit/paths.ts'
import { spawnBound } from './kit/processes.ts'
import { command, elapsed, PlainError, say } from './kit/say.ts'

interface Face {
  /** Where the compiler runs and what it compiles. */
  folder: string
  compiler: string[]
  output: string
  /** A file of the output without which it is no build. */
  proof: string
  /** What the result depends on, beside the packages. */
  sources: string[]
}

const taro = (type: string) => ['node_modules/@tarojs/cli/bin/taro', 'build', '--type', type]
const phone = (type: string, proof: string): Face =>
  ({ folder: 'miniapp', compiler: taro(type), output: `miniapp/dist/${type}`, proof, sources: ['miniapp', 'shared', 'project.config.json'] })

/** The faces and how each is built. */
export const faces = {
  h5: phone('h5', 'index.html'),
  kiosk: { folder: 'h5/kiosk', compiler: taro('h5'), output: 'h5/kiosk/dist', proof: 'index.html', sources: ['h5/kiosk', 'miniapp', 'shared'] },
  console: { folder: 'h5/console', compiler: ['node_modules/vite/bin/vite.js', 'build'], output: 'h5/console/dist', proof: 'index.html', sources: ['h5/console', 'shared'] },
  weapp: phone('weapp', 'app.json'),
  alipay: phone('alipay', 'app.json')
} as const satisfies Record<string, Face>

export type FaceName = keyof typeof faces
export const webFaces: FaceName[] = ['h5', 'kiosk', 'console']
export const miniPrograms: FaceName[] = ['weapp', 'alipay']

/** What two Taro builds at once need is about 2.6 GB and both cores. */
const atOnce = 2

const stampFile = (name: FaceName) => join(cache, 'builds', name)

/** Changes with everything that changes the build: sources, packages, the settings that are compiled in. */
const sourceHash = (name: FaceName): string => {
  const { sources, compiler } = faces[name]
  const files = [...sources, 'package-lock.json', 'tsconfig.base.json'].flatMap(path => filesBelow(join(root, path)))
  const settings = Object.entries(process.env).filter(([key]) => key.startsWith('TARO_APP_') || key.startsWith('VITE_')).sort()
  return hashOf(root, files.filter(file => !file.endsWith('.test.ts')), JSON.stringify([compiler, settings]))
}

/** True when the build of a face is there and its sources have not changed since. */
export const isFresh = (name: FaceName): boolean => {
  const { output, proof } = faces[name]
  if (!existsSync(join(root, output, proof)) || !existsSync(stampFile(name))) return false
  return readFileSync(stampFile(name), 'utf8') === sourceHash(name)
}

/** The compiler's complaints: Taro ends with 0 on some of them. */
const complaint = /was not found in|Module not found|Module parse failed|✖|\[Error\]|Error:/

const compile = async (name: FaceName): Promise<void> => {
  const { folder, compiler, output, proof } = faces[name]
  const log = join(home, 'logs', `build-${name}.log`)
  mkdirSync(dirname(log), { recursive: true })
  const hash = sourceHash(name)
  rmSync(stampFile(name), { force: true })
  const sink = createWriteStream(log)
  const [script, ...args] = compiler
  const child = spawnBound(process.execPath, [join(root, script!), ...args], {
    cwd: join(root, folder), stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_ENV: 'production', FORCE_COLOR: '0', NO_COLOR: '1', CI: '1' }
  })
  child.stdout?.pipe(sink, { end: false })
  child.stderr?.pipe(sink, { end: false })
  const code = await new Promise<number | null>(resolve => child.once('close', resolve))
  sink.end()
  await finished(sink)
  if (code !== 0 || !existsSync(join(root, output, proof))) {
    const lines = readFileSync(log, 'utf8').split('\n').map(line => line.trimEnd()).filter(Boolean)
    const first = Math.max(0, lines.findIndex(line => complaint.test(line)))
    throw new PlainError(`The build of ${name} failed; all of it is in ${relative(process.cwd(), log) || log}, it begins:\n${lines.slice(first, first + 12).join('\n')}`)
  }
  mkdirSync(dirname(stampFile(name)), { recursive: true })
  writeFileSync(stampFile(name), hash)
}

/**
 * Builds the faces of the list whose build is missing or older than its sources, two at a time, and says so.
 * Throws the first failure after the others have ended. Used by start, test and the journeys.
 */
export const ensureBuilt = async (names: readonly FaceName[]): Promise<void> => {
  const open = names.filter(name => !isFresh(name))
  const failures: unknown[] = []
  const worker = async () => {
    for (let name = open.shift(); name; name = open.shift()) {
      const started = performance.now()
      try {
        await compile(name)
        say(`✓ Built ${name} (${elapsed(started)})`)
      } catch (error) {
        failures.push(error)
      }
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  if (failures.length > 0) throw failures[0]
}

if (import.meta.main) {
  await command(async () => {
    const names = process.argv.slice(2)
    const strange = names.find(name => !(name in faces))
    if (names.length === 0 || strange) throw new PlainError(`Say what to build: ${Object.keys(faces).join(', ')}${strange ? ` (not "${strange}")` : ''}.`)
    const fresh = (names as FaceName[]).filter(isFresh)
    await ensureBuilt(names as FaceName[])
    for (const name of fresh) say(`✓ ${name} is up to date (${faces[name].output})`)
  })
}
