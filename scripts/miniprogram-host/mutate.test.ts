/**
 * The host's own negative tests: a sound package passes a small journey, and each of nine broken ones fails it. A host
 * that lets one of these through would let a broken build through.
 */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildFixture } from './fixture-build.ts'
import { launchMiniProgram } from './launch.ts'

let sound: string
const folder = mkdtempSync(join(tmpdir(), 'miniprogram-mutants-'))

beforeAll(async () => { sound = await buildFixture('weapp') }, 120_000)
afterAll(() => { rmSync(folder, { recursive: true, force: true }) })

/** A mutant is waited for in vain: long enough that a busy machine would have shown what is sound. */
const MUTANT_WAIT_MS = 4000

/** Renders, reacts to a tap, opens a page of a subpackage, and nothing went wrong. */
async function smallJourney(dist: string, waitMs?: number): Promise<void> {
  const app = await launchMiniProgram({ dist, platform: 'weapp', ...(waitMs && { waitMs }) })
  try {
    expect(await app.text('#count')).toBe('count 0')
    await app.tap('.add')
    await app.waitText('count 1')
    await app.tap('放鹤茶馆')
    await app.waitText('店铺 2 放鹤茶馆')
    const wrong = [...app.exceptions.map((exception) => exception.text), ...app.consoleErrors]
    if (wrong.length) throw new Error(wrong.join('\n'))
  } finally {
    await app.close()
  }
}

/** Rewrites one file; refuses a rewrite that changes nothing, which would prove nothing. */
function rewrite(dist: string, file: string, change: (text: string) => string): void {
  const before = readFileSync(join(dist, file), 'utf8')
  const after = change(before)
  if (after === before) throw new Error(`the mutation left ${file} as it was`)
  writeFileSync(join(dist, file), after)
}

const atLaunch = (code: string) => (text: string) => text.replace('onLaunch(){', `onLaunch(){${code};`)

const MUTANTS: [name: string, complaint: RegExp, mutate: (dist: string) => void][] = [
  ['a tap binding is missing', /waited \d+ ms for count 1/, (dist) => { rewrite(dist, 'base.wxml', (text) => text.replace(/<button [^>]*>/g, (tag) => tag.replace('bindtap="eh"', ''))) }],
  ['the template script is missing', /waited|host ended/, (dist) => { rmSync(join(dist, 'utils.wxs')) }],
  ['a template has another name', /waited \d+ ms for #count|waited \d+ ms for .add/, (dist) => { rewrite(dist, 'base.wxml', (text) => text.replace(/name="tmpl_0_(\d+)"(>\s*<(?:view|button))/g, 'name="tmpl_0_$1x"$2')) }],
  ['the app uses a browser API', /localStorage|getItem/, (dist) => { rewrite(dist, 'app.js', atLaunch('localStorage.getItem("x")')) }],
  ['a page is not declared', /waited \d+ ms for 店铺 2/, (dist) => { rewrite(dist, 'app.json', (text) => text.replace('"detail/index"', '')) }],
  ['a template does not compile', /template compile errors/, (dist) => { rewrite(dist, 'shell/home/index.wxml', (text) => `${text}<view wx:if="{{a +}}"><text></view>`) }],
  ['the page template gets no data', /waited \d+ ms for #count/, (dist) => { rewrite(dist, 'shell/home/index.wxml', (text) => text.replace('data="{{root:root}}"', '')) }],
  ['a script does not parse', /waited \d+ ms|SyntaxError/, (dist) => { rewrite(dist, 'more/detail/index.js', (text) => `${text}function(`) }],
  ['code is made of text', /Code generation from strings disallowed/, (dist) => { rewrite(dist, 'app.js', atLaunch('new Function("return 1")()')) }],
]

test('the sound package passes', async () => { await smallJourney(sound) })

test.each(MUTANTS)('fails when %s', async (name, complaint, mutate) => {
  const dist = join(folder, String(MUTANTS.findIndex(([other]) => other === name)))
  cpSync(sound, dist, { recursive: true })
  mutate(dist)
  await expect(smallJourney(dist, MUTANT_WAIT_MS)).rejects.toThrow(complaint)
})
