import { members, memberships } from '@atrium/schema/identity.ts'
import { consents } from '@atrium/schema/privacy.ts'
import { dynamicCode } from '@atrium/shared/dynamic-code.ts'
import type { TemplateInput } from '@atrium/shared/coupon/rules.ts'
import type { Tier } from '@atrium/shared/member/rules.ts'
import { withCheckDigit } from '@atrium/shared/check-digit.ts'
import { newId } from '../db/id.ts'
import { blindIndexOf, codeSecret, seal } from '../db/sealed.ts'
import { type TestMall, testMall } from '../http/test-kit.ts'
import { post } from '../ledger/service.ts'
import { makeMall, makeStore, makeTenant } from './mall.ts'

const day = 86_400_000
let serial = Math.floor(Math.random() * 90_000_000)
const digits = () => String((serial = (serial + 1) % 100_000_000)).padStart(8, '0')

/** A mall with two shops of two tenants, and hands for everything a coupon goes through. */
export async function couponMall(options: Parameters<typeof testMall>[0] = {}) {
  const t = await testMall(options)
  await makeMall(t)
  const [latte, hotpot] = [await shop(t, '野渡咖啡', 'Wild Ferry Coffee'), await shop(t, '松间火锅', 'Among Pines Hotpot')]
  const staff = {
    marketing: t.asStaff('marketing', { name: '周若琳' }), operations: t.asStaff('operations', { name: '何店长' }),
    assistant: t.asStaff('salesAssociate', { name: '周敏', tenantId: latte.tenantId, storeIds: [latte.storeId] }),
    manager: t.asStaff('tenantManager', { name: '林经理', tenantId: latte.tenantId, storeIds: [latte.storeId] }),
    stranger: t.asStaff('salesAssociate', { name: '隔壁', tenantId: hotpot.tenantId, storeIds: [hotpot.storeId] }),
  }
  const input = (change: Partial<TemplateInput> = {}): TemplateInput => ({
    title: '五十元代金券', titleEn: '50 yuan off', worth: { kind: 'cash', amountFen: 5_000, minimumSpendFen: 20_000 }, stock: 100, perMember: 1, pointsPrice: 0, minimumTier: null,
    claimFrom: new Date(t.clock.now().getTime() - day).toISOString(), claimUntil: new Date(t.clock.now().getTime() + 30 * day).toISOString(), validity: { kind: 'days', days: 7 }, storeIds: [latte.storeId], funder: 'mall', terms: '', termsEn: '', ...change,
  })
  const act = (templateId: string, act: 'submit' | 'approve' | 'publish' | 'pause' | 'resume' | 'end', as: string) => t.call(`POST /admin/coupon-templates/{templateId}/${act}`, { params: { templateId }, as })
  /** Drafts, submits, has it approved by another, publishes; answers its id. */
  const publish = async (change: Partial<TemplateInput> = {}) => {
    const { body } = await t.call('POST /admin/coupon-templates', { body: input(change), as: staff.marketing })
    for (const [step, as] of [['submit', staff.marketing], ['approve', staff.operations], ['publish', staff.marketing]] as const) await act(body.templateId, step, as)
    return body.templateId
  }
  const claim = (templateId: string, as: string, key?: string) => t.call('POST /api/coupon-templates/{templateId}/claim', { params: { templateId }, as, ...(key && { key }) })
  /** A member, published template and claimed coupon in one. */
  const coupon = async (change: Partial<TemplateInput> = {}) => {
    const member = await makeMember(t)
    const { body } = await claim(await publish(change), member.as)
    return { ...body, member, code: () => dynamicCode(body.couponNumber, codeSecret(t.ctx(), 'coupon', body.couponId), t.clock.now().getTime()) }
  }
  const redeem = (code: string, as = staff.assistant, storeId = latte.storeId, key?: string) => t.call('POST /admin/coupons/redeem', { body: { code, storeId }, as, ...(key && { key }) })
  return { ...t, latte, hotpot, staff, input, act, publish, claim, coupon, redeem, member: (options: Parameters<typeof makeMember>[1] = {}) => makeMember(t, options) }
}

const shop = async (t: TestMall, name: string, nameEn: string) => ({ ...(await makeStore(t, { tenantId: await makeTenant(t, `${name}有限公司`), name, nameEn })), nameEn })

/** A member with a card in this mall; `points` are earned for the test. */
export async function makeMember(t: TestMall, { tier = 'silver', points = 0, nickname = '林小满', phone = `150${digits()}` }: { tier?: Tier; points?: number; nickname?: string; phone?: string } = {}) {
  const memberId = newId(t.clock.now())
  const now = t.clock.now()
  await t.deps.db.insert(members).values({ memberId, memberNumber: withCheckDigit(`8${digits()}`), phone: seal(t.ctx(), 'members.phone', phone), phoneIndex: blindIndexOf(t.ctx(), 'members.phone', phone), nickname, language: 'zh-CN', elderView: false, joinedAt: now })
  await t.deps.db.insert(consents).values({ consentId: newId(now), mallId: t.mallId, memberId, purpose: 'membership', granted: true, version: '2026-11', noticeHash: Buffer.alloc(32), channel: 'h5', requestId: 'test', at: now })
  await t.deps.db.insert(memberships).values({ mallId: t.mallId, memberId, tier, tierSince: now, channel: 'h5', joinedAt: now })
  if (points) await post(t.ctx(), { currency: 'points', memberId, amount: points, house: 'issued', kind: 'welcome', source: `welcome:${memberId}`, facts: {}, expiresAt: new Date('2027-12-31T16:00:00.000Z') })
  return { memberId, as: t.asMember(memberId), phone, nickname }
}
