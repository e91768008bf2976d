import { z } from 'zod'
import { can, contract } from '../contract.ts'
import { Channel, Count, Fen, Id, Iso, Reason, csvOf, listQuery, listReply } from '../pieces.ts'
import { Tier } from '../member/contract.ts'

export const couponKinds = ['cash', 'discount', 'exchange', 'parking', 'gift'] as const
export const couponStates = ['available', 'locked', 'redeemed', 'expired', 'void'] as const
export const templateStates = ['draft', 'submitted', 'approved', 'published', 'paused', 'ended'] as const

/**
 * What a coupon is worth, as data. `cash`: fen off; `discount`: per mille off with a cap in fen; `exchange` and `gift`: a thing with
 * its value in fen; `parking`: minutes off the stay.
 */
export const Worth = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('cash'), amountFen: Fen, minimumSpendFen: Fen }),
  z.object({ kind: z.literal('discount'), offPerMille: z.int().min(1).max(999), capFen: Fen, minimumSpendFen: Fen }),
  z.object({ kind: z.literal('exchange'), thing: z.string().trim().min(1).max(30), thingEn: z.string().trim().min(1).max(60), valueFen: Fen }),
  z.object({ kind: z.literal('parking'), minutes: z.int().min(10).max(24 * 60) }),
  z.object({ kind: z.literal('gift'), thing: z.string().trim().min(1).max(30), thingEn: z.string().trim().min(1).max(60), valueFen: Fen }),
])
/** Valid between two instants, or for some days from the claim. */
export const Validity = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('absolute'), from: Iso, until: Iso }),
  z.object({ kind: z.literal('days'), days: z.int().min(1).max(366) }),
])
const templateFields = {
  title: z.string().trim().min(2).max(24), titleEn: z.string().trim().min(2).max(60), worth: Worth,
  /** Null: without limit. */
  stock: z.int().min(1).max(10_000_000).nullable(), perMember: z.int().min(1).max(100), pointsPrice: Count, minimumTier: Tier.nullable(),
  claimFrom: Iso, claimUntil: Iso, validity: Validity,
  /** Empty: every store of the mall (parking coupons: every car park). */
  storeIds: z.array(Id).max(200), funder: z.enum(['mall', 'tenant']), terms: z.string().trim().max(600), termsEn: z.string().trim().max(1200),
}
export const TemplateInput = z.object(templateFields)

const where = { storeNames: z.array(z.string()), storeNamesEn: z.array(z.string()) }
/** A template as a visitor sees it; `obstacle` is the refusal a claim would meet now, or null. */
const PublicTemplate = z.object({ templateId: Id, ...templateFields, ...where, claimed: Count, remaining: Count.nullable(), obstacle: z.string().nullable(), owned: Count, logo: z.string().nullable() })
const Receipt = z.object({ redemptionId: Id, redemptionNumber: z.string(), at: Iso, storeId: Id, storeName: z.string(), storeNameEn: z.string(), by: z.string(), restoredAt: Iso.nullable() })
export const Coupon = z.object({
  couponId: Id, couponNumber: z.string(), templateId: Id, title: z.string(), titleEn: z.string(), worth: Worth, state: z.enum(couponStates), validFrom: Iso, validUntil: Iso,
  expiresSoon: z.boolean(), ...where, funder: z.enum(['mall', 'tenant']), logo: z.string().nullable(), terms: z.string(), termsEn: z.string(), receipt: Receipt.nullable(),
})
/** As the phone of its member has it: the secret of its code (shared/dynamic-code.ts), none once it cannot be used. */
const OwnCoupon = Coupon.extend({ secret: z.string().nullable() })
const Lookup = z.object({
  couponNumber: z.string(), title: z.string(), titleEn: z.string(), worth: Worth, ownerMasked: z.string(), tier: Tier, validUntil: Iso,
  /** The refusal a redemption at this store would meet, or null; with the first receipt when it was redeemed. */
  obstacle: z.string().nullable(), receipt: Receipt.nullable(),
})
export const Redemption = z.object({
  redemptionId: Id, redemptionNumber: z.string(), at: Iso, couponNumber: z.string(), title: z.string(), titleEn: z.string(), worth: Worth, valueFen: Fen, storeId: Id, storeName: z.string(), storeNameEn: z.string(), ownerMasked: z.string(),
  by: z.string(), state: z.enum(['redeemed', 'restored']), restoredAt: Iso.nullable(), restoreReason: z.string().nullable(), restorable: z.boolean(),
})
const AdminTemplate = z.object({
  templateId: Id, ...templateFields, ...where, version: z.int(), state: z.enum(templateStates), claimed: Count, redeemed: Count, createdBy: z.string(), createdById: Id, submittedBy: z.string().nullable(), approvedBy: z.string().nullable(), returnReason: z.string().nullable(), updatedAt: Iso,
})
const Code = z.string().trim().regex(/^(\d{12}|\d{20})$/)
/** How a code came to the till: by a scanner, which must see a living code, or from a keyboard. */
const How = z.enum(['scanned', 'typed']).default('typed')
const change = { who: can('coupon.edit'), within: 'mall', idempotent: true, reply: AdminTemplate, refuses: ['template_state'] } as const
const redeemRefusals = ['coupon_unknown', 'coupon_expired', 'coupon_not_yet_valid', 'coupon_redeemed', 'coupon_locked', 'coupon_void', 'store_not_allowed', 'code_static', 'code_forged', 'code_expired', 'code_reused'] as const

