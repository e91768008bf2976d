import { beforeEach, expect, test } from 'vitest'
import { grants, type Permission, type Role } from '@atrium/shared/staff/permissions.ts'
import { setLanguage } from '../platform/copy.ts'
import { problemsOf } from '../ui/form/spec.ts'
import { fieldsOf } from './fields.ts'
import { conditionRules, effectRules } from './rules.ts'
import { draftOf, inputOf, kinds, newDraft, templateStates, verbsFor, type Template } from './template.ts'
import { said } from './said.ts'
import { lookOf } from './ticket.ts'
import './copy.ts'

const now = Date.parse('2026-11-21T14:26:08+08:00')
beforeEach(() => setLanguage('zh-CN'))
const as = (role: Role) => (p: Permission) => grants(role, p)
const template = (over: Partial<Template> = {}): Template => ({
  templateId: 'T', title: '火锅满 200 减 40', titleEn: 'Hotpot', worth: { kind: 'cash', amountFen: 4000, minimumSpendFen: 20000 }, stock: 2000, perMember: 1, pointsPrice: 0, minimumTier: null, claimFrom: '2026-10-31T16:00:00.000Z', claimUntil: '2026-11-30T15:59:59.000Z', validity: { kind: 'days', days: 30 },
  storeIds: ['S1'], funder: 'tenant', terms: '酒水除外', termsEn: '', storeNames: ['松间火锅'], storeNamesEn: ['Pine'], version: 1, state: 'draft', claimed: 0, redeemed: 0, createdBy: '何敏', createdById: 'X', submittedBy: null, approvedBy: null, returnReason: null, updatedAt: '2026-11-21T00:00:00.000Z', ...over,
})

test.each([
  { worth: { kind: 'cash', amountFen: 4000, minimumSpendFen: 20000 } },
  { worth: { kind: 'discount', offPerMille: 200, capFen: 5000, minimumSpendFen: 0 }, stock: null },
  { worth: { kind: 'gift', thing: '手账本', thingEn: 'Notebook', valueFen: 2800 }, minimumTier: 'gold' },
  { worth: { kind: 'parking', minutes: 120 }, validity: { kind: 'absolute', from: '2026-11-01T00:00:00.000Z', until: '2026-11-30T00:00:00.000Z' } },
] as Partial<Template>[])('opening and saving %j changes nothing', (over) => {
  const { templateId: _t, storeNames: _n, storeNamesEn: _e, version: _v, state: _s, claimed: _c, redeemed: _r, createdBy: _b, createdById: _i, submittedBy: _u, approvedBy: _a, returnReason: _w, updatedAt: _d, ...input } = template(over)
  expect(inputOf(draftOf(template(over), now))).toEqual(input)
})

test.each([
  ['marketing', { draft: ['submit', 'end'], submitted: ['end'], approved: ['publish', 'end'], published: ['pause', 'end'], paused: ['resume', 'end'], ended: [] }],
  ['finance', { draft: [], submitted: ['approve', 'return'], approved: [], published: [], paused: [], ended: [] }],
  ['auditor', { draft: [], submitted: [], approved: [], published: [], paused: [], ended: [] }],
] as [Role, Record<string, string[]>][])('%s may take these steps', (role, expected) =>
  expect(Object.fromEntries(templateStates.map((state) => [state, verbsFor({ state }, as(role))]))).toEqual(expected))

const fields = fieldsOf(() => [])
const wrong = (over: object) => Object.keys(problemsOf([{ fields: Object.values(fields) }], { ...draftOf(template(), now), ...over }))
test.each([
  [{}, []],
  [{ amountFen: null }, ['amountFen']],
  [{ amountFen: 20001 }, ['amountFen']],
  [{ claimUntil: '2026-10-01T00:00:00.000Z' }, ['claimUntil']],
  [{ kind: 'discount', offPerMille: 1000 }, ['offPerMille']],
  [{ validKind: 'absolute', validFrom: null }, ['validFrom']],
  [{ validKind: 'absolute', validFrom: '2026-11-01T00:00:00.000Z', validUntil: '2026-11-20T00:00:00.000Z' }, ['validUntil']],
  [{ perMember: 3, stock: 2 }, ['perMember']],
  [{ kind: 'parking' }, ['storeIds']],
  [{ stock: null }, []],
] as [object, string[]][])('%j is wrong in %j', (over, expected) => expect(wrong(over)).toEqual(expected))

test('a new draft lacks only what nobody can guess', () => expect(Object.keys(problemsOf([{ fields: Object.values(fields) }], newDraft(now)))).toEqual(['title', 'titleEn', 'amountFen']))

test('rules read as sentences, for every kind of coupon', () => {
  const say = (rules: ReturnType<typeof effectRules>) => rules.map((r) => r.parts.map((p) => ('word' in p ? p.word : `[${p.pill}]`)).join(' '))
  const draft = draftOf(template(), now)
  expect(say(conditionRules(draft, ['松间火锅']))).toEqual(['会员等级 [不低于] [不限]', '单笔消费 [不少于] [¥200.00]', '领取时间 [11-01 – 11-30]', '每人 [最多领] [1 张] 总共 [2,000 张]', '领取要 [免费]', '有效期 [领取后 30 天]', '可用店铺 [松间火锅]'])
  expect(say(effectRules(draft))).toEqual(['本单 [减] [¥40.00]', '费用 [由谁出] [店铺]'])
  for (const kind of kinds) for (const rule of [...conditionRules({ ...draft, kind }, []), ...effectRules({ ...draft, kind })]) for (const part of rule.parts) if ('keys' in part) for (const key of part.keys) expect(fields[key]).toBeDefined()
})

test('the phone shows what was typed and what is left', () => {
  const look = lookOf({ ...draftOf(template(), now), stock: 2500 }, ['松间火锅'], 'L4-08', 1942)
  expect(look).toMatchObject({ shop: '松间火锅', place: 'L4-08', unit: '¥', value: '40', left: '还剩 558 张' })
  expect(lookOf(newDraft(now), [], null, 0)).toMatchObject({ shop: '云龙天地', place: '全场店铺' })
})

test.each([
  ['worth', '{"kind":"exchange","thing":"两小时单人票","thingEn":"A ticket","valueFen":12800}', '两小时单人票 · 价值 ¥128.00'],
  ['validity', '{"kind":"days","days":30}', '领取后 30 天'],
  ['storeIds', '["S1","S9"]', '松间火锅、S9'],
  ['storeIds', '[]', '全场'],
  ['claimFrom', '2026-11-22T16:00:00.000Z', '2026-11-23 00:00:00'],
  ['minimumTier', '∞', '不限'],
  ['minimumTier', 'gold', '金桂'],
  ['stock', '2500', '2,500 张'],
  ['stock', '∞', '不限量'],
  ['pointsPrice', '0', '免费'],
  ['worth', 'not json', 'not json'],
  ['title', null, null],
])('the difference of %s says %s as %s', (field, raw, expected) => expect(said(field, raw, (id) => (id === 'S1' ? '松间火锅' : null))).toBe(expected))
