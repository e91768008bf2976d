/** The off-line check passes sound packages and names what is wrong with broken ones. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildFixture } from './fixture-build.ts'
import { checkPackage, MAIN_LIMIT, SUBPACKAGE_LIMIT } from './static-check.ts'

let weapp: string
let alipay: string
const folder = mkdtempSync(join(tmpdir(), 'miniprogram-static-'))

beforeAll(async () => {
  weapp = await buildFixture('weapp')
  alipay = await buildFixture('alipay')
}, 240_000)
afterAll(() => { rmSync(folder, { recursive: true, force: true }) })

/** Problems of the sound weapp package after a change. */
function problemsAfter(name: string, change: (dist: string) => void): string {
  const dist = join(folder, name)
  cpSync(weapp, dist, { recursive: true })
  change(dist)
  return checkPackage(dist).problems.join('\n')
}
const append = (file: string, text: string) => (dist: string) => { writeFileSync(join(dist, file), readFileSync(join(dist, file), 'utf8') + text) }

test('sound packages have no problem', () => {
  expect(checkPackage(weapp)).toMatchObject({ platform: 'weapp', problems: [] })
  expect(checkPackage(alipay)).toMatchObject({ platform: 'alipay', problems: [] })
  expect(Object.keys(checkPackage(weapp).sizes)).toEqual(['main', 'more'])
})

test.each<[string, RegExp, (dist: string) => void]>([
  ['script syntax', /more\/detail\/index\.js: Unexpected token/, append('more/detail/index.js', 'function(')],
  ['eval', /app\.js:\d+: makes code of text/, append('app.js', ';eval("1")')],
  ['new-Function', /app\.js:\d+: makes code of text/, append('app.js', ';new Function("return 1")')],
  ['page-file', /page shell\/mine\/index: \.wxml is missing/, (dist) => { rmSync(join(dist, 'shell/mine/index.wxml')) }],
  ['import', /base\.wxml: \.\/utils\.wxs is missing/, (dist) => { rmSync(join(dist, 'utils.wxs')) }],
  ['template', /shell\/home\/index\.wxml:\d+: /, append('shell/home/index.wxml', '<view wx:if="{{a +}}"><text></view>')],
  ['tab-icon', /assets\/home\.png is missing/, (dist) => { rmSync(join(dist, 'assets/home.png')) }],
  ['json', /app\.json: missing or broken/, append('app.json', '}')],
  ['main-size', /main: \d+ KB, more than 600 KB/, (dist) => { writeFileSync(join(dist, 'assets/big.png'), Buffer.alloc(MAIN_LIMIT)) }],
  ['subpackage-size', /more: \d+ KB, more than 400 KB/, (dist) => { writeFileSync(join(dist, 'more/big.png'), Buffer.alloc(SUBPACKAGE_LIMIT)) }],
])('names a broken %s', (name, complaint, change) => {
  expect(problemsAfter(name.replace(/\W/g, '-'), change)).toMatch(complaint)
})
