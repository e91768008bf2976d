import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { ensureBuilt, miniPrograms, webFaces, type FaceName } from './build.ts'
import { locateMariadb } from './db/locate.ts'
import type { Counted } from './kit/count-reporter.ts'
import { ensureBrowser } from './kit/debian.ts'
import { cache, privateFolder, root } from './kit/paths.ts'
import { spawnBound } from './kit/processes.ts'
import { command, elapsed, PlainError, say } from './kit/say.ts'
import { runChecks } from './verify/checks.ts'

const projects = ['rules', 'scripts', 'console', 'bff', 'simulator', 'miniprogram', 'browser']
const withDatabase = ['bff', 'miniprogram', 'browser']
/** Each has a test that looks at a page. */
const withBrowser = ['simulator', 'miniprogram', 'browser']

/** The builds a project drives. */
const builds: Record<string, readonly FaceName[]> = { miniprogram: miniPrograms, browser: webFaces }

/** Runs vitest as a child; its count comes back in a file, whatever else it printed. */
const runVitest = async (chosen: string[], filters: string[]): Promise<Counted> => {
  const file = join(privateFolder(cache), `count-${process.pid}.json`)
  const child = spawnBound(process.execPath, [
    join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--reporter=default', '--reporter=./scripts/kit/count-reporter.ts',
    ...chosen.flatMap(project => ['--project', project]), ...filters
  ], { cwd: root, stdio: 'inherit', env: { ...process.env, ATRIUM_COUNT_FILE: file } })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal))
  const code = await new Promise<number | null>(resolve => child.once('close', resolve))
  const counted = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) as Counted : { passed: 0, failed: 1 }
  rmSync(file, { force: true })
  // A run that fails without a failed test (a global set-up, say) must not look green.
  return code !== 0 && counted.failed === 0 ? { ...counted, failed: 1 } : counted
}

/** Runs something that throws on failure; a failure counts as one and is told. */
const attempt = async (work: () => void | Promise<void>): Promise<Counted> => {
  try {
    await work()
    return { passed: 0, failed: 0 }
  } catch (error) {
    process.stderr.write(`${error instanceof PlainError ? error.message : (error as Error).stack}\n`)
    return { passed: 0, failed: 1 }
  }
}

// npm test [-- project or file name …]: without words everything; with words that part alone, without the checks of verify.
await command(async () => {
  const started = performance.now()
  const words = process.argv.slice(2)
  const named = words.filter(word => projects.includes(word))
  const chosen = named.length > 0 ? named : projects
  const filters = words.filter(word => !projects.includes(word))
  const counts: Counted[] = []

  // Without this the tests fail one by one for a reason that is better said once.
  if (chosen.some(project => withDatabase.includes(project)) && !process.env.DATABASE_URL) locateMariadb(say)
  if (chosen.some(project => withBrowser.includes(project)) && filters.length === 0) counts.push(await attempt(ensureBrowser))
  if (words.length === 0) counts.push(await runChecks(say))
  if (filters.length === 0) {
    const needed = chosen.flatMap(project => builds[project] ?? [])
    counts.push(await attempt(() => ensureBuilt(needed)))
  }
  counts.push(await runVitest(named, filters))

  const total = (key: keyof Counted) => counts.reduce((sum, count) => sum + count[key], 0)
  say(`(${elapsed(started)})`)
  say(`${total('passed')} passed, ${total('failed')} failed`)
  return total('failed') > 0 || total('passed') === 0 ? 1 : 0
})