export const couponContract = contract({
  'GET /api/coupon-templates': { who: 'guest', summary: 'Coupon centre: what can be claimed, and what stops me', query: listQuery(['claimFrom'], { kind: z.enum(couponKinds).optional() }), reply: listReply(PublicTemplate), refuses: [] },
  'GET /api/coupon-templates/{templateId}': { who: 'guest', summary: 'One template', reply: PublicTemplate, refuses: [] },
  'POST /api/coupon-templates/{templateId}/claim': {
    who: 'member', idempotent: true, limit: { max: 60, windowMs: 60_000 }, summary: 'Claim a coupon (with points when it has a price)', reply: Coupon,
    refuses: ['coupon_not_started', 'coupon_ended', 'coupon_paused', 'coupon_sold_out', 'coupon_limit_reached', 'coupon_tier_too_low', 'points_insufficient'],
  },
  'GET /api/coupons': { who: 'member', summary: 'My coupons by state, with the secrets of their codes; what expires first comes first', query: listQuery(['validUntil', 'claimedAt'], { state: csvOf(couponStates) }), reply: listReply(OwnCoupon), refuses: [] },
  'GET /api/coupons/{couponId}': {
    who: 'member', summary: 'One coupon with the secret of its code (shared/dynamic-code.ts)',
    reply: OwnCoupon.extend({ stepMs: z.int(), now: Iso }), refuses: [],
  },
  'POST /admin/coupons/lookup': {
    who: can('coupon.redeem'), within: 'store', limit: { max: 60, windowMs: 60_000 }, summary: 'What a scanned or typed code is worth here, and whose it is (masked); changes nothing',
    body: z.object({ code: Code, how: How, storeId: Id }), reply: Lookup, refuses: ['coupon_unknown', 'code_static', 'code_forged', 'code_expired'],
  },
  'POST /admin/coupons/redeem': {
    who: can('coupon.redeem'), within: 'store', idempotent: true, limit: { max: 60, windowMs: 60_000 }, summary: 'Redeem a coupon at a store (核销)',
    body: z.object({ code: Code, how: How, storeId: Id, receiptNumber: z.string().trim().max(40).optional(), channel: Channel.default('console') }), reply: Redemption, refuses: redeemRefusals,
  },
  'GET /admin/redemptions': {
    who: can('redemption.read'), within: 'store', summary: 'Redemptions with totals', query: listQuery(['at', 'valueFen'], { storeId: Id.optional(), state: z.enum(['redeemed', 'restored']).optional(), from: Iso.optional(), until: Iso.optional() }),
    reply: listReply(Redemption).extend({ totals: z.object({ redemptions: Count, valueFen: Fen, restored: Count }) }), refuses: [],
  },
  'POST /admin/redemptions/{redemptionId}/restore': { who: can('coupon.restore'), within: 'tenant', idempotent: true, summary: 'Restore a redemption of the same business day (撤销核销)', body: z.object({ reason: Reason }), reply: Redemption, refuses: ['restore_not_allowed'] },
  'GET /admin/coupon-templates': { who: can('coupon.read'), within: 'tenant', summary: 'Coupon templates', query: listQuery(['updatedAt', 'claimed', 'redeemed', 'title'], { state: z.enum(templateStates).optional(), kind: z.enum(couponKinds).optional(), funder: z.enum(['mall', 'tenant']).optional() }), reply: listReply(AdminTemplate), refuses: [] },
  'GET /admin/coupon-templates/{templateId}': { who: can('coupon.read'), within: 'tenant', summary: 'One template with its life so far', reply: AdminTemplate.extend({ daily: z.array(z.object({ day: z.string(), claimed: Count, redeemed: Count })), history: z.array(z.object({ at: Iso, by: z.string(), act: z.string(), note: z.string().nullable() })) }), refuses: [] },
  'POST /admin/coupon-templates': { ...change, summary: 'Draft a coupon template', body: TemplateInput, refuses: [] },
  'PUT /admin/coupon-templates/{templateId}': { ...change, summary: 'Change a draft; what was approved or paused begins a new version', body: TemplateInput, refuses: ['template_state', 'stock_below_issued'] },
  'POST /admin/coupon-templates/{templateId}/submit': { ...change, summary: 'Ask for approval' },
  'POST /admin/coupon-templates/{templateId}/approve': { ...change, who: can('coupon.approve'), summary: 'Approve; never one’s own', refuses: ['template_state', 'approve_own'] },
  'POST /admin/coupon-templates/{templateId}/return': { ...change, who: can('coupon.approve'), summary: 'Send back with a reason', body: z.object({ reason: Reason }), refuses: ['template_state', 'approve_own'] },
  'POST /admin/coupon-templates/{templateId}/publish': { ...change, summary: 'Publish an approved template' },
  'POST /admin/coupon-templates/{templateId}/pause': { ...change, summary: 'Pause claiming; what members hold stays valid' },
  'POST /admin/coupon-templates/{templateId}/resume': { ...change, summary: 'Go on claiming' },
  'POST /admin/coupon-templates/{templateId}/end': { ...change, summary: 'End claiming for good' },
  'GET /admin/approvals': {
    who: can('coupon.approve'), within: 'mall', summary: 'What waits for me, with the difference to what is in force',
    reply: z.object({ items: z.array(z.object({ templateId: Id, title: z.string(), titleEn: z.string(), submittedBy: z.string(), submittedAt: Iso, mine: z.boolean(), costCeilingFen: Fen.nullable(), difference: z.array(z.object({ field: z.string(), before: z.string().nullable(), after: z.string() })) })) }), refuses: [],
  },
})
