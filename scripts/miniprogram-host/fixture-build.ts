/** Builds the fixture app for the host's own tests; the result is kept in .atrium/cache under the hash of its sources. */
import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { filesBelow, hashOf } from '../kit/folders.ts'
import { cache as ourCache } from '../kit/paths.ts'
import type { Platform } from './core/types.ts'

const repository = fileURLToPath(new URL('../../', import.meta.url))
const fixture = fileURLToPath(new URL('./fixture/', import.meta.url))
const cache = join(ourCache, 'miniprogram-fixture')

/** Changes with every source file of the fixture and with the versions of the tool chain. */
function sourceHash(): string {
  return hashOf(fixture, filesBelow(fixture), readFileSync(join(repository, 'node_modules/@tarojs/webpack5-runner/package.json'), 'utf8')).slice(0, 12)
}

/** The folder of the compiled fixture; builds it (about ten seconds) when it is not in the cache. */
export async function buildFixture(platform: Platform): Promise<string> {
  const done = join(cache, `${platform}-${sourceHash()}`)
  if (existsSync(join(done, 'app.json'))) return done
  mkdirSync(cache, { recursive: true })
  for (const old of readdirSync(cache)) if (old.startsWith(`${platform}-`) && join(cache, old) !== done) rmSync(join(cache, old), { recursive: true, force: true })
  const under = join(cache, `building-${platform}-${process.pid}`)
  const bin = resolve(repository, 'node_modules/.bin')
  await promisify(execFile)(process.execPath, [join(bin, 'taro'), 'build', '--type', platform], {
    cwd: fixture, maxBuffer: 32 << 20,
    env: { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}`, FIXTURE_OUT: under, NODE_ENV: 'production', VITEST: '' },
  })
  try {
    renameSync(under, done)
  } catch (error) {
    // Another test file may have built the same sources meanwhile.
    if (!existsSync(join(done, 'app.json'))) throw error
    rmSync(under, { recursive: true, force: true })
  }
  return done
}
