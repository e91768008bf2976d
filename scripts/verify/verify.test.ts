import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { contractMessages, type Entry } from './contract.ts'
import { importRules } from './imports.ts'
import { fileLength } from './length.ts'
import { licences } from './licences.ts'
import { deadLinks } from './links.ts'
import { lintMessages } from './lint.ts'
import { machinePaths } from './machine-paths.ts'
import { migrationNames } from './migrations.ts'
import { platformOnly } from './platform.ts'
import { pureRules } from './pure-rules.ts'
import { refusalCopy } from './refusals.ts'
import { scopeFirst } from './scope.ts'
import { sampleTree, type Check } from './tree.ts'
import { typeErrors } from './types.ts'
import { unfinished } from './unfinished.ts'

/** What a check says about a few files. */
const say = async (check: Check, files: Record<string, string>) => (await check.run(sampleTree(files))).join('\n')

const folderWith = (files: Record<string, string>): string => {
  const folder = mkdtempSync(join(tmpdir(), 'atrium-verify-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  return folder
}

const couponTable = "export const coupons = mysqlTable('coupon', {\n  mallId: mallId(),\n})\n"

describe('import rules', () => {
  test.each([
    ['shared/src/coupon/rules.ts', "import { x } from '@atrium/schema/coupon.ts'", 'shared imports nothing of ours'],
    ['shared/src/coupon/rules.ts', "import { z } from 'zod'", 'takes no packages'],
    ['shared/src/coupon/rules.ts', "import fs from 'node:fs'", 'takes no packages'],
    ['schema/src/coupon.ts', "import { redeem } from '@atrium/bff/coupon/service.ts'", 'schema imports shared and nothing else'],
    ['bff/src/coupon/service.ts', "import { coupons } from '@atrium/schema/coupon.ts'", 'only store.ts files'],
    ['bff/src/coupon/routes.ts', "import { lockCoupon } from './store.ts'", 'through the service'],
    ['bff/src/coupon/service.ts', "import { lockMember } from '../member/store.ts'", 'only the other’s service'],
    ['bff/src/http/handlers.ts', "import { lockCoupon } from '../coupon/store.ts'", 'what serves every feature'],
    ['bff/src/context.ts', "import type { Coupon } from './coupon/store.ts'", 'what serves every feature'],
    ['bff/src/features.ts', "import { lockCoupon } from './coupon/store.ts'", 'what serves every feature'],
    ['bff/src/app.ts', "import { wechatPay } from './vendors/wechat-pay/client.ts'", 'only main.ts, worker.ts'],
    ['bff/src/vendors/nuonuo/issuer.ts', "import { settle } from '../../fapiao/service.ts'", 'a vendor implements ports'],
    ['miniapp/src/coupon/list.vue', "<script>\nimport { app } from '@atrium/bff/app.ts'\n</script>", 'a front end imports neither'],
    ['miniapp/src/coupon/list.vue', "<script>\nimport Plan from '../../../h5/kiosk/src/plan.vue'\n</script>", 'faces do not import each other'],
    ['h5/console/src/coupon/list.ts', "import Card from '@atrium/miniapp/ui/Card.vue'", 'faces do not import each other'],
    ['miniapp/src/coupon/useCoupons.ts', "import { couponContract } from '@atrium/shared/coupon/contract.ts'", '`import type` alone'],
    ['h5/console/src/x.ts', "const pieces = await import('@atrium/shared/pieces.ts')", '`import type` alone'],
    ['h5/kiosk/src/x.ts', "import { z } from 'zod'", 'zod never enters']
  ])('%s may not: %s', async (path, line, why) => expect(await say(importRules, { [path]: line })).toContain(why))

  test.each([
    ['shared/src/coupon/rules.ts', "import { split } from '../money.ts'\nimport type { Coupon } from './contract.ts'"],
    ['bff/src/coupon/store.ts', "import { coupons } from '@atrium/schema/coupon.ts'"],
    ['bff/src/coupon/coupon.test.ts', "import { coupons } from '@atrium/schema/coupon.ts'\nimport { pay } from '../vendors/alipay/gateway.ts'"],
    ['bff/src/coupon/service.ts', "import { earn } from '../points/service.ts'\nimport { withTx } from '../db/transaction.ts'"],
    ['bff/src/features.ts', "import { couponRoutes } from './coupon/routes.ts'\nimport { couponJobs } from './coupon/jobs.ts'"],
    ['bff/src/context.ts', "import type { PaymentGateway } from './payment/gateway.ts'"],
    ['bff/src/main.ts', "import { wechatPay } from './vendors/wechat-pay/client.ts'"],
    ['h5/kiosk/src/shop/list.vue', "<script>\nimport ShopCard from '@/shop/ShopCard.vue'\n</script>"],
    ['miniapp/src/coupon/useCoupons.ts', "import type { couponContract } from '@atrium/shared/coupon/contract.ts'\nimport { refusal } from '@atrium/shared/coupon/rules.ts'"]
  ])('%s may', async (path, lines) => expect(await say(importRules, { [path]: lines })).toBe(''))

  test('a circle of features is named', async () => {
    expect(await say(importRules, {
      'bff/src/coupon/service.ts': "import { earn } from '../points/service.ts'",
      'bff/src/points/service.ts': "import { member } from '../member/service.ts'",
      'bff/src/member/service.ts': "import {\n  held\n} from '../coupon/service.ts'"
    })).toContain('coupon → points → member → coupon')
  })
})

describe('small rules', () => {
  test.each<[string, Check, Record<string, string>, string]>([
    ['a clock in a rule', pureRules, { 'shared/src/tariff/rules.ts': 'const now = new Date()' }, 'takes the clock'],
    ['Taro outside platform', platformOnly, { 'miniapp/src/coupon/list.vue': '  Taro.showToast({})' }, 'names a platform'],
    ['wx outside platform', platformOnly, { 'miniapp/src/coupon/use.ts': 'await wx.login()' }, 'names a platform'],
    ['the Taro package outside platform', platformOnly, { 'h5/kiosk/src/app.ts': "import { useLoad } from '@tarojs/taro'" }, 'imports @tarojs/taro'],
    ['a long file', fileLength, { 'bff/src/a.ts': 'x\n'.repeat(401) }, '401 lines'],
    ['a migration without a name', migrationNames, { 'schema/migrations/0001.sql': '' }, 'name it like'],
    ['a gap between migrations', migrationNames, { 'schema/migrations/0001-a.sql': '', 'schema/migrations/0003-b.sql': '' }, 'expected the number 0002'],
    ['a link to a missing file', deadLinks, { 'docs/a.md': 'See [b](b.md).' }, 'b.md leads nowhere'],
    ['a link to a missing heading', deadLinks, { 'docs/a.md': '[b](b.md#deploy)', 'docs/b.md': '# Install' }, '#deploy leads nowhere'],
    ['a missing picture', deadLinks, { 'README.md': '<img src="docs/home.png">' }, 'docs/home.png'],
    ['a copyleft package', licences, { 'package-lock.json': '{"packages":{"node_modules/a":{"license":"AGPL-3.0"}}}' }, 'a  has the licence AGPL-3.0'],
    ['a package without a licence', licences, { 'package-lock.json': '{"packages":{"node_modules/a":{}}}' }, 'unknown'],
    ['a folder of one machine', machinePaths, { 'docs/a.md': 'cd /home/anna/atrium' }, 'a folder of one machine'],
    ['a registry', machinePaths, { 'package-lock.json': '"resolved": "https://example.org/a.tgz"' }, 'a package registry'],
    ['an unfinished mark', unfinished, { 'bff/src/a.ts': '// TODO later' }, 'finish it'],
    ['a test switched off', unfinished, { 'bff/src/a.test.ts': "test.skip('x')" }, 'finish it'],
    ['a store function without scope', scopeFirst, { 'bff/src/coupon/store.ts': 'export const couponByCode = async (db: Executor, code: string) => db.select().from(coupons)', 'schema/src/coupon.ts': couponTable }, 'couponByCode is the scope'],
    ['a query that does not say which mall', scopeFirst, { 'bff/src/coupon/store.ts': 'export async function couponByCode(scope: Scope, code: string) { return scope.db.select().from(coupons).where(eq(coupons.code, code)) }', 'schema/src/coupon.ts': couponTable }, 'couponByCode asks coupons without saying which mall'],
    ['a prepared statement that does not say which mall', scopeFirst, { 'bff/src/coupon/store.ts': "const byCode = prepared((db) => db.select().from(coupons).where(eq(coupons.code, placeholder('code'))).prepare())\nexport const couponByCode = (scope: Scope, code: string) => byCode(scope.db).execute({ code })", 'schema/src/coupon.ts': couponTable }, 'byCode asks coupons without saying which mall'],
    ['a helper whose callers do not all say which mall', scopeFirst, { 'bff/src/coupon/store.ts': 'const rows = (scope: Scope) => scope.db.select().from(coupons)\nexport const one = (scope: Scope) => rows(scope).where(eq(coupons.mallId, scope.mallId))\nexport const all = (scope: Scope) => rows(scope)', 'schema/src/coupon.ts': couponTable }, 'rows asks coupons without saying which mall'],
    ['a store function that hides behind a helper', scopeFirst, { 'bff/src/coupon/store.ts': 'const rows = (db: Executor) => db.select().from(coupons)\nexport const one = (db: Executor, mallId: string) => rows(db).where(eq(coupons.mallId, mallId)).execute()', 'schema/src/coupon.ts': couponTable }, 'the first parameter of one is the scope']
  ])('%s is found', async (_name, check, files, words) => expect(await say(check, files)).toContain(words))

  test.each<[string, Check, Record<string, string>]>([
    ['a rule that takes now', pureRules, { 'shared/src/tariff/rules.ts': 'export const due = (now: Date) => new Date(+now)' }],
    ['Taro in platform, and in a comment', platformOnly, { 'miniapp/src/platform/pay.ts': 'Taro.pay()', 'miniapp/src/a.ts': '// Taro.pay waits' }],
    ['a file of 400 lines', fileLength, { 'bff/src/a.ts': 'x\n'.repeat(400) }],
    ['links that lead somewhere', deadLinks, { 'docs/a.md': '# One two\n[b](../b.md#第一步), [own](#one-two), [web](https://example.org), [folder](../docs/)', 'b.md': '## 第一步' }],
    ['a choice of licences', licences, { 'package-lock.json': '{"packages":{"node_modules/a":{"license":"(MIT OR GPL-2.0)"},"node_modules/b":{"license":"GPL-3.0","dev":true}}}' }],
    ['store functions with their scope', scopeFirst, {
      'bff/src/coupon/store.ts': 'export const couponByCode = ({ db, mallId }: Scope, code: string) => db.select().from(coupons).where(eq(coupons.mallId, mallId))',
      'bff/src/coupon/store/list.ts': 'const inMall = (scope: Scope) => eq(coupons.mallId, scope.mallId)\nexport const list = (scope: Scope) => scope.db.select().from(coupons).where(inMall(scope))',
      'bff/src/coupon/rows-store.ts': "const rows = (scope: Scope) => scope.db.select().from(coupons)\nexport const mine = (scope: Scope) => rows(scope).where(eq(coupons.mallId, scope.mallId))\nconst byToken = prepared((db) => db.select().from(coupons).prepare())\n/** By its token, in every mall. */\nexport const ofToken = (db: Executor) => byToken(db).execute()",
      'bff/src/coupon/sweep-store.ts': '/** Expired coupons of every mall. */\nexport const expired = (db: Executor) => db.select().from(coupons)',
      'schema/src/coupon.ts': couponTable
    }]
  ])('%s passes', async (_name, check, files) => expect(await say(check, files)).toBe(''))
})

describe('contract', () => {
  const good: Entry = { who: { can: 'coupon.read' }, within: 'mall', summary: 'Coupons', refuses: [] }
  const granted = new Set(['coupon.read'])
  test.each<[string, Partial<Entry>, string]>([
    ['GET /other/coupons', {}, 'its key'],
    ['GET /api/coupons', {}, '/api is for guests and members'],
    ['PATCH /api/member/me', { who: 'member' }, 'know no PATCH'],
    ['GET /callback/alipay', {}, 'vendors call /callback'],
    ['GET /admin/coupons', { who: 'vendor' }, 'vendors call /callback'],
    ['POST /admin/sessions', { who: 'guest' }, 'without a rate limit'],
    ['GET /admin/coupons', { who: { can: 'coupon.burn' } }, 'no role grants coupon.burn'],
    ['GET /admin/coupons', { within: undefined }, 'how far that reaches'],
    ['GET /admin/coupons', { idempotent: true }, 'no idempotency key'],
    ['GET /admin/coupons', { body: {} }, 'a GET takes no body'],
    ['GET /admin/coupons', { summary: '' }, 'no summary']
  ])('%s %o', (key, change, words) => expect(contractMessages({ [key]: { ...good, ...change } }, granted).join()).toContain(words))
  test('a good endpoint passes', () => expect(contractMessages({ 'GET /admin/coupons': good }, granted)).toEqual([]))
})

describe('copy of refusals', () => {
  const source = "export const refusalStatus = {\n  sold_out: 409,\n  forbidden: 403,\n} as const"
  const full = "sold_out: '领完了', forbidden: '不可以'\nsold_out: 'Sold out', \"forbidden\": [\"Not allowed\"]"
  const files = (phone: string, console: string) => ({ 'shared/src/refusal.ts': source, 'miniapp/src/i18n/refusal.ts': phone, 'h5/console/src/refusalCopy.ts': console })
  test('complete on each face passes', async () => expect(await say(refusalCopy, files(full, full))).toBe(''))
  test('a missing language is named with its face', async () => {
    const said = await say(refusalCopy, files(full, "sold_out: '领完了', forbidden: '不可以', sold_out: ''"))
    expect(said).toContain('the console has no English copy for the refusal sold_out')
    expect(said).not.toContain('the phone app')
  })
  test('the same word in other copy does not count', async () => {
    const elsewhere = { ...files("forbidden: '不可以'\nforbidden: 'No'", full), 'miniapp/src/coupon/messages.ts': "sold_out: '领完了'\nsold_out: 'Sold out'" }
    expect(await say(refusalCopy, elsewhere)).toContain('no Chinese and no English copy for the refusal sold_out')
  })
  test('a missing code is named', async () => expect(await say(refusalCopy, files("forbidden: '不可以'\nforbidden: 'No'", full))).toContain('the phone app has no Chinese and no English copy for the refusal sold_out'))
})

describe('programs', () => {
  test('a wrong type is found', async () => {
    const folder = folderWith({ 'tsconfig.json': '{"compilerOptions":{"strict":true,"types":[],"lib":["ES2022"]},"include":["*.ts"]}', 'a.ts': 'export const n: number = "one"' })
    expect((await typeErrors(folder, 'tsc', join(folder, 'memory'))).join()).toContain("a.ts(1,14): error TS2322")
  }, 60_000)
  test('what lint forbids is found', () => {
    expect(lintMessages(folderWith({ 'a.ts': 'let x = 1\nif (x == 2) debugger\nexport default x' })).join('\n')).toMatch(/a\.ts:2: .*(eqeqeq|debugger)/)
  })
})
